package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/tonghop/tonghop"
)

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
	return storable(form + "/" + office + "/" + period.String())
}

// fileSeries names the series of what could not be placed in a file.
func fileSeries(sha256 string) string { return "file/" + sha256 }

// lock takes every series that the returns belong to, in one order for all
// writers, and reads how many versions each has. The series of a file's bytes,
// whose questions are answered in the end, is taken where there is one.
func (s *settling) lock(ctx context.Context, judged []Judged) error {
	needed := map[string]bool{}
	for i, j := range judged {
		name := fileSeries(s.taken[i].sub.SHA256)
		if !needed[name] {
			needed[name] = false // unless something belongs there
		}
		for _, r := range j.Returns {
			needed[seriesName(r, s.taken[i].sub.SHA256)] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		if !needed[name] {
			if _, err := s.tx.ExecContext(ctx, `UPDATE series SET versions = versions WHERE name = $1`, name); err != nil {
				return fmt.Errorf("lock series %s: %w", name, err)
			}
			continue
		}
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
func (s *settlingOne) place(ctx context.Context, r *tonghop.Return) error {
	name := seriesName(*r, s.sub.SHA256)
	if r.State == tonghop.Accepted {
		stands, err := s.standing(ctx, name)
		if err != nil {
			return err
		}
		if again := s.again && stands.number == s.number; stands.version > 0 && stands.sha256 == s.sub.SHA256 && !again {
			r.State, r.Version, r.Current = tonghop.Unchanged, stands.version, false
			return s.answer(ctx, name)
		}
		if stands.number > s.number { // it waited longer than what came after it
			s.versions[name]++
			r.State, r.Version, r.Current = tonghop.Superseded, s.versions[name], false
			return nil
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

// standing is the accepted return that stands in a series; version 0 if there
// is none.
type standing struct {
	version int
	number  int // of its submission
	sha256  string
}

// standing finds the accepted return that stands in a series.
func (s *settlingOne) standing(ctx context.Context, name string) (standing, error) {
	var found standing
	err := s.tx.QueryRowContext(ctx, `
		SELECT r.version, s.number, s.sha256 FROM office_return r JOIN submission s ON s.number = r.submission
		WHERE r.series = $1 AND r.is_current = 1 AND r.state = 'accepted'`, name).
		Scan(&found.version, &found.number, &found.sha256)
	if errors.Is(err, sql.ErrNoRows) {
		return standing{}, nil
	}
	if err != nil {
		return standing{}, fmt.Errorf("find what stands in %s: %w", name, err)
	}
	return found, nil
}

// answer closes the open questions of a series: the held and rejected returns
// of other submissions are no longer current.
func (s *settlingOne) answer(ctx context.Context, name string) error {
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
func (s *settlingOne) answerSome(ctx context.Context, name string) error {
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

// supersede takes the accepted return of a series from its place, and notes its
// submission, of which nothing may be accepted any longer.
func (s *settlingOne) supersede(ctx context.Context, name string) error {
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
	s.replaced = append(s.replaced, number)
	return nil
}
