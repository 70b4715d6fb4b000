package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Forms decodes every forms/<form>/<version>/form.yaml, by path. An unknown
// key or a wrong date is an error that names the file and the line.
func Forms(fsys fs.FS) ([]tonghop.Form, error) {
	files, err := fs.Glob(fsys, "forms/*/*/form.yaml")
	if err != nil {
		return nil, fmt.Errorf("list forms: %w", err)
	}
	var out []tonghop.Form
	for _, name := range files {
		f, err := form(fsys, name)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// Form decodes the version of a form that serves on the date; the latest
// version if none does and the date is empty.
func Form(fsys fs.FS, id string, on tonghop.Date) (tonghop.Form, error) {
	all, err := Forms(fsys)
	if err != nil {
		return tonghop.Form{}, err
	}
	var last tonghop.Form
	for _, f := range all {
		if f.ID != id {
			continue
		}
		if on != "" && on.Within(f.From, f.To) {
			return f, nil
		}
		last = f
	}
	if last.ID == "" || on != "" {
		return tonghop.Form{}, tonghop.Fail("form.none", nil, "form", id, "date", string(on))
	}
	return last, nil
}

// form decodes one file. A version that is like another one takes from it what
// it does not write itself; one that is like a version which is itself like a
// third is an error, for nobody would find the words.
func form(fsys fs.FS, name string) (tonghop.Form, error) {
	f, err := decodeForm(fsys, name)
	if err != nil {
		return f, err
	}
	folder := path.Dir(name)
	if want := path.Base(path.Dir(folder)) + "/" + path.Base(folder); f.Key() != want {
		return f, fmt.Errorf("read form %q: it is %q, the folder says %q", name, f.Key(), want)
	}
	for _, d := range []tonghop.Date{f.From, f.To} {
		if _, err := tonghop.ParseDate(string(d)); err != nil {
			return f, fmt.Errorf("read form %q: %w", name, err)
		}
	}
	if err := checkSenders(f.Senders); err != nil {
		return f, fmt.Errorf("read form %q: %w", name, err)
	}
	if f.Like == "" {
		return f, nil
	}
	base, err := decodeForm(fsys, "forms/"+f.Like+"/form.yaml")
	if err != nil {
		return f, fmt.Errorf("read form %q: like %q: %w", name, f.Like, err)
	}
	if base.Like != "" {
		return f, fmt.Errorf("read form %q: like %q, which is itself like %q", name, f.Like, base.Like)
	}
	inherit(&f, base)
	return f, nil
}

// own are the fields of a form that no version takes from another one: what
// goes by the numbers of criteria, for they mean other things, and by what its
// own titles are told from the others.
var own = []string{"CriterionNames", "IndicatorNames", "Plausible", "OwnTitles", "Owed"}

// inherit gives a form the words of another version where it has none.
func inherit(f *tonghop.Form, base tonghop.Form) {
	to, from := reflect.ValueOf(f).Elem(), reflect.ValueOf(base)
	for i := range to.NumField() {
		if to.Field(i).IsZero() && !slices.Contains(own, to.Type().Field(i).Name) {
			to.Field(i).Set(from.Field(i))
		}
	}
}

func decodeForm(fsys fs.FS, name string) (tonghop.Form, error) {
	var f tonghop.Form
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return f, fmt.Errorf("read form %q: %w", name, err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("read form %q: %w", name, err)
	}
	return f, nil
}

// checkSenders checks who sends a form: one level at a time, in order of time.
func checkSenders(senders []tonghop.Sender) error {
	for i, s := range senders {
		if s.Level != 2 && s.Level != 3 {
			return fmt.Errorf("senders: level %d: want 2 for districts, 3 for communes", s.Level)
		}
		for _, d := range []tonghop.Date{s.From, s.To} {
			if _, err := tonghop.ParseDate(string(d)); err != nil && d != "" {
				return fmt.Errorf("senders: %w", err)
			}
		}
		if i > 0 && (s.From == "" || senders[i-1].To == "" || s.From <= senders[i-1].To) {
			return fmt.Errorf("senders: entry %d begins before the one above it ends", i+1)
		}
	}
	return nil
}

// Rules decodes the checks of one form version, in the order in which they
// run: its own, or else those of the version that it is like. An unknown key, an id used twice or an unknown severity is an error
// that names the file.
func Rules(fsys fs.FS, f tonghop.Form) ([]tonghop.Rule, error) {
	name := path.Join("forms", f.Key(), "rules.yaml")
	raw, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) && f.Like != "" {
		name = path.Join("forms", f.Like, "rules.yaml")
		raw, err = fs.ReadFile(fsys, name)
	}
	if err != nil {
		return nil, fmt.Errorf("read rules %q: %w", name, err)
	}
	var rules []tonghop.Rule
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&rules); err != nil {
		return nil, fmt.Errorf("read rules %q: %w", name, err)
	}
	seen := map[string]bool{}
	for _, r := range rules {
		weighs := r.Severity == tonghop.Note || r.Severity == tonghop.Query || r.Severity == tonghop.Reject
		if r.ID == "" || seen[r.ID] || !weighs {
			return nil, fmt.Errorf("read rules %q: rule %q: the id must be new and the severity note, query or reject", name, r.ID)
		}
		seen[r.ID] = true
	}
	return rules, nil
}
