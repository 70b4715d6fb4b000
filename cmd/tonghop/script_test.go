//go:build !race

package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// TestScripts runs the commands as a person does: testdata/script has one
// script a subject. Beside the commands of testscript they have
//
//	exits CODE COMMAND ARGS...   runs a command that must end with this code
//	sample START FILE            copies the sample whose name begins so
//	alter FILE OLD NEW           replaces a text of a workbook's sheets
//	edition                      the last line of stdout is the path of a workbook
//	column NAME TEXT...          the values of a column of the CSV on stdout
//	halve FILE                   cuts off the second half
//	explain IN OUT RULE TEXT     types an explanation into the list, as a clerk does
//	explainall IN OUT            types one into every line that asks, and sorts the lines
//
// The program is the one that is handed out; what a command does at once is tested
// with the detector of races by tests that run commands in their own process.
func TestScripts(t *testing.T) {
	plain, err := plainProgram()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		ContinueOnError:     true,
		Condition:           mustRun,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(plain)+string(filepath.ListSeparator)+e.Getenv("PATH"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "sample": copySample, "alter": alter, "edition": edition, "column": column, "halve": halve, "explain": explain, "explainall": explainAll,
		},
	})
}

// mustRun is the condition [must:soffice]: TONGHOP_MUST_RUN names the program, so
// that a script fails rather than stops without it.
func mustRun(condition string) (bool, error) {
	name, ok := strings.CutPrefix(condition, "must:")
	if !ok {
		return false, fmt.Errorf("unknown condition %q", condition)
	}
	return strings.Contains(os.Getenv("TONGHOP_MUST_RUN"), name), nil
}

// exits runs a command that must end with one exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	wanted, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var e *exec.ExitError
		if !errors.As(err, &e) {
			ts.Fatalf("%v", err)
		}
		code = e.ExitCode()
	}
	if code != wanted {
		ts.Fatalf("exit code %d, want %d", code, wanted)
	}
}

// copySample copies a sample workbook.
func copySample(ts *testscript.TestScript, _ bool, args []string) {
	_, raw, err := sample(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), raw, 0o644))
}

// alter replaces a text of a workbook's sheets.
func alter(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	raw, err := os.ReadFile(path)
	ts.Check(err)
	raw, err = altered(raw, args[1:]...)
	ts.Check(err)
	ts.Check(os.WriteFile(path, raw, 0o644))
}

// halve makes a file as a broken copy leaves it.
func halve(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	raw, err := os.ReadFile(path)
	ts.Check(err)
	ts.Check(os.WriteFile(path, raw[:len(raw)/2], 0o644))
}

// edition checks what demo promises of its last line.
func edition(ts *testscript.TestScript, _ bool, _ []string) {
	all := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	path := all[len(all)-1]
	for _, c := range path {
		if c <= ' ' || c > '~' {
			ts.Fatalf("the last line %q is not ASCII without blanks", path)
		}
	}
	if !strings.HasPrefix(ts.ReadFile(path), "PK") {
		ts.Fatalf("%q is no workbook", path)
	}
}

// column compares a column of the CSV on stdout, repeated values once.
func column(ts *testscript.TestScript, neg bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile("stdout"))).ReadAll()
	ts.Check(err)
	at := slices.Index(rows[0], args[0])
	if at < 0 {
		ts.Fatalf("no column %q", args[0])
	}
	var got []string
	for _, r := range rows[1:] {
		if !slices.Contains(got, r[at]) {
			got = append(got, r[at])
		}
	}
	if slices.Equal(got, args[1:]) == neg {
		ts.Fatalf("column %s: %q, want %q", args[0], got, args[1:])
	}
}

// explain types an explanation into the list of an annotated workbook, which is
// called otherwise by then, and saves it with another library.
func explain(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	list := f.GetSheetName(0)
	rows, err := f.GetRows(list)
	ts.Check(err)
	typed := false
	for i, cells := range rows {
		if len(cells) > 10 && cells[10] == tonghop.OwnPersonTag {
			ts.Check(f.SetCellStr(list, "D"+strconv.Itoa(i+1), "Nguyễn Thị Lan"))
		}
		if len(cells) > 9 && cells[9] == args[2] && !typed {
			ts.Check(f.SetCellStr(list, "I"+strconv.Itoa(i+1), args[3]))
			typed = true
		}
	}
	if !typed {
		ts.Fatalf("no line of %s in the list", args[2])
	}
	ts.Check(f.SetSheetName(list, "danh sách"))
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}
