//go:build !race

package pipeline_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// fillCases writes what the program says into the cases that say "expect: # ?", for
// a person to check word by word.
var fillCases = flag.Bool("fill", false, "fill in what cases expect")

// ruleDesk reads the files of cases: readers by province, and the sentences.
type ruleDesk struct {
	mu      sync.Mutex
	readers map[string]*pipeline.Reader
	vi, en  *templates.Letters
}

func newRuleDesk(t testing.TB) *ruleDesk {
	t.Helper()
	d := &ruleDesk{readers: map[string]*pipeline.Reader{}}
	for lang, into := range map[string]**templates.Letters{"vi": &d.vi, "en": &d.en} {
		var err error
		if *into, err = templates.ReadLetters(templates.FS(""), lang); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// reader is one of its own for the province, "" the one of the samples.
func (d *ruleDesk) reader(t testing.TB, province string) *pipeline.Reader {
	t.Helper()
	if province == "" {
		province = "84"
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r, ok := d.readers[province]
	if !ok {
		var err error
		if r, err = pipeline.NewReader(templates.FS(""), province, ""); err != nil {
			t.Fatal(err)
		}
		d.readers[province] = r
	}
	return r
}

// findings are what is said of a case's workbook after some edits.
func (d *ruleDesk) findings(t testing.TB, c templates.Case, edits []templates.Edit) []tonghop.Finding {
	t.Helper()
	if c.Words != nil {
		f := tonghop.Finding{Rule: c.Rule, Severity: c.Severity, Owner: c.Owner, Holds: c.Holds}
		if c.Expect != nil {
			f.Found = c.Expect.Found
		}
		for k, v := range c.Words.Args {
			f = f.Arg(k, v)
		}
		return []tonghop.Finding{f}
	}
	book := d.bookOf(t, c.Workbook)
	book.edit(t, edits)
	if c.Ledger != nil {
		return d.throughDesk(t, c, book)
	}
	r := d.reader(t, book.sent.Province)
	if pass := book.sent.Password; pass != "" {
		r.Passwords = func() []string { return []string{pass} }
	}
	var history tonghop.History
	for _, before := range c.Before {
		last := r.Read(d.bookOf(t, before).parcel(t))
		history = append(history, tonghop.LastOf(&last))
	}
	p := book.parcel(t)
	p.Trial = d.answered(t, c)
	return r.ReadAfter(p, history).Findings
}

// bookOf is a workbook of a case, edited.
func (d *ruleDesk) bookOf(t testing.TB, w templates.Workbook) *ruleBook {
	t.Helper()
	book := baseOf(t, w.Base)
	book.desk = d
	book.edit(t, w.Edits)
	return book
}

// throughDesk delivers what came before and what comes with the file, and gives
// what is said of the file in the end.
func (d *ruleDesk) throughDesk(t testing.TB, c templates.Case, book *ruleBook) []tonghop.Finding {
	t.Helper()
	b := d.bench(t)
	for _, w := range c.Ledger.Earlier {
		deliver(t, b, d.bookOf(t, w))
	}
	if c.Ledger.Close != "" {
		p, err := tonghop.ParsePeriod(c.Ledger.Close)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.closer.Close(t.Context(), p, b.in.Desk.Clock()); err != nil {
			t.Fatal(err)
		}
	}
	books := []*ruleBook{book}
	for _, w := range c.Ledger.Beside {
		books = append(books, d.bookOf(t, w))
	}
	return deliver(t, b, books...)
}

// bench is a run over a new ledger with the reader that all cases share.
func (d *ruleDesk) bench(t testing.TB) *bench {
	t.Helper()
	in, con := deskOf(t, d.reader(t, ""), 1)
	return &bench{in: in, closer: &pipeline.Closer{Consolidation: con, Province: "84", Out: t.TempDir(), Letters: d.vi, Clock: in.Desk.Clock,
		Log: slog.New(slog.DiscardHandler)}}
}

// deliver hands files in together and gives the findings of the first.
func deliver(t testing.TB, b *bench, books ...*ruleBook) []tonghop.Finding {
	t.Helper()
	dir := t.TempDir()
	for i, book := range books {
		path := filepath.Join(dir, fmt.Sprintf("%d %s", i+1, book.sent.Name))
		if err := os.WriteFile(path, book.parcel(t).Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := b.in.Batch(t.Context(), ingest.Walk([]string{dir}), books[0].parcel(t).Expect, func() {})
	if err != nil || len(out) != len(books) {
		t.Fatalf("%d outcomes, %v", len(out), err)
	}
	return out[0].Return.Findings
}

// rulesOf are the rules of findings, each once.
func rulesOf(found []tonghop.Finding) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Rule)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// saidOf is what a finding says, and where.
func (d *ruleDesk) saidOf(f tonghop.Finding) templates.Expect {
	e := templates.Expect{At: f.Cells(), Found: f.Found}
	if f.Sheet != "" {
		e.At = strings.TrimSuffix(f.Sheet+"!"+e.At, "!")
	}
	e.Vi.Message, e.Vi.Expected, e.Vi.Fix = d.vi.Finding(f)
	e.En.Message, e.En.Expected, e.En.Fix = d.en.Finding(f)
	return e
}

// of picks the finding that a case is about: of several of its rule the one at
// its cells.
func of(found []tonghop.Finding, c templates.Case) (tonghop.Finding, bool) {
	at := -1
	for i, f := range found {
		if f.Rule != c.Rule {
			continue
		}
		if at < 0 || c.Expect != nil && strings.TrimSuffix(f.Sheet+"!"+f.Cells(), "!") == c.Expect.At {
			at = i
		}
	}
	if at < 0 {
		return tonghop.Finding{}, false
	}
	return found[at], true
}

// Every case trips its rule at its cell with its words in both languages, and
// nothing else is said; whoever then does what the words tell has a file of which
// that is no longer said, nor anything new.
func TestRuleCases(t *testing.T) {
	d := newRuleDesk(t)
	cases, err := templates.Cases(caseFiles())
	if err != nil {
		t.Fatal(err)
	}
	filled := map[string][]string{} // by file, what belongs in the place of each "?"
	for _, c := range cases {
		if c.Retired.Vi != "" {
			continue
		}
		t.Run(c.Rule, func(t *testing.T) {
			found := d.findings(t, c, nil)
			f, ok := of(found, c)
			if !ok {
				t.Errorf("%s: nothing says it; said: %v", c.File, rulesOf(found))
			}
			if c.Expect == nil {
				block := "  expect: # ?\n"
				if ok {
					block = d.block(f, found, c.Severity == "")
				}
				filled[c.File] = append(filled[c.File], block)
				if !*fillCases {
					t.Errorf("%s: expects nothing yet; run the test with -fill", c.File)
				}
				return
			}
			d.compare(t, c, f, found)
			d.mend(t, c)
		})
	}
	if *fillCases {
		for file, blocks := range filled {
			fillIn(t, filepath.Join("../../templates/cases", file), blocks)
		}
	}
}

// compare holds what is said against what the case expects.
func (d *ruleDesk) compare(t *testing.T, c templates.Case, f tonghop.Finding, found []tonghop.Finding) {
	t.Helper()
	got := d.saidOf(f)
	got.Also = slices.DeleteFunc(rulesOf(found), func(rule string) bool { return rule == c.Rule })
	want := *c.Expect
	slices.Sort(want.Also)
	if c.Words != nil {
		want.At = ""
	}
	if len(want.Also) == 0 {
		want.Also = got.Also[:0]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-case +said):\n%s", c.File, diff)
	}
	if f.Severity != c.Severity || f.Owner != c.Owner || f.Holds != c.Holds {
		t.Errorf("%s: %s of %s, holds %t; the case says %s of %s, %t", c.File, f.Severity, f.Owner, f.Holds, c.Severity, c.Owner, c.Holds)
	}
}

// mend does what the words tell and looks again.
func (d *ruleDesk) mend(t *testing.T, c templates.Case) {
	t.Helper()
	if c.Severity == tonghop.Note || c.Words != nil {
		return // nothing to do, or nothing to do it to
	}
	if (len(c.Fix) > 0) == (c.ByHand.Vi != "") {
		t.Fatalf("%s: a case has either a fix or by_hand, why it has none", c.File)
	}
	if len(c.Fix) == 0 {
		return
	}
	after := d.findings(t, c, c.Fix)
	slices.Sort(c.Left)
	if diff := cmp.Diff(c.Left, rulesOf(after)); diff != "" && len(c.Left)+len(after) > 0 {
		for _, f := range after {
			t.Log(d.saidOf(f))
		}
		t.Errorf("%s: said after the fix (-case +said):\n%s", c.File, diff)
	}
}

// block is what a case expects, as it stands in its file, with how it weighs if
// the case does not say that yet.
func (d *ruleDesk) block(f tonghop.Finding, found []tonghop.Finding, weighed bool) string {
	e := d.saidOf(f)
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			raw, _ := json.Marshal(value) // a text has no error
			text := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw))
			fmt.Fprintf(&b, "    %s: %s\n", name, text)
		}
	}
	line("at", e.At)
	line("found", e.Found)
	for _, l := range []struct {
		lang string
		said templates.Said
	}{{"vi", e.Vi}, {"en", e.En}} {
		fmt.Fprintf(&b, "    %s:\n", l.lang)
		line("  message", l.said.Message)
		line("  expected", l.said.Expected)
		line("  fix", l.said.Fix)
	}
	also := slices.DeleteFunc(rulesOf(found), func(rule string) bool { return rule == f.Rule })
	if len(also) > 0 {
		fmt.Fprintf(&b, "    also: [%s]\n", strings.Join(also, ", "))
	}
	head := fmt.Sprintf("  severity: %s\n  owner: %s\n", f.Severity, f.Owner)
	if f.Holds {
		head += "  holds: true\n"
	}
	if !weighed {
		head = ""
	}
	return head + "  expect:\n" + b.String()
}

// fillIn puts blocks in the places of a file where a case says "expect: # ?".
func fillIn(t *testing.T, path string, blocks []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(raw), "  expect: # ?\n")
	if len(parts) != len(blocks)+1 {
		t.Fatalf("%s: %d places, %d cases to fill in", path, len(parts)-1, len(blocks))
	}
	var b strings.Builder
	b.WriteString(parts[0])
	for i, block := range blocks {
		b.WriteString(block + parts[i+1])
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every rule that has sentences has a case, but for those that cases/lacking.txt
// lists; a rule with a case is not on that list.
func TestRulesWithoutCase(t *testing.T) {
	cases, err := templates.Cases(caseFiles())
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, c := range cases {
		has[c.Rule] = true
	}
	var without []string
	for _, rule := range newRuleDesk(t).vi.Rules() {
		if !has[rule] {
			without = append(without, rule)
		}
		delete(has, rule)
	}
	delete(has, "TEP-001") // it speaks with the words of errors
	for rule := range has {
		t.Errorf("%s has a case and no sentences", rule)
	}
	slices.Sort(without)
	raw, err := fs.ReadFile(caseFiles(), "cases/lacking.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Fields(string(raw)), without); diff != "" && len(strings.Fields(string(raw)))+len(without) > 0 {
		t.Errorf("rules without a case (-lacking.txt +found):\n%s", diff)
	}
}

// The grids that cases start from are clean: nothing is said of them.
func TestRuleBases(t *testing.T) {
	d := newRuleDesk(t)
	names, err := filepath.Glob("../../templates/cases/bases/*.csv")
	if err != nil || len(names) < 3 {
		t.Fatalf("%d grids, %v", len(names), err)
	}
	said := map[string][]string{"cu": {"GC-091"}, "bia": {"BIEU-001"}, "mot-xa": {"DV-006"}} // judged by older criteria, which is said; a cover without a table; a commune of another province
	for _, path := range names {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		found := d.findings(t, templates.Case{Workbook: templates.Workbook{Base: name}}, nil)
		if !slices.Equal(rulesOf(found), said[name]) {
			for _, f := range found {
				t.Log(d.saidOf(f))
			}
			t.Errorf("%s: %v", name, rulesOf(found))
		}
	}
}
