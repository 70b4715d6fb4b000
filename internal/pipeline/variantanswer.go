package pipeline

import (
	"context"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// Original is the parcel that a submission was, with the bytes that are kept of
// it. The error ledger.unknown (receipt) says that there is none.
func (in *Intake) Original(ctx context.Context, receipt string) (tonghop.Parcel, error) {
	sub, err := in.Ledger.Submission(ctx, receipt)
	if err != nil {
		return tonghop.Parcel{}, err
	}
	raw, err := in.Originals.Get(ctx, sub.SHA256)
	if err != nil {
		return tonghop.Parcel{}, fmt.Errorf("read original of %s: %w", receipt, err)
	}
	p := parcelOf(sub, raw)
	if p.Delivery == "" {
		p.Delivery = receipt // by which it is found what was reported before
	}
	return p, nil
}

// ReadAgain is what becomes of a submission when more is known than when it was
// read.
type ReadAgain string

// What may become of it.
const (
	AgainQueued ReadAgain = "queued" // put back, to be read by whoever works
	AgainTaken  ReadAgain = "taken"  // the new reading stands in the place of the old one
	AgainStands ReadAgain = "stands" // what was accepted stands as it was
)

// Reconsider lets a submission be what it is read as now. What is held or
// rejected goes back to be read again, as [Intake.Reread] does; what stands
// accepted is superseded by the new reading, unless that would not be accepted:
// then it stands. Anything else stands too.
func (in *Intake) Reconsider(ctx context.Context, receipt string, now tonghop.Return) (ReadAgain, error) {
	sub, err := in.Ledger.Submission(ctx, receipt)
	if err != nil {
		return "", err
	}
	switch {
	case sub.State == tonghop.Held || sub.State == tonghop.Rejected:
		err := in.Ledger.Reopen(ctx, receipt)
		if tonghop.CodeOf(err) == "ledger.settled" {
			return AgainStands, nil
		}
		return AgainQueued, err
	case sub.State != tonghop.Accepted || now.State != tonghop.Accepted:
		return AgainStands, nil
	}
	now.Submission = sub
	_, err = in.Ledger.SettleAll(ctx, []store.Judged{{Submission: sub, Returns: []tonghop.Return{now}, Again: true}}, in.Late)
	if tonghop.CodeOf(err) == "ledger.settled" {
		return AgainStands, nil // something came in its place just now
	}
	return AgainTaken, err
}
