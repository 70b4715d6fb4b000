package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// sampled is a sample as it was understood.
type sampled struct {
	name string
	book *tonghop.Book
	want tonghop.Return
}

// metamorphosis is what the tests of changes share.
type metamorphosis struct {
	reader  *pipeline.Reader
	samples []sampled
}

func newMetamorphosis(t *testing.T) *metamorphosis {
	t.Helper()
	reader, err := pipeline.NewReader(templates.FS(""), "84", "")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("samples/*.xlsx")
	if err != nil || len(files) != 9 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	m := &metamorphosis{reader: reader}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		m.samples = append(m.samples, sampled{name, openBook(t, raw), reader.Read(tonghop.Parcel{Name: name, Bytes: raw})})
	}
	return m
}

// faults lists what is wrong with how a changed workbook was understood.
func (m *metamorphosis) faults(t testing.TB, s sampled, w *workbook, raw []byte) []string {
	got := m.reader.Read(tonghop.Parcel{Name: s.name, Bytes: raw})
	c := comparison{w: w, got: got, now: w.now(), values: map[tonghop.Ref]tonghop.Value{}, units: map[tonghop.Ref]string{}}
	return c.faults()
}

// What a sample says stays what it says, at the addresses where it now stands,
// whatever is done to how it looks; or somebody is asked, at the cell.
func TestSameAfterChange(t *testing.T) {
	m := newMetamorphosis(t)
	all := slices.Concat([]change{{"nothing", func(*workbook, func(int) int) {}}}, shapeChanges, handChanges, layoutChanges)
	for i, c := range all {
		for j, s := range m.samples {
			if os.Getenv("SAME_ALL") == "" && (i+j)%9 != 0 {
				continue
			}
			t.Run(c.name+"/"+s.name, func(t *testing.T) {
				w := newWorkbook(s.book, s.want)
				draw := rand.New(rand.NewPCG(uint64(i), uint64(j)))
				c.do(w, draw.IntN)
				raw := w.written(t)
				if f := m.faults(t, s, w, raw); len(f) > 0 {
					keep(raw, c.name+" "+s.name)
					t.Errorf("%d faults:\n%s", len(f), strings.Join(f[:min(12, len(f))], "\n"))
				}
			})
		}
	}
}

func keep(raw []byte, name string) {
	if dir := os.Getenv("SAME_KEEP"); dir != "" {
		os.WriteFile(filepath.Join(dir, name+".xlsx"), raw, 0o600)
	}
}

var _ = rapid.Check
var _ = fmt.Sprint
