package folder_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// What is written down keeps the key of a file when only its rights change, over
// a restart too; a file that left its place comes anew.
func TestArrival(t *testing.T) {
	s := newShop(t)
	s.State = filepath.Join(t.TempDir(), "state")
	name, bd := traCu+"/BC.xlsx", traCu+"/BD.xlsx"
	s.put(name, bd)
	down := tonghop.Fail("ledger.locked", nil)
	s.says[name] = down
	var seen []string
	look := func(fresh bool) {
		t.Helper()
		s.Folder = restarted(s.Folder)
		if _, err := s.collect(); tonghop.CodeOf(err) != "ledger.locked" || len(s.keys) < 1 {
			t.Fatalf("keys %v, %v", s.keys, err)
		}
		if slices.Contains(seen, s.keys[0]) == fresh {
			t.Errorf("key %q, before %q", s.keys[0], seen)
		}
		seen = append(seen, s.keys[0])
	}
	look(true)
	later(t)
	if err := os.Chmod(s.at(name), 0o600); err != nil {
		t.Fatal(err)
	}
	look(false)
	first, err := os.Stat(s.at(name))
	if err != nil {
		t.Fatal(err)
	}
	// Two files cannot change places, whatever is written down.
	s.says[bd] = down
	if err := errors.Join(os.Rename(s.at(bd), s.at("x")), os.Rename(s.at(name), s.at(bd)), os.Rename(s.at("x"), s.at(name))); err != nil {
		t.Fatal(err)
	}
	look(true)
	if err := errors.Join(os.Rename(s.at(name), s.at("x")), os.Rename(s.at(bd), s.at(name))); err != nil {
		t.Fatal(err)
	}
	s.put("x") // as long as something lies there, the door sees only what it is
	look(true)
	s.write(name, "other bytes")
	if err := os.Chtimes(s.at(name), first.ModTime(), first.ModTime()); err != nil {
		t.Fatal(err)
	}
	look(true)
	later(t)
	if err := os.Rename(s.at(name), s.at("x")); err != nil {
		t.Fatal(err)
	}
	s.says[bd] = nil
	s.Folder = restarted(s.Folder)
	s.collects()
	later(t)
	if err := os.Rename(s.at("x"), s.at(name)); err != nil {
		t.Fatal(err)
	}
	look(true) // it was away

	// Once it was moved nothing is written down: put back, it comes anew.
	s.says = nil
	keys := func(want ...string) []string {
		t.Helper()
		s.Folder = restarted(s.Folder)
		s.collects(want)
		return s.keys
	}
	before := keys(name)
	if left, err := os.ReadDir(s.State); err != nil || len(left) != 0 {
		t.Errorf("still written down: %v, %v", left, err)
	}
	later(t)
	if err := os.Rename(s.at(traCu+"/đã nhận/TH-000001 BC.xlsx"), s.at(name)); err != nil {
		t.Fatal(err)
	}
	if after := keys(name); after[0] == before[0] {
		t.Error("put back, it is taken for the arrival before")
	}
}

// Where nothing can be written down files are taken all the same; what is no
// record, or another door's, harms nobody.
func TestArrivalTrouble(t *testing.T) {
	s := newShop(t)
	log := s.logs()
	s.State = filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(s.State, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s.put(traCu+"/BC.xlsx", traCu+"/BD.xlsx")
	s.collects([]string{traCu + "/BC.xlsx", traCu + "/BD.xlsx"})
	log.warned(t, "write down", traCu+"/BC.xlsx")
	if err := errors.Join(os.Remove(s.State), os.Mkdir(s.State, 0o755)); err != nil {
		t.Fatal(err)
	}
	other := newShop(t)
	other.State, other.Door = s.State, "cửa khác"
	other.put(traCu + "/BC.xlsx")
	other.says[traCu+"/BC.xlsx"] = tonghop.Fail("ledger.locked", nil)
	if _, err := other.collect(); tonghop.CodeOf(err) != "ledger.locked" {
		t.Fatal(err)
	}
	records, err := os.ReadDir(s.State)
	if err != nil || len(records) != 1 {
		t.Fatalf("%v, %v", records, err)
	}
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{".tonghop-x.tmp", "rubbish"} {
		if err := errors.Join(os.WriteFile(filepath.Join(s.State, name), []byte("x\ny"), 0o644), os.Chtimes(filepath.Join(s.State, name), old, old)); err != nil {
			t.Fatal(err)
		}
	}
	s.put(traCu + "/BC.xlsx")
	s.collects([]string{traCu + "/BC.xlsx"})
	if left, err := os.ReadDir(s.State); err != nil || len(left) != 2 || left[0].Name() != records[0].Name() || left[1].Name() != "rubbish" {
		t.Errorf("written down %v, %v", left, err)
	}
	// A record that was cut off is none.
	record := filepath.Join(s.State, records[0].Name())
	if err := os.WriteFile(record, []byte(`"Huyện`), 0o644); err != nil {
		t.Fatal(err)
	}
	keys := other.keys
	if _, err := other.collect(); tonghop.CodeOf(err) != "ledger.locked" || other.keys[0] != keys[0] {
		t.Errorf("keys %v, then %v, %v", keys, other.keys, err)
	}
	if b, err := os.ReadFile(record); !strings.Contains(string(b), keys[0]) {
		t.Errorf("written down %q, %v", b, err)
	}
}
