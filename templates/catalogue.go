package templates

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

//go:generate go test -run ^TestCatalogue$ . -update

// listed is one rule of the catalogue: its first case, or the bare sentences of a
// rule that has none yet.
type listed struct {
	Rule            string
	Case            *Case
	Retired         Bilingual
	Severity, Owner Bilingual
	Wrong, Right    Bilingual // what is put wrong and then right, in words
	Stood           Bilingual // of a case without a repair: what stood there, of which nothing is said
	Raw             findingText
}

// family is the rules whose ids begin alike.
type family struct {
	Name  string
	Rules []listed
}

// Catalogue is the page docs/rules.md: every rule that has sentences, in the order
// of the ids, with the first of its cases. fsys is the templates' own folder, which
// holds the page's layout in cases/catalogue.tmpl.
func Catalogue(fsys fs.FS, cases []Case, vi, en *Letters) ([]byte, error) {
	const name = "cases/catalogue.tmpl"
	layout, err := template.ParseFS(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read layout %q: %w", name, err)
	}
	first := map[string]*Case{}
	for i := range slices.Backward(cases) {
		first[cases[i].Rule] = &cases[i]
	}
	var page struct {
		Count    int
		Families []family
	}
	for _, rule := range slices.Sorted(maps.Keys(vi.findings)) {
		own, _, _ := strings.Cut(rule, "-")
		if n := len(page.Families); n == 0 || page.Families[n-1].Name != own {
			page.Families = append(page.Families, family{Name: own})
		}
		f := &page.Families[len(page.Families)-1]
		e, err := listedOf(fsys, rule, first[rule], vi, en)
		if err != nil {
			return nil, err
		}
		f.Rules = append(f.Rules, e)
		page.Count++
	}
	var out bytes.Buffer
	if err := layout.Execute(&out, page); err != nil {
		return nil, fmt.Errorf("write catalogue: %w", err)
	}
	return out.Bytes(), nil
}

// listedOf is what the catalogue says of one rule.
func listedOf(fsys fs.FS, rule string, c *Case, vi, en *Letters) (listed, error) {
	e := listed{Rule: rule, Case: c, Raw: vi.findings[rule]}
	if c == nil {
		return e, nil
	}
	both := func(group, code string) Bilingual { return Bilingual{vi.Word(group, code), en.Word(group, code)} }
	e.Retired, e.Severity, e.Owner = c.Retired, both("severity", string(c.Severity)), both("owner", string(c.Owner))
	e.Wrong = Bilingual{vi.wrong(c), en.wrong(c)}
	e.Right = Bilingual{vi.some(vi.edits(c.Fix)), en.some(en.edits(c.Fix))}
	if len(c.Fix) > 0 {
		return e, nil
	}
	grid, err := baseGrid(fsys, c.Base)
	if err != nil {
		return e, fmt.Errorf("rule %s: %w", rule, err)
	}
	e.Stood = Bilingual{vi.stood(c, grid), en.stood(c, grid)}
	return e, nil
}

// wrong says in words what a case puts wrong, and what came or was answered before.
func (l *Letters) wrong(c *Case) string {
	said := l.around(c)
	for _, a := range c.Answers {
		verb := "answered"
		if a.Field == "" {
			verb = "answered_none"
		}
		said = append(said, l.Say("edit", verb, "at", "`"+a.At+"`", "what", l.named(a.Field)))
	}
	if said = append(said, l.edits(c.Edits)...); len(said) == 0 && c.Base != "" && c.Words == nil {
		return l.Say("edit", "as_base", "at", "`"+c.Base+"`")
	}
	return l.some(said)
}

// around says in words which other files a case is about.
func (l *Letters) around(c *Case) (said []string) {
	say := func(verb string, all []Workbook) {
		for _, w := range all {
			base := w.Base
			if base == "" {
				base = c.Base
			}
			said = append(said, l.Say("edit", verb, "at", "`"+base+"`", "what", l.some(l.edits(w.Edits))))
		}
	}
	say("before", c.Before)
	if c.Ledger == nil {
		return said
	}
	say("earlier", c.Ledger.Earlier)
	if c.Ledger.Close != "" {
		said = append(said, l.Say("edit", "close", "at", c.Ledger.Close))
	}
	say("beside", c.Ledger.Beside)
	return said
}

// fewEdits is how many of the first and of the last edits of a case the catalogue
// tells where there are many; the case has them all.
const fewEdits = 6

// some joins what is done, and counts what is too much to be told.
func (l *Letters) some(said []string) string {
	if more := len(said) - 2*fewEdits; more > 1 {
		said = slices.Concat(said[:fewEdits], []string{l.Say("edit", "more", "what", strconv.Itoa(more))}, said[fewEdits+more:])
	}
	return strings.Join(said, "; ")
}

// edits says in words what is done to a workbook.
func (l *Letters) edits(all []Edit) []string {
	var said []string
	for _, e := range all {
		said = append(append(said, l.edit(e)...), l.edits(e.Also)...)
	}
	return said
}

// edit says one edit, in one part or several.
func (l *Letters) edit(e Edit) []string {
	var said []string
	say := func(verb, at, what string) {
		if at != "" {
			said = append(said, l.Say("edit", verb, "at", at, "what", what))
		}
	}
	cell := func(at string) string {
		if e.Sheet != "" {
			at = e.Sheet + "!" + at
		}
		return "`" + at + "`"
	}
	for _, at := range slices.Sorted(maps.Keys(e.Set)) {
		if c := e.Set[at]; c == (Content{}) {
			say("clear", cell(at), "")
		} else {
			say("set", cell(at), c.String())
		}
	}
	for _, at := range slices.Sorted(maps.Keys(e.Style)) {
		verb := "style"
		if c := e.Style[at]; c.Font+c.Format == "" {
			verb = map[bool]string{true: "struck", false: "plain"}[c.Struck]
		}
		say(verb, cell(at), "")
	}
	pairs := func(verb string, of map[string]string, quote func(string) string) {
		for _, from := range slices.Sorted(maps.Keys(of)) {
			say(verb, quote(from), quote(of[from]))
		}
	}
	pairs("replace", e.Replace, strconv.Quote)
	pairs("move", e.Move, cell)
	pairs("copy", e.Copy, cell)
	pairs("swap", e.Swap, cell)
	pairs("rename_sheet", e.RenameSheet, strconv.Quote)
	pairs("copy_sheet", e.CopySheet, strconv.Quote)
	pairs("add_base", e.AddBase, strconv.Quote)
	for _, rule := range slices.Sorted(maps.Keys(e.Explain)) {
		say("explain", rule, strconv.Quote(e.Explain[rule]))
	}
	l.editWhole(e, say)
	return said
}

// editWhole says what an edit does to rows, columns, sheets and the file.
func (l *Letters) editWhole(e Edit, say func(verb, at, what string)) {
	line := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, v := range []struct{ verb, at string }{{"insert_row", line(e.InsertRow)}, {"delete_row", line(e.DeleteRow)},
		{"insert_column", e.InsertColumn}, {"delete_column", e.DeleteColumn}, {"merge", strings.ReplaceAll(e.Merge, " ", ", ")},
		{"unmerge", e.Unmerge}, {"hide_row", line(e.HideRow)}, {"hide_column", e.HideColumn}, {"hide_sheet", e.HideSheet},
		{"show_sheet", e.ShowSheet}, {"drop_sheet", e.DropSheet}, {"base", e.Base}} {
		say(v.verb, v.at, "")
	}
	if s := e.Send; s != nil {
		for _, v := range []struct{ verb, at string }{{"name", s.Name}, {"expect", s.Expect}, {"office", s.Office}, {"province", s.Province},
			{"received", s.Received}, {"converted", s.Converted}, {"password", s.Password}} {
			say(v.verb, v.at, "")
		}
	}
}

// String is the content as somebody types it.
func (c Content) String() string {
	switch {
	case c.Formula != "":
		return "`=" + c.Formula + "`"
	case c.Number != "":
		return c.Number
	case c.Bool != nil:
		return strings.ToUpper(strconv.FormatBool(*c.Bool))
	case c.Error != "":
		return c.Error
	}
	return "“" + c.Text + "”"
}
