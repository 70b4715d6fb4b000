package folder_test

import (
	"context"
	"errors"
	"fmt"
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

func (s *shop) deliver(_ context.Context, parcels []tonghop.Parcel) ([]tonghop.Submission, error) {
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
	var subs []tonghop.Submission
	for _, p := range parcels {
		s.last++
		subs = append(subs, tonghop.Submission{Receipt: fmt.Sprintf("TH-%06d", s.last), Name: p.Name})
	}
	return subs, nil
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
