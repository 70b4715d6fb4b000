package templates_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// same leaves out of a comparison where the keys stood.
func same() []cmp.Option {
	return []cmp.Option{cmpopts.IgnoreUnexported(templates.Config{}), cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(templates.DoorConfig{}, "Line"), cmpopts.IgnoreFields(templates.ScheduleConfig{}, "Line")}
}

// said writes every fault of an error: code, place, key.
func said(t *testing.T, err error) []string {
	t.Helper()
	var e *tonghop.Error
	if !errors.As(err, &e) {
		t.Fatalf("not an error for people: %v", err)
	}
	many, ok := e.Cause.(interface{ Unwrap() []error })
	if !ok {
		return []string{e.Code}
	}
	var out []string
	for _, cause := range many.Unwrap() {
		var f *tonghop.Error
		if !errors.As(cause, &f) {
			t.Fatalf("not a fault for people: %v", cause)
		}
		line := strings.TrimPrefix(f.Code, "config.")
		for _, k := range []string{"at", "key", "near"} {
			if f.Args[k] != "" {
				line += " " + f.Args[k]
			}
		}
		out = append(out, line)
	}
	return out
}

// The sample is a working configuration, and it says the defaults wherever it
// does not say otherwise in a comment.
func TestSampleConfig(t *testing.T) {
	raw, err := templates.SampleConfig(templates.FS(""))
	if err != nil {
		t.Fatal(err)
	}
	got, err := templates.ParseConfig(raw, "tonghop.yaml")
	if err != nil {
		t.Fatalf("%v", said(t, err))
	}
	want := templates.DefaultConfig()
	want.File, want.Province, want.Output = "tonghop.yaml", "84", "ban-tong-hop"
	want.Doors = []templates.DoorConfig{{Name: "nop-bao-cao", Folder: "nop-bao-cao",
		Settle: 3 * time.Second, MinAge: 10 * time.Second, Patience: 15 * time.Minute}}
	if diff := cmp.Diff(want, got, same()...); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	short, err := templates.ParseConfig([]byte("doors: [{name: nop-bao-cao, folder: nop-bao-cao}]"), "tonghop.yaml")
	if err != nil || cmp.Diff(got.Doors, short.Doors, same()...) != "" {
		t.Errorf("the sample's door is not the default one: %v, %+v", err, short.Doors)
	}
	// What is commented out works as well.
	uncommented := regexp.MustCompile(`(?m)^( *)# (offices:|  phong-nn: .*|  cl: .*|database: postgres.*)$`).ReplaceAll(raw, []byte("$1$2"))
	uncommented = []byte(strings.Replace(string(uncommented), "database: \"\"\n", "", 1))
	more, err := templates.ParseConfig(uncommented, "tonghop.yaml")
	if err != nil {
		t.Fatalf("%v", said(t, err))
	}
	if more.Doors[0].Offices["phong-nn"] != "849" || more.Doors[0].Offices["cl"] != "844" || more.Ledger() == got.Ledger() {
		t.Errorf("the commented lines say %+v, %s", more.Doors, more.Database)
	}
}

// An empty file is the default configuration, in the folder of the file.
func TestConfigDefaults(t *testing.T) {
	for name, raw := range map[string]string{"nothing": "", "comments": "# a\n\n# b\n", "document": "---\n", "mark": "\ufeff# a\n"} {
		got, err := templates.ParseConfig([]byte(raw), "/etc/tonghop/tonghop.yaml")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		want := templates.DefaultConfig()
		want.File, want.Home = "/etc/tonghop/tonghop.yaml", "/etc/tonghop/tonghop-data"
		if diff := cmp.Diff(want, got, same()...); diff != "" {
			t.Errorf("%s: want -, got +\n%s", name, diff)
		}
	}
	c := templates.DefaultConfig()
	if c.Ledger() != filepath.Join("tonghop-data", "tonghop.db") || c.OutputFolder() != filepath.Join("tonghop-data", "ban-tong-hop") {
		t.Errorf("ledger %s, output %s", c.Ledger(), c.OutputFolder())
	}
	c.Schedules[0].Name = "changed"
	if templates.DefaultConfig().Schedules[0].Name != "pull" {
		t.Error("one default configuration changes another")
	}
}

// Every key is read, and knows where it stood.
func TestConfigKeys(t *testing.T) {
	const file = `home: /var/lib/tonghop
province: 01
database: postgres://tonghop:secret@db/tonghop?sslmode=require
output: ../editions
language: en
listen: 0.0.0.0:80
listen_public: true
log: {level: debug, format: json}
readers: 3
late_wait: 0
doors:
  - name: sở
    folder: x
`
	_, err := templates.ParseConfig([]byte(file), "a/b.yaml")
	if diff := cmp.Diff([]string{"name a/b.yaml:12:11 doors[0].name"}, said(t, err)); diff != "" {
		t.Fatal(diff)
	}
	good := strings.Replace(file, "sở", "so", 1) + `    settle: 1m
    min_age: 2m
    patience: 1h30m
    offices: &offices
      Trà Cú: 849
      "846": "846"
  - {name: so-2, folder: /srv/y, offices: *offices}
schedules:
- {name: late, action: close, cron: 0 7 * * *, period: 2023-9M}
`
	got, err := templates.ParseConfig([]byte(good), "a/b.yaml")
	if err != nil {
		t.Fatalf("%v", said(t, err))
	}
	offices := map[string]string{"Trà Cú": "849", "846": "846"}
	want := templates.Config{File: "a/b.yaml", Home: "/var/lib/tonghop", Province: "01", Language: "en", Output: "editions",
		Database: "postgres://tonghop:secret@db/tonghop?sslmode=require", Listen: "0.0.0.0:80", ListenPublic: true, Readers: 3, Convert: true, Limits: tonghop.Limits{}.WithDefaults(),
		Log: templates.LogConfig{Level: "debug", Format: "json"},
		Doors: []templates.DoorConfig{
			{Name: "so", Folder: "a/x", Settle: time.Minute, MinAge: 2 * time.Minute, Patience: 90 * time.Minute, Offices: offices},
			{Name: "so-2", Folder: "/srv/y", Settle: 3 * time.Second, MinAge: 10 * time.Second, Patience: 15 * time.Minute, Offices: offices}},
		Schedules: []templates.ScheduleConfig{{Name: "late", Action: "close", Cron: "0 7 * * *", Period: "2023-9M"}}}
	if diff := cmp.Diff(want, got, same()...); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	for key, at := range map[string]string{"home": "1:7", "log.level": "8:14", "doors[0].offices.Trà Cú": "18:15", "schedules[0].cron": "22:37",
		"doors[1]": "20:5", "nothing": "0:0"} {
		line, column := got.At(key)
		if fmt.Sprintf("%d:%d", line, column) != at {
			t.Errorf("%s stands at %d:%d, want %s", key, line, column, at)
		}
	}
	if got.Doors[0].Line != 12 || got.Doors[1].Line != 20 || got.Schedules[0].Line != 22 {
		t.Errorf("lines %d, %d, %d", got.Doors[0].Line, got.Doors[1].Line, got.Schedules[0].Line)
	}
	bad := got.Wrong(got.Place("schedules[0].cron", tonghop.Fail("config.cron", nil, "found", "0 7")))
	compiled := errors.Join(tonghop.Fail("schedule.expression", nil, "name", "late", "found", "x"))
	if diff := cmp.Diff([]string{"schedule.expression a/b.yaml:22:37 schedules[0].cron"}, said(t, got.WrongSchedules(compiled))); diff != "" {
		t.Error(diff)
	}
	if other := errors.New("no zone"); got.WrongSchedules(other) != other {
		t.Error("an error about no schedule became another one")
	}
	if message, _ := letters(t, "vi").Error(bad); !strings.Contains(message, `a/b.yaml:22:37: schedules[0].cron: "0 7"`) {
		t.Errorf("a fault found elsewhere: %s", message)
	}
}

// Variables of the environment take the place of keys, and are named when they
// are wrong.
func TestConfigOverride(t *testing.T) {
	base, err := templates.ParseConfig([]byte("home: h\nlog: {level: warn}\ndoors: [{name: a, folder: drop}]\n"), "etc/c.yaml")
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"TONGHOP_HOME": "else", "TONGHOP_PROVINCE": "all", "TONGHOP_DATABASE": "postgresql://u@/x?host=/run/postgresql",
		"TONGHOP_OUTPUT": "/out", "TONGHOP_LISTEN": "off", "TONGHOP_LOG_LEVEL": "debug", "TONGHOP_LOG_FORMAT": "json",
		"TONGHOP_LANGUAGE": "en", "TONGHOP_READERS": "2"}
	c := base
	if err := c.Override(func(k string) string { return env[k] }); err != nil {
		t.Fatalf("%v", said(t, err))
	}
	want := base
	want.Home, want.Province, want.Database, want.Output = "else", "all", "postgresql://u@/x?host=/run/postgresql", "/out"
	want.Listen, want.Language, want.Readers = "", "en", 2
	want.Log = templates.LogConfig{Level: "debug", Format: "json"}
	if diff := cmp.Diff(want, c, same()...); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if line, _ := base.At("home"); line != 1 {
		t.Error("overriding a copy changed the configuration itself")
	}

	wrong := map[string]string{"TONGHOP_HOME": "etc/drop/home", "TONGHOP_PROVINCE": "Trà Vinh", "TONGHOP_DATABASE": "secret",
		"TONGHOP_LISTEN": "0.0.0.0:1", "TONGHOP_LOG_LEVEL": "INFO", "TONGHOP_READERS": "x"}
	c = base
	err = c.Override(func(k string) string { return wrong[k] })
	if tonghop.CodeOf(err) != "config.environment" {
		t.Fatalf("%v", err)
	}
	if diff := cmp.Diff([]string{"code TONGHOP_PROVINCE", "database TONGHOP_DATABASE", "choice TONGHOP_LOG_LEVEL", "number TONGHOP_READERS",
		"public TONGHOP_LISTEN", "door_holds etc/c.yaml:3:27 doors[0].folder"}, said(t, err)); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if message, _ := letters(t, "vi").Error(err); !strings.Contains(message, "\n  TONGHOP_PROVINCE: \"Trà Vinh\"") || strings.Contains(message, "secret") {
		t.Errorf("the variable is not named, or too much said: %s", message)
	}
	c = base
	c.Home = filepath.Join("etc", "drop")
	if diff := cmp.Diff([]string{"door_holds etc/c.yaml:3:27 doors[0].folder"}, said(t, c.Check())); diff != "" {
		t.Error(diff)
	}
}

// ReadConfig reads the address of the database out of its file, says which
// file is missing, and never what stands in it.
func TestReadConfig(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	file := write("tonghop.yaml", "database_file: url\ndoors: [{name: a, folder: drop}]\n")
	if _, err := templates.ReadConfig(file); said(t, err)[0] != "database_file "+file+":1:16 database_file" {
		t.Errorf("no such file: %v", err)
	}
	write("url", "not a url: secret\n")
	if _, err := templates.ReadConfig(file); said(t, err)[0] != "database_content "+file+":1:16 database_file" || strings.Contains(err.Error(), "secret") {
		t.Errorf("no address in it: %v", err)
	}
	write("url", "postgres://tonghop:secret@db/tonghop\n")
	c, err := templates.ReadConfig(file)
	if err != nil || c.Ledger() != "postgres://tonghop:secret@db/tonghop" || c.Doors[0].Folder != filepath.Join(dir, "drop") {
		t.Errorf("%v, %+v", err, c)
	}
	if err := c.Override(func(k string) string { return map[string]string{"TONGHOP_DATABASE": "postgres://other/x"}[k] }); err != nil || c.Ledger() != "postgres://other/x" || c.DatabaseFile != "" {
		t.Errorf("overridden: %v, %+v", err, c)
	}
	both := write("both.yaml", "database_file: nowhere\nhoem: x\n")
	if _, err := templates.ReadConfig(both); len(said(t, err)) != 2 {
		t.Errorf("not both faults: %v", err)
	}
	if _, err := templates.ReadConfig(filepath.Join(dir, "none.yaml")); tonghop.CodeOf(err) != "config.missing" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := templates.ReadConfig(dir); tonghop.CodeOf(err) != "config.unreadable" {
		t.Errorf("a folder: %v", err)
	}
}

// The sample is no part of what an edition was made from.
func TestDigestLeavesConfigOut(t *testing.T) {
	home := t.TempDir()
	before, err := templates.Digest(templates.FS(home))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(home, "templates", "config"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "templates", "config", "tonghop.yaml"), []byte("province: all\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if after, err := templates.Digest(templates.FS(home)); err != nil || after != before {
		t.Errorf("%v: the digest changed with the sample", err)
	}
	if raw, err := templates.SampleConfig(templates.FS(home)); err != nil || string(raw) != "province: all\n" {
		t.Errorf("the office's own sample: %q, %v", raw, err)
	}
}
