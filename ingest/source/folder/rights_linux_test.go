package folder_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"

	"github.com/tonghop/tonghop"
)

// nobody is a user to whom no file of the tests belongs.
const nobody = 65534

// asNobody does something as a user who may not do everything: rights mean
// nothing to root. Only file operations of this goroutine are meant.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		do() // the owner too is bound by what chmod forbids
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := errors.Join(syscall.Setfsgid(nobody), syscall.Setfsuid(nobody)); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(syscall.Setfsuid(0), syscall.Setfsgid(0)); err != nil {
			panic(err) // this thread must do nothing else
		}
	}()
	do()
}

// newOpenShop is a shop in which everybody may do everything, at first.
func newOpenShop(t *testing.T) *shop {
	s := newShop(t)
	if err := errors.Join(os.Chmod(filepath.Dir(s.Root), 0o755), os.Chmod(s.Root, 0o777)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = filepath.WalkDir(s.Root, func(path string, d os.DirEntry, _ error) error {
			if d != nil && d.IsDir() {
				return os.Chmod(path, 0o777)
			}
			return nil
		})
	})
	return s
}

// room makes a folder that everybody may use.
func (s *shop) room(names ...string) {
	s.Helper()
	for _, name := range names {
		if err := errors.Join(os.MkdirAll(s.at(name), 0o777), os.Chmod(s.at(name), 0o777)); err != nil {
			s.Fatal(err)
		}
	}
}

// chmod changes what is allowed.
func (s *shop) chmod(mode os.FileMode, names ...string) {
	s.Helper()
	for _, name := range names {
		if err := os.Chmod(s.at(name), mode); err != nil {
			s.Fatal(err)
		}
	}
}

// faults lists the errors that were joined, as codes with what their sentences
// name; one without a sentence fails.
func faults(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var out []string
		for _, one := range many.Unwrap() {
			out = append(out, faults(t, one)...)
		}
		return out
	}
	if e, ok := err.(*tonghop.Error); ok {
		return []string{told(e)}
	}
	if below := errors.Unwrap(err); below != nil {
		return faults(t, below)
	}
	t.Errorf("no sentence for %v", err)
	return nil
}

// Whatever is forbidden, the error has a sentence that names the place, and the
// others are served.
func TestForbidden(t *testing.T) {
	const cauKe = "Huyện Cầu Kè"
	for _, c := range []struct {
		name   string
		forbid func(s *shop)
		want   []string
	}{
		{"the office's folder", func(s *shop) { s.chmod(0o555, traCu) },
			[]string{"door.write file=" + traCu + "/BC.xlsx folder=" + traCu}},
		{"the folder for what was taken", func(s *shop) { s.room(traCu + "/đã nhận"); s.chmod(0o555, traCu+"/đã nhận") },
			[]string{"door.write file=" + traCu + "/BC.xlsx folder=" + traCu + "/đã nhận"}},
		{"a folder below the office's", func(s *shop) {
			s.room(traCu + "/T6")
			s.put(traCu + "/T6/BD.xlsx")
			s.chmod(0o555, traCu+"/T6")
		}, []string{"door.write file=" + traCu + "/T6/BD.xlsx folder=" + traCu + "/T6"}},
		{"a file", func(s *shop) { s.chmod(0, traCu+"/BC.xlsx") }, []string{"door.read file=" + traCu + "/BC.xlsx"}},
		{"to look at what is in a folder", func(s *shop) { s.chmod(0o666, traCu) },
			[]string{"door.list folder=" + traCu}},
		{"to list a folder", func(s *shop) { s.chmod(0o333, traCu) }, []string{"door.list folder=" + traCu}},
		{"several things", func(s *shop) {
			s.put(cauKe+"/BD.xlsx", traCu+"/BD.xlsx")
			s.chmod(0o555, traCu)
			s.chmod(0, cauKe+"/BD.xlsx")
		}, []string{"door.read file=" + cauKe + "/BD.xlsx", "door.write file=" + traCu + "/BC.xlsx folder=" + traCu,
			"door.write file=" + traCu + "/BD.xlsx folder=" + traCu}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newOpenShop(t)
			s.room(traCu, cauKe)
			s.put(traCu+"/BC.xlsx", cauKe+"/BC.xlsx")
			c.forbid(s)
			asNobody(t, func() {
				_, err := s.collect()
				got := faults(t, err)
				for _, want := range c.want {
					if !slices.Contains(got, want) {
						t.Errorf("faults %q, want %q", got, want)
					}
				}
				if tonghop.CodeOf(err) == "" || len(got) > len(c.want) {
					t.Errorf("faults %q, want %q", got, c.want)
				}
			})
			s.contains(cauKe+"/đã nhận/TH-000001 BC.xlsx", cauKe)
		})
	}
}

// The same for letters.
func TestForbiddenLetter(t *testing.T) {
	for _, c := range []struct {
		name   string
		forbid func(s *shop)
		want   func(s *shop) string
	}{
		{"the office's folder", func(s *shop) { s.room(traCu); s.chmod(0o555, traCu) },
			func(*shop) string { return "door.write folder=" + traCu }},
		{"the folder for what was taken", func(s *shop) { s.room(traCu, traCu+"/đã nhận"); s.chmod(0o555, traCu+"/đã nhận") },
			func(*shop) string { return "door.write folder=" + traCu + "/đã nhận" }},
		{"the door", func(s *shop) { s.chmod(0o555, ".") },
			func(s *shop) string { return "door.write folder=" + s.Root }},
		{"to list the office's folder", func(s *shop) { s.room(traCu); s.chmod(0o333, traCu) },
			func(*shop) string { return "door.list folder=" + traCu }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newOpenShop(t)
			c.forbid(s)
			asNobody(t, func() {
				err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx"}, "x")
				if got := faults(t, err); len(got) != 1 || got[0] != c.want(s) {
					t.Errorf("faults %q, want %q", got, c.want(s))
				}
			})
		})
	}
	// Where the letters lie is enough to write them.
	s := newOpenShop(t)
	s.room(traCu, traCu+"/đã nhận")
	s.chmod(0o555, traCu)
	asNobody(t, func() {
		if err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx"}, "x"); err != nil {
			t.Error(err)
		}
	})
	s.holds(traCu + "/đã nhận/TH-000001 BC.xlsx.txt")
}

// A note that cannot be written keeps nobody from his turn: it is told in the
// log, once.
func TestForbiddenNote(t *testing.T) {
	s := newOpenShop(t)
	log := s.logs()
	s.room(traCu, "Đâu đó")
	s.put("BC.xlsx", "Đâu đó/BC.xlsx", traCu+"/BC.xlsx")
	s.chmod(0o555, ".", "Đâu đó")
	asNobody(t, func() {
		s.collects([]string{traCu + "/BC.xlsx"})
		s.holds("BC.xlsx", "Đâu đó/BC.xlsx", traCu+"/đã nhận/TH-000001 BC.xlsx")
		log.warned(t, "note", "BC.xlsx", "Đâu đó/BC.xlsx")
		s.collects()
		log.warned(t, "note")
		check(t, s, "door.note folder="+s.Root, "door.strange folder=Đâu đó", "door.note folder=Đâu đó", "door.astray files=1",
			"door.noted file=Đâu đó/BC.xlsx files=1")
	})
	s.chmod(0o777, ".", "Đâu đó")
	s.collects()
	log.warned(t, "stays", "BC.xlsx", "Đâu đó/BC.xlsx")
	s.contains("BC.xlsx"+note, "door.outside")
}

// Check names what is forbidden.
func TestCheckForbidden(t *testing.T) {
	s := newOpenShop(t)
	s.room(traCu, traCu+"/đã nhận", traCu+"/T6", "Huyện Cầu Kè")
	s.put(traCu+"/BC.xlsx", traCu+"/BD.xlsx", traCu+"/BE.xlsx", traCu+"/T6/BC.xlsx")
	s.chmod(0o555, traCu+"/đã nhận", traCu+"/T6", "Huyện Cầu Kè")
	s.chmod(0, traCu+"/BC.xlsx", traCu+"/BD.xlsx")
	asNobody(t, func() {
		check(t, s, "door.write folder=Huyện Cầu Kè !", "door.write folder="+traCu+"/đã nhận !", "door.write folder="+traCu+"/T6 !",
			"door.read file="+traCu+"/BC.xlsx more=1 !", "door.waiting files=2 minutes=60")
	})
	s.chmod(0o777, traCu+"/đã nhận", traCu+"/T6", "Huyện Cầu Kè")
	s.chmod(0o644, traCu+"/BC.xlsx", traCu+"/BD.xlsx")
	asNobody(t, func() { check(t, s, "door.waiting files=4 minutes=60") })
	s.holds(traCu+"/BC.xlsx", traCu+"/BD.xlsx", traCu+"/BE.xlsx", traCu+"/T6/BC.xlsx")
}

// What was forbidden is allowed later: the file keeps the receipt that it has,
// and comes to lie beside its letter.
func TestAllowedLater(t *testing.T) {
	for _, c := range []struct{ dir, name string }{{traCu + "/đã nhận", traCu + "/BC.xlsx"}, {traCu + "/T6", traCu + "/T6/BC.xlsx"}} {
		t.Run(c.dir, func(t *testing.T) {
			s := newOpenShop(t)
			s.State = filepath.Join(t.TempDir(), "state")
			if err := errors.Join(os.Chmod(filepath.Dir(filepath.Dir(s.State)), 0o755), os.Chmod(filepath.Dir(s.State), 0o777)); err != nil {
				t.Fatal(err)
			}
			s.room(traCu, traCu+"/đã nhận", c.dir)
			s.put(c.name)
			s.chmod(0o555, c.dir)
			sub := tonghop.Submission{Receipt: "TH-000001", Name: c.name, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(c.name)))}
			answer := func() { _ = s.Answer(t.Context(), sub, "x") }
			var keys []string
			asNobody(t, func() {
				if _, err := s.collect(); tonghop.CodeOf(err) != "door.write" {
					t.Errorf("error %v", err)
				}
				keys = s.keys
				answer()
			})
			later(t)
			s.chmod(0o777, c.dir)
			s.chmod(0o600, c.name)
			s.chmod(0o666, c.name)
			later(t)
			s.last = 0 // the ledger knows the key
			asNobody(t, func() {
				answer()
				s.collects([]string{c.name})
				answer()
			})
			if len(keys) != 1 || len(s.keys) != 1 || keys[0] != s.keys[0] {
				t.Errorf("keys %q, then %q", keys, s.keys)
			}
			s.holds(traCu+"/đã nhận/TH-000001 BC.xlsx", traCu+"/đã nhận/TH-000001 BC.xlsx.txt")
		})
	}
}
