package templates

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Criteria decodes the set criteria/<id>/criteria.yaml. An unknown key, a
// number out of order, a figure that is none, a verified figure without its
// source: each is an error that names the file and the line.
func Criteria(fsys fs.FS, id string) (*tonghop.Criteria, error) {
	set, err := readSet(fsys, "criteria/"+id+"/criteria.yaml")
	if err != nil {
		return nil, err
	}
	return set.criteria, nil
}

// CriteriaFor decodes the set of a kind ("xa-ntm") that is in force on the
// date: of two, the later one. The error has the code criteria.none where
// there is no such set.
func CriteriaFor(fsys fs.FS, kind string, asOf tonghop.Date) (*tonghop.Criteria, error) {
	files, err := fs.Glob(fsys, "criteria/*/criteria.yaml")
	if err != nil {
		return nil, fmt.Errorf("list criteria: %w", err)
	}
	var best *tonghop.Criteria
	for _, name := range files {
		set, err := readSet(fsys, name)
		if err != nil {
			return nil, err
		}
		c := set.criteria
		if set.kind == kind && asOf.Within(c.From, c.To) && (best == nil || c.From > best.From) {
			best = c
		}
	}
	if best == nil {
		return nil, tonghop.Fail("criteria.none", nil, "kind", kind, "date", string(asOf))
	}
	return best, nil
}

// set is a decoded file with what the noun does not carry.
type set struct {
	kind     string
	criteria *tonghop.Criteria
}

func readSet(fsys fs.FS, name string) (set, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return set{}, fmt.Errorf("read criteria %q: %w", name, err)
	}
	var f criteriaFile
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return set{}, fmt.Errorf("read criteria %q: %w", name, err)
	}
	c, err := f.criteria()
	if err != nil {
		return set{}, fmt.Errorf("read criteria %q: %w", name, err)
	}
	if want := path.Base(path.Dir(name)); c.ID != want {
		return set{}, fmt.Errorf("read criteria %q: line %d: id %q, the folder says %q", name, f.ID.line, c.ID, want)
	}
	return set{kind: f.Kind.value, criteria: c}, nil
}

// The structs below are the file as a person writes it.
type (
	criteriaFile struct {
		ID       text
		Kind     text
		Name     text
		Basis    text
		From, To text
		Amended  struct {
			From, Comment text
		}
		Count struct {
			Criteria, Indicators int
		}
		Regions  map[string]string
		Groups   []groupEntry
		Criteria []criterionEntry
	}
	groupEntry struct {
		Key, Name text
		From, To  int
	}
	criterionEntry struct {
		No         text
		Name       text
		Group      text
		Indicators []indicatorEntry
	}
	indicatorEntry struct {
		No         text
		Name       text
		NameSure   text `yaml:"name_sure"`
		Type       text
		Unit       text
		Operator   text
		Optional   bool
		ByProvince bool `yaml:"by_province"`
		Sure       text
		Basis      text
		Source     text
		Note       text
		Thresholds map[string]figure
		ByYear     map[int]map[string]figure `yaml:"by_year"`
	}
)

// text is a scalar exactly as typed (17.10 stays "17.10"), with its line.
type text struct {
	value string
	line  int
}

// UnmarshalYAML takes any scalar.
func (t *text) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: want one value, found a list or a block", n.Line)
	}
	t.value, t.line = n.Value, n.Line
	return nil
}

// figure is a threshold: "19", or {is: "19", sure: verified, source: "…"}
// where one figure is surer than the others of its indicator. The keys sure
// and source beside the regions hold for all figures of that row.
type figure struct {
	is, sure, source text
}

// UnmarshalYAML takes a scalar or a block with the three keys.
func (f *figure) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		return f.is.UnmarshalYAML(n)
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: want a figure or {is, sure, source}", n.Line)
	}
	parts := map[string]*text{"is": &f.is, "sure": &f.sure, "source": &f.source}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		part := parts[key.Value]
		if part == nil || part.line > 0 {
			return fmt.Errorf("line %d: key %q is unknown here or given twice", key.Line, key.Value)
		}
		if err := part.UnmarshalYAML(n.Content[i+1]); err != nil {
			return err
		}
	}
	if f.is.line == 0 {
		return fmt.Errorf("line %d: a figure without \"is\"", n.Line)
	}
	return nil
}
