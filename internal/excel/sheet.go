package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// sheet writes one sheet. Everything that stands before the rows in the file
// must be set before the stream begins, everything behind them before Flush.
func (b *book) sheet(i int, s tonghop.EditionSheet) error {
	heights := b.heights(s)
	if err := b.page(s, heights); err != nil {
		return err
	}
	if err := b.view(i, s); err != nil {
		return err
	}
	if err := b.conditions(s); err != nil {
		return err
	}
	if err := b.inputs(s); err != nil {
		return err
	}
	if err := b.file.SetSheetDimension(s.Name, dimension(s)); err != nil {
		return err
	}
	sw, err := b.file.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for i, w := range s.Widths {
		if w > 0 {
			if err := sw.SetColWidth(i+1, i+1, w); err != nil {
				return err
			}
		}
	}
	for i, row := range s.Rows {
		if err := b.row(sw, i+1, heights[i], row); err != nil {
			return err
		}
	}
	for _, m := range s.Merges {
		from, to, _ := strings.Cut(m.String(), ":")
		if err := sw.MergeCell(from, to); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// dimension is the area that the sheet uses.
func dimension(s tonghop.EditionSheet) string {
	cols := 1
	for _, r := range s.Rows {
		cols = max(cols, len(r.Cells))
	}
	return tonghop.Area{Top: 1, Left: 1, Bottom: max(1, len(s.Rows)), Right: cols}.String()
}

// row writes one row.
func (b *book) row(sw *excelize.StreamWriter, at int, height float64, row tonghop.EditionRow) error {
	values := make([]any, len(row.Cells))
	for i, c := range row.Cells {
		if c.Style == "" && c.Text == "" && c.Formula == "" && !c.Number.Valid {
			continue
		}
		id, err := b.style(c.Style, c.Format, risky(c))
		if err != nil {
			return fmt.Errorf("cell %s: %w", tonghop.Ref{Row: at, Col: i + 1}.Cell(), err)
		}
		out := excelize.Cell{StyleID: id, Formula: c.Formula}
		switch {
		case c.Number.Valid:
			out.Value = c.Number.Decimal.InexactFloat64()
		case c.Text != "" || c.Formula != "":
			out.Value = c.Text
		}
		values[i] = out
	}
	return sw.SetRow(tonghop.Ref{Row: at, Col: 1}.Cell(), values, excelize.RowOpts{Height: height})
}

// risky reports whether a program could take the text for a formula when
// somebody edits the cell.
func risky(c tonghop.EditionCell) bool {
	if c.Number.Valid || c.Formula != "" || c.Text == "" {
		return false
	}
	return strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(c.Text)[0])
}

// page sets paper, scale, margins, breaks and the titles repeated on each page.
func (b *book) page(s tonghop.EditionSheet, heights []float64) error {
	size, orientation := 9, "portrait"
	if s.Paper == "A3" {
		size = 8
	}
	if s.Landscape {
		orientation = "landscape"
	}
	opts := &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation}
	if scale := uint(b.scale(s, heights)); scale != 100 {
		opts.AdjustTo = &scale
	}
	if err := b.file.SetPageLayout(s.Name, opts); err != nil {
		return err
	}
	edge := footerEdge
	m, centred := b.look.Margins, len(s.Breaks) == 0
	err := b.file.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: &m[0], Top: &m[1], Right: &m[2], Bottom: &m[3],
		Header: &edge, Footer: &edge, Horizontally: &centred})
	if err != nil {
		return err
	}
	if err := b.breaks(s, heights); err != nil {
		return err
	}
	if s.Footer != "" {
		text := strings.NewReplacer("&", "&&", "{page}", "&P", "{pages}", "&N").Replace(s.Footer)
		footer := `&C&"` + b.look.Font + `,Regular"&10 ` + text
		if err := b.file.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
			return err
		}
	}
	return b.titles(s)
}

// titles repeats header rows and name columns on each printed page.
func (b *book) titles(s tonghop.EditionSheet) error {
	name := "'" + strings.ReplaceAll(s.Name, "'", "''") + "'!"
	var parts []string
	if s.RepeatCol > 0 {
		parts = append(parts, name+"$A:$"+tonghop.ColumnName(s.RepeatCol))
	}
	if s.Repeat[0] > 0 {
		parts = append(parts, fmt.Sprintf("%s$%d:$%d", name, s.Repeat[0], s.Repeat[1]))
	}
	if len(parts) == 0 {
		return nil
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles",
		RefersTo: strings.Join(parts, ","), Scope: s.Name})
}

// view freezes panes, hides the grid and adds filter buttons.
func (b *book) view(i int, s tonghop.EditionSheet) error {
	off := false
	if err := b.file.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	rows, cols := s.Freeze[0], s.Freeze[1]
	if rows > 0 || cols > 0 {
		panes := &excelize.Panes{Freeze: true, XSplit: cols, YSplit: rows,
			TopLeftCell: tonghop.Ref{Row: rows + 1, Col: cols + 1}.Cell(), ActivePane: "bottomRight"}
		if cols == 0 {
			panes.ActivePane = "bottomLeft"
		} else if rows == 0 {
			panes.ActivePane = "topRight"
		}
		if err := b.file.SetPanes(s.Name, panes); err != nil {
			return err
		}
	}
	if s.Filter != (tonghop.Area{}) {
		if err := b.file.AutoFilter(s.Name, s.Filter.String(), nil); err != nil {
			return err
		}
	}
	if i == 0 {
		b.file.SetActiveSheet(0)
	}
	return b.numbersAsText(s)
}

// numbersAsText keeps Excel from marking codes and header numbers as faults.
func (b *book) numbersAsText(s tonghop.EditionSheet) error {
	return b.file.AddIgnoredErrors(s.Name, dimension(s), excelize.IgnoredErrorsNumberStoredAsText)
}

// conditions adds the conditional formats; blank cells never match.
func (b *book) conditions(s tonghop.EditionSheet) error {
	for _, c := range s.Bands {
		id, err := b.tint(c.Style)
		if err != nil {
			return err
		}
		first := tonghop.Ref{Row: c.Area.Top, Col: c.Area.Left}.Cell()
		test := first + `="` + strings.ReplaceAll(c.Equals, `"`, `""`) + `"`
		if c.Equals == "" {
			test = fmt.Sprintf("AND(ISNUMBER(%s),%s>=%s,%s<=%s)", first, first, c.Min, first, c.Max)
		}
		rule := []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: test, Format: &id}}
		if err := b.file.SetConditionalFormat(s.Name, c.Area.String(), rule); err != nil {
			return err
		}
	}
	return nil
}
