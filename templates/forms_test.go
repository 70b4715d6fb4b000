package templates

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tonghop/tonghop"
)

// Each date has one version of a form, and a version takes from the one that it
// is like the words in common and nothing that goes by a number.
func TestForms(t *testing.T) {
	for _, w := range []struct {
		id, version string
		on          tonghop.Date
	}{
		{"xa-ntm", "2016-2020", "2019-12-31"}, {"xa-ntm", "2016-2020", "2022-03-07"}, {"xa-ntm", "2021-2025", "2022-03-08"},
		{"xa-ntm", "2021-2025", ""}, {"xa-ntm-nc", "2021-2025", "2023-06-30"},
	} {
		f, err := Form(FS(""), w.id, w.on)
		if err != nil || f.Version != w.version {
			t.Errorf("%s on %s: version %q, %v; want %q", w.id, w.on, f.Version, err, w.version)
		}
	}
	all, err := Forms(FS(""))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d forms, %v; want 3", len(all), err)
	}
	for _, f := range all {
		c, err := Criteria(FS(""), f.Criteria)
		if err != nil {
			t.Fatal(err)
		}
		if f.From != c.From || f.To != c.To {
			t.Errorf("%s serves from %s to %s, its criteria from %s to %s", f.Key(), f.From, f.To, c.From, c.To)
		}
		for no := range f.IndicatorNames {
			if _, _, ok := c.Indicator(no); !ok {
				t.Errorf("%s has short names for %s, which its criteria have not", f.Key(), no)
			}
		}
		for _, cr := range c.Criteria {
			for _, in := range cr.Indicators {
				if len(f.IndicatorNames[in.No]) == 0 {
					t.Errorf("%s has no short name for %s", f.Key(), in.No)
				}
			}
		}
		if len(f.Marks) == 0 || len(f.Columns["unit"]) == 0 || len(f.OwnTitles) == 0 {
			t.Errorf("%s lacks the words in common, or its own titles", f.Key())
		}
		if f.Due() == (f.ID == "xa-ntm-nc") {
			t.Errorf("%s: due is %t", f.Key(), f.Due())
		}
		if rules, err := Rules(FS(""), f); err != nil || len(rules) == 0 {
			t.Errorf("%s: %d rules, %v", f.Key(), len(rules), err)
		}
	}
}

// A version that is like one that is not there, or like one that leans on a
// third, says so with the name of its file.
func TestFormLikeFaults(t *testing.T) {
	base := "id: a\nversion: v1\nfrom: 2020-01-01\nto: 2021-01-01\ncriteria: c\n"
	next := "id: a\nversion: v2\nfrom: 2021-01-02\nto: 2022-01-01\nlike: "
	for name, like := range map[string]string{"absent": "a/v9", "in a ring": "a/v2"} {
		files := fstest.MapFS{"forms/a/v1/form.yaml": {Data: []byte(base)}, "forms/a/v2/form.yaml": {Data: []byte(next + like + "\n")}}
		if _, err := Forms(files); err == nil || !strings.Contains(err.Error(), "forms/a/v2/form.yaml") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	files := fstest.MapFS{"forms/a/v1/form.yaml": {Data: []byte(base)}, "forms/a/v3/form.yaml": {Data: []byte(next + "a/v1\n")}}
	if _, err := Forms(files); err == nil || !strings.Contains(err.Error(), "the folder says") {
		t.Errorf("a version in another's folder: error %v", err)
	}
}
