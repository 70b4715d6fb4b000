package pipeline

import (
	"context"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// Reread puts files back to be read again that were not accepted through no
// fault of their senders: the program broke down over them, ran into a limit, or
// did not know their format. A named receipt may also be of a file with a
// password. Without receipts it takes all that still stand; a receipt of another
// file is the error reread.other (receipt). It gives the receipts that were put
// back.
func (in *Intake) Reread(ctx context.Context, receipts ...string) ([]string, error) {
	wanted := map[string]bool{}
	for _, r := range receipts {
		wanted[r] = true
	}
	var again []string
	filter := store.Filter{Current: true, States: []tonghop.State{tonghop.Held, tonghop.Rejected}}
	for r, err := range in.Ledger.Returns(ctx, filter) {
		if err != nil {
			return nil, fmt.Errorf("look for what can be read again: %w", err)
		}
		receipt := r.Submission.Receipt
		if ours(r) && len(receipts) == 0 || wanted[receipt] && (ours(r) || locked(r)) {
			again = append(again, receipt)
			delete(wanted, receipt)
		}
	}
	for _, r := range receipts {
		if wanted[r] {
			return nil, tonghop.Fail("reread.other", nil, "receipt", r)
		}
	}
	for _, receipt := range again {
		if err := in.Ledger.Reopen(ctx, receipt); err != nil {
			return nil, fmt.Errorf("put back: %w", err)
		}
	}
	return again, nil
}

// locked reports whether a return was refused for a password, which the operator
// may have by now.
func locked(r tonghop.Return) bool {
	for _, f := range r.Findings {
		if code := f.Args["code"]; f.Rule == "TEP-001" && (code == "file.encrypted" || code == "file.password") {
			return true
		}
	}
	return false
}

// ours reports whether a return is held or rejected for the system's own
// limits alone.
func ours(r tonghop.Return) bool {
	found := false
	for _, f := range r.Findings {
		switch {
		case f.Severity == tonghop.Note:
		case f.Owner == tonghop.OwnerSystem && (f.Rule == "TEP-001" || f.Rule == "TEP-002" || f.Rule == "TEP-003"):
			found = true
		default:
			return false
		}
	}
	return found
}
