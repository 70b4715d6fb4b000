package folder_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/source/folder"
)

// shop is a drop folder whose clock is an hour ahead, so that every file in it
// is old enough, and a desk that numbers what it gets.
type shop struct {
	*testing.T
	*folder.Folder
	got  [][]string       // deliveries: names of the files
	keys []string         // of the parcels
	says map[string]error // what the desk says to a file, by name
	last int
}

const traCu = "Huyện Trà Cú"

func newShop(t *testing.T) *shop {
	s := &shop{T: t, Folder: quick(t.TempDir()), says: map[string]error{}}
	s.Settle, s.Clock = time.Millisecond, func() time.Time { return time.Now().Add(time.Hour) }
	s.MinAge, s.Patience = time.Minute, 2*time.Hour
	return s
}

func (s *shop) at(name string) string { return filepath.Join(s.Root, filepath.FromSlash(name)) }

// put writes files whose content is their name.
func (s *shop) put(names ...string) {
	s.Helper()
	for _, name := range names {
		s.write(name, name)
	}
}

func (s *shop) write(name, content string) {
	s.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(s.at(name)), 0o755), os.WriteFile(s.at(name), []byte(content), 0o644)); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) deliver(_ context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
	var names []string
	for _, p := range parcels {
		names = append(names, p.Name)
		s.keys = append(s.keys, p.Key)
	}
	s.got = append(s.got, names)
	for _, p := range parcels {
		if err := s.says[p.Name]; err != nil {
			return nil, err
		}
	}
	var taken [][]tonghop.Submission
	for _, p := range parcels {
		s.last++
		taken = append(taken, []tonghop.Submission{{Receipt: fmt.Sprintf("TH-%06d", s.last), Name: p.Name}})
	}
	return taken, nil
}

// collect looks once and gives what it delivered.
func (s *shop) collect() ([][]string, error) {
	s.Helper()
	s.got, s.keys = nil, nil
	err := s.Collect(s.Context(), s.deliver)
	return s.got, err
}

// collects fails unless exactly this is delivered.
func (s *shop) collects(want ...[]string) {
	s.Helper()
	got, err := s.collect()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		s.Errorf("deliveries (-want +got), %v:\n%s", err, diff)
	}
}

// holds fails unless exactly these files lie in the folder.
func (s *shop) holds(want ...string) {
	s.Helper()
	var got []string
	err := filepath.WalkDir(s.Root, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(s.Root, path)
			got = append(got, filepath.ToSlash(rel))
		}
		return err
	})
	slices.Sort(got)
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), got); diff != "" || err != nil {
		s.Errorf("files (-want +got), %v:\n%s", err, diff)
	}
}

// contains fails unless a file says so.
func (s *shop) contains(name, want string) {
	s.Helper()
	if b, err := os.ReadFile(s.at(name)); !strings.Contains(string(b), want) {
		s.Errorf("%s says %q, %v; want %q", name, b, err, want)
	}
}

// told is an error as its code with what its sentence names, but for the door.
func told(e *tonghop.Error) string {
	line := e.Code
	for _, k := range slices.Sorted(maps.Keys(e.Args)) {
		if k != "door" {
			line += " " + k + "=" + e.Args[k]
		}
	}
	return line
}

// check fails unless Check finds exactly this; "!" marks what is serious.
func check(t *testing.T, s *shop, want ...string) {
	t.Helper()
	var got []string
	for _, p := range s.Check(t.Context()) {
		line := told(p.Err)
		if p.Serious {
			line += " !"
		}
		got = append(got, line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// later waits until the clock of the file system has gone on: it has ticks.
func later(t *testing.T) {
	t.Helper()
	time.Sleep(20 * time.Millisecond)
}

// logged is what a door wrote into its log.
type logged struct{ lines *[]slog.Record }

// logs catches the log of the door.
func (s *shop) logs() logged {
	l := logged{&[]slog.Record{}}
	s.Log = slog.New(l)
	return l
}

func (l logged) Enabled(context.Context, slog.Level) bool { return true }
func (l logged) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l logged) WithGroup(string) slog.Handler            { return l }
func (l logged) Handle(_ context.Context, r slog.Record) error {
	*l.lines = append(*l.lines, r)
	return nil
}

// warned fails unless the warnings since it was asked last whose message has a
// word are about exactly these files.
func (l logged) warned(t *testing.T, word string, want ...string) {
	t.Helper()
	var got []string
	for _, r := range *l.lines {
		if r.Level < slog.LevelWarn || !strings.Contains(r.Message, word) {
			continue
		}
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "file" {
				got = append(got, a.Value.String())
			}
			return true
		})
	}
	*l.lines = nil
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings %q (-want +got):\n%s", word, diff)
	}
}
