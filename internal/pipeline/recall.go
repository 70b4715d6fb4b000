package pipeline

import (
	"context"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// Recall finds what stood accepted, when the delivery of a receipt came in, of
// an office and a form for the nearest earlier period; ok is false for nothing.
// It is [store.DB.Last].
type Recall func(ctx context.Context, form, office string, period tonghop.Period, receipt string) (ret tonghop.Return, ok bool, err error)

// recalling reads a parcel, and once more with what its office reported last if
// that may change anything. Whose report it is and of which period is only known
// when it was read, and the reader itself may be a child that looks nothing up.
// What is read without a receipt is compared with nothing.
func (recall Recall) recalling(ctx context.Context, p tonghop.Parcel, read func(last tonghop.Last) (tonghop.Return, error)) (tonghop.Return, error) {
	ret, err := read(tonghop.Last{})
	if err != nil || recall == nil || p.Delivery == "" || ret.Form == "" || ret.Office.Code == "" || ret.Period.IsZero() || len(ret.Rows) == 0 {
		return ret, err
	}
	before, ok, err := recall(ctx, ret.Form, ret.Office.Code, ret.Period, p.Delivery)
	if err != nil {
		return ret, fmt.Errorf("look for the last report: %w", err)
	}
	var last tonghop.Last
	if ok {
		last = tonghop.LastOf(&before)
	}
	if nearer(p.After, last, &ret) {
		last = p.After
	}
	if last.Period.IsZero() {
		return ret, nil
	}
	if bears(last, ret.Rows) {
		if ret, err = read(last); err != nil {
			return ret, err
		}
	}
	ret.Evidence = append(ret.Evidence, "before:"+last.Period.String()+" "+last.Receipt)
	return ret, nil
}

// nearer reports whether what a parcel brings with it is of the return's office
// and of a period at least as near to it as what the ledger has.
func nearer(brought, known tonghop.Last, ret *tonghop.Return) bool {
	return brought.Form == ret.Form && brought.Period.Kind == ret.Period.Kind &&
		brought.Period.Start() < ret.Period.Start() && brought.Period.Start() >= known.Period.Start()
}

// bears reports whether what was reported last may say something of the rows: a
// figure is in doubt, or is another one by a power of ten. If not, they are read
// alike with it and without.
func bears(last tonghop.Last, rows []tonghop.Row) bool {
	for _, row := range rows {
		for _, v := range row.Values {
			before, ok := last.Figure(row.Unit, v.Field)
			if !ok {
				continue
			}
			if _, jumps := normalize.Jump(v.Number.Decimal, before); jumps || v.Doubt || v.Empty == tonghop.Unreadable {
				return true
			}
		}
	}
	return false
}
