// Package numfmt shows numbers and text as a spreadsheet program does: by the
// format codes that every file format writes in the same notation.
//
// It knows nothing of files and cells and never rounds what is stored. Start
// reading at [Compile], then parse.go (codes), show.go (numbers and dates) and
// decimal.go (exact digits).
package numfmt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatMax is the longest format code that is interpreted; Excel allows 255
// characters. A longer one shows numbers as General.
const formatMax = 255 * utf8.UTFMax

// partKind is the kind of one piece of a format section.
type partKind uint8

const (
	partText     partKind = iota // literal text
	partDigit                    // 0 # ?
	partPoint                    // the decimal point
	partPercent                  // %
	partExponent                 // E+ or E-
	partGeneral                  // General
	partAt                       // @, the text itself
	partDate                     // y m d h s and their runs
	partElapsed                  // [h] [m] [s]
	partHalfDay                  // AM/PM
	partFraction                 // .0 after seconds
)

// formatPart is one piece of a section.
type formatPart struct {
	kind partKind
	text string // literal; for dates the letters in lower case
	c    byte   // '0', '#' or '?' of a digit; '+' or '-' of an exponent
	n    int    // letters of a date part, digits of a fraction
	exp  bool   // the digit stands behind an exponent
	frac bool   // the digit stands behind the decimal point
}

// section is one of the up to four parts of a format code between semicolons.
type section struct {
	parts     []formatPart
	whole     int  // digits before the point
	places    int  // digits behind it
	expDigits int  // digits of the exponent
	thousands bool // grouped by commas
	scale     int  // power of ten to multiply with: 2 for %, -3 per comma at the end
	date      bool
	halfDay   bool
	seconds   bool // seconds are shown, and rounded; otherwise time is cut
	sub       int  // digits of a second shown
	exponent  bool
	odd       bool // a fraction (# ?/?), shown as General
	op        string
	operand   float64
}

// Format is a compiled format code. Codes are in the notation of the
// file, "." for decimals and "," for thousands, and so is what is shown: the
// settings of the clerk's computer are not in the file.
type Format struct {
	sections []section
	text     *section // how text is shown; nil for as it is
	general  bool
	percent  bool
	date     bool
}

// General reports whether the format shows whatever is stored as it is.
func (f *Format) General() bool { return f.general }

// Percent reports whether the format shows numbers times 100.
func (f *Format) Percent() bool { return f.percent }

// Date reports whether the format shows numbers as dates or times.
func (f *Format) Date() bool { return f.date }

// ShowsText reports whether text is not simply shown as it is.
func (f *Format) ShowsText() bool { return f.text != nil }

// Compile compiles a format code. Whatever a code says, it can be
// compiled; unknown pieces are shown as they are written.
func Compile(code string) *Format {
	f := &Format{}
	if code == "" || strings.EqualFold(code, "General") || len(code) > formatMax {
		f.general = true
		return f
	}
	for code, more := code, true; more && len(f.sections) < 4; {
		p := formatParser{in: code}
		p.parse()
		code, more = strings.CutPrefix(p.in, ";")
		p.finish()
		f.sections = append(f.sections, p.sec)
		f.date = f.date || p.sec.date
		f.percent = f.percent || p.sec.count(partPercent) > 0
	}
	f.pickText()
	return f
}

// pickText finds the section for text: the fourth, or else the last one if it
// shows text and nothing else does.
func (f *Format) pickText() {
	last := len(f.sections) - 1
	if last == 3 || f.sections[last].count(partAt) > 0 {
		s := f.sections[last]
		f.sections = f.sections[:last]
		f.text = &s
	}
	plain := f.text == nil || len(f.text.parts) == 1 && f.text.parts[0].kind == partAt
	if plain {
		f.text = nil
	}
	f.general = len(f.sections) == 0 && f.text == nil
}

func (s *section) count(kind partKind) int {
	n := 0
	for i := range s.parts {
		if s.parts[i].kind == kind {
			n++
		}
	}
	return n
}

// AppendNumber appends what a number shows: v is its digits, stored the text of
// the same number as the file has it. date1904 counts dates from 1904.
func (f *Format) AppendNumber(dst []byte, stored []byte, v Decimal, date1904 bool) []byte {
	s, neg := f.pick(v, stored)
	if s == nil {
		return v.AppendGeneral(dst)
	}
	v.neg = neg
	switch {
	case s.date:
		return s.appendDate(dst, stored, date1904)
	case s.odd:
		return v.AppendGeneral(dst)
	case s.exponent:
		return s.appendScientific(dst, v)
	}
	return s.appendDecimal(dst, v)
}

// AppendText shows text.
func (f *Format) AppendText(dst []byte, text string) []byte {
	for _, p := range f.text.parts {
		switch p.kind {
		case partAt:
			dst = append(dst, text...)
		case partText:
			dst = append(dst, p.text...)
		}
	}
	return dst
}

// pick chooses the section for a number and tells whether a minus sign is to
// be shown: a section that is for negative numbers alone has its own.
func (f *Format) pick(v Decimal, stored []byte) (*section, bool) {
	neg := v.neg && v.n > 0
	n := len(f.sections)
	if n == 0 {
		return nil, neg
	}
	conditions := false
	for i := range f.sections {
		conditions = conditions || f.sections[i].op != ""
	}
	if conditions {
		x, _ := strconv.ParseFloat(string(stored), 64)
		for i := range f.sections {
			if s := &f.sections[i]; s.holds(x) {
				// The second of two sections, without a condition of its
				// own, gets what the first left over.
				return s, neg && !(i == 1 && s.op == "" && f.sections[0].holds(0)) && !s.ownSign()
			}
		}
		return nil, neg
	}
	switch {
	case neg && n >= 2:
		return &f.sections[1], false
	case v.n == 0 && n >= 3:
		return &f.sections[2], false
	}
	return &f.sections[0], neg
}

// ownSign reports whether the section is for negative numbers alone, by its
// condition, and has a mark of its own for them: [<0]-0.0.
func (s *section) ownSign() bool {
	if s.op != "<" && s.op != "<=" || s.operand > 0 || s.holds(0) {
		return false
	}
	for i := range s.parts {
		if q := &s.parts[i]; q.kind == partText && strings.ContainsAny(q.text, "-(") {
			return true
		}
	}
	return false
}

// holds reports whether the section's condition is met.
func (s *section) holds(x float64) bool {
	switch s.op {
	case "<":
		return x < s.operand
	case "<=":
		return x <= s.operand
	case ">":
		return x > s.operand
	case ">=":
		return x >= s.operand
	case "=":
		return x == s.operand
	case "<>":
		return x != s.operand
	}
	return true
}

// Builtin is the code of a format that files name by number alone. 14
// and 22 follow the computer's settings; they are given as in Vietnam.
func Builtin(id int) string {
	switch id {
	case 14:
		return "dd/mm/yyyy"
	case 22:
		return "dd/mm/yyyy h:mm"
	case 15, 16, 17:
		return [...]string{"d-mmm-yy", "d-mmm", "mmm-yy"}[id-15]
	case 18, 19, 20, 21:
		return [...]string{"h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss"}[id-18]
	case 1, 2, 3, 4:
		return [...]string{"0", "0.00", "#,##0", "#,##0.00"}[id-1]
	case 5, 6:
		return [...]string{`"$"#,##0_);\("$"#,##0\)`, `"$"#,##0_);[Red]\("$"#,##0\)`}[id-5]
	case 7, 8:
		return [...]string{`"$"#,##0.00_);\("$"#,##0.00\)`, `"$"#,##0.00_);[Red]\("$"#,##0.00\)`}[id-7]
	case 9, 10, 11, 12, 13:
		return [...]string{"0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"}[id-9]
	case 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58:
		return "dd/mm/yyyy" // dates of East Asian editions
	case 32, 33, 34, 35, 55, 56:
		return "h:mm:ss" // their times
	case 37, 38:
		return [...]string{`#,##0_);\(#,##0\)`, `#,##0_);[Red]\(#,##0\)`}[id-37]
	case 39, 40:
		return [...]string{`#,##0.00_);\(#,##0.00\)`, `#,##0.00_);[Red]\(#,##0.00\)`}[id-39]
	case 41, 42:
		return [...]string{`_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, `_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)`}[id-41]
	case 43, 44:
		return [...]string{`_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, `_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)`}[id-43]
	case 45, 46, 47, 48, 49:
		return [...]string{"mm:ss", "[h]:mm:ss", "mm:ss.0", "##0.0E+0", "@"}[id-45]
	}
	return ""
}
