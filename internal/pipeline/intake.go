package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

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
	// Originals has what the desk keeps: of a batch with several periods of one
	// office the later ones are read again. nil = they are not compared.
	Originals Originals
	Late      store.LatePolicy // for returns that are accepted after their period was closed
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
	how := Looking{Readers: in.Readers, Limits: in.Desk.Limits, Expect: expect, Now: in.Desk.Now, Receive: receive, Keep: in.Desk.Keep, Seen: seen}
	out, err := how.Look(ctx, files)
	if err != nil {
		return out, err
	}
	standing, err := in.holdRivals(ctx, out)
	if err != nil {
		return out, err
	}
	if err := in.compareTogether(ctx, out, in.Originals, in.Readers); err != nil {
		return out, err
	}
	for _, group := range groups(out, standing) {
		if err := in.settle(ctx, group); err != nil {
			return out, fmt.Errorf("settle %q: %w", group[0].Name, err)
		}
	}
	return out, nil
}

// groups puts the outcomes that are for one place together, in the order of
// their first: rivals are settled at once or not at all. What stands already
// goes first in its group: it changes nothing then, whatever the order of the
// files, and a corrected file beside it comes after it.
func groups(out []Outcome, standing map[int]bool) [][]*Outcome {
	var all [][]*Outcome
	at := map[string]int{}
	for _, first := range []bool{true, false} {
		for i := range out {
			o := &out[i]
			if o.Receipt == "" || standing[i] != first {
				continue
			}
			key := placeOf(o.Return)
			if o.Return.Office.Code == "" || o.Return.Period.IsZero() {
				key = o.Receipt
			}
			n, ok := at[key]
			if !ok {
				n = len(all)
				at[key] = n
				all = append(all, nil)
			}
			all[n] = append(all[n], o)
		}
	}
	return all
}

// settle writes the verdicts of one group into the ledger. If a worker that
// found the files waiting was faster, its verdicts stand.
func (in *Intake) settle(ctx context.Context, group []*Outcome) error {
	var judged []store.Judged
	for _, o := range group {
		if err := in.explain(ctx, &o.Return); err != nil {
			return err
		}
		if err := in.noteHistory(ctx, &o.Return); err != nil {
			return err
		}
		judged = append(judged, store.Judged{Submission: o.Return.Submission, Returns: []tonghop.Return{o.Return}})
	}
	settled, err := in.Ledger.SettleAll(ctx, judged, in.Late)
	if tonghop.CodeOf(err) == "ledger.settled" {
		for _, o := range group {
			if o.Return, err = in.stands(ctx, o.Return.Submission); err != nil {
				return err
			}
		}
		return nil
	}
	if err != nil {
		return err
	}
	for i, o := range group {
		if len(settled) != len(group) || len(settled[i]) != 1 {
			return errors.New("the ledger gave back no return")
		}
		o.Return = settled[i][0]
	}
	return nil
}

// stands is the return of a settled submission as the ledger has it; of one
// that changed nothing there is only the state. Of one that was read twice it is
// the one that counts.
func (in *Intake) stands(ctx context.Context, sub tonghop.Submission) (tonghop.Return, error) {
	var found tonghop.Return
	for r, err := range in.Ledger.Returns(ctx, store.Filter{Receipt: sub.Receipt}) {
		if err != nil {
			return r, err
		}
		if found.State == "" || r.Current || r.State == r.Submission.State && !found.Current {
			found = r
		}
	}
	if found.State != "" {
		return found, nil
	}
	sub, err := in.Ledger.Submission(ctx, sub.Receipt)
	return tonghop.Return{Submission: sub, State: sub.State}, err
}
