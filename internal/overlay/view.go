package overlay

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/tonghop/tonghop"
)

// view is what templates/pages/overlay.html may name.
type view struct {
	Page
	Policy   string // of the page for what it may load: nothing
	Sheet    template.CSS
	Flags    []flag // of findings about the whole file
	Known    []known
	Groups   []group
	Sheets   []sheetView
	NotDrawn string // said where there are more sheets; ""
}

// known is a fact with the cell that says so.
type known struct {
	Fact
	Cell, Href string
}

// flag leads from a cell to the line of the list.
type flag struct {
	No    int
	Sign  string // ! to repair, ? to look at, i a note
	Class string
	Label string // for those who do not see it
}

// flagOf is the flag of a finding.
func flagOf(item Item) flag {
	f := flag{No: item.No, Sign: "i", Class: string(item.Severity), Label: item.Weight + " " + fmt.Sprint(item.No)}
	switch item.Severity {
	case tonghop.Reject:
		f.Sign = "!"
	case tonghop.Query:
		f.Sign = "?"
	}
	return f
}

// sheetView is one sheet.
type sheetView struct {
	ID, Name, Class string
	Hidden          bool
	Unused          string // why none of it was used; ""
	Flags           []flag
	Said            []string // what is not shown
	Table           *table
	Bands           []*table // the same for paper, as wide as a page each; nil = the table is narrow enough
}

// table is a sheet, or the columns of it that fit on a page.
type table struct {
	Caption string
	Heads   []head
	Rows    []rowView
	Width   int // columns of the table
}

// head is the head of a column: its letters.
type head struct {
	Name, Class string
	Hidden, Gap bool
}

// rowView is one row; one that stands for a stretch says so.
type rowView struct {
	No     int
	Hidden bool
	Gap    string
	Cells  []cellView
}

// cellView is one cell.
type cellView struct {
	ID         string // "" where it stands a second time
	Class      string
	Scope      string // of what it is the head: col, row; ""
	Rows, Cols int    // that it spans; 0 = one
	Text       string
	Full       string // said on demand: the name of the indicator
	Labels     []string
	Unused     string
	Flags      []flag
}

// table makes the table of a sketch with some of its columns. Only one of a
// sheet's tables has ids.
func (k *sketch) table(say words, cols []int, ids bool) *table {
	t := &table{Width: len(cols) + 1}
	for _, j := range cols {
		t.Heads = append(t.Heads, k.head(j))
	}
	for i := range k.rows {
		r := rowView{No: k.rows[i].n}
		if r.No == 0 {
			key := "rows_left"
			if k.rows[i].blank {
				key = "rows_blank"
			}
			r.Gap = say.of(key, "from", fmt.Sprint(k.rows[i].from), "to", fmt.Sprint(k.rows[i].to))
			t.Rows = append(t.Rows, r)
			continue
		}
		if l := k.sheet.Line(r.No); l != nil {
			r.Hidden = l.Hidden
		}
		for at := 0; at < len(cols); {
			c, next := k.view(i, cols, at, ids)
			if c != nil {
				r.Cells = append(r.Cells, *c)
			}
			at = next
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// head is the head of a column.
func (k *sketch) head(j int) head {
	n := k.cols[j].n
	if n == 0 {
		return head{Name: "…", Class: "w3", Gap: true}
	}
	return head{Name: tonghop.ColumnName(n), Class: k.width(j), Hidden: k.sheet.HiddenCols[n]}
}

// width is the class of a column's width, in steps of two letters. Where the
// width is not known, it follows from what stands in the column.
func (k *sketch) width(j int) string {
	return fmt.Sprintf("w%d", k.letters(j))
}

// letters is how many letters a column is drawn wide.
func (k *sketch) letters(j int) int {
	if k.cols[j].n == 0 {
		return 3
	}
	width := 0.0
	if k.look.Width != nil {
		width = k.look.Width(k.cols[j].n)
	}
	if width == 0 {
		for i := range k.rows {
			if c := k.cell(i, j); c.span == (tonghop.Area{}) && !c.inside {
				width = max(width, min(24, float64(len([]rune(shown(c.text))))))
			}
		}
	}
	least := 5.0
	for i := range k.rows { // what it was taken for must be read as well
		for _, t := range k.cell(i, j).taken {
			if t.Kind == KindSide {
				least = max(least, 16)
			}
			if t.Kind == KindValue || t.Kind == KindTotal || t.Kind == KindName {
				least = max(least, min(12, float64(len([]rune(t.Label)))*0.8))
			}
		}
	}
	return int(min(40, max(least, math.Round(width))))
}

// view is the cell at a place of the columns that are drawn, and the place behind
// it; nil if another cell covers it.
func (k *sketch) view(i int, cols []int, at int, ids bool) (*cellView, int) {
	j := cols[at]
	c := k.cell(i, j)
	if k.cols[j].n == 0 {
		return &cellView{Class: "gap", Text: ""}, at + 1
	}
	spans := c.span != (tonghop.Area{})
	if c.inside {
		return k.going(i, cols, at)
	}
	v := &cellView{Text: shown(c.text), Unused: c.unused, Flags: c.flags}
	if ids && c.id {
		v.ID = k.id(i, j)
	}
	next := at + 1
	if spans {
		for next < len(cols) && cols[next] <= c.span.Right && cols[next] == cols[next-1]+1 {
			next++
		}
		v.Rows, v.Cols = c.span.Bottom-c.span.Top+1, next-at
	}
	k.dress(v, c, i, j)
	return v, next
}

// going is the part of a merged area that goes on behind columns that are on
// another page; nil where the cell before it is a part of it as well.
func (k *sketch) going(i int, cols []int, at int) (*cellView, int) {
	j := cols[at]
	first, _ := k.at(k.rows[i].n, k.cols[j].n)
	drawn := at > 0 && cols[at-1] == j-1 && cols[at-1] >= first.span.Left
	if drawn || first.span.Top != i { // the row above has drawn it
		return nil, at + 1
	}
	next := at + 1
	for next < len(cols) && cols[next] <= first.span.Right && cols[next] == cols[next-1]+1 {
		next++
	}
	v := &cellView{Text: shown(first.text), Rows: first.span.Bottom - first.span.Top + 1, Cols: next - at}
	k.dress(v, first, i, j)
	return v, next
}

// spreadFrom is from how many columns on a merged cell is wider than most screens.
const spreadFrom = 8

// dress says what a cell is by class, label and scope.
func (k *sketch) dress(v *cellView, c *cell, i, j int) {
	var class []string
	for n, t := range c.taken {
		if n == 0 {
			class = append(class, "k-"+string(t.Kind))
		}
		v.Labels = append(v.Labels, t.Label)
		if t.Full != "" {
			v.Full = strings.TrimPrefix(v.Full+"; "+t.Full, "; ")
		}
		switch t.Kind {
		case KindHead, KindOther:
			v.Scope = "col"
		case KindName, KindSide:
			if v.Scope = "row"; t.Over {
				v.Scope = "col"
			}
		}
	}
	if c.aside && len(c.taken) == 0 {
		class = append(class, "aside")
	}
	if c.asked != "" {
		class = append(class, "a-"+string(c.asked))
	}
	class = append(class, k.drawn(c)...)
	if v.Cols > spreadFrom {
		class = append(class, "spread") // a centred title would stand out of sight
	}
	if k.sheet.HiddenCols[k.cols[j].n] {
		class = append(class, "hid")
	}
	v.Class = strings.Join(class, " ")
}

// drawn says how the text of a cell is drawn, as classes.
func (k *sketch) drawn(c *cell) []string {
	if c.text == nil {
		return nil
	}
	var class []string
	bold, align := k.looks(c.text)
	if align == "" && c.text.Kind == tonghop.CellNumber {
		align = "right"
	}
	if c.text.Style != nil && c.text.Style.Struck {
		class = append(class, "struck")
	}
	if bold {
		class = append(class, "b")
	}
	if align != "" {
		class = append(class, "al-"+align)
	}
	return class
}
