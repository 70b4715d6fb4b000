//go:build !race

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// examination writes workbooks with known truth and gives the interpreter, the
// program, and the folder.
func examination(t *testing.T, args ...string) (interpreter, program, dir string) {
	t.Helper()
	interpreter = python(t, "openpyxl", "xlsxwriter", "xlwt", "odf")
	program, err := plainProgram()
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "exam")
	script(t, interpreter, "../exam/make_exam.py", append(args, "--out", dir)...)
	return interpreter, program, dir
}

// The reader passes an examination by workbooks that nobody has seen, written
// by four libraries with known truth: nothing silently wrong, nearly everything
// exact, planted faults found at their cells, hardly a needless question, no
// file wrongly held. score.py holds the marks that each level must reach.
func TestExam(t *testing.T) {
	t.Parallel()
	interpreter, program, dir := examination(t, "--seed", "700", "--files", "40")
	t.Logf("\n%s", script(t, interpreter, "../exam/score.py", program, dir, "--strict", "--offenders", "5"))
}

// The forms of the higher standard and of 2016-2020 are read as well as that of
// today, and never as another one.
func TestExamOfOtherForms(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"xa-ntm-nc/2021-2025", "xa-ntm/2016-2020"} {
		interpreter, program, dir := examination(t, "--seed", "32", "--files", "8", "--form", form)
		t.Logf("%s\n%s", form, script(t, interpreter, "../exam/score.py", program, dir, "--strict", "--offenders", "5"))
	}
}

// An examiner who knows the truth of one cell otherwise fails the reader, and
// names the cell.
func TestExamFails(t *testing.T) {
	t.Parallel()
	interpreter, program, dir := examination(t, "--seed", "3", "--files", "1", "--levels", "clean", "--forms", "F1b")
	path := filepath.Join(dir, "truth.json")
	truth, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Replace(truth, []byte(`"mark": "met"`), []byte(`"mark": "not_met"`), 1)
	if err := os.WriteFile(path, other, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(interpreter, filepath.Join("testdata", "exam", "score.py"), program, dir, "--strict").CombinedOutput()
	if err == nil || strings.Count(string(out), "mark met, truth not_met") != 2 { // silently wrong, and not exact
		t.Errorf("%v\n%s", err, out)
	}
}
