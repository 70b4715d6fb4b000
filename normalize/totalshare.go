package normalize

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// leaveShares leaves a column aside that says beside the number of criteria met
// how many in a hundred these are: it repeats what its neighbour says, and row by
// row it must, or the column is asked about like any other.
func (n *Normalizer) leaveShares(g *grid, h *header, cols []tonghop.Column) {
	for i := 1; i < len(cols); i++ {
		c, total := &cols[i], cols[i-1]
		if c.Role != tonghop.ColUnknown || total.Field != tonghop.FieldTotalMet || total.Col != c.Col-1 || !strings.HasPrefix(viet.Key(c.Label), "ty le") {
			continue
		}
		if n.repeats(g, h, total.Col, c.Col) {
			c.Role, c.Why = tonghop.ColIgnored, "share"
		}
	}
}

// repeats reports whether a column is the share that another's counts are of all
// criteria, in at least two rows and in every row of the body that has one.
func (n *Normalizer) repeats(g *grid, h *header, counts, shares int) bool {
	all := decimal.NewFromInt(int64(len(n.known.Criteria.Criteria)))
	hundred, half := decimal.NewFromInt(100), decimal.RequireFromString("0.5")
	rows := 0
	for row := h.bottom + 1; row <= g.rows; row++ {
		text := g.text(row, shares)
		if text == "" || h.ordinals[row] || n.sums(g, row) {
			continue
		}
		count, err := strconv.ParseInt(g.text(row, counts), 10, 64)
		share, ok := plainFigure(g.cell(row, shares))
		if err != nil || !ok {
			return false
		}
		want := decimal.NewFromInt(count).Mul(hundred).Div(all)
		if share.Sub(want).Abs().GreaterThan(half) && share.Mul(hundred).Sub(want).Abs().GreaterThan(half) {
			return false
		}
		rows++
	}
	return rows > 1
}

// plainFigure is the number in a cell, typed as one or as a text that has one
// reading, with or without a percent sign.
func plainFigure(c *tonghop.Cell) (decimal.Decimal, bool) {
	text := strings.TrimSpace(c.Stored)
	if c.Kind != tonghop.CellNumber {
		readings := viet.Numbers(strings.TrimSpace(strings.TrimSuffix(text, "%")))
		if len(readings) != 1 {
			return decimal.Decimal{}, false
		}
		text = readings[0].Figure
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}
