package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestShiftedRow: a row that slid one column to the right is one question over
// the row, and none of its figures is used, also where they look right.
func TestShiftedRow(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.names = traCu
	for i := 1; i < len(f.labels); i++ {
		f.set(traCu[3], f.labels[i], f.value(f.labels[i-1]))
	}
	f.set(traCu[3], f.labels[0], tonghop.Cell{})
	r := read(t, n, f.book(), normalize.Hints{})
	if got := asks(r.Findings); got != "O-060 B8:BH8" {
		t.Errorf("asked %q", got)
	}
	for _, v := range r.Rows[3].Values {
		if v.Number.Valid || v.Mark != tonghop.MarkNone {
			t.Errorf("%s of the shifted row is used: %s %s", v.Field, v.Figure(), v.Mark)
		}
	}
	if v := valueOf(t, r, r.Rows[2].Unit, "10"); v.Figure() != "60.5" {
		t.Errorf("the row above reads %q", v.Figure())
	}
}

// TestFigureAmongMarks: one figure in a column of marks is asked about; a column
// of figures is what it is.
func TestFigureAmongMarks(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		field string
		cells string
		want  string
	}{
		{"3.2", "Đạt Đạt 85 Đạt Đạt", "O-017"},
		{"13.2", "Đạt Đạt 85 Đạt Đạt", "O-017"},
		{"16", "Đạt Đạt 85 Đạt Đạt", "O-017"},
		{"16", "90 95 85 100 Đạt", ""}, // a share of the villages
	} {
		var row []tonghop.Cell
		for _, s := range strings.Fields(c.cells) {
			if s == "Đạt" {
				row = append(row, text(s))
			} else {
				row = append(row, num(s))
			}
		}
		r := columnOf(t, n, c.field, row...)
		got := asks(r.Findings)
		if rule, _, _ := strings.Cut(got, " "); rule != c.want {
			t.Errorf("%s with %s asks %q, want %q", c.field, c.cells, got, c.want)
		}
	}
}

// TestShiftedStretch: of a row in which a few cells slid, those beyond are used,
// as soon as it is certain that they stand right.
func TestShiftedStretch(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.names = traCu
	for i := 6; i < 44; i++ {
		f.set(traCu[3], f.labels[i], f.value(f.labels[i-1]))
	}
	f.set(traCu[3], f.labels[5], tonghop.Cell{})
	r := read(t, n, f.book(), normalize.Hints{})
	area := ""
	for _, fd := range r.Findings {
		if fd.Rule == "O-060" {
			area = fd.Cells()
		}
	}
	used := 0
	for i, v := range r.Rows[3].Values {
		slid := i >= 5 && i < 44
		if is := v.Number.Valid || v.Mark != tonghop.MarkNone; is && slid {
			t.Errorf("%s slid and is used", v.Field)
		} else if is {
			used++
		}
	}
	if area == "" || used < 8 {
		t.Errorf("%d cells are used, asked about %q", used, area)
	}
}
