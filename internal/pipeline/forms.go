package pipeline

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
	"github.com/tonghop/tonghop/validate"
)

// DefaultForm is the form that every office owes, and for which a file is taken
// that nobody can tell.
const DefaultForm = "xa-ntm"

// rulebook is one version of a form with the rules by which it is judged. It never
// changes, so readers share it.
type rulebook struct {
	form     *tonghop.Form
	criteria *tonghop.Criteria
	judge    *validate.Judge
	names    func() fieldNames // made when first asked
}

// readRulebooks compiles every form of the templates, the one that is owed today
// first: the latest version of the default form, its older ones, then the
// others.
func readRulebooks(fsys fs.FS, register *tonghop.Register) ([]*rulebook, error) {
	forms, err := templates.Forms(fsys)
	if err != nil {
		return nil, fmt.Errorf("read forms: %w", err)
	}
	slices.SortStableFunc(forms, func(a, b tonghop.Form) int {
		if mine := a.ID == DefaultForm; mine != (b.ID == DefaultForm) {
			return map[bool]int{true: -1, false: 1}[mine]
		}
		return slices.Compare([]byte(b.From), []byte(a.From))
	})
	var books []*rulebook
	for i := range forms {
		k := &rulebook{form: &forms[i]}
		if k.criteria, err = templates.Criteria(fsys, k.form.Criteria); err != nil {
			return nil, fmt.Errorf("read criteria of %s: %w", k.form.Key(), err)
		}
		k.names = sync.OnceValue(func() fieldNames { return namesOf(k.form, k.criteria) })
		rules, err := templates.Rules(fsys, *k.form)
		if err != nil {
			return nil, err
		}
		if k.judge, err = validate.Compile(k.criteria, rules, register); err != nil {
			return nil, fmt.Errorf("compile rules of %s: %w", k.form.Key(), err)
		}
		books = append(books, k)
	}
	if len(books) == 0 || books[0].form.ID != DefaultForm {
		return nil, tonghop.Fail("form.none", nil, "form", DefaultForm, "date", "")
	}
	return books, nil
}

// Forms lists the ids of the forms that are read, the one that is owed first.
func (r *Reader) Forms() []string {
	var ids []string
	for _, k := range r.rulebooks {
		if !slices.Contains(ids, k.form.ID) {
			ids = append(ids, k.form.ID)
		}
	}
	return ids
}

// KnownOf is what is known for a form on a date: its version that serves then,
// or else the latest, with the criteria of it. The error has the code form.none
// if there is no such form.
func (r *Reader) KnownOf(form string, on tonghop.Date) (tonghop.Known, error) {
	k := r.rulebookOf(form, on)
	if k == nil {
		return tonghop.Known{}, tonghop.Fail("form.none", nil, "form", form, "date", string(on))
	}
	known := r.Known
	known.Form, known.Criteria = k.form, k.criteria
	return known, nil
}

// rulebookOf is the version of a form that serves on a date, or else its latest;
// nil if there is no such form.
func (r *Reader) rulebookOf(form string, on tonghop.Date) *rulebook {
	var latest *rulebook
	for _, k := range r.rulebooks {
		if k.form.ID != form {
			continue
		}
		if on.Within(k.form.From, k.form.To) {
			return k
		}
		if latest == nil || k.form.From > latest.form.From {
			latest = k
		}
	}
	return latest
}

// normalizer is that of a kind, compiled when it is first needed: most files
// are of one form, and every child process starts anew.
func (r *Reader) normalizer(k *rulebook) *normalize.Normalizer {
	if n := r.normal[k]; n != nil {
		return n
	}
	if k == r.rulebooks[0] {
		r.normal[k] = normalize.New(r.Known)
	} else {
		r.normal[k] = r.normalizer(r.rulebooks[0]).For(k.form, k.criteria)
	}
	return r.normal[k]
}

// Standings gives the judgement of every commune of a return.
func (r *Reader) Standings(ret tonghop.Return) []tonghop.Standing {
	k := r.rulebookOf(ret.Form, ret.AsOf)
	if k == nil {
		return nil
	}
	return k.judge.Standings(&ret)
}
