package jobs

import (
	"context"
	"fmt"
)

// Reading are the receipts whose delivery some task will still read or answer,
// be it waiting, running or to be tried again. What was given up is not among
// them.
func (q *Queue) Reading(ctx context.Context) (map[string]bool, error) {
	live, err := q.receipts(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("list what is read: %w", err)
	}
	return live, nil
}
