package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// styleKey is what makes two cells share a style.
type styleKey struct {
	name, format string
	quoted       bool
}

// defaultFont sets the font that column widths are measured in.
func (b *book) defaultFont() error {
	if b.look.Font == "" {
		return nil
	}
	return b.file.SetDefaultFont(b.look.Font)
}

// style gives the id of a look with a number format. A quoted style keeps text
// text when somebody edits the cell.
func (b *book) style(name, format string, quoted bool) (int, error) {
	if name == "" && format == "" && !quoted {
		return 0, nil
	}
	key := styleKey{name, format, quoted}
	if id, ok := b.styles[key]; ok {
		return id, nil
	}
	l, ok := b.look.Styles[name]
	if !ok && name != "" {
		return 0, fmt.Errorf("the look has no style %q", name)
	}
	if format == "" {
		format = l.Format
	}
	st := b.draw(l)
	if format != "" {
		localised := b.localised(format)
		st.CustomNumFmt = &localised
	}
	if l.Open {
		st.Protection = &excelize.Protection{Locked: false}
	} else if quoted {
		// Locked is what a cell is anyway; saying so makes the style another one.
		st.Protection = &excelize.Protection{Locked: true}
	}
	id, err := b.file.NewStyle(st)
	if err != nil {
		return 0, fmt.Errorf("style %q: %w", name, err)
	}
	if quoted {
		b.quoted = append(b.quoted, id)
	}
	b.styles[key] = id
	return id, nil
}

// draw turns a look into a style of the workbook.
func (b *book) draw(l tonghop.CellLook) *excelize.Style {
	st := &excelize.Style{
		Font: &excelize.Font{Family: b.look.Font, Size: b.size(l), Bold: l.Bold, Italic: l.Italic, Color: l.Color},
		Alignment: &excelize.Alignment{Horizontal: l.Align, Vertical: l.Vertical, WrapText: l.Wrap, ShrinkToFit: l.Shrink,
			TextRotation: l.Turn, Indent: l.Indent},
	}
	if l.Underline {
		st.Font.Underline = "single"
	}
	if l.Fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.Fill}}
	}
	if kind := map[string]int{"thin": 1, "medium": 2, "hair": 7}[l.Border]; kind != 0 {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Style: kind, Color: "000000"})
		}
	}
	return st
}

// size is the font size of a look in points.
func (b *book) size(l tonghop.CellLook) float64 {
	if l.Size > 0 {
		return l.Size
	}
	if b.look.Size > 0 {
		return b.look.Size
	}
	return 11
}

// localised puts the look's locale before each section of a number format that
// shows digits.
func (b *book) localised(format string) string {
	sections := strings.Split(format, ";")
	for i, s := range sections {
		if !strings.Contains(s, "@") {
			sections[i] = b.look.Locale + s
		}
	}
	return strings.Join(sections, ";")
}

// tint makes the format of a conditional rule.
func (b *book) tint(name string) (int, error) {
	l, ok := b.look.Tints[name]
	if !ok {
		return 0, fmt.Errorf("the look has no tint %q", name)
	}
	st := &excelize.Style{}
	if l.Color != "" || l.Bold || l.Italic {
		st.Font = &excelize.Font{Color: l.Color, Bold: l.Bold, Italic: l.Italic}
	}
	if l.Fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.Fill}}
	}
	return b.file.NewConditionalStyle(st)
}
