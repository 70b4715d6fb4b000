package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/store"
)

// ill is an installation in a folder of its own that somebody examines.
type ill struct {
	t         *testing.T
	dir, home string
}

// newIll writes a configuration; nothing of it is there yet but the door.
func newIll(t *testing.T, settings ...string) *ill {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "tonghop.yaml", []byte("home: home\nprovince: \"86\"\noutput: out\nlisten: \"\"\n"+
		"doors:\n  - {name: drop, folder: drop, settle: 1ms, min_age: 1ms}\n"+strings.Join(settings, "\n")+"\n"))
	if err := os.MkdirAll(filepath.Join(dir, "drop"), 0o755); err != nil {
		t.Fatal(err)
	}
	return &ill{t, dir, filepath.Join(dir, "home")}
}

// edit changes the configuration.
func (i *ill) edit(before, after string) {
	i.t.Helper()
	path := filepath.Join(i.dir, "tonghop.yaml")
	raw, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(raw), before) {
		i.t.Fatalf("no %q in the configuration, %v", before, err)
	}
	put(i.t, i.dir, "tonghop.yaml", []byte(strings.Replace(string(raw), before, after, 1)))
}

// tonghop runs a command line that must end with a code; it gives results and
// talk.
func (i *ill) tonghop(code int, args ...string) (out, talk string) {
	i.t.Helper()
	var o, e strings.Builder
	args = append([]string{"--config", filepath.Join(i.dir, "tonghop.yaml")}, args...)
	if got := runAs(i.t.Context(), os.Getenv(childVariable), args, &o, &e); got != code {
		i.t.Fatalf("tonghop %v: exit %d, want %d\n%s%s", args, got, code, o.String(), e.String())
	}
	return o.String(), e.String()
}

// said is what doctor says, in the order in which it says it.
func (i *ill) said(code int) []ailment {
	i.t.Helper()
	out, _ := i.tonghop(code, "doctor", "--json")
	var all []ailment
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		i.t.Fatal(err)
	}
	for _, a := range all {
		if a.Message == "" || strings.ContainsAny(a.Message+a.ToDo, "{}") || (a.Weight != weightGood) != (a.ToDo != "") {
			i.t.Errorf("unfinished: %+v", a)
		}
	}
	return all
}

// says fails unless doctor says something of a weight in which all parts stand.
func says(t *testing.T, all []ailment, weight string, parts ...string) {
	t.Helper()
	for _, a := range all {
		found := a.Weight == weight
		for _, p := range parts {
			found = found && strings.Contains(a.Subject+": "+a.Message+" → "+a.ToDo, p)
		}
		if found {
			return
		}
	}
	t.Errorf("nothing of weight %s says %q:\n%+v", weight, parts, all)
}

// never fails if doctor says something in which a part stands.
func never(t *testing.T, all []ailment, part string) {
	t.Helper()
	for _, a := range all {
		if strings.Contains(a.Message, part) {
			t.Errorf("says %q: %+v", part, a)
		}
	}
}

// ledger opens the ledger, with its queue.
func (i *ill) ledger() *store.DB {
	i.t.Helper()
	db, err := store.Open(i.t.Context(), filepath.Join(i.home, "tonghop.db"))
	if err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() { db.Close() })
	q, err := jobs.Open(i.t.Context(), db)
	if err != nil {
		i.t.Fatal(err)
	}
	db.SetQueue(q)
	return db
}

// receive lets the ledger take a file that is nowhere.
func (i *ill) receive(db *store.DB, office, name, digest string) tonghop.Submission {
	i.t.Helper()
	subs, err := db.Deliver(i.t.Context(), []tonghop.Parcel{{Door: "drop", Name: name, Office: office, Key: name,
		Received: time.Now()}}, []string{digest})
	if err != nil {
		i.t.Fatal(err)
	}
	return subs[0]
}

// speaking is a program that can say something.
func speaking(t *testing.T, lang string) *app {
	t.Helper()
	a := &app{}
	a.config.Language = lang
	var err error
	if a.letters, err = a.readLetters(); err != nil {
		t.Fatal(err)
	}
	return a
}

// tree lists everything below a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Looking makes nothing: not the data folder of a disk that is not mounted, not
// a ledger that would then be called good.
func TestDoctorMakesNothing(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	before := tree(t, i.dir)
	all := i.said(exitDone)
	says(t, all, weightWarn, i.home, "nối")
	never(t, all, "tonghop.db: dùng được")
	if after := tree(t, i.dir); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("made something: %v", after)
	}
	if err := os.MkdirAll(i.home, 0o755); err != nil {
		t.Fatal(err)
	}
	before = tree(t, i.dir)
	says(t, i.said(exitDone), weightWarn, filepath.Join(i.home, "tonghop.db"))
	if after := tree(t, i.dir); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("made something: %v", after)
	}
}

// A ledger that is lost or empty beside originals is no new installation.
func TestDoctorLostLedger(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	db := filepath.Join(i.home, "tonghop.db")
	put(t, i.home, "tonghop.db", nil)
	says(t, i.said(exitDone), weightWarn, db)
	if info, err := os.Stat(db); err != nil || info.Size() != 0 {
		t.Errorf("the empty file was made a ledger: %v", err)
	}
	put(t, i.home, "vault/ab/cd/abcd", []byte("một tệp gốc"))
	says(t, i.said(exitFailed), weightBad, db, "sao lưu")
	if err := os.Remove(db); err != nil {
		t.Fatal(err)
	}
	says(t, i.said(exitFailed), weightBad, db, "sao lưu")
	put(t, i.home, "tonghop.db", []byte(strings.Repeat("không phải sổ cái ", 1000)))
	says(t, i.said(exitFailed), weightBad, db, "sao lưu")
}

// An original that is missing or damaged is found before somebody needs it.
func TestDoctorOriginals(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	i.edit(`"86"`, `"84"`)
	var kept []string
	for _, start := range []string{"TP Trà Vinh", "TX Duyên Hải", "BC NTM T6 - Càng Long"} {
		name, raw := mustSample(t, start)
		out, _ := i.tonghop(exitDone, "ingest", "--json", "--expect", june, put(t, i.dir, "in/"+name, raw))
		var records []record
		if err := json.Unmarshal([]byte(out), &records); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, filepath.Join(i.home, "vault", records[0].SHA256[:2], records[0].SHA256[2:4], records[0].SHA256))
	}
	all := i.said(exitDone)
	says(t, all, weightGood, "3 tệp gốc")
	raw, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(kept[0]); err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2]++
	if err := os.Remove(kept[1]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept[1], raw, 0o444); err != nil {
		t.Fatal(err)
	}
	all = i.said(exitFailed)
	says(t, all, weightBad, "mất 1 tệp gốc", "TH-000001", "sao lưu")
	says(t, all, weightBad, "1 tệp gốc", "hỏng", "TH-000002", "sao lưu")
	if err := os.RemoveAll(filepath.Join(i.home, "vault")); err != nil {
		t.Fatal(err)
	}
	says(t, i.said(exitFailed), weightBad, filepath.Join(i.home, "vault"), "3 ", "sao lưu")
	if _, err := os.Stat(filepath.Join(i.home, "vault")); err == nil {
		t.Error("an empty vault was made")
	}
}

// A province that is no more is told with its day and its successor.
func TestDoctorProvinceOfToday(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	never(t, i.said(exitDone), "01/7/2025")
	i.edit(`"86"`, `"84"`)
	says(t, i.said(exitDone), weightWarn, "84", "Tỉnh Trà Vinh", "01/7/2025", "86", "Tỉnh Vĩnh Long", "--province 84")
}

// Files that wait for us, and not for their office, are named with what to do.
func TestDoctorHeldBySystem(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	db := i.ledger()
	for n, f := range []tonghop.Finding{
		{Rule: "TEP-002", Severity: tonghop.Query, Owner: tonghop.OwnerSystem, Holds: true, Args: map[string]string{"fault": "crash"}},
		{Rule: "KY-001", Severity: tonghop.Query, Owner: tonghop.OwnerProvince, Holds: true},
	} {
		sub := i.receive(db, "", fmt.Sprintf("tệp %d.xlsx", n), strings.Repeat(fmt.Sprint(n), 64))
		if _, err := db.Settle(t.Context(), sub, []tonghop.Return{{Submission: sub, State: tonghop.Held, Findings: []tonghop.Finding{f}}}); err != nil {
			t.Fatal(err)
		}
	}
	all := i.said(exitFailed) // their originals are nowhere
	says(t, all, weightWarn, "1 tệp", "TH-000001 (tệp 0.xlsx)", "tonghop reread")
	for _, a := range all {
		if a.Weight == weightWarn && strings.Contains(a.Message, "TH-000002") {
			t.Errorf("waits for the province: %+v", a)
		}
	}
}

// A mapped subfolder that is not there is probably misspelt.
func TestDoctorMappedFolders(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	i.edit(`"86"`, `"84"`)
	i.edit("min_age: 1ms}", `min_age: 1ms, offices: {phong-nn: "849", "Ca\u0300ng": "844"}}`)
	if err := os.MkdirAll(filepath.Join(i.dir, "drop", "Càng"), 0o755); err != nil {
		t.Fatal(err)
	}
	all := i.said(exitDone)
	says(t, all, weightWarn, "drop", "phong-nn", "849")
	never(t, all, "844")
}

// Too little room is not the same as none.
func TestDoctorRoom(t *testing.T) {
	t.Parallel()
	a := speaking(t, "vi")
	for free, want := range map[uint64]string{99 << 20: weightBad, 101 << 20: weightWarn, 1 << 30: weightGood} {
		d := &checkup{a: a}
		d.roomLeft("/x", free)
		if len(d.said) != 1 || d.said[0].Weight != want {
			t.Errorf("%d bytes: %+v", free, d.said)
		}
	}
}
