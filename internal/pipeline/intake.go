package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sort"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/store"
)

// Intake takes files to their verdicts: desk, reading, judging, ledger.
type Intake struct {
	Reader *Reader
	Desk   *ingest.Desk
	Ledger *store.DB
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
	var out []Outcome
	for file, err := range files {
		if ctx.Err() != nil {
			return out, context.Cause(ctx)
		}
		o, err := in.take(ctx, file, err, expect)
		if err != nil {
			return out, err
		}
		out = append(out, o)
		seen()
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

// take receives and reads one file.
func (in *Intake) take(ctx context.Context, file ingest.Found, walked error, expect tonghop.Period) (Outcome, error) {
	o := Outcome{Name: file.Name, Skip: file.Skip, Err: walked}
	if o.Skip != ingest.SkipNone || o.Err != nil {
		return o, nil
	}
	raw, err := file.Read(in.Desk.Limits)
	if err != nil {
		o.Err = err
		return o, nil
	}
	sub, err := in.Desk.Receive(ctx, tonghop.Parcel{Door: "command", Name: file.Name, Bytes: raw, Expect: expect})
	if err != nil {
		return o, fmt.Errorf("receive %q: %w", file.Name, err)
	}
	o.Receipt = sub.Receipt
	o.Return = in.Reader.Read(file.Name, raw, expect)
	o.Return.Submission = sub
	return o, nil
}

// holdRivals holds every file of a batch that has a rival: another, different
// file of the same office, form and period. The file that stands already is no
// rival of one that was never seen before, for it changes nothing; beside an
// older version that comes again it is. It tells which outcomes stand already.
func (in *Intake) holdRivals(ctx context.Context, out []Outcome) (map[int]bool, error) {
	rivals, standing := map[string][]int{}, map[int]bool{}
	seenBefore := map[string]bool{}
	for i, o := range out {
		r := o.Return
		if o.Receipt == "" || r.State == tonghop.Rejected || r.Office.Code == "" || r.Period.IsZero() {
			continue
		}
		versions, err := in.Ledger.Versions(ctx, r.Form, r.Office.Code, r.Period)
		if err != nil {
			return nil, fmt.Errorf("list versions of %s: %w", r.Office.Code, err)
		}
		key := r.Form + "|" + r.Office.Code + "|" + r.Period.String()
		rivals[key] = append(rivals[key], i)
		for _, v := range versions {
			if v.SHA256 != r.Submission.SHA256 {
				continue
			}
			if v.Current && v.State == tonghop.Accepted && r.State == tonghop.Accepted {
				standing[i] = true
			} else if v.State == tonghop.Superseded {
				seenBefore[key] = true
			}
		}
	}
	for key, same := range rivals {
		var against []int
		for _, i := range same {
			if !standing[i] || seenBefore[key] {
				against = append(against, i)
			}
		}
		holdEach(out, against)
		for _, i := range against {
			standing[i] = standing[i] && out[i].Return.State == tonghop.Accepted
		}
	}
	return standing, nil
}

// holdEach holds the outcomes if they are of more than one file.
func holdEach(out []Outcome, same []int) {
	digests, names := map[string]bool{}, []string{}
	for _, i := range same {
		if d := out[i].Return.Submission.SHA256; !digests[d] {
			digests[d] = true
			names = append(names, out[i].Name)
		}
	}
	if len(digests) < 2 {
		return
	}
	sort.Strings(names)
	for _, i := range same {
		r := &out[i].Return
		f := tonghop.Finding{Rule: "LO-001", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true}
		r.Findings = append(r.Findings, f.Arg("office", r.Office.Name).Arg("period", r.Period.String()).
			Arg("files", strings.Join(names, "; ")))
		r.State = tonghop.Verdict(r.Findings)
	}
}

// settle writes one verdict into the ledger. An older version that comes again
// is a new version, and says so.
func (in *Intake) settle(ctx context.Context, o *Outcome) error {
	r := &o.Return
	if r.State == tonghop.Accepted {
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
				older = 0
				break
			}
			if v.State == tonghop.Superseded {
				older = v.Number
			}
		}
		if older > 0 {
			f := tonghop.Finding{Rule: "LO-002", Severity: tonghop.Note, Owner: tonghop.OwnerOffice}
			r.Findings = append(r.Findings, f.Arg("version", strconv.Itoa(older)))
		}
	}
	settled, err := in.Ledger.Settle(ctx, r.Submission, []tonghop.Return{*r})
	if err != nil {
		return err
	}
	if len(settled) != 1 {
		return errors.New("the ledger gave back no return")
	}
	*r = settled[0]
	return nil
}
