package consolidate

import (
	"fmt"
	"iter"
	"slices"

	"github.com/tonghop/tonghop"
)

// Inputs is everything an edition is made from, fetched beforehand.
type Inputs struct {
	Period   tonghop.Period
	Province tonghop.Unit
	Issue    int
	Rules    string         // digest of the templates in force
	Program  string         // version
	Known    tonghop.Known  // register, criteria, form, as-of date
	Layout   tonghop.Layout // words and looks

	// Accepted yields the returns that enter the edition, in register order.
	Accepted iter.Seq2[tonghop.Return, error]
	// Before yields the accepted returns of the previous period; nil = none.
	Before iter.Seq2[tonghop.Return, error]
	// All yields every current return of the period, whatever its state, also
	// those that could not be placed; nil = only the accepted ones.
	All iter.Seq2[tonghop.Return, error]

	// Standings judges a return; nil = nothing is judged.
	Standings func(tonghop.Return) []tonghop.Standing
	// Say gives the sentences of a finding; nil = none.
	Say func(tonghop.Finding) (message, expected, fix string)
}

// Assemble lays out the edition. The error has the code edition.nothing if no
// accepted return is there, edition.words if the layout lacks a text.
func Assemble(in Inputs) (tonghop.Edition, error) {
	p, err := gather(in)
	if err != nil {
		return tonghop.Edition{}, fmt.Errorf("assemble edition %s: %w", in.Period, err)
	}
	if p.reporting() == 0 {
		return tonghop.Edition{}, tonghop.Fail("edition.nothing", nil,
			"period", in.Period.String(), "province", in.Province.Code)
	}
	communes := p.communeSheet()
	indicators := p.indicatorSheet()
	sheets := []*sheet{p.summarySheet(communes), communes, indicators, p.criterionSheet(communes),
		p.deliverySheet(), p.openSheet(), p.originSheet()}

	e := tonghop.Edition{
		Period: in.Period, AsOf: p.on, Province: in.Province, Issue: in.Issue,
		Criteria: p.criteria.ID, Rules: in.Rules, Program: in.Program,
		Title: p.w.say("edition.title", "place", in.Province.Name, "period", p.period(in.Period)),
		Marks: p.marks, Signs: p.signs, Inputs: p.inputs(),
	}
	if in.Known.Form != nil {
		e.Form = in.Known.Form.ID
	}
	for _, s := range sheets {
		e.Sheets = append(e.Sheets, s.out)
	}
	return e, p.w.err()
}

// inputs names the returns of the edition, in register order.
func (p *province) inputs() []tonghop.Input {
	var out []tonghop.Input
	offices := p.offices
	if p.whole != nil {
		offices = append(slices.Clone(offices), p.whole)
	}
	for _, o := range offices {
		if o.ret == nil || o.shared { // a part of the province's table, which is named once
			continue
		}
		s := o.ret.Submission
		out = append(out, tonghop.Input{Receipt: s.Receipt, SHA256: s.SHA256, File: s.Name,
			Office: o.unit.Code, Version: o.ret.Version})
	}
	return out
}
