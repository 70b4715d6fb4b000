package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// Settle writes what was made of a received submission: all of its returns,
// each with the State that it was judged to (accepted, rejected or held), or
// nothing. It gives the returns back as they now stand, with Version, Current
// and the settled Submission.
//
// The returns of one form, office and period are a series, counted in
// versions. In a series:
//   - An accepted return whose file is, byte for byte, that of the accepted
//     return that stands changes nothing: it comes back Unchanged, not Current,
//     with the Version that stands, and is not stored.
//   - Any other is a new version and Current. If it is accepted, the accepted
//     one that stood becomes Superseded; if it is held or rejected, the
//     accepted one keeps standing beside it.
//   - An accepted return beside one that stands and came in later, because it
//     had to wait longer, is a version that is Superseded from the start.
//   - Accepted or Unchanged answers every held and rejected return of earlier
//     submissions: they are no longer current. Held or rejected answers only
//     what was rejected, and what the same bytes were held for: two rivals stay
//     held beside each other until one of them is accepted.
//
// A return without form, office or period is in the series of its file's
// bytes; whatever the same bytes are judged to later answers it. Returns of one
// submission never answer each other.
//
// The submission takes the worst state of its returns: rejected, held,
// accepted, superseded, unchanged. A submission all of whose accepted returns are
// superseded becomes superseded.
//
// Settle fails with ledger.unknown (receipt), ledger.settled (receipt, state)
// if the submission was settled before, ledger.early (receipt, before) if it
// must wait for another of its office (see [DB.SettleAll]), and ledger.locked
// (path).
func (db *DB) Settle(ctx context.Context, sub tonghop.Submission, returns []tonghop.Return) ([]tonghop.Return, error) {
	out, err := db.SettleAll(ctx, []Judged{{Submission: sub, Returns: returns}}, LatePolicy{})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// Judged is a submission with what was made of it.
type Judged struct {
	Submission tonghop.Submission
	Returns    []tonghop.Return
	// Again says that the submission stands accepted and was read once more, since
	// more is known now: its returns are new versions that supersede its own.
	Again bool
}

// SettleAll settles submissions in one transaction and in the order given, each
// as [DB.Settle] does: all of them or none. It gives back what Settle would
// give for each.
//
// Where the door vouched for an office, the office's deliveries are settled in
// the order of their receipts: while an earlier one of the same office is still
// received and not in this call, SettleAll fails with ledger.early (receipt,
// before: the receipt that must come first).
//
// A submission that is read again must stand accepted, else the error is
// ledger.settled (receipt, state).
//
// When a return is accepted for a period of its province that is closed, or for
// the period before one, the edition of that period is asked for (TaskEdition,
// after late), at most once until [DB.BeginEdition].
func (db *DB) SettleAll(ctx context.Context, judged []Judged, late LatePolicy) ([][]tonghop.Return, error) {
	if len(judged) == 0 {
		return nil, nil
	}
	what := "settle"
	for _, j := range judged {
		what += " " + j.Submission.Receipt
	}
	if err := checkJudged(judged); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	var out [][]tonghop.Return
	err := db.write(ctx, what, func(tx *sql.Tx) (err error) {
		s := &settling{tx: tx, versions: map[string]int{}}
		if out, err = s.settle(ctx, judged); err != nil {
			return err
		}
		return db.askLate(ctx, tx, out, late)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// checkJudged refuses what no caller may ask for: a submission twice, or
// returns that make no sense.
func checkJudged(judged []Judged) error {
	seen := map[string]bool{}
	for _, j := range judged {
		if seen[j.Submission.Receipt] {
			return fmt.Errorf("%s twice", j.Submission.Receipt)
		}
		seen[j.Submission.Receipt] = true
		if err := checkReturns(j.Returns); err != nil {
			return err
		}
	}
	return nil
}

// checkReturns refuses what no caller may ask for: nothing at all, a state
// that is no verdict, an accepted return without a place, or two accepted for
// one place.
func checkReturns(returns []tonghop.Return) error {
	if len(returns) == 0 {
		return errors.New("no returns")
	}
	accepted := map[string]bool{}
	for i, r := range returns {
		switch r.State {
		case tonghop.Held, tonghop.Rejected:
			continue
		case tonghop.Accepted:
		default:
			return fmt.Errorf("return %d: state %q is no verdict", i, r.State)
		}
		name := seriesName(r, "")
		if !placed(r) {
			return fmt.Errorf("return %d: accepted without form, office or period", i)
		}
		if accepted[name] {
			return fmt.Errorf("return %d: %s accepted twice", i, name)
		}
		accepted[name] = true
	}
	return nil
}

// settling is a call of SettleAll on its way into the ledger.
//
// All writers take what they change in the same order, so that none waits for
// one that waits for it: the submissions by receipt, the series by name, the
// submissions whose returns were superseded by number, the closings by province.
// Each is locked before it is read, so that what is read stays true.
type settling struct {
	tx       *sql.Tx
	taken    []taken        // as they are in the call
	versions map[string]int // last version of each series, locked
	replaced []int          // numbers of submissions whose returns were superseded
}

// settlingOne is one submission of the call.
type settlingOne struct {
	*settling
	taken
}

// settle does the work of SettleAll inside its transaction.
func (s *settling) settle(ctx context.Context, judged []Judged) ([][]tonghop.Return, error) {
	if err := s.take(ctx, judged); err != nil {
		return nil, err
	}
	if err := s.early(ctx); err != nil {
		return nil, err
	}
	if err := s.lock(ctx, judged); err != nil {
		return nil, err
	}
	out := make([][]tonghop.Return, len(judged))
	for i, j := range judged {
		one := &settlingOne{s, s.taken[i]}
		var err error
		if out[i], err = one.settle(ctx, j.Returns); err != nil {
			return nil, err
		}
	}
	return out, s.finish(ctx, out)
}

// settle places and writes the returns of one submission and answers what the
// same bytes left unplaced before.
func (s *settlingOne) settle(ctx context.Context, returns []tonghop.Return) ([]tonghop.Return, error) {
	write := newContentWriter(s.tx, s.number)
	first, err := nextPart(ctx, s.tx, s.number)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(returns)
	for i := range out {
		if err := s.place(ctx, &out[i]); err != nil {
			return nil, fmt.Errorf("place return %d of %s: %w", i, s.sub.Receipt, err)
		}
		if out[i].State == tonghop.Unchanged {
			continue
		}
		if err := write.put(ctx, first+i, seriesName(out[i], s.sub.SHA256), out[i]); err != nil {
			return nil, fmt.Errorf("write return %d of %s: %w", i, s.sub.Receipt, err)
		}
		if err := keepExplanations(ctx, s.tx, s.sub, out[i]); err != nil {
			return nil, fmt.Errorf("write return %d of %s: %w", i, s.sub.Receipt, err)
		}
	}
	state := worst(out)
	for i := range out {
		out[i].Submission = s.sub
		out[i].Submission.State = state
	}
	return out, s.answer(ctx, fileSeries(s.sub.SHA256))
}

// finish counts the versions and, last of all, writes the states.
func (s *settling) finish(ctx context.Context, out [][]tonghop.Return) error {
	for name, versions := range s.versions {
		_, err := s.tx.ExecContext(ctx, `UPDATE series SET versions = $1 WHERE name = $2`, versions, name)
		if err != nil {
			return fmt.Errorf("count versions of %s: %w", name, err)
		}
	}
	for i, t := range s.taken {
		_, err := s.tx.ExecContext(ctx, `UPDATE submission SET state = $1 WHERE number = $2`,
			string(out[i][0].Submission.State), t.number)
		if err != nil {
			return fmt.Errorf("write state of %s: %w", t.sub.Receipt, err)
		}
	}
	return s.markReplaced(ctx)
}

// markReplaced marks the submissions of which nothing is accepted any longer.
// Two writers may each supersede one half of the same submission: the second
// waits at the lock and only then looks, and so sees what the first did.
func (s *settling) markReplaced(ctx context.Context) error {
	slices.Sort(s.replaced)
	s.replaced = slices.Compact(s.replaced)
	for _, statement := range []string{
		`UPDATE submission SET name = name WHERE number = $1`,
		`UPDATE submission SET state = 'superseded'
		WHERE number = $1 AND state = 'accepted' AND NOT EXISTS (
			SELECT 1 FROM office_return r WHERE r.submission = submission.number AND r.state = 'accepted')`,
	} {
		for _, number := range s.replaced {
			if _, err := s.tx.ExecContext(ctx, statement, number); err != nil {
				return fmt.Errorf("mark superseded submission: %w", err)
			}
		}
	}
	return nil
}

// worst is the state of a submission with these returns.
func worst(returns []tonghop.Return) tonghop.State {
	order := []tonghop.State{tonghop.Unchanged, tonghop.Superseded, tonghop.Accepted, tonghop.Held, tonghop.Rejected}
	most := 0
	for _, r := range returns {
		most = max(most, slices.Index(order, r.State))
	}
	return order[most]
}
