package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/validate"
)

// explainedIn takes what an office typed into the list of its workbook, and says
// what became of it as far as the file tells.
func explainedIn(book *tonghop.Book, ret *tonghop.Return) {
	all, stray, _ := book.Explanations()
	ret.Explained = append(all, stray...)
	answer(ret, tonghop.Known{})
}

// explain says of the findings of a return how its office answered them, by what
// the ledger has: decisions, tolerances, what was explained in earlier periods.
// The return carries what is to be kept.
func (in *Intake) explain(ctx context.Context, ret *tonghop.Return) error {
	known, err := in.Reader.Explained(ctx, in.Ledger, *ret)
	if err != nil {
		return err
	}
	if err := followed(ctx, in.Ledger, ret, known.Explained); err != nil {
		return err
	}
	answered := answer(ret, known)
	ret.Explained = answered.Explained
	for _, x := range slices.Concat(eachText(answered.Beside), answered.Lost) {
		if !kept(known.Explained, x) {
			x.Severity, x.Sheet = tonghop.Note, x.Where
			if x.Rule == "GT-004" { // its value is the text that counts
				x.Value = ""
			}
			x.Unit, x.Field = "", "" // a tag that sorting left behind may name another commune's
			ret.Explained = append(ret.Explained, x)
		}
	}
	doubtAgain(ret)
	return nil
}

// answer says of the findings of a return how they were answered, and of the
// texts that answer none what became of them. What is kept is not said again.
func answer(ret *tonghop.Return, known tonghop.Known) validate.Answered {
	ret.Findings = slices.DeleteFunc(slices.Clone(ret.Findings), unmatched)
	answered := validate.Explain(ret, known)
	said := func(all []tonghop.Explanation) []tonghop.Explanation {
		return slices.DeleteFunc(slices.Clone(all), func(x tonghop.Explanation) bool { return kept(known.Explained, x) })
	}
	for i, x := range answered.Lost {
		switch {
		case x.Rule == "" && x.Value != "":
			answered.Lost[i].Rule = "GT-004"
		case x.Rule == "":
			answered.Lost[i].Rule = "GT-003"
		}
	}
	told := slices.Concat(tellEach("GT-001", said(answered.Lost)), tellEach("GT-002", said(answered.Beside)))
	ret.Findings = append(told, answered.Findings...) // of many notes a letter shows the first
	return answered
}

// unmatched reports whether a finding says what became of a text that answers no
// question.
func unmatched(f tonghop.Finding) bool { return strings.HasPrefix(f.Rule, "GT-") }

// tellEach says of each text once what became of it: one that was filled down a
// column is not told line by line.
func tellEach(rule string, all []tonghop.Explanation) (told []tonghop.Finding) {
	at := map[string]int{}
	more := map[string]int{}
	for _, x := range all {
		as := rule
		if x.Rule == "GT-003" || x.Rule == "GT-004" {
			as = x.Rule
		}
		if n, ok := at[as+x.Text]; ok {
			more[as+x.Text]++
			told[n] = told[n].Arg("more", fmt.Sprint(more[as+x.Text]))
			continue
		}
		at[as+x.Text] = len(told)
		f := tonghop.Finding{Rule: as, Severity: tonghop.Note, Owner: tonghop.OwnerOffice, Found: x.Text}
		told = append(told, f.Arg("where", x.Where).Arg("explained", tonghop.OneLine(x.Text)).Arg("counts", tonghop.OneLine(x.Value)))
	}
	return told
}

// eachText gives of the explanations with the same text the first.
func eachText(all []tonghop.Explanation) (out []tonghop.Explanation) {
	seen := map[string]bool{}
	for _, x := range all {
		if !seen[x.Text] {
			seen[x.Text] = true
			out = append(out, x)
		}
	}
	return out
}

// followed looks up what followed from the questions whose explanations were
// accepted, in the reports that brought them, where something follows in this one.
func followed(ctx context.Context, db *store.DB, ret *tonghop.Return, known []tonghop.Explanation) error {
	follows := slices.ContainsFunc(ret.Findings, func(f tonghop.Finding) bool { return f.Cause != "" && f.Severity == tonghop.Query })
	for i := range known {
		x := &known[i]
		if !follows || x.State != tonghop.ExplanationAccepted || x.Period != ret.Period {
			continue
		}
		for r, err := range db.Returns(ctx, store.Filter{Receipt: x.Receipt}) {
			if err != nil {
				return fmt.Errorf("look for what was explained: %w", err)
			}
			_, under := tonghop.Folded(r.Findings)
			for _, f := range r.Findings {
				if f.Cause == "" && x.About(f) {
					x.Followed = append(x.Followed, under[f.Key()]...)
				}
			}
		}
	}
	return nil
}

// kept reports whether the ledger has an explanation in these words.
func kept(known []tonghop.Explanation, x tonghop.Explanation) bool {
	for _, k := range known {
		if k.Rule == x.Rule && k.Text == x.Text && (k.Value == x.Value || x.Rule == "GT-004") {
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
