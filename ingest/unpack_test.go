package ingest

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// archiveOf makes an archive of files, each with its name as content.
func archiveOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// namesOf are the names of submissions, those of each parcel together.
func namesOf(taken [][]tonghop.Submission) (names [][]string) {
	for _, subs := range taken {
		var of []string
		for _, sub := range subs {
			of = append(of, sub.Name)
		}
		names = append(names, of)
	}
	return names
}

// holds reports whether the vault has bytes.
func (s *shelf) holds(b []byte) bool {
	sum := sha256.Sum256(b)
	return s.kept[hex.EncodeToString(sum[:])] == string(b)
}

// The files of an archive are submissions beside the others, with the time of
// the archive, which is kept without one.
func TestDeliverArchive(t *testing.T) {
	d, s, b := newDesk()
	archive := archiveOf(t, "b.xlsx", "T6/a.xlsx", "__MACOSX/._b.xlsx")
	broken := bytes.Replace(archive, []byte("b.xlsxPK"), []byte("c.xlsxPK"), 1)
	parcels := []tonghop.Parcel{{Name: "1.xlsx", Bytes: []byte("1")}, {Name: "6.zip", Bytes: archive, Key: "k"}, {Name: "hỏng.zip", Bytes: broken}}
	taken, err := d.Deliver(t.Context(), parcels)
	want := [][]string{{"1.xlsx"}, {"6.zip/T6/a.xlsx", "6.zip/b.xlsx"}, {"hỏng.zip"}}
	if diff := cmp.Diff(want, namesOf(taken)); diff != "" || err != nil {
		t.Fatalf("%v: %s", err, diff)
	}
	if len(b.lines) != 4 || len(s.kept) != 5 || !s.holds(archive) || !s.holds(broken) {
		t.Errorf("%d lines, %d kept", len(b.lines), len(s.kept))
	}
	for _, sub := range b.lines {
		if !sub.Received.Equal(noon()) {
			t.Errorf("%s came at %v", sub.Name, sub.Received)
		}
	}
	if sub, err := d.Receive(t.Context(), tonghop.Parcel{Name: "6.zip", Bytes: archive}); err != nil || sub.Name != "6.zip" {
		t.Errorf("received alone: %q, %v", sub.Name, err)
	}
}

// Nothing of an archive is in the ledger if anything of the delivery fails.
func TestDeliverArchiveFails(t *testing.T) {
	d, _, b := newDesk()
	parcels := []tonghop.Parcel{{Name: "6.zip", Bytes: archiveOf(t, "a.xlsx", "b.xlsx")}}
	b.fails = errors.New("disk full")
	if _, err := d.Deliver(t.Context(), parcels); !errors.Is(err, b.fails) || len(b.lines) != 0 {
		t.Errorf("ledger fails: %v, wrote %d", err, len(b.lines))
	}
	var s *shelf
	d, s, b = newDesk()
	s.fails = errors.New("disk full")
	if _, err := d.Deliver(t.Context(), parcels); !errors.Is(err, s.fails) || len(b.lines) != 0 {
		t.Errorf("vault fails: %v, wrote %d", err, len(b.lines))
	}
	d, s, b = newDesk()
	defer func() {
		if recover() == nil || len(s.kept) != 3 || len(b.lines) != 0 {
			t.Errorf("struck: kept %d, wrote %d", len(s.kept), len(b.lines))
		}
	}()
	_, err := d.Deliver(fault.With(t.Context(), string(fault.Kept), func() { panic("struck") }), parcels)
	t.Errorf("nothing struck: %v", err)
}

// What several archives hold together is bounded as what one may hold.
func TestDeliverCrowded(t *testing.T) {
	one := tonghop.Parcel{Name: "1.zip", Bytes: archiveOf(t, "a.xlsx", "b.xlsx")}
	two := tonghop.Parcel{Name: "2.zip", Bytes: archiveOf(t, "c.xlsx", "d.xlsx")}
	file := tonghop.Parcel{Name: "e.xlsx", Bytes: []byte("eeeeee")}
	for name, c := range map[string]struct {
		lim     tonghop.Limits
		parcels []tonghop.Parcel
		want    string
	}{
		"as many as may be":    {tonghop.Limits{Files: 4}, []tonghop.Parcel{one, two}, ""},
		"too many":             {tonghop.Limits{Files: 4}, []tonghop.Parcel{one, file, two}, "desk.crowded"},
		"as much as may be":    {tonghop.Limits{Total: 24}, []tonghop.Parcel{one, two}, ""},
		"too much":             {tonghop.Limits{Total: 24}, []tonghop.Parcel{one, two, file}, "desk.crowded"},
		"one alone":            {tonghop.Limits{Files: 1}, []tonghop.Parcel{one}, ""},
		"files without number": {tonghop.Limits{Files: 1}, []tonghop.Parcel{file, file, file}, ""},
	} {
		d, s, b := newDesk()
		d.Limits = c.lim
		_, err := d.Deliver(t.Context(), c.parcels)
		if tonghop.CodeOf(err) != c.want || c.want != "" && len(s.kept)+len(b.lines) != 0 {
			t.Errorf("%s: %v, kept %d, wrote %d", name, err, len(s.kept), len(b.lines))
		}
	}
}

// The bytes of an archive are kept alone for whoever hands its files over.
func TestKeep(t *testing.T) {
	d, s, b := newDesk()
	if err := d.Keep(t.Context(), tonghop.Parcel{Bytes: []byte("a")}); err != nil || !s.holds([]byte("a")) || len(b.lines) != 0 {
		t.Errorf("%v, wrote %d", err, len(b.lines))
	}
	d.Limits.Bytes = 1
	if err := d.Keep(t.Context(), tonghop.Parcel{Bytes: []byte("aa")}); tonghop.CodeOf(err) != "file.too_large" || len(s.kept) != 1 {
		t.Errorf("over the limit: %v, kept %d", err, len(s.kept))
	}
}
