package templates

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"text/template"

	"github.com/tonghop/tonghop"
)

// verdict is what letters/verdict.*.txt may name.
type verdict struct {
	Receipt, Received, File, Office, Period string
	Form                                    string // what the file was read as; "" if nothing of it was recognised
	Version, Rows                           int
	Verdict, Meaning                        string
	Groups                                  []verdictGroup
}

// verdictGroup is the findings of one weight.
type verdictGroup struct {
	Title string
	Count int // all of them
	Left  int // how many of them are not listed
	Lines []verdictLine
}

// verdictLine is one finding.
type verdictLine struct {
	No                            int
	Where, Message, Expected, Fix string
	Same                          string // what follows from it; "" = nothing
}

// How many findings of a weight a letter lists: what blocks or is asked is
// listed as far as a person can work it off, of mere notes the first few.
const (
	listedOpen  = 200
	listedNotes = 20
)

// Verdict is the letter on a settled return to its sender, as plain text. It
// follows from the return alone: the same return gives the same letter.
func (l *Letters) Verdict(r tonghop.Return) (string, error) {
	sub := r.Submission
	v := verdict{Receipt: sub.Receipt, Received: sub.Received.In(tonghop.Vietnam()).Format("15:04 02/01/2006"),
		File: l.fileName(sub.Name), Office: r.Office.Name, Verdict: strings.ToUpper(l.Word("state", string(r.State))),
		Meaning: l.Word("verdict", meaning(r)), Groups: l.verdictGroups(r.Findings)}
	if !r.Period.IsZero() {
		v.Period, v.Version = l.periodWords(r.Period.String()), r.Version
	}
	if len(r.Rows) > 0 {
		v.Form = l.Word("form", r.Form)
	}
	for _, row := range r.Rows {
		if row.LeftOut == "" {
			v.Rows++
		}
	}
	var b strings.Builder
	if err := l.verdict.Execute(&b, v); err != nil {
		return "", fmt.Errorf("fill in verdict: %w", err)
	}
	return strings.TrimRight(b.String(), "\n") + "\n", nil
}

// fileName is what the sender calls a file: its own name, and that of the
// archive that it came in.
func (l *Letters) fileName(name string) string {
	for at := 0; ; {
		i := strings.IndexByte(name[at:], '/')
		if i < 0 {
			return path.Base(name)
		}
		at += i
		if archive := path.Base(name[:at]); strings.EqualFold(path.Ext(archive), ".zip") {
			return l.Say("verdict", "in_archive", "file", name[at+1:], "archive", archive)
		}
		at++
	}
}

// meaning is the word of the group "verdict" that says what follows. Only where
// the program itself is all that stands in the way has the sender nothing to do.
func meaning(r tonghop.Return) string {
	if r.State == tonghop.Accepted && tonghop.Count(r.Findings, tonghop.Query) > 0 {
		if tonghop.CountAsked(r.Findings) == 0 {
			return "accepted_explained"
		}
		return "accepted_asked"
	}
	if r.State != tonghop.Held && r.State != tonghop.Rejected {
		return string(r.State)
	}
	for _, f := range r.Findings {
		if f.Severity != tonghop.Note && (f.Owner != tonghop.OwnerSystem || !strings.HasPrefix(f.Rule, "TEP-")) {
			return string(r.State)
		}
	}
	return string(r.State) + "_system"
}

// verdictGroups sorts findings by weight: what blocks, what holds, what is
// asked, what was merely noted.
func (l *Letters) verdictGroups(findings []tonghop.Finding) []verdictGroup {
	titles := []string{"reject", "holds", "query", "answered", "let_pass", "note"}
	byTitle := map[string][]tonghop.Finding{}
	first, follow := tonghop.Folded(findings)
	for _, f := range first {
		title := string(f.Severity)
		if f.Severity == tonghop.Query && f.Holds {
			title = "holds"
		} else if f.Answered() {
			title = "answered"
		} else if f.LetPass() {
			title = "let_pass"
		}
		byTitle[title] = append(byTitle[title], f)
	}
	var groups []verdictGroup
	for _, title := range titles {
		all := byTitle[title]
		if len(all) == 0 {
			continue
		}
		most := listedOpen
		if title == "note" {
			most = listedNotes
		}
		g := verdictGroup{Title: l.Word("verdict", title), Count: len(all), Left: max(0, len(all)-most)}
		for i, f := range all[:len(all)-g.Left] {
			line := verdictLine{No: i + 1}
			line.Message, line.Expected, line.Fix = l.Finding(f)
			switch cells := f.Cells(); {
			case f.Sheet == "":
			case cells == "":
				line.Where = l.Say("verdict", "sheet", "sheet", f.Sheet)
			default:
				line.Where = l.Say("verdict", "cells", "cells", f.Sheet+"!"+cells)
			}
			line.Same = l.same(f, follow[f.Key()])
			delete(follow, f.Key()) // said once
			g.Lines = append(g.Lines, line)
		}
		groups = append(groups, g)
	}
	return groups
}

// same says how many findings follow from one, where the first of them are, and
// whether they are explained.
func (l *Letters) same(cause tonghop.Finding, all []tonghop.Finding) string {
	const shown = 10
	var places []string
	answered := 0
	for _, f := range all {
		if f.Answered() || f.LetPass() {
			answered++
		}
		cells := f.Cells()
		if f.Sheet != cause.Sheet && f.Sheet != "" {
			cells = strings.TrimSuffix(f.Sheet+"!"+cells, "!")
		}
		if cells != "" && len(places) < shown {
			places = append(places, cells)
		}
	}
	if len(all) == 0 {
		return ""
	}
	cells := strings.Join(places, ", ")
	if len(all) > shown {
		cells += " …"
	}
	if (cause.Answered() || cause.LetPass()) && answered == len(all) {
		return l.Say("verdict", "same_answered", "count", strconv.Itoa(len(all)), "cells", cells)
	}
	explained := ""
	if answered > 0 {
		explained = strconv.Itoa(answered)
	}
	return l.Say("verdict", "same", "count", strconv.Itoa(len(all)), "cells", cells, "explained", explained)
}

// readVerdict compiles the letter of a language.
func readVerdict(name string, raw []byte) (*template.Template, error) {
	t, err := template.New(name).Option("missingkey=error").Parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("read letter %q: %w", name, err)
	}
	return t, nil
}
