package ods

import (
	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// valueType is the type that a cell gives its value.
type valueType uint8

const (
	typeNone valueType = iota // none is stated
	typeFloat
	typePercentage
	typeCurrency
	typeDate
	typeDateTime // a date with a time of day
	typeTime
	typeBoolean
	typeString
	typeError // LibreOffice's own
	typesCount
)

func parseType(v []byte) valueType {
	switch string(v) {
	case "float":
		return typeFloat
	case "percentage":
		return typePercentage
	case "currency":
		return typeCurrency
	case "date":
		return typeDate
	case "time":
		return typeTime
	case "boolean":
		return typeBoolean
	case "string":
		return typeString
	case "error":
		return typeError
	}
	return typeNone // void, and what later versions may add: the text counts
}

// look is a cell style with what it takes to show a value in it.
type look struct {
	style  tonghop.Style
	format *numfmt.Format   // nil for General
	fonts  map[string]*look // the same with the font of the text
}

// look makes a style's look for values of a type: the type decides where the
// style says nothing.
func (st *cellStyle) look(typ valueType) *look {
	if l := st.looks[typ]; l != nil {
		return l
	}
	font, data := st.inherited()
	code := st.in.formatCode(data)
	f := numfmt.Compile(code)
	if usual := usualCode(typ); usual != "" && (f.General() || isDate(typ) && !f.Date()) {
		code = usual
		f = numfmt.Compile(code)
	}
	l := &look{style: tonghop.Style{NumberFormat: code, Percent: f.Percent(), Date: f.Date(), Font: font, Struck: st.struck}, format: f}
	if f.General() {
		l.format = nil
	}
	st.looks[typ] = l
	return l
}

// withFont is the look with another font.
func (l *look) withFont(font string) *look {
	if font == "" || font == l.style.Font {
		return l
	}
	other := l.fonts[font]
	if other == nil {
		clone := *l
		clone.style.Font = font
		if l.fonts == nil {
			l.fonts = map[string]*look{}
		}
		other = &clone
		l.fonts[font] = other
	}
	return other
}

func isDate(typ valueType) bool { return typ == typeDate || typ == typeDateTime || typ == typeTime }

// usualCode is how values of a type are shown that have no format.
func usualCode(typ valueType) string {
	switch typ {
	case typePercentage:
		return "0.00%"
	case typeDate:
		return "dd/mm/yyyy"
	case typeDateTime:
		return "dd/mm/yyyy hh:mm:ss"
	case typeTime:
		return "[hh]:mm:ss"
	}
	return ""
}
