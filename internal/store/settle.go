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
// accepted, unchanged. A submission all of whose accepted returns are
// superseded becomes superseded.
//
// Settle fails with ledger.unknown (receipt), ledger.settled (receipt, state)
// if the submission was settled before, and ledger.locked (path).
func (db *DB) Settle(ctx context.Context, sub tonghop.Submission, returns []tonghop.Return) ([]tonghop.Return, error) {
	what := "settle " + sub.Receipt
	if err := checkReturns(returns); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	var out []tonghop.Return
	err := db.write(ctx, what, func(tx *sql.Tx) (err error) {
		out, err = settle(ctx, tx, sub.Receipt, returns)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
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

// placed reports whether form, office and period of a return are known.
func placed(r tonghop.Return) bool {
	return r.Form != "" && r.Office.Code != "" && !r.Period.IsZero()
}

// seriesName names the series that a return belongs to.
func seriesName(r tonghop.Return, sha256 string) string {
	if !placed(r) {
		return fileSeries(sha256)
	}
	return placeSeries(r.Form, r.Office.Code, r.Period)
}

// placeSeries names the series of a form, office and period.
func placeSeries(form, office string, period tonghop.Period) string {
	return form + "/" + office + "/" + period.String()
}

// fileSeries names the series of what could not be placed in a file.
func fileSeries(sha256 string) string { return "file/" + sha256 }

// settling is one submission on its way into the ledger.
type settling struct {
	tx       *sql.Tx
	number   int // of the submission
	sub      tonghop.Submission
	versions map[string]int // last version of each series, locked
}

// settle does the work of Settle inside its transaction.
func settle(ctx context.Context, tx *sql.Tx, receipt string, returns []tonghop.Return) ([]tonghop.Return, error) {
	sub, number, err := findSubmission(ctx, tx, receipt)
	if err != nil {
		return nil, err
	}
	if sub.State != tonghop.Received {
		return nil, tonghop.Fail("ledger.settled", nil, "receipt", receipt, "state", string(sub.State))
	}
	s := &settling{tx: tx, number: number, sub: sub, versions: map[string]int{}}
	if err := s.lock(ctx, returns); err != nil {
		return nil, err
	}
	write, err := newContentWriter(ctx, tx, number)
	if err != nil {
		return nil, err
	}
	defer write.close()
	out := slices.Clone(returns)
	for i := range out {
		if err := s.place(ctx, &out[i]); err != nil {
			return nil, fmt.Errorf("place return %d: %w", i, err)
		}
		if out[i].State == tonghop.Unchanged {
			continue
		}
		if err := write.put(ctx, i, seriesName(out[i], sub.SHA256), out[i]); err != nil {
			return nil, fmt.Errorf("write return %d: %w", i, err)
		}
	}
	state := worst(out)
	for i := range out {
		out[i].Submission = sub
		out[i].Submission.State = state
	}
	return out, s.finish(ctx, state)
}

// lock takes every series that the returns belong to, in one order for all
// writers, and reads how many versions each has.
func (s *settling) lock(ctx context.Context, returns []tonghop.Return) error {
	names := make([]string, 0, len(returns))
	for _, r := range returns {
		names = append(names, seriesName(r, s.sub.SHA256))
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		var versions int
		err := s.tx.QueryRowContext(ctx, `
			INSERT INTO series (name, versions) VALUES ($1, 0)
			ON CONFLICT (name) DO UPDATE SET versions = series.versions
			RETURNING versions`, name).Scan(&versions)
		if err != nil {
			return fmt.Errorf("lock series %s: %w", name, err)
		}
		s.versions[name] = versions
	}
	return nil
}

// place decides what a return becomes in its series and moves what stood
// there.
func (s *settling) place(ctx context.Context, r *tonghop.Return) error {
	name := seriesName(*r, s.sub.SHA256)
	if r.State == tonghop.Accepted {
		version, sha256, err := s.standing(ctx, name)
		if err != nil {
			return err
		}
		if version > 0 && sha256 == s.sub.SHA256 {
			r.State, r.Version, r.Current = tonghop.Unchanged, version, false
			return s.answer(ctx, name)
		}
	}
	s.versions[name]++
	r.Version, r.Current = s.versions[name], true
	if r.State != tonghop.Accepted {
		return s.answerSome(ctx, name)
	}
	if err := s.answer(ctx, name); err != nil {
		return err
	}
	return s.supersede(ctx, name)
}

// standing finds the accepted return that stands in a series: its version and
// its file's digest; 0 if there is none.
func (s *settling) standing(ctx context.Context, name string) (version int, sha256 string, err error) {
	err = s.tx.QueryRowContext(ctx, `
		SELECT r.version, s.sha256 FROM office_return r JOIN submission s ON s.number = r.submission
		WHERE r.series = $1 AND r.is_current = 1 AND r.state = 'accepted'`, name).Scan(&version, &sha256)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("find what stands in %s: %w", name, err)
	}
	return version, sha256, nil
}

// answer closes the open questions of a series: the held and rejected returns
// of other submissions are no longer current.
func (s *settling) answer(ctx context.Context, name string) error {
	_, err := s.tx.ExecContext(ctx, `
		UPDATE office_return SET is_current = 0
		WHERE series = $1 AND is_current = 1 AND state IN ('held', 'rejected') AND submission <> $2`,
		name, s.number)
	if err != nil {
		return fmt.Errorf("answer what is open in %s: %w", name, err)
	}
	return nil
}

// answerSome closes what a held or rejected return replaces: what was rejected,
// and what the same bytes were held for.
func (s *settling) answerSome(ctx context.Context, name string) error {
	_, err := s.tx.ExecContext(ctx, `
		UPDATE office_return SET is_current = 0
		WHERE series = $1 AND is_current = 1 AND submission <> $2 AND (state = 'rejected' OR state = 'held' AND EXISTS (
			SELECT 1 FROM submission t WHERE t.number = office_return.submission AND t.sha256 = $3))`,
		name, s.number, s.sub.SHA256)
	if err != nil {
		return fmt.Errorf("answer some of what is open in %s: %w", name, err)
	}
	return nil
}

// supersede takes the accepted return of a series from its place, and marks
// its submission when nothing of it is accepted any longer.
func (s *settling) supersede(ctx context.Context, name string) error {
	var number int
	err := s.tx.QueryRowContext(ctx, `
		UPDATE office_return SET is_current = 0, state = 'superseded'
		WHERE series = $1 AND is_current = 1 AND state = 'accepted'
		RETURNING submission`, name).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("supersede in %s: %w", name, err)
	}
	_, err = s.tx.ExecContext(ctx, `
		UPDATE submission SET state = 'superseded'
		WHERE number = $1 AND state = 'accepted' AND NOT EXISTS (
			SELECT 1 FROM office_return r WHERE r.submission = submission.number AND r.state = 'accepted')`, number)
	if err != nil {
		return fmt.Errorf("mark superseded submission: %w", err)
	}
	return nil
}

// finish answers what the same bytes left unplaced before, counts the versions
// and, last of all, writes the state.
func (s *settling) finish(ctx context.Context, state tonghop.State) error {
	if err := s.answer(ctx, fileSeries(s.sub.SHA256)); err != nil {
		return err
	}
	for name, versions := range s.versions {
		_, err := s.tx.ExecContext(ctx, `UPDATE series SET versions = $1 WHERE name = $2`, versions, name)
		if err != nil {
			return fmt.Errorf("count versions of %s: %w", name, err)
		}
	}
	_, err := s.tx.ExecContext(ctx, `UPDATE submission SET state = $1 WHERE number = $2`, string(state), s.number)
	if err != nil {
		return fmt.Errorf("write state: %w", err)
	}
	return nil
}

// worst is the state of a submission with these returns.
func worst(returns []tonghop.Return) tonghop.State {
	order := []tonghop.State{tonghop.Unchanged, tonghop.Accepted, tonghop.Held, tonghop.Rejected}
	most := 0
	for _, r := range returns {
		most = max(most, slices.Index(order, r.State))
	}
	return order[most]
}
