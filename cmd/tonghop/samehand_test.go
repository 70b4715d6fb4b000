//go:build !race

package main

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// markChanges write the marks otherwise.
var markChanges = []change{
	{"marks Đ and KĐ", marked("Đ", "KĐ", "", false)},
	{"marks đ and k", marked("đ", "k", "Ghi chú: đ: đạt; k: không đạt", false)},
	{"marks x and - with a legend", marked("x", "-", "Ghi chú: x: đạt; -: chưa đạt", false)},
	{"marks x and 0 with a legend", marked("x", "0", "Ghi chú: \"x\" là đạt, \"0\" là chưa đạt", false)},
	{"marks ✓ and ✗", marked("✓", "✗", "", false)},
	{"marks + and - with a legend", marked("+", "-", "Ghi chú: (+) đạt; (-) chưa đạt", false)},
	{"marks + and - without a legend", marked("+", "-", "", true)},
	{"marks 1 and 0 with a legend", marked("1", "0", "Quy ước: 1 = đạt, 0 = chưa đạt", false)},
	{"marks 1 and 0 without a legend", marked("1", "0", "", true)},
	{"marks C and K with a legend", marked("C", "K", "Ghi chú: C - đạt; K - chưa đạt", false)},
	{"marks C and K without a legend", marked("C", "K", "", true)},
	{"marks Có and Không", marked("Có", "Không", "", true)},
	{"marks in capitals", marked("ĐẠT", "CHƯA ĐẠT", "", false)},
}

// figureChanges write or show the figures otherwise.
var figureChanges = []change{
	{"figures as text with a comma", figures(func(c *typed) { c.text(strings.Replace(c.Stored, ".", ",", 1)) })},
	{"figures as text with a point", figures(func(c *typed) { c.text(c.Stored) })},
	{"figures as text with blanks", figures(func(c *typed) { c.text(" " + c.Stored + "\u00a0") })},
	{"figures shown whole", shownAs("0")},
	{"figures shown with two decimals", shownAs("0.00")},
	{"figures shown with groups", shownAs("#,##0")},
	{"figures in cells of text", shownAs("@")},
	{"figures shown as percent", harm("0%")},
	{"figures shown as dates", harm("dd/mm/yyyy")},
	{"figures from formulas", figures(func(c *typed) { c.HasForm, c.Formula, c.Cached = true, c.Stored+"*1", true })},
	{"figures from formulas without results", figures(func(c *typed) { c.HasForm, c.Formula, c.Cached = true, c.Stored+"+0", false })},
	{"figures from formulas that give text", figures(func(c *typed) {
		c.HasForm, c.Formula, c.Cached, c.Kind = true, `"`+c.Stored+`"`, true, tonghop.CellText
	})},
}

// nameChanges write the names of the communes otherwise.
var nameChanges = []change{
	{"names without xã", spelt(func(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "Xã "), "xã ") })},
	{"names in capitals", spelt(strings.ToUpper)},
	{"names in small letters", spelt(strings.ToLower)},
}

// textChanges write every text otherwise.
var textChanges = []change{
	{"decomposed", texts(norm.NFD.String)},
	{"no-break blanks", texts(func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") })},
	{"blanks around", texts(func(s string) string { return " " + strings.ReplaceAll(s, " ", "  ") + " " })},
	{"TCVN3", encoded(charset.FontTCVN3)},
	{"VNI", encoded(charset.FontVNI)},
}

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
