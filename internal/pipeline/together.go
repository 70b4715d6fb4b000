package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// compareTogether compares the accepted files of one delivery with each other:
// of several periods of one office each is read again with the nearest earlier
// one among them, in the order of the periods, where the ledger has none as near.
// While they were read none of them was in the ledger yet. Held and rejected ones
// wait for a correction and are compared when that comes.
func (in *Intake) compareTogether(ctx context.Context, out []Outcome, originals Originals, readers Readers) error {
	if originals == nil {
		return nil
	}
	for _, same := range alike(out) {
		for n, i := range same {
			before := among(out, same[:n], i)
			if !bears(before, out[i].Return.Rows) {
				continue
			}
			sub := out[i].Return.Submission
			raw, err := originals.Get(ctx, sub.SHA256)
			if err != nil {
				return fmt.Errorf("read %s again: %w", sub.Receipt, err)
			}
			p := parcelOf(sub, raw)
			p.After = before
			ret, err := readers.Read(ctx, p)
			if err != nil {
				return fmt.Errorf("read %s again: %w", sub.Receipt, err)
			}
			ret.Submission = sub
			out[i].Return = ret
		}
	}
	return nil
}

// alike lists the accepted outcomes of one office, form and kind of period, by
// rising period, of one period in their order.
func alike(out []Outcome) [][]int {
	groups := map[string][]int{}
	for i, o := range out {
		if r := o.Return; o.Receipt != "" && r.State == tonghop.Accepted {
			key := r.Form + "|" + r.Office.Code + "|" + string(r.Period.Kind)
			groups[key] = append(groups[key], i)
		}
	}
	var all [][]int
	for _, same := range groups {
		if len(same) > 1 {
			slices.SortStableFunc(same, func(a, b int) int {
				return cmp.Compare(out[a].Return.Period.Start(), out[b].Return.Period.Start())
			})
			all = append(all, same)
		}
	}
	slices.SortFunc(all, func(a, b []int) int { return cmp.Compare(slices.Min(a), slices.Min(b)) })
	return all
}

// among is what those of the outcomes say that are for a period before that of
// the i-th, of one period the last.
func among(out []Outcome, before []int, i int) tonghop.History {
	var h tonghop.History
	next := out[i].Return.Period
	for _, j := range slices.Backward(before) {
		if r := &out[j].Return; r.Period.Start() < next.Start() {
			h, next = append(h, tonghop.LastOf(r)), r.Period
		}
	}
	return h
}

// parcelOf is the parcel that a submission was, to be read from its original.
func parcelOf(sub tonghop.Submission, raw []byte) tonghop.Parcel {
	return tonghop.Parcel{Door: sub.Door, Name: sub.Name, Sender: sub.Sender, Received: sub.Received,
		Bytes: raw, Expect: sub.Expect, Office: sub.Office, Delivery: sub.Delivery}
}
