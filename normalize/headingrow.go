package normalize

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A heading may stand in pieces: "Tính đến ngày" and a date in the cell behind
// it, or "Tháng", 6, "năm", 2023.
var goesOnBehind = regexp.MustCompile(`(^|\s)(ngày|tháng|quý|năm|đến|kỳ báo cáo|kỳ|thời điểm)\s*:?$`)

// longestPiece is how many bytes the text behind such words may have.
const longestPiece = 40

// pieces lists the texts of a row above the header; one that waits for what
// stands behind it is joined with that, under its own address.
func pieces(g *grid, row int) []headingText {
	var out []headingText
	waits := false
	for _, col := range g.filled(row) {
		t := g.text(row, col)
		if t == "" {
			continue
		}
		c := g.cell(row, col)
		if day, ok := dateText(c); ok {
			t = day
		}
		if last := len(out) - 1; waits && len(t) <= longestPiece {
			out[last].text += " " + t
			waits = goesOnBehind.MatchString(viet.Fold(out[last].text)) || c.Kind == tonghop.CellNumber && !c.Style.Date && len(t) < 3
			continue
		}
		out = append(out, headingText{g.ref(row, col), t})
		waits = goesOnBehind.MatchString(viet.Fold(t))
	}
	return out
}

// dateText writes the date of a cell as documents do. What the cell shows may
// put the month first; the day itself is taken if the shown year is its own,
// which it is not where the book counts days otherwise.
func dateText(c *tonghop.Cell) (string, bool) {
	if c == nil || c.Kind != tonghop.CellNumber || !c.Style.Date {
		return "", false
	}
	day, ok := serialDay(c.Stored, false)
	if !ok || !strings.Contains(c.Shown, day.Format("06")) {
		return "", false
	}
	return fmt.Sprintf("%d/%d/%d", day.Day(), int(day.Month()), day.Year()), true
}
