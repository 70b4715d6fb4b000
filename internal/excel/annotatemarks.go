package excel

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// markLook is how a cell with a finding is drawn. No two marks differ by colour
// alone: a black-and-white print shows them apart.
type markLook struct {
	severity      tonghop.Severity
	sign          string // before what stands in the cell
	letters       string // properties of the font
	ink           string // of letters and line, RRGGBB
	line          string // around the cell
	pattern, dots string // over the fill, and its colour
	fill          string
}

// markLooks are the two marks, the graver one first.
func markLooks() []markLook {
	return []markLook{
		{tonghop.Reject, "! ", `<b/><u val="double"/>`, "9C0006", "thin", "lightUp", "F2A0AA", "FFC7CE"},
		{tonghop.Query, "? ", `<i/><u/>`, "7F6000", "dashed", "gray0625", "E0C050", "FFEB9C"},
	}
}

// markTag is the formula of our conditional formats. It is always true; by it
// they are known again, whichever program saved the file since.
const markTag = `LEN("tonghop")>0`

// marked is a part of a sheet that is drawn the same way.
type marked struct {
	look   markLook
	format string // number format with the sign; "" = none
	areas  []tonghop.Area
}

// The most that is marked on one sheet: cells one by one, and areas in one
// conditional format.
const (
	singleMost = 5000
	areasMost  = 300
)

// marksOf gathers what is to be drawn on a sheet. A cell with several findings
// bears the mark of the gravest.
func marksOf(sheet *tonghop.Sheet, widths columnWidths, items []NoteItem) []marked {
	var out []marked
	at := map[[2]string]int{}
	seen := map[[2]int]bool{}
	add := func(look markLook, format string, a tonghop.Area) {
		key := [2]string{string(look.severity), format}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, marked{look: look, format: format})
		}
		out[i].areas = append(out[i].areas, a)
	}
	for _, look := range markLooks() {
		for _, item := range items {
			if item.Severity != look.severity || item.Sheet != sheet.Name {
				continue
			}
			for _, a := range item.Areas {
				n := (a.Bottom - a.Top + 1) * (a.Right - a.Left + 1)
				if n > areasMost || len(seen) > singleMost {
					add(look, "", a)
					continue
				}
				sign := look.sign
				if n > 1 { // the finding is about the area, not about each of its cells
					sign = ""
				}
				for row := a.Top; row <= a.Bottom; row++ {
					for col := a.Left; col <= a.Right; col++ {
						if seen[[2]int{row, col}] {
							continue
						}
						seen[[2]int{row, col}] = true
						add(look, signed(sheet.Cell(row, col), sign, widths.of(col)), whole(sheet, row, col))
					}
				}
			}
		}
	}
	return out
}

// whole is the merged area that a cell begins, or the cell.
func whole(sheet *tonghop.Sheet, row, col int) tonghop.Area {
	for _, m := range sheet.Merges {
		if m.Top == row && m.Left == col {
			return m
		}
	}
	return tonghop.Area{Top: row, Left: col, Bottom: row, Right: col}
}

// signed is the number format that shows a sign before what stands in a cell;
// "" where there is nothing to see, or no room: a number that is too wide turns
// into ###.
func signed(c *tonghop.Cell, sign string, width float64) string {
	if c == nil || c.Blank() || sign == "" {
		return ""
	}
	if c.Kind == tonghop.CellText {
		return `"` + sign + `"@`
	}
	if c.Kind != tonghop.CellNumber || float64(len([]rune(c.Shown))+len(sign))+1 > width {
		return ""
	}
	format := c.Style.NumberFormat
	if format == "" {
		format = "General"
	}
	if strings.ContainsAny(format, `"\*_[@?`) || strings.HasPrefix(format, ";") || len(format) > 100 {
		return "" // it says more than how to write a number
	}
	parts := strings.Split(format, ";")
	for i, p := range parts {
		if p != "" {
			parts[i] = `"` + sign + `"` + p
		}
	}
	return strings.Join(parts, ";")
}

// columnWidths are the widths of a sheet's columns in characters.
type columnWidths struct {
	usual float64
	own   map[int]float64
}

func (w columnWidths) of(col int) float64 {
	if own, ok := w.own[col]; ok {
		return own
	}
	return w.usual
}

// widthsOf reads the widths of columns.
func widthsOf(text []byte, kids []node) columnWidths {
	w := columnWidths{usual: 8.43, own: map[int]float64{}}
	if n, ok := find(kids, "sheetFormatPr"); ok {
		if v, err := strconv.ParseFloat(n.attr("defaultColWidth"), 64); err == nil {
			w.usual = v
		}
	}
	cols, ok := find(kids, "cols")
	if !ok {
		return w
	}
	all, err := inside(text, cols)
	if err != nil {
		return w
	}
	for _, c := range all {
		from, _ := strconv.Atoi(c.attr("min"))
		to, _ := strconv.Atoi(c.attr("max"))
		if width, err := strconv.ParseFloat(c.attr("width"), 64); err == nil {
			for col := from; col <= min(to, from+1000); col++ {
				w.own[col] = width
			}
		}
	}
	return w
}

// sheetOrder is the order of the elements of a sheet.
func sheetOrder() []string {
	return strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
		protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
		conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks
		colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture
		oleObjects controls webPublishItems tableParts extLst`)
}

// placeFor is where a new element of a sheet belongs. What stands there in one
// of several forms has the place of what it holds.
func placeFor(text []byte, root node, kids []node, name string) int {
	order := sheetOrder()
	for _, k := range kids {
		is := k.name
		if is == "AlternateContent" {
			is = heldBy(text, k)
		}
		if slices.Index(order, is) > slices.Index(order, name) {
			return k.from
		}
	}
	return root.out
}

// heldBy names the first element that stands in one of the forms of an element
// with several; "" if none is known.
func heldBy(text []byte, n node) string {
	forms, err := inside(text, n)
	if err != nil {
		return ""
	}
	for _, f := range forms {
		if held, err := inside(text, f); err == nil && len(held) > 0 {
			return held[0].name
		}
	}
	return ""
}

// drawMarks adds our conditional formats to a sheet, behind theirs.
func drawMarks(text []byte, styles *styleSheet, marks []marked) ([]byte, error) {
	root, kids, err := outline(text)
	if err != nil {
		return nil, err
	}
	priority := 0
	for _, k := range kids {
		if k.name != "conditionalFormatting" {
			continue
		}
		rules, err := inside(text, k)
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			n, _ := strconv.Atoi(r.attr("priority"))
			priority = max(priority, n)
		}
	}
	var out bytes.Buffer
	for _, m := range marks {
		priority++
		id := styles.tint(m.look, m.format)
		for areas := range slices.Chunk(m.areas, areasMost) {
			names := make([]string, len(areas))
			for i, a := range areas {
				names[i] = a.String()
			}
			fmt.Fprintf(&out, `<%[1]sconditionalFormatting sqref="%[2]s"><%[1]scfRule type="expression" dxfId="%[3]d" priority="%[4]d"><%[1]sformula>%[5]s</%[1]sformula></%[1]scfRule></%[1]sconditionalFormatting>`,
				root.prefix, strings.Join(names, " "), id, priority, esc(markTag))
		}
	}
	at := placeFor(text, root, kids, "conditionalFormatting")
	return apply(text, []edit{{at, at, out.String()}}), styles.err
}

// wipeMarks takes our conditional formats out of a sheet.
func wipeMarks(text []byte) ([]byte, error) {
	if !bytes.Contains(text, []byte("tonghop")) {
		return text, nil
	}
	_, kids, err := outline(text)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, k := range kids {
		if k.name != "conditionalFormatting" {
			continue
		}
		rules, err := inside(text, k)
		if err != nil {
			return nil, err
		}
		var ours []edit
		for _, r := range rules {
			if bytes.Contains(text[r.from:r.to], []byte("tonghop")) && bytes.Contains(text[r.from:r.to], []byte("LEN(")) {
				ours = append(ours, edit{from: r.from, to: r.to})
			}
		}
		if len(ours) == len(rules) && len(ours) > 0 {
			ours = []edit{{from: k.from, to: k.to}}
		}
		edits = append(edits, ours...)
	}
	return apply(text, edits), nil
}
