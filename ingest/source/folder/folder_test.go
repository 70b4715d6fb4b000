package folder_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

func TestTakesWhatIsAReport(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/BC.xlsx", traCu+"/T6/sâu/BC.xls", traCu+"/~$BC.xlsx", traCu+"/BC.xlsx.part", traCu+"/Thumbs.db",
		traCu+"/.kho/BC.xlsx", traCu+"/Đã Nhận/TH-000000 cũ.xlsx", traCu+"/đã nhận/T5/BC.xlsx", "đã nhận/BC.xlsx", ".git/BC.xlsx")
	s.collects([]string{traCu + "/BC.xlsx", traCu + "/T6/sâu/BC.xls"})
	s.holds(traCu+"/đã nhận/TH-000001 BC.xlsx", traCu+"/đã nhận/TH-000002 BC.xls", traCu+"/~$BC.xlsx", traCu+"/BC.xlsx.part",
		traCu+"/Thumbs.db", traCu+"/.kho/BC.xlsx", traCu+"/Đã Nhận/TH-000000 cũ.xlsx", traCu+"/đã nhận/T5/BC.xlsx", "đã nhận/BC.xlsx", ".git/BC.xlsx")
	s.contains(traCu+"/đã nhận/TH-000002 BC.xls", traCu+"/T6/sâu/BC.xls")
	s.collects()
}

// A name that is no text is made one, for the ledger and its letter.
func TestNameThatIsNoText(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/BC \xff.xlsx")
	s.collects([]string{traCu + "/BC _.xlsx"})
	s.holds(traCu + "/đã nhận/TH-000001 BC _.xlsx")
	s.put("Tra\xff/BC.xlsx")
	s.collects()
	s.holds(traCu+"/đã nhận/TH-000001 BC _.xlsx", "Tra\xff/BC.xlsx", "Tra\xff/BC.xlsx"+note)
}

// A folder for what was taken that somebody made stands, however it is spelt.
func TestTakenFolderStands(t *testing.T) {
	s := newShop(t)
	nfd := "Đa\u0303 nha\u0323\u0302n"
	if err := os.MkdirAll(s.at(traCu+"/"+nfd), 0o755); err != nil {
		t.Fatal(err)
	}
	s.put(traCu + "/BC.xlsx")
	s.collects([]string{traCu + "/BC.xlsx"})
	s.holds(traCu + "/" + nfd + "/TH-000001 BC.xlsx")
}

func TestOrderAndSize(t *testing.T) {
	s := newShop(t)
	s.MaxFiles, s.MaxBytes = 3, 100
	s.put(traCu+"/e", traCu+"/d", traCu+"/c", traCu+"/b", "Huyện Cầu Kè/z")
	s.write(traCu+"/a", strings.Repeat("a", 90))
	day := time.Now().Add(-24 * time.Hour)
	for i, name := range []string{"e", "d", "c", "b", "a"} {
		if err := os.Chtimes(s.at(traCu+"/"+name), day, day.Add(time.Duration(i/2)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	in := func(names ...string) []string {
		for i := range names {
			names[i] = traCu + "/" + names[i]
		}
		return names
	}
	s.collects([]string{"Huyện Cầu Kè/z"}, in("d", "e", "b"), in("c"), in("a"))
}

// Two subfolders of one office make one delivery.
func TestOneOfficeTwoFolders(t *testing.T) {
	s := newShop(t)
	nfd := "Huye\u0323\u0302n Tra\u0300 Cu\u0301"
	s.put(nfd+"/a.xlsx", traCu+"/b.xlsx")
	s.collects([]string{nfd + "/a.xlsx", traCu + "/b.xlsx"})
	s.holds(nfd+"/đã nhận/TH-000001 a.xlsx", traCu+"/đã nhận/TH-000002 b.xlsx")
}

// What changes between the two looks is left alone, and so is what is young.
func TestSettles(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/grows", traCu+"/swapped", traCu+"/gone", traCu+"/still")
	info, err := os.Stat(s.at(traCu + "/swapped"))
	if err != nil {
		t.Fatal(err)
	}
	s.Sleep = func(context.Context, time.Duration) error {
		time.Sleep(20 * time.Millisecond) // the clock of a file system has ticks
		s.put(traCu+"/fresh", traCu+"/copy")
		s.write(traCu+"/grows", traCu+"/grows more")
		return errors.Join(os.Remove(s.at(traCu+"/gone")), os.Rename(s.at(traCu+"/copy"), s.at(traCu+"/swapped")),
			os.WriteFile(s.at(traCu+"/swapped"), []byte(traCu+"/swapped"), 0o644),
			os.Chtimes(s.at(traCu+"/swapped"), info.ModTime(), info.ModTime()))
	}
	s.collects([]string{traCu + "/still"})
	s.Sleep = func(context.Context, time.Duration) error { return nil }
	s.Clock = nil
	s.collects()
	s.MinAge = time.Nanosecond
	s.collects([]string{traCu + "/swapped", traCu + "/fresh", traCu + "/grows"})
}

// A clock that is behind those of the files counts from what it saw itself.
func TestFilesFromTheFuture(t *testing.T) {
	s := newShop(t)
	now := time.Date(2023, 7, 3, 8, 0, 0, 0, time.UTC)
	s.Clock = func() time.Time { return now }
	s.put(traCu + "/BC.xlsx")
	s.collects()
	now = now.Add(59 * time.Second)
	s.collects()
	now = now.Add(time.Second)
	s.collects([]string{traCu + "/BC.xlsx"})
	// Written in a machine whose clock is ahead: it is as old as it lies here.
	s.Clock = func() time.Time { return time.Now().Add(time.Hour) }
	s.put(traCu + "/BC 2.xlsx")
	if ahead := time.Now().AddDate(1, 0, 0); os.Chtimes(s.at(traCu+"/BC 2.xlsx"), ahead, ahead) != nil {
		t.Fatal("cannot set times")
	}
	s.collects([]string{traCu + "/BC 2.xlsx"})
}

// What is not whole is handed over in the end, so that somebody says so.
func TestPatience(t *testing.T) {
	s := newShop(t)
	s.write(traCu+"/BC.xlsx", "PK\x03\x04 the rest is missing")
	s.write(traCu+"/trống.xlsx", "")
	s.put(traCu + "/BC.xls")
	s.collects([]string{traCu + "/BC.xls"})
	s.collects()
	s.Patience = time.Minute
	s.collects([]string{traCu + "/BC.xlsx", traCu + "/trống.xlsx"})
}

// The key of a file is the same as long as it lies there, and another one when
// it is dropped again, also with the times that it had.
func TestKey(t *testing.T) {
	s := newShop(t)
	name := traCu + "/BC.xlsx"
	s.put(name)
	s.says[name] = tonghop.Fail("ledger.locked", nil)
	seen := map[string]bool{}
	look := func() string {
		t.Helper()
		if _, err := s.collect(); tonghop.CodeOf(err) != "ledger.locked" || len(s.keys) != 1 {
			t.Fatalf("keys %v, %v", s.keys, err)
		}
		return s.keys[0]
	}
	fresh := func() {
		t.Helper()
		key := look()
		again := newShop(t)
		again.Root, again.says = s.Root, s.says
		if again.collect(); len(again.keys) != 1 || again.keys[0] != key || key == "" {
			t.Errorf("keys %q, after a restart %q", key, again.keys)
		}
		if seen[key] {
			t.Errorf("key %q was another file's", key)
		}
		seen[key] = true
	}
	fresh()
	info, err := os.Stat(s.at(name))
	if err != nil {
		t.Fatal(err)
	}
	put := func() {
		t.Helper()
		time.Sleep(20 * time.Millisecond) // the clock of a file system has ticks
		s.put(name)
		if err := os.Chtimes(s.at(name), info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		fresh()
	}
	put() // written over
	if err := os.Remove(s.at(name)); err != nil {
		t.Fatal(err)
	}
	put() // its place on the disk may be the same
	if err := os.Rename(s.at(name), s.at("elsewhere")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond)
	if err := os.Rename(s.at("elsewhere"), s.at(name)); err != nil {
		t.Fatal(err)
	}
	fresh() // taken out of "đã nhận" and put back
}

func TestEnds(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/BC.xlsx")
	ctx, cancel := context.WithCancel(t.Context())
	s.Sleep, s.Settle = nil, time.Hour
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := s.Collect(ctx, s.deliver); !errors.Is(err, context.Canceled) || len(s.got) != 0 {
		t.Errorf("%v, delivered %v", err, s.got)
	}
	s.Root = filepath.Join(s.Root, "gone")
	if _, err := s.collect(); tonghop.CodeOf(err) != "door.open" {
		t.Errorf("no folder: %v", err)
	}
	if err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx"}, "x"); tonghop.CodeOf(err) != "door.open" {
		t.Errorf("no folder: %v", err)
	}
}
