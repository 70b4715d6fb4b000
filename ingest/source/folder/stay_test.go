package folder_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/source/folder"
)

const note = ".ghi chú.txt"

func TestNotes(t *testing.T) {
	s := newShop(t)
	s.Limit = 100
	s.Notes = func(kind folder.Note, cause error) string {
		var e *tonghop.Error
		if !errors.As(cause, &e) {
			t.Errorf("cause %v", cause)
			return ""
		}
		return string(kind) + ":\n" + e.Code + " " + e.Args["file"] + e.Args["folder"] + e.Args["size"]
	}
	s.put("BC.xlsx", "Đâu đó/BC.xlsx", traCu+"/BC.xlsx")
	s.write(traCu+"/T6/lớn.xlsx", strings.Repeat("x", 101))
	s.says[traCu+"/BC.xlsx"] = tonghop.Fail("desk.closed", nil)
	s.collects([]string{traCu + "/BC.xlsx"})
	want := []string{"BC.xlsx", "Đâu đó/BC.xlsx", traCu + "/BC.xlsx", traCu + "/T6/lớn.xlsx",
		"BC.xlsx" + note, "Đâu đó/BC.xlsx" + note, traCu + "/BC.xlsx" + note, traCu + "/T6/lớn.xlsx" + note}
	s.holds(want...)
	for name, says := range map[string]string{"BC.xlsx": "\ufeffoutside:\r\ndoor.outside BC.xlsx\r\n", "Đâu đó/BC.xlsx": "unknown:\r\ndoor.unknown BC.xlsxĐâu đó\r\n",
		traCu + "/BC.xlsx": "refused:\r\ndesk.closed BC.xlsx", traCu + "/T6/lớn.xlsx": "too_large:\r\nfile.too_large lớn.xlsx101\r\n"} {
		s.contains(name+note, says)
	}
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, name := range want[4:] {
		if err := os.Chtimes(s.at(name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	s.collects()
	s.holds(want...)
	for _, name := range want[4:] {
		if info, err := os.Stat(s.at(name)); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was written again", name)
		}
	}
	s.Limit = 0
	delete(s.says, traCu+"/BC.xlsx")
	s.Folder = restarted(s.Folder)
	if err := errors.Join(os.Remove(s.at("BC.xlsx")), os.Rename(s.at("Đâu đó/BC.xlsx"), s.at("Huyện Cầu Kè"))); err != nil {
		t.Fatal(err)
	}
	s.collects([]string{traCu + "/BC.xlsx", traCu + "/T6/lớn.xlsx"})
	s.holds("Huyện Cầu Kè", "Huyện Cầu Kè"+note, traCu+"/đã nhận/TH-000001 BC.xlsx", traCu+"/đã nhận/TH-000002 lớn.xlsx")
}

// restarted is the door after a restart: the same settings, an empty memory.
func restarted(f *folder.Folder) *folder.Folder {
	return &folder.Folder{Door: f.Door, Root: f.Root, Office: f.Office, Notes: f.Notes, Settle: f.Settle, MinAge: f.MinAge,
		Patience: f.Patience, MaxFiles: f.MaxFiles, MaxBytes: f.MaxBytes, Limit: f.Limit, Clock: f.Clock, Sleep: f.Sleep,
		State: f.State, Candidates: f.Candidates, Log: f.Log}
}

// A file of a clerk that is named like a note is never touched, and what a
// crash left of the door's own files goes after a while.
func TestTidy(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/việc cần làm"+note, "BC.xlsx", "BC.xlsx"+note, traCu+"/.tonghop-ABC.tmp")
	s.collects()
	s.contains("BC.xlsx"+note, "BC.xlsx"+note)
	s.Clock = func() time.Time { return time.Now().Add(59 * time.Minute) }
	s.put(traCu + "/.tonghop-DEF.tmp")
	if err := os.Remove(s.at("BC.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.collects()
	s.holds(traCu+"/việc cần làm"+note, "BC.xlsx"+note, traCu+"/.tonghop-DEF.tmp")
}

// One refused file does not keep the others of its delivery back, and is not
// asked about all the time.
func TestRefusedAlone(t *testing.T) {
	s := newShop(t)
	a, b, c := traCu+"/a.xlsx", traCu+"/b.xlsx", traCu+"/c.xlsx"
	s.put(a, b, c)
	s.says[b] = tonghop.Fail("file.too_large", nil)
	s.collects([]string{a, b, c}, []string{a}, []string{b}, []string{c})
	s.holds(b, b+note, traCu+"/đã nhận/TH-000001 a.xlsx", traCu+"/đã nhận/TH-000002 c.xlsx")
	s.put(a)
	s.collects([]string{a})
	ahead := s.Clock
	s.Clock = func() time.Time { return ahead().Add(2 * time.Hour) }
	s.collects([]string{b})
	s.says = nil
	s.put(b)
	s.collects([]string{b})
	s.holds(traCu+"/đã nhận/TH-000001 a.xlsx", traCu+"/đã nhận/TH-000002 c.xlsx", traCu+"/đã nhận/TH-000003 a.xlsx", traCu+"/đã nhận/TH-000004 b.xlsx")
}

// Trouble of the ledger is no refusal: nobody is told, everything stays. When
// it goes on the door gives up, and the next time begins with the others.
func TestTrouble(t *testing.T) {
	s := newShop(t)
	s.Office = func(subfolder string) (string, bool) { return subfolder, true }
	var all []string
	for _, office := range []string{"1", "2", "3", "4", "5"} {
		all = append(all, office+"/BC.xlsx")
		if office < "4" {
			s.says[office+"/BC.xlsx"] = errors.New("no such table")
		}
	}
	s.put(all...)
	s.put("1/BD.xlsx")
	got, err := s.collect()
	if diff := cmp.Diff([][]string{{"1/BC.xlsx", "1/BD.xlsx"}, {"2/BC.xlsx"}, {"3/BC.xlsx"}}, got); diff != "" || tonghop.CodeOf(err) != "door.desk" {
		t.Errorf("deliveries (-want +got), %v:\n%s", err, diff)
	}
	s.holds(append(all, "1/BD.xlsx")...)
	got, err = s.collect()
	if len(got) != 5 || got[0][0] != all[3] || got[1][0] != all[4] || err == nil {
		t.Errorf("deliveries %v, %v", got, err)
	}
	s.holds("1/BC.xlsx", "1/BD.xlsx", "2/BC.xlsx", "3/BC.xlsx", "4/đã nhận/TH-000001 BC.xlsx", "5/đã nhận/TH-000002 BC.xlsx")
}

// A file that cannot be moved is told of, and comes again with its key.
func TestCannotBeMoved(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/BC.xlsx", traCu+"/BD.xlsx", "Huyện Cầu Kè/BC.xlsx")
	s.collects([]string{"Huyện Cầu Kè/BC.xlsx"}, []string{traCu + "/BC.xlsx", traCu + "/BD.xlsx"})
	s.put(traCu + "/BC.xlsx")
	if err := os.RemoveAll(s.at(traCu + "/đã nhận")); err != nil {
		t.Fatal(err)
	}
	s.put(traCu + "/đã nhận")
	for n := 2; n < 100; n++ {
		s.put(traCu + fmt.Sprintf("/đã nhận (%d)", n))
	}
	_, err := s.collect()
	keys := s.keys
	if tonghop.CodeOf(err) != "door.write" || len(keys) != 1 {
		t.Fatalf("keys %v, %v", keys, err)
	}
	if _, err := s.collect(); tonghop.CodeOf(err) != "door.write" || len(s.keys) != 1 || s.keys[0] != keys[0] {
		t.Errorf("keys %v, then %v, %v", keys, s.keys, err)
	}
	if err := os.Remove(s.at(traCu + "/đã nhận")); err != nil {
		t.Fatal(err)
	}
	s.collects([]string{traCu + "/BC.xlsx"})
	if s.keys[0] != keys[0] {
		t.Errorf("keys %v, then %v", keys, s.keys)
	}
}

// What a crash left of the door's own files goes wherever it lies, when it is
// old enough; files of others stay.
func TestLeftovers(t *testing.T) {
	s := newShop(t)
	s.Clock = time.Now
	left := []string{".tonghop-A.tmp", traCu + "/.tonghop-A.tmp", traCu + "/T6/.tonghop-A.tmp", traCu + "/đã nhận/.tonghop-A.tmp",
		traCu + "/đã nhận (2)/.tonghop-A.tmp"}
	stay := []string{traCu + "/đã nhận/.tonghop-B.tmp", traCu + "/.tonghop-B.tmp", traCu + "/đã nhận/TH-000001 BC.xlsx", traCu + "/đã nhận/.tonghop"}
	s.put(append(stay, left...)...)
	old := time.Now().Add(-61 * time.Minute)
	for _, name := range append(left, stay[2:]...) {
		if err := os.Chtimes(s.at(name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	s.collects()
	s.holds(stay...)
	// One that was too young at the start goes later, without a new start.
	s.Clock = func() time.Time { return time.Now().Add(62 * time.Minute) }
	s.collects()
	s.holds(stay[2:]...)
}

// Something that is no folder stands where the taken files are to lie: it is no
// report, and the office goes on.
func TestTakenFolderBlocked(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/đã nhận", traCu+"/Đã Nhận (2)", traCu+"/BC.xlsx", traCu+"/T6/đã nhận")
	s.collects([]string{traCu + "/BC.xlsx"})
	want := []string{traCu + "/đã nhận", traCu + "/Đã Nhận (2)", traCu + "/T6/đã nhận", traCu + "/đã nhận (2)/TH-000001 BC.xlsx"}
	s.holds(want...)
	if err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx"}, "x"); err != nil {
		t.Error(err)
	}
	s.collects()
	s.holds(append(want, traCu+"/đã nhận (2)/TH-000001 BC.xlsx.txt")...)
	s.contains(traCu+"/đã nhận", traCu+"/đã nhận")
	// When the way is free again, what was begun goes on.
	if err := os.Remove(s.at(traCu + "/đã nhận")); err != nil {
		t.Fatal(err)
	}
	s.put(traCu + "/BC.xlsx")
	s.collects([]string{traCu + "/BC.xlsx"})
	s.contains(traCu+"/đã nhận (2)/TH-000002 BC.xlsx", traCu+"/BC.xlsx")
}

// Signs that break lines or lead a terminal astray are not written into notes;
// the parcel has the name as it is.
func TestVisibleNames(t *testing.T) {
	s := newShop(t)
	s.Notes = func(_ folder.Note, cause error) string {
		var e *tonghop.Error
		if !errors.As(cause, &e) {
			t.Errorf("cause %v", cause)
		}
		return e.Args["file"] + " in " + e.Args["folder"]
	}
	bad := "BC\ntháng\t6\r\x1b[31m\u202exslx\u2028.xlsx"
	const good = "BC⏎tháng⇥6⏎?[31m?xslx⏎.xlsx"
	s.put(bad, "Đâu\nđó/"+bad, traCu+"/"+bad)
	s.says[traCu+"/"+bad] = tonghop.Fail("desk.closed", nil, "file", bad)
	s.collects([]string{traCu + "/" + bad})
	s.contains(bad+note, "\ufeff"+good+" in \r\n")
	s.contains("Đâu\nđó/"+bad+note, "\ufeff"+good+" in Đâu⏎đó\r\n")
	s.contains(traCu+"/"+bad+note, "\ufeff"+good+" in \r\n")
	s.Notes = nil
	s.collects()
	s.contains("Đâu\nđó/"+bad+note, "\ufeffdoor.unknown file="+good+" folder=Đâu⏎đó\r\n")
}

// A file that stays is told once, and again when there is something new.
func TestToldOnce(t *testing.T) {
	s := newShop(t)
	log := s.logs()
	s.put("a.xlsx", "b.xlsx", "b.xlsx"+note)
	s.collects()
	log.warned(t, "stays", "a.xlsx", "b.xlsx")
	for range 3 {
		s.collects()
		if len(*log.lines) == 0 {
			t.Error("nothing at all in the log")
		}
		log.warned(t, "")
	}
	if err := os.Rename(s.at("b.xlsx"), s.at("c.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.Notes = func(folder.Note, error) string { return "another word" }
	s.collects()
	log.warned(t, "stays", "a.xlsx", "c.xlsx")
	if err := os.Rename(s.at("c.xlsx"), s.at("b.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.collects()
	log.warned(t, "stays", "b.xlsx")
}

// The sentence about a name that several offices bear names them.
func TestAmbiguous(t *testing.T) {
	s := newShop(t)
	s.Candidates = duyenHai
	s.put("Duyên Hải/BC.xlsx", "Đâu đó/BC.xlsx")
	s.collects()
	s.contains("Duyên Hải/BC.xlsx"+note, "door.ambiguous codes=850, 851 file=BC.xlsx first=850 Huyện Duyên Hải "+
		"folder=Duyên Hải offices=850 Huyện Duyên Hải, 851 Thị xã Duyên Hải\r\n")
	s.contains("Đâu đó/BC.xlsx"+note, "door.unknown file=BC.xlsx folder=Đâu đó\r\n")
}

// A file that is too large is named with sizes that a person can read.
func TestTooLarge(t *testing.T) {
	s := newShop(t)
	s.Limit = 1 << 20
	s.write(traCu+"/lớn.xlsx", strings.Repeat("x", 1<<20+1))
	s.collects()
	s.contains(traCu+"/lớn.xlsx"+note, "file.too_large file=lớn.xlsx limit=1048576 limit_mb=1 size=1048577 size_mb=2\r\n")
}
