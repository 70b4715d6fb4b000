package templates

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// configReader walks the tree of a configuration file and gathers every fault
// in it, each with its place.
type configReader struct {
	config *Config
	base   string // folder that paths are relative to
	faults []faultAt
}

// faultAt is a fault and the place to sort it by.
type faultAt struct {
	place
	fault *tonghop.Error
}

// entry is one key that a mapping may have.
type entry struct {
	name string
	read func(n *yaml.Node, key string)
}

// parseConfig decodes a file over the defaults. The configuration that it
// gives back with faults serves only to tell of them.
func parseConfig(raw []byte, name string) (Config, []*tonghop.Error) {
	c := DefaultConfig()
	c.File, c.at = name, map[string]place{}
	r := &configReader{config: &c, base: filepath.Dir(name)}
	c.Home = filepath.Join(r.base, c.Home)
	if root := r.parse(raw); root != nil {
		r.root(root)
	}
	if c.Database != "" && c.DatabaseFile != "" {
		r.add(c.at["database_file"], c.Place("database_file", tonghop.Fail("config.database_twice", nil)))
	}
	for _, f := range c.check() {
		r.add(f.place, f.fault)
	}
	slices.SortStableFunc(r.faults, func(a, b faultAt) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	out := make([]*tonghop.Error, len(r.faults))
	for i, f := range r.faults {
		out[i] = f.fault
	}
	return c, out
}

// parse makes the tree; nil if there is none, or nothing in it.
func (r *configReader) parse(raw []byte) *yaml.Node {
	switch {
	case len(raw) > mostConfig:
		r.add(place{}, r.config.Place("", tonghop.Fail("config.too_large", nil, "limit", strconv.Itoa(mostConfig))))
		return nil
	case !utf8.Valid(raw):
		r.syntax(tonghop.Fail("config.encoding", nil), badLine(raw))
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			r.broken(raw, err)
		}
		return nil
	}
	if err := dec.Decode(&more); err == nil {
		r.syntax(tonghop.Fail("config.documents", nil), more.Line)
	} else if !errors.Is(err, io.EOF) {
		r.broken(raw, err)
	}
	if len(doc.Content) == 0 || doc.Content[0].ShortTag() == "!!null" {
		return nil
	}
	return doc.Content[0]
}

var (
	yamlLine = regexp.MustCompile(`line (\d+): (.*)`)
	star     = regexp.MustCompile(`^[^#"']*[:-][ \t]+[*&][^ A-Za-z]`)
)

// broken tells of a file that is not YAML. Two slips are so common that they
// are looked for first: a tab before a key, and an expression of the clock,
// such as */5 * * * *, without quotes.
func (r *configReader) broken(raw []byte, err error) {
	for i, line := range strings.Split(string(raw), "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		switch {
		case strings.Contains(indent, "\t") && strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#"):
			r.syntax(tonghop.Fail("config.tab", err), i+1)
			return
		case star.MatchString(line):
			r.syntax(tonghop.Fail("config.quotes", err), i+1)
			return
		}
	}
	detail, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if m := yamlLine.FindStringSubmatch(detail); m != nil {
		line, _ = strconv.Atoi(m[1])
		detail = m[2]
	}
	r.syntax(tonghop.Fail("config.syntax", err, "detail", detail), line)
}

// syntax adds a fault that belongs to a line and to no key.
func (r *configReader) syntax(f *tonghop.Error, line int) {
	at := r.config.File
	if line > 0 {
		at = fmt.Sprintf("%s:%d", at, line)
	}
	r.add(place{line: line}, tonghop.Fail(f.Code, f.Cause, "at", at, "detail", f.Args["detail"]))
}

// badLine is the first line that is not UTF-8.
func badLine(raw []byte) int {
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 0
}

func (r *configReader) add(at place, f *tonghop.Error) {
	r.faults = append(r.faults, faultAt{place: at, fault: f})
}

// wrong adds a fault at a node.
func (r *configReader) wrong(n *yaml.Node, key string, f *tonghop.Error) {
	at := place{line: n.Line, column: n.Column}
	args := map[string]string{"key": key, "at": fmt.Sprintf("%s:%d:%d", r.config.File, n.Line, n.Column)}
	for k, v := range f.Args {
		args[k] = v
	}
	r.add(at, &tonghop.Error{Code: f.Code, Args: args, Cause: f.Cause})
}

// root reads the whole file.
func (r *configReader) root(n *yaml.Node) {
	var entries []entry
	groups := map[string][]entry{} // keys with a dot, by what stands before it
	for _, k := range r.config.keys(r.base) {
		read := func(n *yaml.Node, key string) { r.scalar(n, key, k) }
		group, below, inside := strings.Cut(k.name, ".")
		if !inside {
			entries = append(entries, entry{k.name, read})
			continue
		}
		if groups[group] == nil {
			entries = append(entries, entry{group, func(n *yaml.Node, key string) { r.mapping(n, key, groups[group]) }})
		}
		groups[group] = append(groups[group], entry{below, read})
	}
	entries = append(entries, entry{"doors", r.doors}, entry{"schedules", r.schedules})
	r.mapping(n, "", entries)
}

// mapping reads the keys of a mapping; each may stand once, and none but the
// entries. It gives back which there were.
func (r *configReader) mapping(n *yaml.Node, key string, entries []entry) map[string]bool {
	n = target(n)
	if n.Kind != yaml.MappingNode {
		r.wrong(n, key, tonghop.Fail("config.not_mapping", nil, "found", n.Value, "allowed", names(entries)))
		return nil
	}
	given := map[string]bool{}
	r.each(n, key, func(name, value *yaml.Node, full string) {
		i := slices.IndexFunc(entries, func(e entry) bool { return e.name == name.Value })
		if i < 0 {
			r.wrong(name, full, tonghop.Fail("config.unknown", nil, "allowed", names(entries), "near", near(name.Value, entries)))
			return
		}
		given[name.Value] = true
		entries[i].read(value, full)
	})
	return given
}

// each walks the pairs of a mapping that have a key of their own and a value.
func (r *configReader) each(n *yaml.Node, key string, do func(name, value *yaml.Node, full string)) {
	before := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], target(n.Content[i+1])
		full := strings.TrimPrefix(key+"."+name.Value, ".")
		if line, twice := before[name.Value]; twice {
			r.wrong(name, full, tonghop.Fail("config.double", nil, "before", strconv.Itoa(line)))
			continue
		}
		before[name.Value] = name.Line
		if value.ShortTag() == "!!null" {
			r.wrong(name, full, tonghop.Fail("config.no_value", nil))
			r.config.at[full] = place{line: name.Line, column: name.Column}
			continue
		}
		r.config.at[full] = place{line: value.Line, column: value.Column}
		do(name, value, full)
	}
}

// list walks the items of a list.
func (r *configReader) list(n *yaml.Node, key string, do func(n *yaml.Node, key string)) {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, key, tonghop.Fail("config.not_list", nil, "found", n.Value))
		return
	}
	for i, item := range n.Content {
		item = target(item)
		full := fmt.Sprintf("%s[%d]", key, i)
		r.config.at[full] = place{line: item.Line, column: item.Column}
		do(item, full)
	}
}

// scalar reads one value.
func (r *configReader) scalar(n *yaml.Node, key string, k setting) {
	if n.Kind != yaml.ScalarNode || !k.kind.takes(n.ShortTag()) {
		r.wrong(n, key, k.kind.fault(n.Value))
		return
	}
	if f := k.set(n.Value); f != nil {
		r.wrong(n, key, f)
	}
}

// takes reports whether a value of the kind may be written with the tag.
func (k settingKind) takes(tag string) bool {
	switch k {
	case aCode, aSpan:
		return tag == "!!str" || tag == "!!int"
	case aNumber:
		return tag == "!!int"
	case aTruth:
		return tag == "!!bool"
	}
	return tag == "!!str"
}

// fault says that something else than the kind was written.
func (k settingKind) fault(value string) *tonghop.Error {
	switch k {
	case aNumber:
		return tonghop.Fail("config.not_number", nil, "found", value)
	case aTruth:
		return tonghop.Fail("config.not_truth", nil, "found", value)
	}
	return tonghop.Fail("config.not_text", nil, "found", value)
}

// target is what a node stands for. The walk is only as deep as the
// configuration is, so an alias of itself ends too.
func target(n *yaml.Node) *yaml.Node {
	for range 10 {
		if n.Kind != yaml.AliasNode {
			break
		}
		n = n.Alias
	}
	return n
}
