package normalize_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// column is a column of a drawn table: what its header says from top to bottom,
// "" for a blank cell, and the fact that stands below it. A text that begins
// with "=" is one cell merged over all neighbours that say the same.
type column struct {
	heads []string
	field string // "" for a column that says nothing of ours
	mark  bool
	cell  func(row int) tonghop.Cell // instead of the fact
}

// sheetOf draws a table of three communes of Trà Cú and lists, for each cell
// that holds a fact, what it says: "B5 10 60.5".
func sheetOf(cols []column, rows int) (*tonghop.Book, []string) {
	s := tonghop.Sheet{Name: "S"}
	put := putInto(&s)
	put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	put(2, 1, text("Tháng 6 năm 2023"))
	const top = 4
	blank := make([]string, rows-1)
	all := append([]column{{heads: append([]string{"TT"}, blank...)}, {heads: append([]string{"Tên xã"}, blank...)}}, cols...)
	for r := 0; r < rows; r++ {
		for j := 0; j < len(all); j++ {
			h := all[j].heads[r]
			if h == "" {
				continue
			}
			last := j
			if strings.HasPrefix(h, "=") {
				for last+1 < len(all) && all[last+1].heads[r] == h {
					last++
				}
			}
			c := text(strings.TrimPrefix(h, "="))
			if _, err := strconv.ParseFloat(c.Stored, 64); err == nil {
				c.Kind = tonghop.CellNumber
			}
			put(top+r, j+1, c)
			if last > j {
				s.Merges = append(s.Merges, tonghop.Area{Top: top + r, Left: j + 1, Bottom: top + r, Right: last + 1})
			}
			j = last
		}
	}
	t := tidy()
	var want []string
	for i, name := range []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Lưu Nghiệp Anh"} {
		row := top + rows + i
		put(row, 1, num(strconv.Itoa(i+1)))
		put(row, 2, text(name))
		for j, c := range cols {
			cell := tonghop.Cell{}
			if c.field != "" {
				cell = fact(t, c, i)
			}
			if c.cell != nil {
				cell = c.cell(i)
			}
			if cell.Style != nil {
				put(row, j+3, cell)
			}
			if c.field != "" && cell.Style != nil {
				want = append(want, fmt.Sprint(tonghop.Ref{Row: row, Col: j + 3}.Cell(), " ", c.field, " ", said(fact(t, c, i))))
			}
		}
	}
	return &tonghop.Book{Sheets: []tonghop.Sheet{s}}, want
}

// fact is what a column says of a commune: every third mark is "Chưa đạt".
func fact(t *form, c column, row int) tonghop.Cell {
	cell := t.value(c.field)
	if c.field == tonghop.FieldTotalMet {
		return num("1" + strconv.Itoa(row))
	}
	if c.mark || cell.Kind == tonghop.CellText {
		if (len(c.field)+row)%3 == 0 {
			return text("Chưa đạt")
		}
		return text("Đạt")
	}
	return cell
}

func said(c tonghop.Cell) string {
	switch c.Stored {
	case "Đạt":
		return "met"
	case "Chưa đạt":
		return "not_met"
	}
	return c.Stored
}

// factsAt lists what was read at each cell, as sheetOf lists what stands there.
func factsAt(r tonghop.Reading) []string {
	var out []string
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if v.Empty == tonghop.NotReported {
				continue
			}
			what := v.Figure()
			if v.Mark != "" {
				what = string(v.Mark)
			}
			out = append(out, v.Ref.Cell()+" "+v.Field+" "+what)
		}
	}
	return out
}

// checkHeader reads a drawn table: every fact with its cell, and the questions
// that are expected.
func checkHeader(t *testing.T, n *normalize.Normalizer, name string, cols []column, rows int, ask string) tonghop.Reading {
	t.Helper()
	b, want := sheetOf(cols, rows)
	covers, found := n.Identify(b, normalize.Hints{})
	if len(covers) != 1 {
		t.Errorf("%s: no table, %s", name, asks(found))
		return tonghop.Reading{}
	}
	r := n.Read(b, covers, normalize.Hints{})
	got := map[string]bool{}
	for _, f := range factsAt(r) {
		got[f] = true
	}
	var lost []string
	for _, w := range want {
		if !got[w] {
			lost = append(lost, w)
		}
	}
	if len(lost) > 0 || len(got) != len(want) {
		t.Errorf("%s: read %d facts, want %d; lost %v", name, len(got), len(want), lost)
	}
	if q := asks(r.Findings); q != ask {
		t.Errorf("%s: asked %q, want %q", name, q, ask)
	}
	return r
}

// fieldOf is the field of a criterion's mark.
func fieldOf(no int) string {
	switch no {
	case 5, 7, 10, 11, 16:
		return strconv.Itoa(no)
	}
	return "TC" + strconv.Itoa(no)
}

// criteriaTable draws one column for each criterion and the total behind them.
func criteriaTable(rows int, heads func(no int, name string) []string) []column {
	var cols []column
	for no := 1; no <= 19; no++ {
		cols = append(cols, column{heads: heads(no, criterionNames[no]), field: fieldOf(no), mark: true})
	}
	total := make([]string, rows)
	total[0] = "Tổng số tiêu chí đạt"
	return append(cols, column{heads: total, field: tonghop.FieldTotalMet})
}

// plainText is a label typed without accents.
func plainText(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.NewReplacer("đ", "d", "Đ", "D").Replace(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestCriteriaHeaders reads forms with a column for each criterion, whatever
// hand wrote their headers: the same facts at the same cells, and no question.
func TestCriteriaHeaders(t *testing.T) {
	n := newNormalizer(t)
	group := func(no int) string {
		for i, last := range []int{1, 9, 13, 17, 19} {
			if no <= last {
				return []string{"I. Quy hoạch", "II. Hạ tầng kinh tế - xã hội", "III. Kinh tế và tổ chức sản xuất",
					"IV. Văn hóa - Xã hội - Môi trường", "V. Hệ thống chính trị"}[i]
			}
		}
		return ""
	}
	short := strings.Split("QH|Q.hoạch GT|G.thông TL&PCTT|T.lợi Điện|Điện TH|T.học CSVC_VH|CSVC_v.hóa CSHT_TMNT|Chợ TT&TT|TTTT Nhà_ở|N.ở "+
		"T.nhập|TN Nghèo_ĐC|Nghèo LĐ|L.động TCSX|T/c_sản_xuất GD&ĐT|G.dục Y_tế|Y.tế VH|V.hóa MT&ATTP|M.trường HTCT&TCPL|HT_chính_trị QP&AN|QP-AN", " ")
	cut := func(which int) func(int, string) []string {
		return func(no int, _ string) []string {
			return []string{strings.ReplaceAll(strings.Split(short[no-1], "|")[which], "_", " ")}
		}
	}
	type heads = func(no int, name string) []string
	one := func(f string) heads {
		return func(no int, name string) []string {
			return []string{strings.NewReplacer("#", strconv.Itoa(no), "@", name).Replace(f)}
		}
	}
	for name, c := range map[string]struct {
		rows  int
		heads heads
	}{
		"number and name":        {2, func(no int, name string) []string { return []string{strconv.Itoa(no), name} }},
		"name and number below":  {2, func(no int, name string) []string { return []string{name, "(" + strconv.Itoa(no) + ")"} }},
		"numbers only":           {1, one("#")},
		"numbers in brackets":    {1, one("(#)")},
		"TC#":                    {1, one("TC#")},
		"Tiêu chí số #":          {1, one("Tiêu chí số #")},
		"# name":                 {1, one("# @")},
		"#. name":                {1, one("#. @")},
		"name (TC#)":             {1, one("@ (TC#)")},
		"names only":             {1, one("@")},
		"capitals":               {1, func(_ int, name string) []string { return []string{strings.ToUpper(name)} }},
		"no accents":             {1, func(_ int, name string) []string { return []string{plainText(name)} }},
		"no blanks":              {1, func(_ int, name string) []string { return []string{strings.ReplaceAll(name, " ", "")} }},
		"every word on its line": {1, func(_ int, name string) []string { return []string{strings.ReplaceAll(name, " ", "\n")} }},
		"hyphenated": {1, func(_ int, name string) []string {
			r := []rune(name)
			return []string{string(r[:2]) + "-\n" + string(r[2:])}
		}},
		"abbreviated":   {1, cut(0)},
		"otherwise cut": {1, cut(1)},
		"groups above":  {3, func(no int, name string) []string { return []string{"=" + group(no), strconv.Itoa(no), name} }},
		"groups of no number": {2, func(no int, name string) []string {
			_, words, _ := strings.Cut(group(no), ". ")
			return []string{"=" + words, name}
		}},
		"one title over all": {3, func(no int, name string) []string {
			return []string{"=Kết quả thực hiện các tiêu chí", strconv.Itoa(no), name}
		}},
		"blank rows below": {3, func(no int, name string) []string { return []string{"TC " + strconv.Itoa(no) + ": " + name, "", ""} }},
	} {
		checkHeader(t, n, name, criteriaTable(c.rows, c.heads), c.rows, "")
	}
}

// TestBlocksInAnyOrder turns the criteria about and puts the total first.
func TestBlocksInAnyOrder(t *testing.T) {
	n := newNormalizer(t)
	for name, heads := range map[string]func(no int, name string) []string{
		"numbers": func(no int, _ string) []string { return []string{strconv.Itoa(no)} },
		"names":   func(_ int, name string) []string { return []string{name} },
		"TC":      func(no int, _ string) []string { return []string{"TC" + strconv.Itoa(no)} },
	} {
		cols := criteriaTable(1, heads)
		var turned []column
		for i := range cols {
			turned = append(turned, cols[(19+7*i)%20])
		}
		checkHeader(t, n, name, turned, 1, "")
	}
}

// TestLastColumn takes the only unclear column for the only missing indicator
// where name and place agree, asks where they do not, and never passes over a
// column outside the others while an indicator is missing.
func TestLastColumn(t *testing.T) {
	n := newNormalizer(t)
	table := func() []column {
		return indicatorTable(1, func(_, in string) []string { return []string{in} })
	}
	cols := table()
	cols[16].heads = []string{"vien thngo"} // 8.2
	checkHeader(t, n, "in its place", cols, 1, "")
	far := table()
	far[16].heads = []string{"vien thngo"}
	c := far[16]
	far = append(append([]column{c}, far[:16]...), far[17:]...)
	b, _ := sheetOf(far, 1)
	r := read(t, n, b, normalize.Hints{})
	if q := asks(r.Findings); q != "COT-004 C4,C5:C7" {
		t.Errorf("far from its neighbours: asked %q", q)
	}
	far[0].heads = []string{"xyz"}
	b, _ = sheetOf(far, 1)
	if q := asks(read(t, n, b, normalize.Hints{}).Findings); !strings.Contains(q, "COT-006 C4,C5:C7") {
		t.Errorf("before the others and not understood: asked %q, want its cells", q)
	}
}

// TestNameLikeARemark does not take the name of an indicator for the heading of
// a remark that begins with the same letters: "tỷ lệ đất" and "tỷ lệ đạt".
func TestNameLikeARemark(t *testing.T) {
	cols := indicatorTable(3, func(cr, in string) []string {
		if in == "3.1" {
			return []string{cr, in, "TL đất SXNN được tưới, tiêu chủ động"}
		}
		return []string{cr, in, "CT " + in}
	})
	checkHeader(t, newNormalizer(t), "3.1", cols, 3, "")
}
