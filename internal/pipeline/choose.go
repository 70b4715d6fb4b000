package pipeline

import (
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// attempt is a workbook as one form would have it.
type attempt struct {
	rules    *rulebook
	covers   []tonghop.Cover
	findings []tonghop.Finding
	fit      fit
	title    said // words that only this form's titles have
	titled   bool
}

// apartBy is by how many columns a form must agree better with a table than
// another one to be told from it by its columns alone.
const apartBy = 3

// choose tells as which form a workbook is read, and gives the workbook with
// the sheets of that form alone. The columns decide where they can; of forms
// that agree with them alike, the words of the title; then it is the form that
// is owed, in the version of the report's date. What contradicts itself holds the return.
func (r *Reader) choose(book *tonghop.Book, hints normalize.Hints, variants []tonghop.Variant) (*tonghop.Book, attempt) {
	book, apart := r.sortSheets(book, hints)
	first := r.attempt(r.rulebooks[0], book, hints, variants)
	tries := []attempt{first}
	if len(first.covers) == 0 {
		tries = nil
	} else if first.fit.whole() && !r.namesAnother(first, book) {
		first.findings = append(first.findings, apart...)
		return book, first
	}
	for _, b := range r.rulebooks[1:] {
		if len(first.covers) == 0 && !mentions(b, book) {
			continue
		}
		if a := r.attempt(b, book, hints, variants); len(a.covers) > 0 {
			tries = append(tries, a)
		}
	}
	if len(tries) == 0 {
		first.findings = append(first.findings, apart...)
		return book, first
	}
	r.readTitles(tries, book)
	best, second, why := decide(tries, hints)
	cover := &best.covers[0]
	cover.Evidence = append(cover.Evidence, "form_"+why)
	if second != nil {
		cover.RunnerUp = second.rules.form.Key()
	}
	r.explain(&best, tries, why)
	best.findings = append(best.findings, apart...)
	return book, best
}

// attempt has one form's Normalizer look at a workbook.
func (r *Reader) attempt(b *rulebook, book *tonghop.Book, hints normalize.Hints, variants []tonghop.Variant) attempt {
	a := attempt{rules: b}
	a.covers, a.findings = r.normalizer(b).Answered(variants).Identify(book, hints)
	a.fit = fitOf(b, a.covers)
	return a
}

// namesAnother reports whether the title over a table names another form, or
// its date asks for another version.
func (r *Reader) namesAnother(a attempt, book *tonghop.Book) bool {
	for _, b := range r.rulebooks {
		t, ok := r.titled(b, book, a.covers[0])
		if ok && b != a.rules && t.alone {
			return true
		}
	}
	on := r.Known.On(a.covers[0].Period)
	return on != "" && !on.Within(a.rules.form.From, a.rules.form.To)
}

// readTitles fills in what the texts above the table of the best attempt say.
func (r *Reader) readTitles(tries []attempt, book *tonghop.Book) {
	best := slices.MaxFunc(tries, func(a, b attempt) int { return a.fit.score() - b.fit.score() })
	for i := range tries {
		a := &tries[i]
		a.title, a.titled = r.titled(a.rules, book, best.covers[0])
	}
}

// decide picks the form of a table, tells which came second, and by what it was
// picked: "columns", "title", "date" or "owed".
func decide(tries []attempt, hints normalize.Hints) (best attempt, second *attempt, why string) {
	left := slices.Clone(tries)
	slices.SortStableFunc(left, func(a, b attempt) int { return b.fit.score() - a.fit.score() })
	alike := left[:1]
	for _, a := range left[1:] {
		if left[0].fit.score()-a.fit.score() < apartBy {
			alike = left[:len(alike)+1]
		}
	}
	why = "columns"
	for _, by := range []struct {
		why  string
		fits func(attempt) bool
	}{
		{"title", func(a attempt) bool { return a.rules.form.ID != DefaultForm && a.titled && a.title.alone }},
		{"owed", func(a attempt) bool { return a.rules.form.ID == DefaultForm }},
		{"date", func(a attempt) bool {
			on := dateOf(a, hints)
			return on != "" && on.Within(a.rules.form.From, a.rules.form.To)
		}},
		{"title", func(a attempt) bool { return a.titled }},
	} {
		if some := filter(alike, by.fits); len(alike) > 1 && len(some) > 0 && len(some) < len(alike) {
			alike = some
			if why != "owed" || by.why != "date" { // the date tells versions of a form apart, not forms
				why = by.why
			}
		}
	}
	// Of those that are still alike the one that is owed first.
	best = alike[0]
	for _, a := range tries {
		if len(alike) > 1 && slices.ContainsFunc(alike, func(b attempt) bool { return b.rules == a.rules }) {
			best = a
			break
		}
	}
	for i := range left {
		if left[i].rules != best.rules {
			second = &left[i]
			break
		}
	}
	return best, second, why
}

// dateOf is the date by whose rules a report is judged, as far as it is known.
func dateOf(a attempt, hints normalize.Hints) tonghop.Date {
	if hints.AsOf != "" {
		return hints.AsOf
	}
	return a.covers[0].Period.AsOf()
}

func filter(all []attempt, keep func(attempt) bool) []attempt {
	var out []attempt
	for _, a := range all {
		if keep(a) {
			out = append(out, a)
		}
	}
	return out
}

// explain says of a chosen form what a person should know: that the title names
// another one, that the title does not name it, or that an older set of
// criteria applies. What a Normalizer alone could only call another form is
// said here by the name of that form.
func (r *Reader) explain(best *attempt, tries []attempt, why string) {
	cover := &best.covers[0]
	form := best.rules.form
	var other *attempt
	for i := range tries {
		if contradicts(tries[i], *best) {
			other = &tries[i]
		}
	}
	cover.Findings = slices.DeleteFunc(cover.Findings, func(f tonghop.Finding) bool {
		return f.Rule == "BIEU-003" && other != nil && other.title.text == f.Found // said below, by its name
	})
	if why == "owed" {
		for i := range tries {
			if a := &tries[i]; a.titled && a.rules.form.ID != form.ID {
				f := tonghop.Finding{Rule: "BIEU-041", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true, Found: a.title.text}
				cover.Findings = append(cover.Findings, f.At(a.title.ref).Arg("best", best.rules.criteria.Name).Arg("other", a.rules.criteria.Name))
			}
		}
	}
	switch {
	case other != nil:
		f := tonghop.Finding{Rule: "BIEU-040", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true, Found: other.title.text}
		f = f.At(other.title.ref).Arg("best", best.rules.criteria.Name).Arg("other", other.rules.criteria.Name)
		if best.fit.known*2 > best.fit.all { // else the table is of criteria, not of indicators
			f = f.Arg("held", strconv.Itoa(best.fit.known)).Arg("all", strconv.Itoa(best.fit.all))
		}
		cover.Findings = append(cover.Findings, f)
	case form.ID != DefaultForm && !best.titled:
		f := tonghop.Finding{Rule: "GC-090", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}.Over(cover.Sheet, cover.Header)
		cover.Findings = append(cover.Findings, f.Arg("best", best.rules.criteria.Name))
	}
	r.explainDate(best)
}

// contradicts reports whether the title names a form that a table is not of.
// The years of the programme stand in many titles: those of a later version
// say nothing against the table of an older one, nor do they tell one form of
// these years from another.
func contradicts(a, best attempt) bool {
	form, other := best.rules.form, a.rules.form
	switch {
	case a.rules == best.rules || !a.titled || !a.title.alone:
		return false
	case other.ID == form.ID:
		return other.From < form.From && !best.titled
	case other.ID == DefaultForm:
		return other.To < form.From && !best.titled
	}
	return true
}

// explainDate names the set of criteria where the date asks for another one
// than today's, and the one that the date asks for where a table is of another.
func (r *Reader) explainDate(best *attempt) {
	cover := &best.covers[0]
	form := best.rules.form
	for i := range cover.Findings {
		f := &cover.Findings[i]
		if f.Rule != "BIEU-007" {
			continue
		}
		*f = f.Arg("form", best.rules.criteria.Name)
		for _, b := range r.rulebooks {
			if b.form.ID == form.ID && b != best.rules && r.Known.On(cover.Period).Within(b.form.From, b.form.To) {
				*f = f.Arg("other", b.criteria.Name)
			}
		}
		return
	}
	if slices.ContainsFunc(r.rulebooks, func(b *rulebook) bool { return b.form.ID == form.ID && b.form.From > form.From }) {
		f := tonghop.Finding{Rule: "GC-091", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}.Over(cover.Sheet)
		cover.Findings = append(cover.Findings, f.Arg("criteria", best.rules.criteria.Name).Arg("basis", best.rules.criteria.Basis).
			Arg("to", best.rules.criteria.To.Vietnamese()))
	}
}
