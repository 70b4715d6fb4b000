package validate

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// mayHide reports whether a total may agree once the cells that are asked about
// have their answers: it is not for the total to be asked about before them.
func (s scope) mayHide(kind tonghop.TotalKind, d decimal.Decimal) bool {
	counts := s.marks > 0 && (kind == tonghop.TotalCount || kind == tonghop.TotalSum && len(s.figures) == 0)
	if s.open == 0 || !counts {
		return s.open > 0
	}
	return d.GreaterThanOrEqual(decimal.NewFromInt(int64(s.met))) && d.LessThanOrEqual(decimal.NewFromInt(int64(s.met+s.open)))
}

// asked are the single cells that a question about a value names.
func (r *run) asked() map[tonghop.Ref]bool {
	out := map[tonghop.Ref]bool{}
	for _, f := range r.ret.Findings {
		if f.Severity == tonghop.Note || !strings.HasPrefix(f.Rule, "O-") {
			continue
		}
		for _, a := range f.Areas {
			for row := a.Top; row <= a.Bottom; row++ {
				for col := a.Left; col <= a.Right; col++ {
					out[tonghop.Ref{Sheet: f.Sheet, Row: row, Col: col}] = true
				}
			}
		}
	}
	return out
}
