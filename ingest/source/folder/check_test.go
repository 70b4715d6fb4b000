package folder_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	s := newShop(t)
	check := func(want ...string) {
		t.Helper()
		var got []string
		for _, p := range s.Check(t.Context()) {
			line := p.Err.Code
			for _, k := range slices.Sorted(maps.Keys(p.Err.Args)) {
				if k != "door" {
					line += " " + k + "=" + p.Err.Args[k]
				}
			}
			if p.Serious {
				line += " !"
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
	}
	check()
	s.put(traCu+"/đã nhận/TH-000001 a.xlsx", ".ẩn/a.xlsx")
	check()
	s.put("a.xlsx", "b.xlsx", "Đâu đó/c.xlsx", traCu+"/T6/d.xlsx", traCu+"/~$d.xlsx")
	s.Clock = func() time.Time { return time.Now().Add(90 * time.Minute) }
	check("door.strange folder=Đâu đó", "door.astray files=2", "door.waiting files=2 minutes=90")
	s.holds("a.xlsx", "b.xlsx", "Đâu đó/c.xlsx", traCu+"/T6/d.xlsx", traCu+"/~$d.xlsx", traCu+"/đã nhận/TH-000001 a.xlsx", ".ẩn/a.xlsx")

	if err := os.Symlink(t.TempDir(), s.at("Huyện Cầu Kè")); err != nil {
		t.Fatal(err)
	}
	check("door.link folder=Huyện Cầu Kè", "door.strange folder=Đâu đó", "door.astray files=2", "door.waiting files=2 minutes=90")

	root := s.Root
	s.Root = filepath.Join(root, "gone")
	check("door.open path=" + s.Root + " !")
	s.Root = filepath.Join(root, "a.xlsx")
	check("door.open path=" + s.Root + " !")
}

// Whoever may not write there is told so.
func TestCheckRights(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/a.xlsx")
	if err := os.Chmod(s.at(traCu), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(s.at(traCu), 0o755) })
	want := 2 // not writable, one file waits
	if os.WriteFile(s.at(traCu+"/may I"), nil, 0o644) == nil {
		want = 1 // nothing is forbidden to root
		_ = os.Remove(s.at(traCu + "/may I"))
	}
	got := s.Check(t.Context())
	if len(got) != want || want == 2 && (got[0].Err.Code != "door.write" || !got[0].Serious) {
		t.Errorf("problems %+v", got)
	}
}
