package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
	"github.com/tonghop/tonghop/normalize"
)

// TestClusters reads one form for each cluster of communes. Where the houses of
// one are counted as "Không" and 0, and those of the other in figures, both are
// counts: no table has marks where the other has figures, for their communes
// are not the same.
func TestClusters(t *testing.T) {
	n := newNormalizer(t)
	north, south := tidy(), tidy()
	north.sheet, south.sheet = "Cụm 1", "Cụm 2"
	south.names = []string{"Xã Long Hiệp", "Xã Ngọc Biên"}
	north.set("Xã Phước Hưng", "9.1", text("Không")).set("Xã Tập Sơn", "9.1", text("Không"))
	south.set("Xã Long Hiệp", "9.1", num("12"))
	b := north.book()
	b.Sheets = append(b.Sheets, south.book().Sheets...)
	r := read(t, n, b, normalize.Hints{})
	if len(r.Rows) != 4 {
		t.Fatalf("read %d communes; want 4", len(r.Rows))
	}
	for i, want := range []string{"0", "0", "12", "0"} {
		if v := valueOf(t, r, r.Rows[i].Unit, "9.1"); v.Figure() != want || v.Mark != tonghop.MarkNone {
			t.Errorf("read the houses of %s as %q %q; want %s", r.Rows[i].Official, v.Figure(), v.Mark, want)
		}
	}
	if got := asks(r.Findings); strings.Contains(got, "O-0") {
		t.Errorf("asked %q", got)
	}
}

// TestPlainNamesOverSheets puts the criteria of one return on two sheets whose
// communes are typed without accents: they are the same communes all the same.
func TestPlainNamesOverSheets(t *testing.T) {
	n := newNormalizer(t)
	whole := tidy()
	var want []string
	for _, row := range read(t, n, whole.book(), normalize.Hints{}).Rows {
		for _, v := range row.Values {
			want = append(want, row.Unit+" "+v.Field+" "+v.Figure()+" "+string(v.Mark))
		}
	}
	first, second := tidy(), tidy()
	for i, name := range first.names {
		first.names[i] = strings.ReplaceAll(viet.Plain(name), "xa ", "Xa ")
	}
	second.names = first.names
	first.sheet, second.sheet = "Biểu 1", "Biểu 2"
	first.labels, second.labels = first.labels[:19], second.labels[19:]
	second.heading = nil
	b := first.book()
	b.Sheets = append(b.Sheets, second.book().Sheets...)
	r := read(t, n, b, normalize.Hints{})
	var got []string
	for _, row := range r.Rows {
		for _, v := range row.Values {
			got = append(got, row.Unit+" "+v.Field+" "+v.Figure()+" "+string(v.Mark))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("read %d values from two sheets; want the %d of the one; asked %q", len(got), len(want), asks(r.Findings))
	}
}

// TestSumsAboveCommunes splits a form: its first sheet holds three columns, and
// between their header and the communes a row that sums them up, whose bare
// numbers name no criteria.
func TestSumsAboveCommunes(t *testing.T) {
	n := newNormalizer(t)
	small, large := tidy(), tidy()
	small.labels, large.labels = []string{"1.1", "1.2", "2.1"}, large.labels[3:]
	small.sheet, large.sheet = "Biểu 1", "Biểu 2"
	small.names = append([]string{"Tổng số"}, small.names...)
	for i, label := range small.labels {
		small.set("Tổng số", label, num([]string{"5", "4", "7"}[i]))
	}
	b := small.book()
	b.Sheets = append(b.Sheets, large.book().Sheets...)
	r := read(t, n, b, normalize.Hints{})
	if len(r.Rows) != 2 {
		t.Fatalf("read %d communes; want 2", len(r.Rows))
	}
	for _, label := range small.labels {
		if v := valueOf(t, r, r.Rows[0].Unit, label); v.Ref.Sheet != "Biểu 1" || !v.Number.Valid && v.Mark == tonghop.MarkNone {
			t.Errorf("%s: read %q %q at %v", label, v.Figure(), v.Mark, v.Ref)
		}
	}
}
