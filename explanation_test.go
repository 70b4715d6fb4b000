package tonghop

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// question is a finding as the list shows it, and what was typed into its line.
type question struct {
	Finding
	where, text string
}

func asked(rule, unit, field, found, text string, refs ...Ref) question {
	f := Finding{Rule: rule, Severity: Query, Unit: unit, Field: field, Found: found}.At(refs...)
	return question{f, f.Sheet + "!" + f.Cells(), text}
}

// listed is a list as it is written, its lines in any order; tags gives for each
// row the line whose hidden cells stand there.
func listed(all []question, order, tags []int) *Book {
	s := Sheet{Name: "Kết quả kiểm tra"}
	put := func(l *Line, col int, text string) {
		l.Cells = append(l.Cells, Cell{Row: l.Row, Col: col, Kind: CellText, Stored: text, Shown: text, Style: &Style{}})
	}
	for row, i := range order {
		l := Line{Row: row + 1}
		put(&l, OwnWhereColumn, all[i].where)
		put(&l, OwnFoundColumn, all[i].Found)
		put(&l, OwnExplanationColumn, all[i].text)
		put(&l, OwnRuleColumn, all[i].Rule)
		if t := tags[row]; t >= 0 {
			put(&l, OwnTagColumn, OwnLine(all[t].Rule, all[t].where, all[t].Unit, all[t].Field, all[t].Areas))
		}
		s.Lines = append(s.Lines, l)
	}
	return &Book{Own: []Sheet{s}}
}

// given is which text each finding has; "" = none.
func given(now []Finding, b *Book) []string {
	typed, _, _ := b.Explanations()
	var out []string
	for _, n := range Explained(now, typed) {
		text := ""
		if n >= 0 {
			text = typed[n].Text
		}
		out = append(out, text)
	}
	return out
}

// However the lines of a list are sorted, and whatever stays behind, every text
// goes to the line that it was typed beside or to none.
func TestExplained(t *testing.T) {
	at := func(row, col int) Ref { return Ref{Sheet: "Biểu 03", Row: row, Col: col} }
	all := []question{
		asked("O-020", "29464", "", "", "một", at(6, 3)),
		asked("O-020", "29467", "", "", "hai", at(7, 3)),
		asked("O-001", "29464", "8.1", "#", "ba", at(6, 9)),
		asked("O-001", "29467", "8.1", "#", "bốn", at(7, 9)),
		asked("COT-031", "", "10", "10", "năm", at(5, 10), at(6, 10), at(8, 10), at(9, 10)),
	}
	all[4].where = "Biểu 03!J5, J6 và 2 vùng khác"
	var now, moved []Finding
	var want []string
	for _, q := range all {
		now, want = append(now, q.Finding), append(want, q.text)
		f := q.Finding // a row was inserted above the communes: one names now where another stood
		f.Areas = slices.Clone(f.Areas)
		for i := range f.Areas {
			f.Areas[i].Top++
			f.Areas[i].Bottom++
		}
		moved = append(moved, f)
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {1, 0, 3, 2, 4}, {2, 4, 0, 1, 3}} {
		for name, tags := range map[string][]int{"with": order, "without": straight(len(all))} {
			b := listed(all, order, tags)
			if got := given(now, b); !slices.Equal(got, want) {
				t.Errorf("lines in the order %v, sorted %s the hidden columns: %q", order, name, got)
			}
			if got := given(moved, b); !slices.Equal(got, want) {
				t.Errorf("lines in the order %v, sorted %s the hidden columns, then a row was inserted: %q", order, name, got)
			}
		}
	}

	// Only some lines are left, and the tags of others beside them.
	if got := given(now, listed(all, []int{3, 1}, []int{0, 2})); !slices.Equal(got, []string{"", "hai", "", "bốn", ""}) {
		t.Errorf("of two lines without their tags: %q", got)
	}
	// Without any tag the place tells, as long as it is one line's.
	if got := given(now, listed(all, []int{1, 3, 2}, []int{-1, -1, -1})); !slices.Equal(got, []string{"", "hai", "ba", "bốn", ""}) {
		t.Errorf("without the hidden columns: %q", got)
	}
	if got := given(append(slices.Clone(now), now[3]), listed(all, []int{3}, []int{3})); !slices.Equal(got, []string{"", "", "", "bốn", "", "bốn"}) {
		t.Errorf("of a finding that is said twice: %q", got)
	}
	twin := append(slices.Clone(now), now[3])
	twin[5].Field = "8.2"
	if got := given(twin, listed(all, []int{3}, []int{-1})); !slices.Equal(got, make([]string, 6)) {
		t.Errorf("of two findings at one place: %q", got)
	}
}

// Whatever a clerk sorts, deletes or repairs, no text goes to another line.
func TestExplainedNeverAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
		var all []question
		for i := range rapid.IntRange(1, 8).Draw(t, "questions") {
			all = append(all, asked(pick("rule", "O-001", "O-020"), pick("commune", "", "29464", "29467"), pick("field", "", "8.1", "10"), pick("found", "", "#", "5"),
				fmt.Sprint("lời ", i), Ref{Sheet: "Biểu 03", Row: 6 + i, Col: 9}))
		}
		order := rapid.Permutation(straight(len(all))).Draw(t, "order")
		tags := order
		if rapid.Bool().Draw(t, "hidden columns stay") {
			tags = straight(len(all))
		}
		tags = slices.Clone(tags)
		cut := rapid.Bool().Draw(t, "the tags are deleted")
		down := 0
		if !cut { // without a tag, a row that was inserted cannot be told
			down = rapid.IntRange(0, 2).Draw(t, "rows inserted")
		}
		var now []Finding
		said := map[string]question{}
		for i, q := range all {
			said[q.text] = q
			if cut {
				tags[i] = -1
			}
			if !rapid.Bool().Draw(t, "repaired") {
				now = append(now, q.Finding.At(Ref{Sheet: "Biểu 03", Row: 6 + i + down, Col: 9}))
			}
		}
		for i, text := range given(now, listed(all, order, tags)) {
			f, q := now[i], said[text]
			if text == "" || down > 0 && f.Unit+f.Field == "" { // what has no commune and no field is told by its place
				continue
			}
			if q.Rule != f.Rule || q.Unit != f.Unit || q.Field != f.Field || down == 0 && q.Areas[0] != f.Areas[0] {
				t.Fatalf("%s at %s, %s %q, has what was typed at %s, %s %q", f.Rule, f.Cells(), f.Unit, f.Field, q.Cells(), q.Unit, q.Field)
			}
		}
	})
}

func straight(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

// What was said of some cells says nothing of more.
func TestExplainedCells(t *testing.T) {
	one := Ref{Sheet: "Biểu 03", Row: 6, Col: 3}
	f := Finding{Rule: "O-020", Unit: "29464"}.At(one)
	more := f.At(one, Ref{Sheet: "Biểu 03", Row: 6, Col: 5})
	for _, c := range []struct {
		x         Explanation
		f         Finding
		of, fewer bool
	}{
		{Explanation{Rule: "O-020", Cells: "C6"}, f, true, false},
		{Explanation{Rule: "O-020", Cells: "C6"}, more, false, true},
		{Explanation{Rule: "O-020", Cells: "C6:D6"}, more, true, false},
		{Explanation{Rule: "O-020", Count: 1}, more, false, true},
		{Explanation{Rule: "O-020", Where: "Biểu 03!C6"}, f, true, false},
		{Explanation{Rule: "O-020", Where: "Biểu 03!C6"}, more, false, true},
		{Explanation{Rule: "O-020", Cells: "C6", Value: "0"}, f, false, false},
	} {
		if c.x.Of(c.f) != c.of || c.x.Fewer(c.f) != c.fewer {
			t.Errorf("%+v of %s: %v, fewer %v", c.x, c.f.Cells(), c.x.Of(c.f), c.x.Fewer(c.f))
		}
	}
}

// What a spreadsheet made a formula of is read as it was typed; blanks are nothing;
// a text on no line is told by its cell.
func TestExplanationsTyped(t *testing.T) {
	q := asked("O-001", "29464", "8.1", "#", "", Ref{Sheet: "Biểu 03", Row: 6, Col: 9})
	for _, c := range []struct {
		cell Cell
		want string
	}{
		{Cell{Kind: CellText, Stored: "  đúng\r\nnhư vậy \u00a0"}, "đúng\nnhư vậy"},
		{Cell{Kind: CellText, Stored: " \u00a0\t\n"}, ""},
		{Cell{Kind: CellError, Stored: "#NAME?", Formula: "-đã họp"}, "-đã họp"},
		{Cell{Formula: "đã họp"}, "=đã họp"},
		{Cell{Kind: CellText, Stored: "như trên", Formula: "I16"}, "như trên"},
		{Cell{Kind: CellNumber, Stored: "12"}, "12"},
		{Cell{Formula: `HYPERLINK("#'Biểu 03'!F14","Biểu ""03""!F14, F15")`}, `Biểu "03"!F14, F15`},
	} {
		b := listed([]question{q}, []int{0}, []int{0})
		line := &b.Own[0].Lines[0]
		for i := range line.Cells {
			if line.Cells[i].Col == OwnExplanationColumn {
				c.cell.Row, c.cell.Col, c.cell.Style = 1, OwnExplanationColumn, &Style{}
				line.Cells[i] = c.cell
			}
		}
		all, stray, _ := b.Explanations()
		got := ""
		if len(all) > 0 {
			got = all[0].Text
		}
		if got != c.want || len(stray) > 0 {
			t.Errorf("%+v: %q, and %d on no line", c.cell, got, len(stray))
		}
		line.Cells = slices.DeleteFunc(line.Cells, func(x Cell) bool { return x.Col == OwnRuleColumn || x.Col == OwnTagColumn })
		if all, stray, _ = b.Explanations(); len(all) > 0 || c.want != "" && (len(stray) != 1 || fmt.Sprint(stray[0].Text, stray[0].Where) != c.want+"Kết quả kiểm tra!I1") {
			t.Errorf("%+v on no line: %+v %+v", c.cell, all, stray)
		}
	}
}
