package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// Originals gives the bytes that are kept under a digest.
type Originals interface {
	Get(ctx context.Context, sha256 string) ([]byte, error)
}

// Reception takes deliveries that lie in the ledger to their verdicts and tells
// their senders. It may be used by many goroutines and many processes at once;
// whatever is done twice has one effect.
type Reception struct {
	Intake    *Intake
	Readers   Readers
	Originals Originals
	Doors     map[string]ingest.Source // by name
	Letters   *templates.Letters
	Log       *slog.Logger

	// Settled is told of every submission that got its verdict here; nil = nobody.
	Settled func(tonghop.Return)
}

// NotYetError says that an earlier delivery of the same office must be settled
// first, and when it is worth looking again.
type NotYetError struct {
	Before string // its receipt
	After  time.Duration
}

// Error is the technical form.
func (e *NotYetError) Error() string { return "not before " + e.Before }

// Settle reads, judges and settles the delivery that a submission belongs to,
// all of it or nothing, and writes to its sender. A delivery that is settled
// already is only answered again. It fails with *NotYetError while an earlier
// delivery of the same office waits.
func (r *Reception) Settle(ctx context.Context, receipt string) error {
	subs, err := r.Intake.Ledger.Delivery(ctx, receipt)
	if err != nil {
		return fmt.Errorf("find delivery: %w", err)
	}
	var open []tonghop.Submission
	for _, sub := range subs {
		if sub.State == tonghop.Received {
			open = append(open, sub)
		}
	}
	if len(open) > 0 {
		if err := r.settle(ctx, open); err != nil {
			return err
		}
		fault.Reach(ctx, fault.Settled)
	}
	return r.answer(ctx, subs)
}

// settle takes the open submissions of a delivery to their verdicts.
func (r *Reception) settle(ctx context.Context, open []tonghop.Submission) error {
	before, waiting, err := r.Intake.Ledger.Before(ctx, open[0])
	if err != nil {
		return fmt.Errorf("look for earlier deliveries: %w", err)
	}
	if waiting > 0 {
		return &NotYetError{Before: before, After: pause(waiting)}
	}
	fault.Reach(ctx, fault.Reading)
	out := make([]Outcome, len(open))
	for i, sub := range open {
		ret, err := r.read(ctx, sub)
		if err != nil {
			return fmt.Errorf("read %s: %w", sub.Receipt, err)
		}
		out[i] = Outcome{Name: sub.Name, Receipt: sub.Receipt, Return: ret}
	}
	judged, err := r.judged(ctx, out)
	if err != nil {
		return err
	}
	fault.Reach(ctx, fault.Judged)
	settled, err := r.Intake.Ledger.SettleAll(ctx, judged, r.Intake.Late)
	switch tonghop.CodeOf(err) {
	case "ledger.early":
		return &NotYetError{Before: before, After: pause(1)}
	case "ledger.settled": // another worker was faster
		return nil
	}
	if err != nil {
		return fmt.Errorf("settle %s: %w", open[0].Receipt, err)
	}
	for _, returns := range settled {
		for _, ret := range returns {
			r.note(ret)
		}
	}
	return nil
}

// pause is how long to wait for as many earlier deliveries.
func pause(waiting int) time.Duration {
	return min(time.Duration(waiting)*300*time.Millisecond, 20*time.Second)
}

// read reads one original.
func (r *Reception) read(ctx context.Context, sub tonghop.Submission) (tonghop.Return, error) {
	raw, err := r.Originals.Get(ctx, sub.SHA256)
	if err != nil {
		return tonghop.Return{}, err
	}
	ret, err := r.Readers.Read(ctx, parcelOf(sub, raw))
	ret.Submission = sub
	return ret, err
}

// judged puts the returns of a delivery in the order in which they are settled:
// rivals held, what stands already first.
func (r *Reception) judged(ctx context.Context, out []Outcome) ([]store.Judged, error) {
	standing, err := r.Intake.holdRivals(ctx, out)
	if err != nil {
		return nil, err
	}
	if err := r.Intake.compareTogether(ctx, out, r.Originals, r.Readers); err != nil {
		return nil, err
	}
	var judged []store.Judged
	for _, first := range []bool{true, false} {
		for i := range out {
			if standing[i] != first {
				continue
			}
			ret := out[i].Return
			if err := r.Intake.explain(ctx, &ret); err != nil {
				return nil, err
			}
			if err := r.Intake.noteHistory(ctx, &ret); err != nil {
				return nil, err
			}
			judged = append(judged, store.Judged{Submission: ret.Submission, Returns: []tonghop.Return{ret}})
		}
	}
	return judged, nil
}

// note writes a verdict into the log.
func (r *Reception) note(ret tonghop.Return) {
	level := slog.LevelInfo
	args := []any{"receipt", ret.Submission.Receipt, "file", ret.Submission.Name, "door", ret.Submission.Door,
		"state", ret.State, "office", ret.Office.Code, "period", ret.Period.String(), "version", ret.Version}
	for _, f := range ret.Findings {
		if f.Rule == "TEP-002" || f.Rule == "TEP-003" {
			level = slog.LevelError
			args = append(args, "detail", f.Args["detail"], "stack", f.Args["stack"])
		}
	}
	r.Log.Log(context.Background(), level, "settled", args...)
	if r.Settled != nil {
		r.Settled(ret)
	}
}

// answer writes to the sender of each submission of a delivery; one that cannot
// be written keeps no other one back. A door that this process does not have is
// an error: another server may have it.
func (r *Reception) answer(ctx context.Context, subs []tonghop.Submission) error {
	var faults []error
	for i, sub := range subs {
		if sub.Door == DoorCommand { // whoever sat at the keyboard has seen it
			continue
		}
		if err := r.answerOne(ctx, sub); err != nil {
			faults = append(faults, fmt.Errorf("answer %s: %w", sub.Receipt, err))
		}
		if i == 0 {
			fault.Reach(ctx, fault.Answering)
		}
	}
	fault.Reach(ctx, fault.Answered)
	return errors.Join(faults...)
}

// answerOne writes to the sender of one submission.
func (r *Reception) answerOne(ctx context.Context, sub tonghop.Submission) error {
	door := r.Doors[sub.Door]
	if door == nil {
		return tonghop.Fail("door.gone", nil, "door", sub.Door, "receipt", sub.Receipt)
	}
	ret, err := r.Intake.stands(ctx, sub)
	if err != nil {
		return err
	}
	letter, err := r.Letters.Verdict(ret)
	if err != nil {
		return err
	}
	return door.Answer(ctx, ret.Submission, letter)
}
