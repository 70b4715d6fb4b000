package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/store"
)

// DoorCommand is the door of files that somebody hands in at the keyboard.
const DoorCommand = "command"

// Intake takes files to their verdicts: desk, reading, judging, ledger.
type Intake struct {
	Reader  *Reader // what the readers know
	Readers Readers
	Desk    *ingest.Desk
	Ledger  *store.DB
	Late    store.LatePolicy // for returns that are accepted after their period was closed
}

// Outcome is what became of one file.
type Outcome struct {
	Name    string
	Skip    ingest.Skip    // why it was not taken; no return then
	Err     error          // why it could not be taken; no return then
	Return  tonghop.Return // as it stands in the ledger
	Receipt string
}

// Rejected reports whether the file did not get through: it could not be
// taken, or its return was rejected.
func (o Outcome) Rejected() bool { return o.Err != nil || o.Return.State == tonghop.Rejected }

// Batch takes all files of one batch and settles them together, so that two
// different files of one office in it are seen. seen is called after each file
// was read; the outcomes come in the order of the files.
//
// A file that fails is an outcome and the batch goes on; an error means that
// the ledger or the vault failed, or that ctx was cancelled.
func (in *Intake) Batch(ctx context.Context, files iter.Seq2[ingest.Found, error], expect tonghop.Period, seen func()) ([]Outcome, error) {
	receive := func(ctx context.Context, p tonghop.Parcel) (tonghop.Submission, error) {
		sub, err := in.Desk.Receive(ctx, p)
		if err != nil {
			return sub, fmt.Errorf("receive %q: %w", p.Name, err)
		}
		return sub, nil
	}
	out, err := Look(ctx, in.Readers, files, in.Desk.Limits, expect, receive, seen)
	if err != nil {
		return out, err
	}
	standing, err := in.holdRivals(ctx, out)
	if err != nil {
		return out, err
	}
	// What stands already goes first: it changes nothing then, whatever the
	// order of the files, and a corrected file beside it comes after it.
	for _, first := range []bool{true, false} {
		for i := range out {
			if out[i].Receipt == "" || standing[i] != first {
				continue
			}
			if err := in.settle(ctx, &out[i]); err != nil {
				return out, fmt.Errorf("settle %q: %w", out[i].Name, err)
			}
		}
	}
	return out, nil
}

// settle writes one verdict into the ledger. If a worker that found the file
// waiting was faster, its verdict stands.
func (in *Intake) settle(ctx context.Context, o *Outcome) error {
	r := &o.Return
	if err := in.noteOlder(ctx, r); err != nil {
		return err
	}
	settled, err := in.Ledger.SettleAll(ctx, []store.Judged{{Submission: r.Submission, Returns: []tonghop.Return{*r}}}, in.Late)
	if tonghop.CodeOf(err) == "ledger.settled" {
		*r, err = in.stands(ctx, r.Submission)
		return err
	}
	if err != nil {
		return err
	}
	if len(settled) != 1 || len(settled[0]) != 1 {
		return errors.New("the ledger gave back no return")
	}
	*r = settled[0][0]
	return nil
}

// noteOlder says of a return that is an older version come again that it is a
// new version.
func (in *Intake) noteOlder(ctx context.Context, r *tonghop.Return) error {
	if r.State != tonghop.Accepted {
		return nil
	}
	versions, err := in.Ledger.Versions(ctx, r.Form, r.Office.Code, r.Period)
	if err != nil {
		return fmt.Errorf("list versions: %w", err)
	}
	older := 0
	for _, v := range versions {
		if v.SHA256 != r.Submission.SHA256 {
			continue
		}
		if v.Current && v.State == tonghop.Accepted {
			return nil
		}
		if v.State == tonghop.Superseded {
			older = v.Number
		}
	}
	if older > 0 {
		f := tonghop.Finding{Rule: "LO-002", Severity: tonghop.Note, Owner: tonghop.OwnerOffice}
		r.Findings = append(r.Findings, f.Arg("version", strconv.Itoa(older)))
	}
	return nil
}

// stands is the return of a settled submission as the ledger has it; of one
// that changed nothing there is only the state.
func (in *Intake) stands(ctx context.Context, sub tonghop.Submission) (tonghop.Return, error) {
	for r, err := range in.Ledger.Returns(ctx, store.Filter{Receipt: sub.Receipt}) {
		return r, err
	}
	sub, err := in.Ledger.Submission(ctx, sub.Receipt)
	return tonghop.Return{Submission: sub, State: sub.State}, err
}
