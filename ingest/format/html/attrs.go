package html

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/internal/viet"
)

// attrs are the attributes of an element that mean something here.
type attrs struct {
	across, down, spans      int // colspan, rowspan, span
	class, style, face, name string
	kind, value              string // of a field of a form
	hidden, selected         bool
	generator                bool  // a meta element that names LibreOffice
	own                      typed // what the programs say of the value
}

// typed is what Excel (x:) and LibreOffice (sd) note of a cell's value.
type typed struct {
	num, str, boolean, failed, formula      string
	isNum, isStr, isBool, isErr, hasFormula bool
	sdval, sdnum                            string
}

// attributes reads the attributes of the tag just started.
func (w *walker) attributes(more bool) attrs {
	var a attrs
	content := ""
	for more {
		var k, v []byte
		k, v, more = w.z.TagAttr()
		switch string(k) {
		case "colspan":
			a.across = small(v)
		case "rowspan":
			if a.down = small(v); string(v) == "0" {
				a.down = rowsMax // to the end of the group
			}
		case "span":
			a.spans = small(v)
		case "class":
			a.class = string(v)
		case "style":
			a.style = string(v)
		case "face":
			a.face = string(v)
		case "name":
			a.name = string(v)
		case "content":
			content = string(v)
		case "type":
			a.kind = string(v)
		case "value":
			a.value = string(v)
		case "hidden":
			a.hidden = true
		case "selected":
			a.selected = true
		default:
			a.own.add(string(k), string(v))
		}
	}
	a.generator = strings.EqualFold(a.name, "generator") && (strings.HasPrefix(content, "LibreOffice") || strings.HasPrefix(content, "OpenOffice"))
	return a
}

// add notes an attribute of Excel or LibreOffice.
func (t *typed) add(key, value string) {
	switch key {
	case "x:num":
		t.num, t.isNum = value, true
	case "x:str":
		t.str, t.isStr = value, true
	case "x:bool":
		t.boolean, t.isBool = value, true
	case "x:err":
		t.failed, t.isErr = value, true
	case "x:fmla":
		t.formula, t.hasFormula = strings.TrimPrefix(value, "="), true
	case "sdval":
		t.sdval = value
	case "sdnum":
		t.sdnum = value
	}
}

// small reads a small number; 0 if it is none.
func small(v []byte) int {
	n, err := strconv.Atoi(strings.TrimSpace(string(v)))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, rowsMax)
}

// value is the content of a cell: stored as the notes say, else text as typed.
func (w *walker) value(c *openCell, font string) tonghop.Cell {
	t := &c.attrs.own
	format := c.look.format
	if t.sdnum != "" {
		if parts := strings.SplitN(t.sdnum, ";", 3); len(parts) == 3 {
			format = parts[2]
		}
	}
	c.sink.rejoin()
	text := c.sink.take()
	out := tonghop.Cell{Style: w.b.style(font, format), Formula: t.formula, HasForm: t.hasFormula, Shown: text}
	switch {
	case t.isErr:
		out.Kind, out.Stored = tonghop.CellError, orElse(t.failed, text)
	case t.isBool:
		out.Kind, out.Stored = tonghop.CellBool, "FALSE"
		if strings.EqualFold(orElse(t.boolean, text), "TRUE") {
			out.Stored = "TRUE"
		}
	case t.isStr:
		out.Kind, out.Stored = tonghop.CellText, orElse(strings.TrimPrefix(t.str, "'"), text)
	case t.isNum && isNumber(orElse(t.num, text)):
		out.Kind, out.Stored = tonghop.CellNumber, orElse(t.num, text)
	case isNumber(t.sdval):
		out.Kind, out.Stored = tonghop.CellNumber, t.sdval
	case isError(text):
		out.Kind, out.Stored = tonghop.CellError, text
	case !w.marks && isPlain(text) && !out.Style.Percent && !out.Style.Date && format != "@":
		out.Kind, out.Stored = tonghop.CellNumber, text
	default:
		out.Kind, out.Stored = tonghop.CellText, text
	}
	if out.Kind == tonghop.CellText && strings.TrimSpace(out.Stored) == "" {
		out.Kind, out.Stored, out.Shown = tonghop.CellBlank, "", ""
	}
	out.Cached = out.HasForm && out.Kind != tonghop.CellBlank
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func isNumber(s string) bool {
	_, ok := numfmt.ParseDecimal([]byte(s))
	return ok
}

// isPlain reports whether a text is a number that takes no guess; see package
// csv.
func isPlain(s string) bool {
	return numfmt.PlainGeneral([]byte(s)) && len(viet.Numbers(s)) == 1
}

// isError knows the errors that spreadsheet programs show.
func isError(s string) bool {
	switch s {
	case "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!":
		return true
	}
	return false
}
