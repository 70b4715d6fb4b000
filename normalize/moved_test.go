package normalize_test

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

func itoa(n int) string { return strconv.Itoa(n) }

// TestMovedSamples changes how a sample looks, not what it says: the facts
// stay the same, at the moved addresses.
func TestMovedSamples(t *testing.T) {
	n := newNormalizer(t)
	for name := range sampleBooks(t) {
		for _, c := range []struct {
			what      string
			rows, col int // by how much addresses move
			change    func(*tonghop.Book)
		}{
			{"block moved by three rows and two columns", 3, 2, func(b *tonghop.Book) { move(b, 3, 2) }},
			{"decomposed", 0, 0, func(b *tonghop.Book) { texts(b, norm.NFD.String) }},
			{"no-break blanks", 0, 0, func(b *tonghop.Book) {
				texts(b, func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") })
			}},
			{"rows hidden", 0, 0, func(b *tonghop.Book) {
				for i := range b.Sheets {
					for j := range b.Sheets[i].Lines {
						b.Sheets[i].Lines[j].Hidden = j%2 == 0
					}
				}
			}},
			{"a sheet in front", 0, 0, func(b *tonghop.Book) {
				b.Sheets = append([]tonghop.Sheet{{Name: "Bìa", Lines: []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{{Row: 1, Col: 1,
					Kind: tonghop.CellText, Stored: "BÁO CÁO", Shown: "BÁO CÁO", Style: &tonghop.Style{}}}}}}}, b.Sheets...)
			}},
		} {
			t.Run(c.what+"/"+name, func(t *testing.T) {
				books := sampleBooks(t) // fresh copies: the change is made in place
				want := facts(read(t, n, books[name], normalize.Hints{}), c.rows, c.col)
				changed := sampleBooks(t)[name]
				c.change(changed)
				got := facts(read(t, n, changed, normalize.Hints{}), 0, 0)
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("facts differ (-want +got):\n%s", d)
				}
			})
		}
	}
}

// facts lists what was read, addresses moved.
func facts(r tonghop.Reading, rows, cols int) []string {
	var out []string
	for _, row := range r.Rows {
		for _, v := range row.Values {
			ref := v.Ref
			ref.Row, ref.Col = ref.Row+rows, ref.Col+cols
			out = append(out, fmt.Sprint(row.Unit, " ", v.Field, " ", v.Figure(), " ", v.Mark, " ", v.Empty, " ", ref))
		}
	}
	sort.Strings(out)
	return out
}

func move(b *tonghop.Book, rows, cols int) {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for j := range s.Lines {
			moveLine(&s.Lines[j], rows, cols)
		}
		for j := range s.Merges {
			m := &s.Merges[j]
			m.Top, m.Bottom, m.Left, m.Right = m.Top+rows, m.Bottom+rows, m.Left+cols, m.Right+cols
		}
	}
}

func moveLine(l *tonghop.Line, rows, cols int) {
	l.Row += rows
	for i := range l.Cells {
		l.Cells[i].Row += rows
		l.Cells[i].Col += cols
	}
}

func texts(b *tonghop.Book, change func(string) string) {
	for i := range b.Sheets {
		for j := range b.Sheets[i].Lines {
			for k := range b.Sheets[i].Lines[j].Cells {
				if c := &b.Sheets[i].Lines[j].Cells[k]; c.Kind == tonghop.CellText {
					c.Stored, c.Shown = change(c.Stored), change(c.Shown)
				}
			}
		}
	}
}
