package pipeline

import (
	"context"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/validate"
)

// explain says of the findings of a return how its office answered them, by what
// the ledger has: decisions, tolerances, what was explained in earlier periods.
// The return carries what is to be kept.
func (in *Intake) explain(ctx context.Context, ret *tonghop.Return) error {
	known, err := in.Reader.Explained(ctx, in.Ledger, *ret)
	if err != nil {
		return err
	}
	answered := validate.Explain(ret, known)
	ret.Findings, ret.Explained = answered.Findings, answered.Explained
	for _, x := range answered.Lost {
		if !kept(known.Explained, x) {
			note(ret, "GT-001", "where", x.Where, "explained", x.Text)
			x.Severity, x.Sheet = tonghop.Note, x.Where
			x.Unit, x.Field = "", "" // a tag that sorting left behind may name another commune's
			ret.Explained = append(ret.Explained, x)
		}
	}
	doubtAgain(ret)
	return nil
}

// kept reports whether the ledger has an explanation in these words.
func kept(known []tonghop.Explanation, x tonghop.Explanation) bool {
	for _, k := range known {
		if k.Rule == x.Rule && k.Text == x.Text && k.Value == x.Value {
			return true
		}
	}
	return false
}

// doubtAgain marks the values that are still asked about.
func doubtAgain(ret *tonghop.Return) {
	for i := range ret.Rows {
		for j := range ret.Rows[i].Values {
			ret.Rows[i].Values[j].Doubt = false
		}
	}
	markDoubts(ret)
}

// Explained fetches what a return's office has explained so far with its form,
// and the tolerances of its province.
func (r *Reader) Explained(ctx context.Context, db *store.DB, ret tonghop.Return) (tonghop.Known, error) {
	known, err := r.KnownOf(ret.Form, ret.AsOf)
	if err != nil {
		known = r.Known
	}
	if ret.Form == "" || ret.Office.Code == "" || ret.Period.IsZero() {
		return known, nil
	}
	if known.Explained, err = db.Explanations(ctx, store.ExplanationFilter{Form: ret.Form, Office: ret.Office.Code}); err != nil {
		return known, fmt.Errorf("look for explanations: %w", err)
	}
	if known.Tolerances, err = db.Tolerances(ctx, ret.Province, ret.Form); err != nil {
		return known, fmt.Errorf("look for tolerances: %w", err)
	}
	return known, nil
}
