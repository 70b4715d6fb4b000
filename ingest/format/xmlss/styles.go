package xmlss

import (
	"errors"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// rawStyle is a style as its element states it; what it leaves out, its parent
// says.
type rawStyle struct {
	parent, font, format string
}

// look is a style with what it takes to show a value in it.
type look struct {
	style  tonghop.Style
	format *numfmt.Format // nil for General
}

// parentsMax bounds how far styles are followed; Excel's have one parent.
const parentsMax = 16

// defaultStyle is the style of cells that name none.
const defaultStyle = "Default"

// readStyles reads the list of styles.
func (x *reader) readStyles() error {
	for x.s.Child() {
		if !x.s.Is(nsSheet, "Style") {
			x.s.Skip()
			continue
		}
		id, st := x.attr("ID"), &rawStyle{parent: x.attr("Parent")}
		if len(x.styles) >= stylesMax {
			return errors.New("too many styles")
		}
		for x.s.Child() {
			switch {
			case x.s.Is(nsSheet, "Font"):
				st.font = x.attr("FontName")
			case x.s.Is(nsSheet, "NumberFormat"):
				st.format = x.attr("Format")
			}
			x.s.Skip()
		}
		x.styles[id] = st
	}
	return nil
}

// look finds a style by its name. One that is not listed looks like none.
func (x *reader) look(id string) *look {
	if id == "" {
		id = defaultStyle
	}
	if l, ok := x.looks[id]; ok {
		return l
	}
	var font, code string
	for at, n := id, 0; at != "" && n < parentsMax; n++ {
		st := x.styles[at]
		if st == nil {
			break
		}
		if font == "" {
			font = st.font
		}
		if code == "" {
			code = st.format
		}
		if at = st.parent; at == "" && id != defaultStyle && n == 0 {
			at = defaultStyle
		}
	}
	if named, ok := formatNames()[code]; ok {
		code = named
	}
	f := numfmt.Compile(code)
	l := &look{style: tonghop.Style{NumberFormat: code, Percent: f.Percent(), Date: f.Date(), Font: font}}
	if !f.General() {
		l.format = f
	}
	if len(x.looks) < stylesMax {
		x.looks[id] = l
	}
	return l
}

// formatNames lists the formats that are written by name. Those that follow the
// computer's settings are given as in Vietnam.
func formatNames() map[string]string {
	return map[string]string{
		"General Number": "General", "General Date": "dd/mm/yyyy h:mm", "Long Date": `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`,
		"Medium Date": "d-mmm-yy", "Short Date": "dd/mm/yyyy", "Long Time": "h:mm:ss AM/PM", "Medium Time": "h:mm AM/PM",
		"Short Time": "h:mm", "Currency": `"$"#,##0.00_);[Red]\("$"#,##0.00\)`, "Euro Currency": `[$€-2]\ #,##0.00_);[Red]\([$€-2]\ #,##0.00\)`,
		"Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
		"Yes/No": `"Yes";"Yes";"No"`, "True/False": `"True";"True";"False"`, "On/Off": `"On";"On";"Off"`,
	}
}
