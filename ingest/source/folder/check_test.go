package folder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

func TestCheck(t *testing.T) {
	s := newShop(t)
	check(t, s, "door.empty path="+s.Root)
	s.put(traCu+"/đã nhận/TH-000001 a.xlsx", ".ẩn/a.xlsx")
	check(t, s)
	s.put("a.xlsx", "b.xlsx", "Đâu đó/c.xlsx", traCu+"/T6/d.xlsx", traCu+"/~$d.xlsx")
	s.Clock = func() time.Time { return time.Now().Add(90 * time.Minute) }
	check(t, s, "door.strange folder=Đâu đó", "door.astray files=2", "door.noted file=Đâu đó/c.xlsx files=1", "door.waiting files=1 minutes=90")
	s.holds("a.xlsx", "b.xlsx", "Đâu đó/c.xlsx", traCu+"/T6/d.xlsx", traCu+"/~$d.xlsx", traCu+"/đã nhận/TH-000001 a.xlsx", ".ẩn/a.xlsx")

	if err := os.Symlink(t.TempDir(), s.at("Huyện Cầu Kè")); err != nil {
		t.Fatal(err)
	}
	check(t, s, "door.link folder=Huyện Cầu Kè", "door.strange folder=Đâu đó", "door.astray files=2", "door.noted file=Đâu đó/c.xlsx files=1", "door.waiting files=1 minutes=90")

	root := s.Root
	s.Root = filepath.Join(root, "gone")
	check(t, s, "door.open path="+s.Root+" !")
	s.Root = filepath.Join(root, "a.xlsx")
	check(t, s, "door.open path="+s.Root+" !")
}

// A share that is not mounted is an empty folder; so is one with strangers only.
func TestCheckEmpty(t *testing.T) {
	s := newShop(t)
	s.put("Đâu đó/đã nhận/x", "BC.xlsx")
	check(t, s, "door.strange folder=Đâu đó", "door.empty path="+s.Root, "door.astray files=1")
	s.Office = nil
	s.put(traCu + "/~$BC.xlsx")
	check(t, s, "door.strange folder="+traCu, "door.strange folder=Đâu đó", "door.empty path="+s.Root, "door.astray files=1")
}

// What stays with a note is told apart from what waits for its turn.
func TestCheckNoted(t *testing.T) {
	s := newShop(t)
	s.Limit = 100
	s.put(traCu+"/a.xlsx", traCu+"/b.xlsx", traCu+"/c"+note)
	s.write(traCu+"/T6/lớn\n.xlsx", strings.Repeat("x", 101))
	check(t, s, "door.noted file="+traCu+"/T6/lớn⏎.xlsx files=1", "door.waiting files=2 minutes=60")
	s.says[traCu+"/b.xlsx"] = tonghop.Fail("desk.closed", nil)
	s.collects([]string{traCu + "/a.xlsx", traCu + "/b.xlsx"}, []string{traCu + "/a.xlsx"}, []string{traCu + "/b.xlsx"})
	s.put(traCu + "/c.xlsx")
	s.write(traCu+"/c.xlsx"+note, "a note of somebody else")
	check(t, s, "door.noted file="+traCu+"/T6/lớn⏎.xlsx files=2", "door.waiting files=1 minutes=60")
}

// Something that is no folder stands where the taken files are to lie.
func TestCheckBlocked(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/đã nhận", "Huyện Cầu Kè/Đã nhận (2)")
	check(t, s, "door.blocked file=Đã nhận (2) folder=Huyện Cầu Kè", "door.blocked file=đã nhận folder="+traCu)
}

// A note that cannot be written because something else has its name.
func TestCheckNoteInTheWay(t *testing.T) {
	s := newShop(t)
	s.Limit = 100
	s.put("a.xlsx", "a.xlsx"+note, "b.xlsx", "Đâu đó/c.xlsx", "Đâu đó/c.xlsx"+note)
	s.write(traCu+"/T6/lớn.xlsx", strings.Repeat("x", 101))
	s.write("Huyện Cầu Kè/lớn.xlsx", strings.Repeat("x", 101))
	s.put(traCu+"/T6/lớn.xlsx"+note, "Huyện Cầu Kè/lớn.xlsx"+note)
	s.collects()
	check(t, s, "door.note file=a.xlsx"+note+" folder="+s.Root,
		"door.note file=lớn.xlsx"+note+" folder=Huyện Cầu Kè", "door.note file=lớn.xlsx"+note+" folder="+traCu+"/T6",
		"door.strange folder=Đâu đó", "door.note file=c.xlsx"+note+" folder=Đâu đó",
		"door.astray files=2", "door.noted file=Huyện Cầu Kè/lớn.xlsx files=3")
}

// A name that several offices may mean is told with them.
func TestCheckAmbiguous(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/~$x", "Duyên Hải/~$x")
	s.Candidates = duyenHai
	check(t, s, "door.strange folder=Duyên Hải offices=850 Huyện Duyên Hải, 851 Thị xã Duyên Hải")
}

// duyenHai knows one name that two offices bear.
func duyenHai(subfolder string) []string {
	if subfolder == "Duyên Hải" {
		return []string{"850 Huyện Duyên Hải", "851 Thị xã Duyên Hải"}
	}
	return nil
}
