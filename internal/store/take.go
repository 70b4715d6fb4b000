package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// taken is a submission that is locked.
type taken struct {
	number int
	sub    tonghop.Submission
	again  bool // it stands accepted already
}

// take locks the submissions and refuses those that are not waiting.
func (s *settling) take(ctx context.Context, judged []Judged) error {
	receipts, waits := make([]string, len(judged)), map[string]tonghop.State{}
	for i, j := range judged {
		receipts[i] = j.Submission.Receipt
		if waits[receipts[i]] = tonghop.Received; j.Again {
			waits[receipts[i]] = tonghop.Accepted
		}
	}
	s.taken = make([]taken, len(judged))
	for _, receipt := range slices.Sorted(slices.Values(receipts)) {
		_, err := s.tx.ExecContext(ctx,
			`UPDATE submission SET name = name WHERE receipt = $1 AND state = $2`, receipt, string(waits[receipt]))
		if err != nil {
			return fmt.Errorf("lock %s: %w", receipt, err)
		}
		sub, number, err := findSubmission(ctx, s.tx, receipt)
		if err != nil {
			return err
		}
		if sub.State != waits[receipt] {
			return tonghop.Fail("ledger.settled", nil, "receipt", receipt, "state", string(sub.State))
		}
		s.taken[slices.Index(receipts, receipt)] = taken{number, sub, waits[receipt] == tonghop.Accepted}
	}
	return nil
}

// early refuses a submission while an earlier one of its office waits that is
// not in the call. A smaller number that is written at the same time cannot be
// overlooked: numbers become visible in their order (see writeDelivery).
func (s *settling) early(ctx context.Context) error {
	inCall := map[int]bool{}
	for _, t := range s.taken {
		inCall[t.number] = true
	}
	first := map[string]taken{} // by office, the first that waits and is not in the call
	for _, t := range s.taken {
		office := t.sub.Office
		if office == "" {
			continue
		}
		before, ok := first[office]
		if !ok {
			var err error
			if before, err = s.firstWaiting(ctx, office, inCall); err != nil {
				return err
			}
			first[office] = before
		}
		if before.number > 0 && before.number < t.number {
			return tonghop.Fail("ledger.early", nil, "receipt", t.sub.Receipt, "before", before.sub.Receipt)
		}
	}
	return nil
}

// firstWaiting finds the first submission of an office that waits, apart from
// some; number 0 if there is none.
func (s *settling) firstWaiting(ctx context.Context, office string, apart map[int]bool) (taken, error) {
	rows, err := s.tx.QueryContext(ctx, `
		SELECT number, receipt FROM submission WHERE office = $1 AND state = 'received' ORDER BY number`, office)
	if err != nil {
		return taken{}, fmt.Errorf("find what waits: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var t taken
		if err := rows.Scan(&t.number, &t.sub.Receipt); err != nil {
			return taken{}, fmt.Errorf("read what waits: %w", err)
		}
		if !apart[t.number] {
			return t, nil
		}
	}
	return taken{}, rows.Err()
}
