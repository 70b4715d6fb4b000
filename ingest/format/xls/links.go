package xls

import (
	"strings"
	"unicode"
)

// links is what formulas refer to beside cells of their own sheet. It is read
// for the text of formulas alone: what does not make sense in it leaves
// formulas without text and harms nothing else.
type links struct {
	books  []linkedBook
	sheets []linkedSheets
	names  []string
}

// linkedBook is a workbook or a set of functions that formulas refer to.
type linkedBook struct {
	self, functions bool
	names           []string
}

// linkedSheets is a range of sheets in a linked book.
type linkedSheets struct{ book, first, last uint16 }

// builtinNames are the names that are stored as a number.
func builtinName(n byte) string {
	names := [...]string{
		"Consolidate_Area", "Auto_Open", "Auto_Close", "Extract", "Database", "Criteria", "Print_Area",
		"Print_Titles", "Recorder", "Data_Form", "Auto_Activate", "Auto_Deactivate", "Sheet_Title", "_FilterDatabase",
	}
	if int(n) < len(names) {
		return names[n]
	}
	return ""
}

// add reads a record; a fault in it gives an empty entry.
func (l *links) add(r *records) {
	d := r.data
	switch r.id {
	case recSupBook:
		l.books = append(l.books, linkedBook{
			self:      len(d) == 4 && le.Uint16(d[2:]) == 0x0401,
			functions: len(d) == 4 && le.Uint16(d[2:]) == 0x3a01,
		})
	case recExternName:
		if len(l.books) == 0 {
			return
		}
		b := &l.books[len(l.books)-1]
		name := ""
		if len(d) > 6 {
			p := pieces{rec: r, b: d[6:]}
			name, _ = p.text(1)
		}
		b.names = append(b.names, name)
	case recExternSheet:
		p := pieces{rec: r, b: d}
		n, _ := p.number(2)
		for range n {
			book, err1 := p.number(2)
			first, err2 := p.number(2)
			last, err3 := p.number(2)
			if err1 != nil || err2 != nil || err3 != nil {
				return
			}
			l.sheets = append(l.sheets, linkedSheets{uint16(book), uint16(first), uint16(last)})
		}
	default:
		l.names = append(l.names, parseName(r))
	}
}

// parseName reads the name that a NAME record defines.
func parseName(r *records) string {
	d := r.data
	if len(d) < 16 || d[3] == 0 {
		return ""
	}
	if d[0]&0x20 != 0 {
		return builtinName(d[15])
	}
	p := pieces{rec: r, b: d[15:]}
	name, err := p.chars(int(d[3]), d[14]&flagWide != 0)
	if err != nil {
		return ""
	}
	return name
}

// sheetsText is what stands before a reference to another sheet.
func (w *workbook) sheetsText(n int) (string, bool) {
	if n >= len(w.links.sheets) {
		return "", false
	}
	x := w.links.sheets[n]
	if int(x.book) >= len(w.links.books) || !w.links.books[x.book].self ||
		int(x.first) >= len(w.sheets) || int(x.last) >= len(w.sheets) {
		return "", false
	}
	first, last := w.sheets[x.first].name, w.sheets[x.last].name
	name := first
	if x.first != x.last {
		name += ":" + last
	}
	if plainSheet(first) && plainSheet(last) {
		return name + "!", true
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'!", true
}

// plainSheet reports whether a sheet's name needs no quotes.
func plainSheet(name string) bool {
	letters := 0 // ASCII letters at the start
	for i, c := range name {
		digit := '0' <= c && c <= '9'
		if !unicode.IsLetter(c) && c != '_' && (i == 0 || !digit && c != '.') {
			return false
		}
		if letters == i && c < 0x80 && unicode.IsLetter(c) {
			letters++
		}
	}
	switch upper := strings.ToUpper(name); {
	case upper == "TRUE" || upper == "FALSE" || strings.Trim(upper, "RC0123456789") == "":
		return false // also R1C1
	}
	return name != "" && (letters > 3 || strings.Trim(name[letters:], "0123456789") != "" || letters == len(name))
}

// linkedName is the name that a formula refers to through the list of sheets.
func (w *workbook) linkedName(sheets, n int) (string, bool) {
	if sheets >= len(w.links.sheets) || n < 1 {
		return "", false
	}
	book := int(w.links.sheets[sheets].book)
	if book >= len(w.links.books) {
		return "", false
	}
	b := &w.links.books[book]
	if !b.functions || n > len(b.names) || b.names[n-1] == "" {
		return "", false
	}
	return b.names[n-1], true
}
