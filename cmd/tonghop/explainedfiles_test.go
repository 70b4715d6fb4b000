//go:build !race

package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// TestExplained follows explanations through the program: from the list of an
// annotated workbook to what is asked in later periods. Beside what TestScripts
// has, these scripts have
//
//	cell IN OUT CELL=TEXT...     types into the form; nothing after = empties the cell
//	say IN OUT RULE TEXT...      types texts into lines of the list; \n breaks a line
//	answer RULE SEVERITY ANSWER [CELLS]  how "findings --answers --format json" on stdout says that a rule was answered
//	words RULE TEXT              what it says of it
//	issue RULE TEXT              how the edition whose path is on stdout calls it among what is open
func TestExplained(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/explained",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "sample": copySample, "alter": alter, "column": column, "cell": typeCells, "say": say, "answer": answered, "words": worded, "issue": openIssue,
		},
	})
}

// typeCells types into the sheet that the workbook of a sample has.
func typeCells(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, set := range args[2:] {
		cell, text, ok := strings.Cut(set, "=")
		if !ok {
			ts.Fatalf("not CELL=TEXT: %q", set)
		}
		if text == "" {
			ts.Check(f.SetCellValue("Biểu 03", cell, nil))
		} else {
			ts.Check(f.SetCellStr("Biểu 03", cell, text))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// say types texts into the lines of rules, each into the first that has none yet.
func say(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	list := f.GetSheetName(0)
	rows, err := f.GetRows(list)
	ts.Check(err)
	for i := 2; i+1 < len(args); i += 2 {
		at := slices.IndexFunc(rows, func(cells []string) bool {
			return len(cells) >= tonghop.OwnRuleColumn && cells[tonghop.OwnRuleColumn-1] == args[i] && cells[tonghop.OwnExplanationColumn-1] == ""
		})
		if at < 0 {
			ts.Fatalf("no line of %s in the list", args[i])
		}
		text := strings.ReplaceAll(args[i+1], `\n`, "\n")
		rows[at][tonghop.OwnExplanationColumn-1] = text
		cell := tonghop.Ref{Row: at + 1, Col: tonghop.OwnExplanationColumn}.Cell()
		if formula, ok := strings.CutPrefix(text, "formula:"); ok { // as Excel takes it
			ts.Check(f.SetCellFormula(list, cell, formula))
		} else {
			ts.Check(f.SetCellStr(list, cell, text))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// of finds the records of a rule on stdout.
func of(ts *testscript.TestScript, rule string) (found []map[string]string) {
	var all []map[string]string
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &all))
	for _, r := range all {
		if r["rule"] == rule {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		ts.Fatalf("nothing is said by %s", rule)
	}
	return found
}

func answered(ts *testscript.TestScript, neg bool, args []string) {
	for _, got := range of(ts, args[0]) {
		if len(args) > 3 && got["cell"] != args[3] {
			continue
		}
		if (got["severity"] == args[1] && got["answer"] == args[2]) == neg {
			ts.Fatalf("%s is a %s, answered %q: %s", args[0], got["severity"], got["answer"], got["message"])
		}
		return
	}
	ts.Fatalf("nothing is said by %s of %s", args[0], args[3])
}

func worded(ts *testscript.TestScript, neg bool, args []string) {
	got := of(ts, args[0])[0]["message"]
	if strings.Contains(got, args[1]) == neg {
		ts.Fatalf("%s says %q, want %q", args[0], got, args[1])
	}
}

// openIssue looks for a rule on the sheet of what is open; with ! it must not stand
// there.
func openIssue(ts *testscript.TestScript, neg bool, args []string) {
	path := strings.Fields(ts.ReadFile("stdout"))
	if len(path) == 0 {
		ts.Fatalf("no path on stdout")
	}
	f, err := excelize.OpenFile(ts.MkAbs(path[0]))
	ts.Check(err)
	rows, err := f.GetRows("Cần xử lý")
	ts.Check(err)
	at := slices.IndexFunc(rows, func(cells []string) bool { return len(cells) > 0 && cells[len(cells)-1] == args[0] })
	switch {
	case neg && at >= 0:
		ts.Fatalf("%s is open: %q", args[0], rows[at])
	case !neg && at < 0:
		ts.Fatalf("%s is not among what is open", args[0])
	case !neg && rows[at][1] != args[1]:
		ts.Fatalf("%s is called %q, want %q", args[0], rows[at][1], args[1])
	}
}
