package tonghop

import (
	"fmt"
	"strings"
)

// Severity says what a finding does.
type Severity string

// Reject: the return cannot stand. Query: a value or row needs a fix or an
// explanation, the rest stands. Note: a liberty that the program took.
const (
	Note   Severity = "note"
	Query  Severity = "query"
	Reject Severity = "reject"
)

// Owner is who must act on a finding.
type Owner string

// The owners of findings.
const (
	OwnerOffice   Owner = "office"   // the district that sent the file
	OwnerProvince Owner = "province" // the coordination office
	OwnerSystem   Owner = "system"   // us: a limit of the program
)

// Finding is one thing to say about a report: where, what was found, what was
// expected. Its sentences stand in templates/letters under Rule and are filled
// from Found and Args.
type Finding struct {
	Rule     string // stable number, never reused: "DOC-003"
	Severity Severity
	Owner    Owner
	Unit     string            // code of the commune concerned; ""
	Field    string            // field concerned; ""
	Sheet    string            // "" for a whole file
	Areas    []Area            // every cell concerned; none for a whole file
	Found    string            // as the spreadsheet shows it
	Expected string            // only what needs no words: a number, a code; else from the letters
	Args     map[string]string // what the sentences name
	Holds    bool              // the question keeps the return from being accepted until a person answers
	Cause    string            // Key of the finding of the same return that explains this one; "" = stands for itself
}

// Weight orders findings by what they ask of people: 3 blocks the return, 2 holds
// it, 1 asks, 0 merely notes.
func (f Finding) Weight() int {
	switch {
	case f.Severity == Reject:
		return 3
	case f.Severity == Query && f.Holds:
		return 2
	case f.Severity == Query:
		return 1
	}
	return 0
}

// Key tells the findings of a return apart: what is said, and where.
func (f Finding) Key() string { return f.Rule + " " + f.Sheet + "!" + f.Cells() }

// Folded parts findings into those that stand for themselves, in their order, and
// those that follow from each of them, by its Key. One whose cause is not among
// them stands for itself, so that none is lost.
func Folded(found []Finding) (first []Finding, follow map[string][]Finding) {
	follow = map[string][]Finding{}
	for _, f := range found {
		if f.Cause == "" {
			follow[f.Key()] = nil
		}
	}
	for _, f := range found {
		if _, known := follow[f.Cause]; known && f.Cause != "" {
			follow[f.Cause] = append(follow[f.Cause], f)
		} else {
			first = append(first, f)
		}
	}
	return first, follow
}

// Arg adds what the sentences name and returns the finding.
func (f Finding) Arg(name, value string) Finding {
	args := map[string]string{name: value}
	for k, v := range f.Args {
		if k != name {
			args[k] = v
		}
	}
	f.Args = args
	return f
}

// At sets the place of the finding to the cells and returns it.
func (f Finding) At(refs ...Ref) Finding {
	f.Areas = nil
	for _, r := range refs {
		f.Sheet = r.Sheet
		f.Areas = append(f.Areas, Area{Top: r.Row, Left: r.Col, Bottom: r.Row, Right: r.Col})
	}
	return f
}

// Over sets the place of the finding to an area of a sheet and returns it.
func (f Finding) Over(sheet string, areas ...Area) Finding {
	f.Sheet, f.Areas = sheet, areas
	return f
}

// Cells names every cell concerned as Excel shows it: F14, F14:F20, or a list
// with commas; "" for a whole file.
func (f Finding) Cells() string {
	names := make([]string, len(f.Areas))
	for i, a := range f.Areas {
		names[i] = a.String()
	}
	return strings.Join(names, ",")
}

// Names reports whether the finding names the cell.
func (f Finding) Names(r Ref) bool {
	if f.Sheet != r.Sheet {
		return false
	}
	for _, a := range f.Areas {
		if a.Contains(r.Row, r.Col) {
			return true
		}
	}
	return false
}

// String is the area as Excel shows it: F14 or F14:F20.
func (a Area) String() string {
	first := fmt.Sprintf("%s%d", ColumnName(a.Left), a.Top)
	if a.Top == a.Bottom && a.Left == a.Right {
		return first
	}
	return fmt.Sprintf("%s:%s%d", first, ColumnName(a.Right), a.Bottom)
}
