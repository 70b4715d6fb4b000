package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestSignsInsteadOfFigures reads the legend's signs as marks in a column that
// asks for a share, and an empty cell as the legend says: only in a row and a
// column that are filled in.
func TestSignsInsteadOfFigures(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.heading = append(f.heading, "Ghi chú: x là đạt, để trống là chưa đạt", "1: đạt; 0: chưa đạt")
	f.set("Xã Phước Hưng", "16", num("1")).set("Xã Tập Sơn", "16", num("0"))
	f.set("Xã Phước Hưng", "1.1", text("x")).set("Xã Tập Sơn", "1.1", tonghop.Cell{Kind: tonghop.CellBlank, Style: &tonghop.Style{}})
	f.set("Xã Tập Sơn", "9.2", tonghop.Cell{Kind: tonghop.CellBlank, Style: &tonghop.Style{}})
	r := read(t, n, f.book(), normalize.Hints{})
	for _, c := range []struct {
		unit, field string
		mark        tonghop.Mark
		empty       tonghop.Empty
	}{
		{"29464", "16", tonghop.Met, ""},
		{"29464", "1.1", tonghop.Met, ""},
		{r.Rows[1].Unit, "16", tonghop.NotMet, ""},
		{r.Rows[1].Unit, "1.1", tonghop.NotMet, ""},
		{r.Rows[1].Unit, "9.2", "", tonghop.NotReported}, // of a figure nobody says what an empty cell means
	} {
		if v := valueOf(t, r, c.unit, c.field); v.Mark != c.mark || v.Empty != c.empty {
			t.Errorf("read %s of %s as %q %q; want %q %q", c.field, c.unit, v.Mark, v.Empty, c.mark, c.empty)
		}
	}
	if got := asks(r.Findings); !strings.HasPrefix(got, "O-020 ") || strings.Contains(got, " O-0") && !strings.Contains(got, "O-020") {
		t.Errorf("asked %q; want the empty figure alone", got)
	}
}

// TestBlankAmongWords takes an empty cell as the legend says where another
// commune has the criterion "Cơ bản đạt": marks in words need no legend, and
// what they stand among are marks.
func TestBlankAmongWords(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.heading = append(f.heading, "Ghi chú: x: đạt; để trống: chưa đạt")
	f.names = append(f.names, "Xã Long Hiệp")
	f.set("Xã Phước Hưng", "1.1", text("x")).set("Xã Tập Sơn", "1.1", text("Cơ bản đạt"))
	f.set("Xã Long Hiệp", "1.1", tonghop.Cell{})
	r := read(t, n, f.book(), normalize.Hints{})
	for i, want := range []tonghop.Mark{tonghop.Met, tonghop.BasicallyMet, tonghop.NotMet} {
		if v := valueOf(t, r, r.Rows[i].Unit, "1.1"); v.Mark != want {
			t.Errorf("read 1.1 of %s as %q %q; want %q", r.Rows[i].Official, v.Mark, v.Empty, want)
		}
	}
	if got := asks(r.Findings); strings.Contains(got, "O-0") {
		t.Errorf("asked %q", got)
	}
}
