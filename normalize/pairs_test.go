package normalize_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// indicatorsOf lists the numbers of a criterion's indicators.
func indicatorsOf(no int) []string {
	var out []string
	for _, label := range tidy().labels[:57] {
		if head, _, _ := strings.Cut(label, "."); head == strconv.Itoa(no) {
			out = append(out, label)
		}
	}
	return out
}

// indicatorTable draws one column for each indicator under its criterion.
func indicatorTable(rows int, heads func(criterion, indicator string) []string) []column {
	var cols []column
	for no := 1; no <= 19; no++ {
		for _, in := range indicatorsOf(no) {
			cols = append(cols, column{heads: heads("="+strconv.Itoa(no)+". "+criterionNames[no], in), field: in})
		}
	}
	total := make([]string, rows)
	total[0] = "Tổng số tiêu chí đạt"
	return append(cols, column{heads: total, field: tonghop.FieldTotalMet})
}

// TestIndicatorHeaders reads the ways in which the number of an indicator is
// written: the same facts, and no question.
func TestIndicatorHeaders(t *testing.T) {
	n := newNormalizer(t)
	behind := func(in string) string {
		_, sub, ok := strings.Cut(in, ".")
		if !ok {
			return "1"
		}
		return sub
	}
	for name, label := range map[string]func(in string) string{
		"comma":         func(in string) string { return strings.ReplaceAll(in, ".", ",") },
		"apart":         func(in string) string { return strings.ReplaceAll(in, ".", ". ") },
		"dash":          func(in string) string { return strings.ReplaceAll(in, ".", "-") },
		"CT":            func(in string) string { return "CT " + in },
		"TC":            func(in string) string { return "TC" + in },
		"begins again":  func(in string) string { return behind(in) },
		"CT again":      func(in string) string { return "CT" + behind(in) },
		"its own line":  func(in string) string { return in + "\n(%)" },
		"measure alone": func(in string) string { return in + " (%)" },
		"behind": func(in string) string {
			if strings.Contains(in, ".") {
				return "Tên gọi riêng (" + in + ") (%)"
			}
			return in
		},
		"threshold too": func(in string) string { return in + " (≥ 50%)" },
	} {
		checkHeader(t, n, name, indicatorTable(2, func(cr, in string) []string { return []string{cr, label(in)} }), 2, "")
	}
	checkHeader(t, n, "four rows", indicatorTable(4, func(cr, in string) []string {
		return []string{"=KẾT QUẢ THỰC HIỆN", cr, in, "(%)"}
	}), 4, "")
}

// under draws the columns that share the header of each criterion.
func under(labels []string, make func(no, i int) column) []column {
	var cols []column
	for no := 1; no <= 19; no++ {
		for i, l := range labels {
			c := make(no, i)
			c.heads = []string{fmt.Sprintf("=%d. %s", no, criterionNames[no]), l}
			cols = append(cols, c)
		}
	}
	return cols
}

// TestResultsBesideMarks reads pairs and triples under each criterion and under
// each indicator.
func TestResultsBesideMarks(t *testing.T) {
	n := newNormalizer(t)
	mark := func(no int) column { return column{field: fieldOf(no), mark: true} }
	remark := column{cell: func(row int) tonghop.Cell { return text("đang rà soát " + itoa(row)) }}
	share := func(no int) column {
		if fieldOf(no) == strconv.Itoa(no) {
			return column{field: fieldOf(no)}
		}
		return column{cell: func(int) tonghop.Cell { return text("2/3") }} // of its indicators
	}
	checkHeader(t, n, "pairs", under([]string{"Kết quả", "Đánh giá"}, func(no, i int) column {
		return []column{share(no), mark(no)}[i]
	}), 2, "")
	checkHeader(t, n, "mark first", under([]string{"Đánh giá", "Kết quả"}, func(no, i int) column {
		return []column{mark(no), share(no)}[i]
	}), 2, "")
	checkHeader(t, n, "triples", under([]string{"KQ", "Tự đánh giá", "Ghi chú"}, func(no, i int) column {
		return []column{share(no), mark(no), remark}[i]
	}), 2, "")
	var cols []column
	for _, in := range tidy().labels[:57] {
		cols = append(cols, column{heads: []string{"=" + in, "Kết quả"}, field: in},
			column{heads: []string{"=" + in, "Đánh giá"}, field: in, mark: true}, column{heads: []string{"=" + in, "Ghi chú"}, cell: remark.cell})
	}
	checkHeader(t, n, "triples of indicators", cols, 2, "")
	var apart []column // unmerged, and a spare column between what belongs together
	for no := 1; no <= 19; no++ {
		for _, in := range indicatorsOf(no) {
			cr := "=" + strconv.Itoa(no) + ". " + criterionNames[no]
			if fact(tidy(), column{field: in}, 0).Kind != tonghop.CellNumber {
				apart = append(apart, column{heads: []string{cr, in, ""}, field: in})
				continue
			}
			apart = append(apart, column{heads: []string{cr, in, "Kết quả"}, field: in})
			if in == "2.4" {
				apart = append(apart, column{heads: []string{cr, "", ""}})
			}
			apart = append(apart, column{heads: []string{cr, "", "Đánh giá"}, field: in, mark: true})
		}
	}
	checkHeader(t, n, "pairs with a spare column between", apart, 3, "")
}

// TestFigureOfACriterion asks once about figures for whole criteria: no field
// holds them.
func TestFigureOfACriterion(t *testing.T) {
	n := newNormalizer(t)
	cols := under([]string{"Kết quả", "Đánh giá"}, func(no, i int) column {
		switch {
		case i == 1:
			return column{field: fieldOf(no), mark: true}
		case no == 2 || no == 17:
			return column{cell: func(int) tonghop.Cell { return num("87.5") }}
		}
		return column{}
	})
	r := checkHeader(t, n, "figures", cols, 2, "COT-020 E6:E8,AI6:AI8")
	for _, f := range r.Findings {
		if f.Rule == "COT-020" && f.Args["columns"] != "E, AI" {
			t.Errorf("named columns %q, want E, AI", f.Args["columns"])
		}
	}
}

// TestCrosses reads a mark from the one of two columns in which a cross stands,
// at the cell of the cross, and asks where both or none are crossed.
func TestCrosses(t *testing.T) {
	n := newNormalizer(t)
	draw := func(sign string, spoil map[int]string) ([]column, map[string]bool) {
		marks := map[string]bool{}
		cols := under([]string{"Đạt", "Chưa đạt"}, func(no, i int) column {
			of := column{field: fieldOf(no), mark: true}
			return column{cell: func(row int) tonghop.Cell {
				met := fact(tidy(), of, row).Stored == "Đạt"
				crossed := met == (i == 0)
				if row == 1 && spoil[no] != "" {
					crossed = spoil[no] == "both"
				} else if crossed {
					marks[fmt.Sprint(tonghop.Ref{Row: 6 + row, Col: 2*no + i + 1}.Cell(), " ", of.field, " ", said(fact(tidy(), of, row)))] = true
				}
				if !crossed {
					return tonghop.Cell{}
				}
				return text(sign)
			}}
		})
		return cols, marks
	}
	for _, sign := range []string{"x", "X", "+", "✓", "1"} {
		cols, want := draw(sign, nil)
		b, _ := sheetOf(cols, 2)
		r := read(t, n, b, normalize.Hints{})
		got := factsAt(r)
		for _, f := range got {
			if !want[f] {
				t.Errorf("%s: read %s, which nobody wrote", sign, f)
			}
		}
		if q := asks(r.Findings); len(got) != 57 || len(want) != 57 || q != "" {
			t.Errorf("%s: read %d of %d marks, asked %q", sign, len(got), len(want), q)
		}
	}
	cols, _ := draw("x", map[int]string{4: "both", 6: "none"})
	b, _ := sheetOf(cols, 2)
	r := read(t, n, b, normalize.Hints{})
	if q := asks(r.Findings); q != "COT-021 I7,J7; O-020 M7" {
		t.Errorf("asked %q, want both cells of criterion 4 and the row of criterion 6", q)
	}
	if v := valueOf(t, r, r.Rows[1].Unit, "TC4"); v.Mark != "" || v.Empty != tonghop.Unreadable {
		t.Errorf("both crossed was read as %q, %q", v.Mark, v.Empty)
	}
}

// TestNumberAgainstName asks where the number and the name of a column are those
// of two criteria, and where two columns claim one.
func TestNumberAgainstName(t *testing.T) {
	n := newNormalizer(t)
	heads := func(no int, name string) []string { return []string{strconv.Itoa(no), name} }
	cols := criteriaTable(2, heads)
	cols[3].heads[1], cols[4].heads[1] = cols[4].heads[1], cols[3].heads[1]
	b, _ := sheetOf(cols, 2)
	r := read(t, n, b, normalize.Hints{})
	if q := asks(r.Findings); q != "COT-002 F5,F6:F8; COT-002 G5,G6:G8" {
		t.Errorf("swapped names: asked %q", q)
	}
	cols = criteriaTable(2, heads)
	cols[7].heads = heads(9, criterionNames[9])
	b, _ = sheetOf(cols, 2)
	if q := asks(read(t, n, b, normalize.Hints{}).Findings); !strings.Contains(q, "COT-003 K5,K6:K8,J6:J8") || !strings.Contains(q, "COT-022 A4:V5") {
		t.Errorf("a criterion twice: asked %q", q)
	}
}

// TestBareNumbersOverFigures takes no table of nineteen numbered columns for the
// form, unless marks stand in it.
func TestBareNumbersOverFigures(t *testing.T) {
	n := newNormalizer(t)
	cols := criteriaTable(1, func(no int, _ string) []string { return []string{strconv.Itoa(no)} })
	for i := range cols {
		cols[i].cell = func(row int) tonghop.Cell { return num(itoa(1200 + 17*row)) }
	}
	b, _ := sheetOf(cols, 1)
	if covers, found := n.Identify(b, normalize.Hints{}); len(covers) != 0 || found[0].Rule != "BIEU-001" {
		t.Errorf("a table of figures was taken for the form: %v", covers)
	}
}

// TestEvidence says what a table was recognised by, and holds one whose columns
// hold something else than they are called.
func TestEvidence(t *testing.T) {
	n := newNormalizer(t)
	r := checkHeader(t, n, "plain", criteriaTable(1, func(_ int, name string) []string { return []string{name} }), 1, "")
	if got := strings.Join(r.Cover.Evidence, " "); got != "by_criterion:19 name:19 fits:19" || r.Cover.Score != 19 {
		t.Errorf("score %d, evidence %q", r.Cover.Score, got)
	}
	cols := indicatorTable(2, func(cr, in string) []string { return []string{cr, in} })
	for i := range cols {
		cols[i].cell = func(row int) tonghop.Cell { return num(itoa(40 + row)) }
	}
	b, _ := sheetOf(cols, 2)
	found := read(t, n, b, normalize.Hints{}).Findings
	if tonghop.Verdict(found) != tonghop.Held || !strings.Contains(asks(found), "BIEU-031 A4:BH5") {
		t.Errorf("figures under marks are %s, asked %.200s", tonghop.Verdict(found), asks(found))
	}
}

// TestSlips misspells names, one or two letters in each: whatever is read stands
// at its own cell, and what is not is asked about.
func TestSlips(t *testing.T) {
	n := newNormalizer(t)
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint32().Draw(rt, "seed")
		slips := rapid.IntRange(1, 2).Draw(rt, "slips")
		next := func(below int) int {
			seed = seed*1664525 + 1013904223
			return int(seed>>8) % below
		}
		cols := criteriaTable(1, func(_ int, name string) []string {
			r := []rune(name)
			for i := 0; i < slips && len(r) > 6; i++ {
				switch at := next(len(r) - 1); next(3) {
				case 0:
					r = append(r[:at:at], r[at+1:]...)
				case 1:
					r[at], r[at+1] = r[at+1], r[at]
				default:
					r = append(r[:at+1], r[at:]...)
				}
			}
			return []string{string(r)}
		})
		b, want := sheetOf(cols, 1)
		r := read(t, n, b, normalize.Hints{})
		got := map[string]bool{}
		for _, f := range factsAt(r) {
			got[f] = true
		}
		for _, w := range want {
			delete(got, w)
		}
		if len(got) > 0 && asks(r.Findings) == "" {
			rt.Fatalf("read without a question what nobody wrote: %v", got)
		}
		if len(got) > 3*2 {
			rt.Fatalf("more than two columns are read wrong: %v", got)
		}
	})
}
