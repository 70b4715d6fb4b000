package main

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

func itoa(n int) string { return strconv.Itoa(n) }

// texts changes every text, as typed: what a formula yields stays.
func texts(change func(string) string) func(*workbook, func(int) int) {
	return func(w *workbook, _ func(int) int) {
		w.each(func(_ *page, _ place, c *typed) {
			if c.Kind == tonghop.CellText && !c.HasForm {
				c.text(change(c.Stored))
			}
		})
	}
}

// encoded types every text in an old encoding, with the font for it.
func encoded(font string) func(*workbook, func(int) int) {
	return func(w *workbook, _ func(int) int) {
		encode := letters(font)
		w.each(func(_ *page, _ place, c *typed) {
			if c.Kind == tonghop.CellText && !c.HasForm && encode(c.Stored) != c.Stored {
				style := *c.Style
				style.Font = font
				c.text(encode(c.Stored))
				c.Style = &style
			}
		})
	}
}

// marked writes the marks otherwise, with a legend or without. Where the signs
// may mean something else too, questions are explained.
func marked(met, notMet, legend string, doubtful bool) func(*workbook, func(int) int) {
	return func(w *workbook, pick func(int) int) {
		w.pasteValues()
		w.each(func(_ *page, _ place, c *typed) {
			said, ok := w.said[c.from]
			if !ok || c.Kind != tonghop.CellText || said.Number.Valid {
				return
			}
			switch said.Mark {
			case tonghop.Met:
				c.text(met)
			case tonghop.NotMet:
				c.text(notMet)
			default:
				return
			}
			c.doubtful = c.doubtful || doubtful
		})
		if legend != "" {
			t := w.table()
			row := t.last + 1
			if pick(2) == 0 {
				row = t.top
			}
			t.insertRows(row, 1)
			t.put(row, t.left, legend)
		}
	}
}

// figures changes the cells that hold numbers which count as they stand there.
func figures(change func(c *typed)) func(*workbook, func(int) int) {
	return func(w *workbook, _ func(int) int) {
		w.each(func(_ *page, _ place, c *typed) {
			if said, ok := w.said[c.from]; ok && said.Number.Valid && c.Kind == tonghop.CellNumber && !c.HasForm &&
				!c.Style.Percent && said.Figure() == c.Stored {
				_, decimals, _ := strings.Cut(c.Stored, ".")
				change(c)
				c.doubtful = c.doubtful || len(decimals) == 3 // may be thousands
			}
		})
	}
}

// shownAs shows the figures otherwise, and leaves what they are.
func shownAs(code string) func(*workbook, func(int) int) {
	return figures(func(c *typed) {
		style := *c.Style
		style.NumberFormat = code
		c.Style = &style
	})
}

// harm shows figures as something else: they may be asked about.
func harm(code string) func(*workbook, func(int) int) {
	return figures(func(c *typed) {
		style := *c.Style
		style.NumberFormat = code
		c.Style, c.doubtful = &style, true
	})
}

// spelt writes the names of the communes otherwise.
func spelt(change func(string) string) func(*workbook, func(int) int) {
	return func(w *workbook, _ func(int) int) {
		for _, row := range w.want.Rows {
			w.each(func(_ *page, _ place, c *typed) {
				if c.from == row.NameRef && c.Kind == tonghop.CellText {
					c.text(change(c.Stored))
				}
			})
		}
	}
}
