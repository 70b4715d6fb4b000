package html

import "github.com/tonghop/tonghop"

// frame is the innermost open table, or nil.
func (w *walker) frame() *frame {
	if n := len(w.open); n > 0 {
		return w.open[n-1]
	}
	return nil
}

// startTable opens a table. One that begins in a table but in no cell of it
// ends that one, as in a browser.
func (w *walker) startTable(a *attrs) error {
	if f := w.frame(); f != nil && f.cell == nil {
		if err := w.endTable(); err != nil {
			return err
		}
	}
	if len(w.open) >= depthMax {
		return damaged("tables are nested too deep")
	}
	w.flush(w.sink())
	w.tables++
	w.marks = w.marks || a.own.isStr
	l := w.rules.of("table", a.class, a.style)
	if l.font == "" && len(w.fonts) > 0 {
		l.font = w.fonts[len(w.fonts)-1].font
	}
	w.fonts = w.fonts[:0]
	w.open = append(w.open, &frame{t: &table{steps: &w.steps, slab: &w.b.slab, hidden: l.hidden}, look: l})
	return nil
}

func (w *walker) startRow(a *attrs) error {
	f := w.frame()
	if f == nil {
		return nil
	}
	if err := w.endRow(f); err != nil {
		return err
	}
	f.row, f.open = w.rules.of("tr", a.class, a.style), true
	return f.t.newRow(f.row.hidden || a.hidden)
}

func (w *walker) startCell(name string, a *attrs) error {
	f := w.frame()
	if f == nil {
		w.lineBreak(false) // a cell of nothing is a line of text
		return nil
	}
	if err := w.endCell(f); err != nil {
		return err
	}
	if !f.open {
		f.row, f.open = look{}, true
		if err := f.t.newRow(false); err != nil {
			return err
		}
	}
	col, err := f.t.place(a.across, a.down, w.b.lim.Merges)
	if err != nil {
		return err
	}
	l := w.rules.of(name, a.class, a.style)
	l.hidden = l.hidden || a.hidden
	f.cell = &openCell{attrs: *a, look: l, col: col}
	w.fonts = w.fonts[:0]
	return nil
}

// startCol reads the elements that describe columns; those in a group describe
// it anew.
func (w *walker) startCol(name string, a *attrs) {
	f := w.frame()
	if f == nil {
		return
	}
	l := w.rules.of(name, a.class, a.style)
	if name == "colgroup" {
		f.t.endCols()
		f.t.group, f.t.groupHidden = max(a.spans, 1), l.hidden
		return
	}
	f.t.group = 0
	f.t.hideCols(a.spans, l.hidden)
}

func (w *walker) endRow(f *frame) error {
	if err := w.endCell(f); err != nil {
		return err
	}
	f.open = false
	return nil
}

// endTable closes the innermost table and hands it to what holds it.
func (w *walker) endTable() error {
	f := w.frame()
	if err := w.endRow(f); err != nil {
		return err
	}
	f.t.finish()
	w.open, w.fonts = w.open[:len(w.open)-1], w.fonts[:0]
	s := w.sink()
	w.flush(s) // a caption
	s.items = append(s.items, f.t.resolve()...)
	return nil
}

// endCell keeps the open cell if there is anything in it.
func (w *walker) endCell(f *frame) error {
	c := f.cell
	if c == nil {
		return nil
	}
	w.endChoice()
	f.cell, w.fonts, w.hide = nil, w.fonts[:0], hiding{}
	var kept tonghop.Cell
	var items []item
	if holdsTable(c.sink.items) {
		w.flush(&c.sink)
		kept, items = w.textCell("", ""), c.sink.items
	} else {
		kept = w.value(c, w.fontOf(c.sink.font, c.look, f.row.over(f.look)))
		if kept.Kind == tonghop.CellBlank && !kept.HasForm {
			return nil
		}
	}
	kept.Col = c.col
	f.t.add(kept, c.look.hidden, items)
	w.b.cells++
	return nil
}

func holdsTable(items []item) bool {
	for i := range items {
		if items[i].t != nil {
			return true
		}
	}
	return false
}

// largest is the number of texts in the largest table of the items.
func largest(items []item) int {
	n := 0
	for i := range items {
		if t := items[i].t; t != nil {
			n = max(n, t.texts)
		}
	}
	return n
}
