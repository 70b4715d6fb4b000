package pipeline

import (
	"context"
	"fmt"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// noteHistory says of an accepted return what its sender should know of what
// came before: that it is an older version come again, whose place it takes,
// that its month is closed already, and that the month may be a mistake.
func (in *Intake) noteHistory(ctx context.Context, r *tonghop.Return) error {
	if r.State != tonghop.Accepted {
		return nil
	}
	versions, err := in.Ledger.Versions(ctx, r.Form, r.Office.Code, r.Period)
	if err != nil {
		return fmt.Errorf("list versions: %w", err)
	}
	var older, stands store.Version
	for _, v := range versions {
		same := v.SHA256 == r.Submission.SHA256
		switch {
		case v.Current && v.State == tonghop.Accepted && same:
			return nil // nothing changes
		case v.Current && v.State == tonghop.Accepted:
			stands = v
		case v.State == tonghop.Superseded && same:
			older = v
		}
	}
	if older.Number > 0 {
		note(r, "LO-002", "version", strconv.Itoa(older.Number))
	}
	if stands.Number > 0 && stands.Receipt < r.Submission.Receipt {
		note(r, "LO-004", "version", strconv.Itoa(stands.Number), "receipt", stands.Receipt)
	}
	closed, err := in.Ledger.Closings(ctx, r.Period, r.Province)
	if err != nil {
		return fmt.Errorf("look whether the period is closed: %w", err)
	}
	if len(closed) == 0 {
		return nil
	}
	note(r, "KY-008", "period", r.Period.String())
	if stands.Number > 0 {
		return in.askMonth(ctx, r)
	}
	return nil
}

// askMonth asks whether the heading still names an old month: the report takes
// the place of another one of a closed month, while that of the last month has
// not come.
func (in *Intake) askMonth(ctx context.Context, r *tonghop.Return) error {
	year, month, _ := tonghop.DayOf(r.Submission.Received).Parts()
	last := tonghop.Period{Kind: tonghop.Month, Year: year, N: month}.Previous()
	if year == 0 || r.Period.Kind != tonghop.Month || r.Period.Start() >= last.Start() {
		return nil
	}
	versions, err := in.Ledger.Versions(ctx, r.Form, r.Office.Code, last)
	if err != nil {
		return fmt.Errorf("list versions of the last month: %w", err)
	}
	for _, v := range versions {
		if v.Current && v.State == tonghop.Accepted {
			return nil
		}
	}
	f := tonghop.Finding{Rule: "KY-009", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	r.Findings = append(r.Findings, f.Arg("period", r.Period.String()).Arg("last", last.String()))
	return nil
}

// note adds a note; args come in pairs of name and value.
func note(r *tonghop.Return, rule string, args ...string) {
	f := tonghop.Finding{Rule: rule, Severity: tonghop.Note, Owner: tonghop.OwnerOffice}
	for i := 0; i+1 < len(args); i += 2 {
		f = f.Arg(args[i], args[i+1])
	}
	r.Findings = append(r.Findings, f)
}
