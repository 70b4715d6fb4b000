package templates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// All faults of a file come at once, in the order of their lines, and each in
// both languages.
func TestConfigFaults(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown", "hoem: x", "unknown c.yaml:1:1 hoem home"},
		{"unknown, nothing near", "zebra: x", "unknown c.yaml:1:1 zebra"},
		{"unknown, hyphen", "listen-public: true", "unknown c.yaml:1:1 listen-public listen_public"},
		{"unknown below", "log: {Level: info}", "unknown c.yaml:1:7 log.Level level"},
		{"double", "home: a\nhome: b", "double c.yaml:2:1 home"},
		{"null", "listen:", "no_value c.yaml:1:1 listen"},
		{"null list", "doors:\n#  - name: x\n", "no_value c.yaml:1:1 doors"},
		{"kinds", "home: 84\nreaders: many\nlisten_public: yes\nlog: info\ndoors: {}\nlate_wait: 1.5\nlanguage: [vi]\nprovince: 84.0",
			"not_text c.yaml:1:7 home\nnot_number c.yaml:2:10 readers\nnot_truth c.yaml:3:16 listen_public\nnot_mapping c.yaml:4:6 log\n" +
				"not_list c.yaml:5:8 doors\nnot_text c.yaml:6:12 late_wait\nnot_text c.yaml:7:11 language\nnot_text c.yaml:8:11 province"},
		{"values", "province: 840\nlanguage: fr\nlisten: '9464'\nreaders: -1\nlate_wait: 120\nlog: {level: loud, format: xml}",
			"code c.yaml:1:11 province\nchoice c.yaml:2:11 language\nlisten c.yaml:3:9 listen\nnumber c.yaml:4:10 readers\n" +
				"duration c.yaml:5:12 late_wait\nchoice c.yaml:6:14 log.level\nchoice c.yaml:6:28 log.format"},
		{"ports", "listen: 127.0.0.1:65536", "listen c.yaml:1:9 listen"},
		{"named port", "listen: 127.0.0.1:http", "listen c.yaml:1:9 listen"},
		{"public", "listen: :9464", "public c.yaml:1:9 listen"},
		{"public host", "listen: db.example:9464", "public c.yaml:1:9 listen"},
		{"paths", "home: ''\noutput: ~/x\ndatabase_file: ' '", "path c.yaml:1:7 home\ntilde c.yaml:2:9 output\npath c.yaml:3:16 database_file"},
		{"database", "database: tonghop.db", "database c.yaml:1:11 database"},
		{"database in words", "database: host=db password=secret", "database c.yaml:1:11 database"},
		{"database, sign in password", "database: postgres://u:secret@x@/w@db/x", "database c.yaml:1:11 database"},
		{"database twice", "database_file: x\ndatabase: postgres://db/x", "database_twice c.yaml:1:16 database_file"},
		{"door", "doors:\n- folder: x\n- name: a\n- x\n- name: command\n  folder: y\n  settle: 0s\n  paticence: 1m",
			"required c.yaml:2:3 doors[0].name\nrequired c.yaml:3:3 doors[1].folder\nnot_mapping c.yaml:4:3 doors[2]\n" +
				"reserved c.yaml:5:3 doors[3].name\nduration c.yaml:7:11 doors[3].settle\nunknown c.yaml:8:3 doors[3].paticence patience"},
		{"doors alike", "doors:\n- {name: a, folder: x}\n- {name: a, folder: y}\n- {name: b, folder: x/z}",
			"name_twice c.yaml:3:3 doors[1].name\ndoor_twice c.yaml:4:21 doors[2].folder"},
		{"door over all", "doors:\n- {name: a, folder: .}", "door_holds c.yaml:2:21 doors[0].folder"},
		{"door over editions", "output: x/y\ndoors:\n- {name: a, folder: x}", "door_holds c.yaml:3:21 doors[0].folder"},
		{"offices", "doors:\n- name: a\n  folder: x\n  offices:\n    a/b: 849\n    c: Trà Cú\n    c: 849\n    d: [849]",
			"subfolder c.yaml:5:5 doors[0].offices.a/b\ncode c.yaml:6:8 doors[0].offices.c\ndouble c.yaml:7:5 doors[0].offices.c\n" +
				"not_text c.yaml:8:8 doors[0].offices.d"},
		{"offices, no map", "doors: [{name: a, folder: x, offices: [849]}]", "not_offices c.yaml:1:39 doors[0].offices"},
		{"schedules", "schedules:\n- {name: a, action: run, cron: '* * * * *'}\n- {name: a, action: close, cron: ''}\n- {name: b, action: pull, cron: x, period: previous-month}\n- {}",
			"choice c.yaml:2:21 schedules[0].action\nrequired c.yaml:3:3 schedules[1].period\nname_twice c.yaml:3:3 schedules[1].name\n" +
				"cron c.yaml:3:34 schedules[1].cron\nno_period c.yaml:4:3 schedules[2].period\nrequired c.yaml:5:3 schedules[3].name\n" +
				"required c.yaml:5:3 schedules[3].action\nrequired c.yaml:5:3 schedules[3].cron"},
		{"not a mapping", "tonghop", "not_mapping c.yaml:1:1"},
		{"star", "schedules:\n  - name: a\n    cron: */5 * * * *\n", "quotes c.yaml:3"},
		{"tab", "log:\n\tlevel: info\n", "tab c.yaml:2"},
		{"syntax", "home: [a\nreaders: 0\n", "syntax c.yaml:1"},
		{"two documents", "home: a\n---\nhome: b\n", "documents c.yaml:2"},
		{"old font", "home: a\n# ti\xe3ng\n", "encoding c.yaml:2"},
		{"merge", "log: {<<: {level: info}}", "unknown c.yaml:1:7 log.<<"},
		{"alias of itself", "log: &x {level: *x}", "not_text c.yaml:1:6 log.level"},
		{"large", strings.Repeat("#\n", 1<<19) + "#", "too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := templates.ParseConfig([]byte(c.file), "c.yaml")
			if err == nil {
				t.Fatal("taken")
			}
			if diff := cmp.Diff(c.want, strings.Join(said(t, err), "\n")); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
			for _, lang := range []string{"vi", "en"} {
				message, hint := letters(t, lang).Error(err)
				lines := strings.Split(message, "\n")
				if len(lines) != 1+len(strings.Split(c.want, "\n")) || hint == "" {
					t.Errorf("not a line for each fault: %s", message)
				}
				if strings.Contains(message, "{") && !strings.Contains(c.file, "{") || strings.Contains(message, "[[") || strings.Contains(message, "secret") {
					t.Errorf("unfinished or loose-tongued: %s", message)
				}
				for _, line := range lines[1:] {
					if strings.Contains(c.want, ":1") && !strings.HasPrefix(line, "  c.yaml:") {
						t.Errorf("a line without its place: %s", line)
					}
				}
			}
		})
	}
}

// Whatever the bytes are, reading ends with a configuration or with faults
// that can be told.
func FuzzConfig(f *testing.F) {
	raw, err := templates.SampleConfig(templates.FS(""))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	for _, s := range []string{"", "a: &a [*a]", "doors: [[]]", "log: {<<: *x}", "? {a: b}\n: c", "home: !!binary aGk=", "schedules: [{cron: !x y}]", "- \xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := templates.ParseConfig(raw, "c.yaml")
		if err == nil {
			if c.Home == "" || c.Check() != nil {
				t.Errorf("taken, but not whole: %+v", c)
			}
			return
		}
		if tonghop.CodeOf(err) != "config.wrong" || len(said(t, err)) == 0 {
			t.Errorf("not told: %v", err)
		}
	})
}
