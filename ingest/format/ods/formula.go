package ods

import "strings"

// appendFormula appends a formula as a spreadsheet shows it: without the name
// of its grammar and without "=", references as A1, arguments between commas.
//
//	of:=SUM([.A1:.B2];['Biểu 03'.C4])    becomes    SUM(A1:B2,'Biểu 03'!C4)
func appendFormula(dst, f []byte) []byte {
	grammar, body := cutGrammar(string(f))
	body = strings.TrimLeft(body, "=")
	if grammar == "msoxl" {
		return append(dst, body...)
	}
	w := formulaWriter{dst: dst, in: body, open: grammar != "" || strings.Contains(body, "[.")}
	w.write()
	return w.dst
}

// cutGrammar cuts the prefix that names the grammar: of:= oooc:= msoxl:=
func cutGrammar(f string) (grammar, rest string) {
	f = strings.TrimSpace(f)
	before, after, ok := strings.Cut(f, ":=")
	if !ok || before == "" || strings.ContainsFunc(before, func(r rune) bool { return !letter(byte(min(r, 0xff))) || r >= 0x80 }) {
		return "", f
	}
	return before, after
}

// formulaWriter translates one formula.
type formulaWriter struct {
	dst  []byte
	in   string
	open bool // the grammar is OpenFormula's for certain, not one like Excel's
}

func (w *formulaWriter) write() {
	excelArray := false
	braces := 0
	for i := 0; i < len(w.in); {
		switch c := w.in[i]; {
		case c == '"' || c == '\'':
			n := quoted(w.in[i:])
			w.dst = append(w.dst, w.in[i:i+n]...)
			i += n
		case c == '[':
			n := bracketed(w.in[i:])
			w.reference(w.in[i : i+n])
			i += n
		case c == '#':
			n := errorLen(w.in[i:])
			w.dst = append(w.dst, w.in[i:i+n]...)
			i += n
		case letter(c):
			n := wordLen(w.in[i:])
			w.word(w.in[i:i+n], i+n < len(w.in) && w.in[i+n] == '(')
			i += n
		default:
			switch c {
			case '{':
				if braces++; braces == 1 {
					inside, _, _ := strings.Cut(w.in[i:], "}")
					excelArray = strings.Contains(inside, ",")
				}
			case '}':
				braces = max(braces-1, 0)
			}
			w.dst = append(w.dst, w.mark(c, braces > 0, excelArray))
			i++
		}
	}
}

// mark translates separators and operators.
func (w *formulaWriter) mark(c byte, array, excelArray bool) byte {
	switch {
	case array && excelArray:
	case c == ';':
		return ','
	case array && c == '|':
		return ';'
	case w.open && c == '~':
		return ','
	case w.open && c == '!':
		return ' '
	}
	return c
}

// word writes a name; names of functions lose the prefix that says whose they
// are.
func (w *formulaWriter) word(word string, function bool) {
	if function {
		for _, prefix := range [...]string{"COM.MICROSOFT.", "ORG.LIBREOFFICE.", "ORG.OPENOFFICE.", "COM.SUN.STAR.", "LEGACY."} {
			if len(word) > len(prefix) && strings.EqualFold(word[:len(prefix)], prefix) {
				word = word[len(prefix):]
				break
			}
		}
	}
	w.dst = append(w.dst, word...)
}

// reference writes what stands in brackets.
func (w *formulaWriter) reference(in string) {
	body := strings.TrimSuffix(strings.TrimPrefix(in, "["), "]")
	from, to, area := cutOutside(body, ':')
	sheet, cell, ok := cutSheet(from)
	if !ok || !strings.HasSuffix(in, "]") {
		w.dst = append(w.dst, in...)
		return
	}
	last, end := "", ""
	if area {
		if last, end, ok = cutSheet(to); !ok {
			w.dst = append(w.dst, in...)
			return
		}
	}
	if sheet != "" {
		if last != "" && last != sheet {
			sheet = spanSheets(sheet, last)
		}
		w.dst = append(append(w.dst, sheet...), '!')
	}
	w.dst = append(w.dst, broken(cell)...)
	if area {
		w.dst = append(append(w.dst, ':'), broken(end)...)
	}
}

// broken shortens a reference to cells that are gone: its row, column or both.
func broken(cell string) string {
	if strings.Contains(cell, "#REF!") {
		return "#REF!"
	}
	return cell
}

// cutSheet cuts $'Biểu 03'.A1 at the last point outside quotes. A sheet of
// another file is written as Excel does, the file in brackets.
func cutSheet(ref string) (sheet, cell string, ok bool) {
	at, quote := -1, false
	for i := range len(ref) {
		switch {
		case ref[i] == '\'':
			quote = !quote
		case ref[i] == '.' && !quote:
			at = i
		}
	}
	if at < 0 {
		return "", "", false
	}
	sheet, cell = ref[:at], ref[at+1:]
	if file, rest, other := strings.Cut(sheet, "'#"); other && strings.HasPrefix(file, "'") {
		name := strings.TrimPrefix(rest, "$")
		return "'[" + file[1:] + "]" + strings.Trim(name, "'") + "'", cell, true
	}
	return strings.TrimPrefix(sheet, "$"), cell, true
}

// spanSheets writes the names of two sheets between which all are meant.
func spanSheets(first, last string) string {
	if first[0] != '\'' && last[0] != '\'' {
		return first + ":" + last
	}
	return "'" + strings.Trim(first, "'") + ":" + strings.Trim(last, "'") + "'"
}

// cutOutside cuts s at the first mark outside quotes.
func cutOutside(s string, mark byte) (before, after string, ok bool) {
	quote := false
	for i := range len(s) {
		switch {
		case s[i] == '\'':
			quote = !quote
		case s[i] == mark && !quote:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// quoted is the length of the quoted piece that f starts with; a doubled quote
// ends one piece and starts the next, which comes to the same.
func quoted(f string) int {
	if end := strings.IndexByte(f[1:], f[0]); end >= 0 {
		return end + 2
	}
	return len(f)
}

// bracketed is the length of the bracket that f starts with.
func bracketed(f string) int {
	quote := false
	for i := range len(f) {
		switch {
		case f[i] == '\'':
			quote = !quote
		case f[i] == ']' && !quote:
			return i + 1
		}
	}
	return len(f)
}

// errorLen is the length of the error value, such as #REF!, that f starts
// with; 1 if it is none.
func errorLen(f string) int {
	for _, e := range errorValues() {
		if strings.HasPrefix(f, e) {
			return len(e)
		}
	}
	return 1
}

// errorValues are the errors that formulas give in every program.
func errorValues() []string {
	return []string{"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// wordLen is the length of the name that f starts with.
func wordLen(f string) int {
	for i := range len(f) {
		if c := f[i]; !letter(c) && (c < '0' || c > '9') && c != '.' && c < 0x80 {
			return i
		}
	}
	return len(f)
}
