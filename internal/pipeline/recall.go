package pipeline

import (
	"context"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/validate"
)

// Recall finds what stood accepted, when the delivery of a receipt came in, of
// an office and a form for the nearest earlier period; without a receipt, what
// stands now. ok is false for nothing.
// It is [store.DB.Last].
type Recall func(ctx context.Context, form, office string, period tonghop.Period, receipt string) (ret tonghop.Return, ok bool, err error)

// mostRecalled is how many earlier reports are looked up of an office: more than
// one only where the nearest does not say a figure.
const mostRecalled = 6

// recalling reads a parcel, and once more with what its office reported before if
// that may change anything. Whose report it is and of which period is only known
// when it was read, and the reader itself may be a child that looks nothing up.
// What is read without a receipt is compared with what stands now.
func (recall Recall) recalling(ctx context.Context, p tonghop.Parcel, read func(tonghop.History) (tonghop.Return, error)) (tonghop.Return, error) {
	ret, err := read(nil)
	if err != nil || recall == nil || ret.Form == "" || ret.Office.Code == "" || ret.Period.IsZero() || len(ret.Rows) == 0 {
		return ret, err
	}
	before, err := recall.history(ctx, p, &ret)
	if err != nil {
		return ret, fmt.Errorf("look for the last report: %w", err)
	}
	if bears(before, ret.Rows) {
		if ret, err = read(before); err != nil {
			return ret, err
		}
	}
	for _, l := range before {
		ret.Evidence = append(ret.Evidence, "before:"+l.Period.String()+" "+l.Receipt)
	}
	return ret, nil
}

// history is what the office of a return reported before: what the parcel brings
// with it and what the ledger has, as far back as it says more of the return's
// figures.
func (recall Recall) history(ctx context.Context, p tonghop.Parcel, ret *tonghop.Return) (tonghop.History, error) {
	var before tonghop.History
	brought := p.After
	for period := ret.Period; len(before) < mostRecalled && (len(before) == 0 || silent(before, ret.Rows)); {
		found, ok, err := recall(ctx, ret.Form, ret.Office.Code, period, p.Delivery)
		if err != nil {
			return nil, err
		}
		var last tonghop.Last
		if ok {
			last = tonghop.LastOf(&found)
		}
		for len(brought) > 0 && !earlier(brought[0], ret.Form, period) {
			brought = brought[1:]
		}
		if len(brought) > 0 && brought[0].Period.Start() >= last.Period.Start() {
			last = brought[0] // of the same period it came later
		}
		if last.Period.IsZero() {
			break
		}
		before, period = append(before, last), last.Period
	}
	return before, nil
}

// earlier reports whether a report of the form is of a period before another one
// of its kind.
func earlier(l tonghop.Last, form string, period tonghop.Period) bool {
	return l.Form == form && l.Period.Kind == period.Kind && l.Period.Start() < period.Start()
}

// silent reports whether some figure of the rows is in none of the reports.
func silent(before tonghop.History, rows []tonghop.Row) bool {
	for _, row := range rows {
		for _, v := range row.Values {
			figure := v.Number.Valid || v.Empty == tonghop.Unreadable
			if _, _, ok := before.Figure(row.Unit, v.Field); figure && !ok && row.LeftOut == "" {
				return true
			}
		}
	}
	return false
}

// bears reports whether what was reported before may say something of the rows: a
// figure is in doubt, or is another one by a power of ten, or is what was reported of
// it or of another commune before, as in a report that came twice or in a block that
// slid. If not, they are read alike with it and without.
func bears(before tonghop.History, rows []tonghop.Row) bool {
	if len(before) > 0 {
		if equal, all, _ := validate.SameFigures(rows, before[0]); all > 0 && (equal*100 >= all*95 || equal*10 < all*9) {
			return true
		}
	}
	for _, row := range rows {
		for _, v := range row.Values {
			figure, _, ok := before.Figure(row.Unit, v.Field)
			if !ok {
				continue
			}
			if _, jumps := normalize.Jump(v.Number.Decimal, figure); jumps || v.Doubt || v.Empty == tonghop.Unreadable {
				return true
			}
		}
	}
	return false
}
