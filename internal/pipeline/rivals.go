package pipeline

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/tonghop/tonghop"
)

// holdRivals holds every file of a batch that has a rival: another, different
// file of the same office, form and period. The file that stands already is no
// rival of one that was never seen before, for it changes nothing; beside an
// older version that comes again it is. A form of another office than the one
// that handed it in is a rival of nobody. It tells which outcomes stand already.
func (in *Intake) holdRivals(ctx context.Context, out []Outcome) (map[int]bool, error) {
	rivals, standing := map[string][]int{}, map[int]bool{}
	seenBefore := map[string]bool{}
	for i, o := range out {
		r := o.Return
		if o.Receipt == "" || r.State == tonghop.Rejected || r.Office.Code == "" || r.Period.IsZero() || foreign(r) {
			continue
		}
		versions, err := in.Ledger.Versions(ctx, r.Form, r.Office.Code, r.Period)
		if err != nil {
			return nil, fmt.Errorf("list versions of %s: %w", r.Office.Code, err)
		}
		key := placeOf(r)
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

// placeOf names what rivals are rivals for.
func placeOf(r tonghop.Return) string {
	return r.Form + "|" + r.Office.Code + "|" + r.Period.String()
}

// foreign reports whether a return is the form of another office than the one
// that handed it in: it is no rival of that office's own.
func foreign(r tonghop.Return) bool {
	return slices.ContainsFunc(r.Findings, func(f tonghop.Finding) bool { return f.Rule == "DV-007" })
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
