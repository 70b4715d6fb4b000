package main

import (
	"path/filepath"
	"testing"
)

// examined narrows the examination to what the reader knows; without it all
// levels, forms and signs are examined.
var examined = []string{"--levels", "clean,moved", "--forms", "F1b,F1d", "--no-legends"}

// The reader passes an examination by workbooks that nobody has seen, written
// by four libraries with known truth: nothing silently wrong, nearly everything
// exact, planted faults found at their cells, hardly a needless question, no
// file wrongly held. score.py holds the marks that each level must reach.
func TestExam(t *testing.T) {
	t.Parallel()
	interpreter := python(t, "openpyxl", "xlsxwriter", "xlwt", "odf")
	program, err := plainProgram()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "exam")
	args := append([]string{"--seed", "305", "--files", "40", "--out", dir}, examined...)
	script(t, interpreter, "../exam/make_exam.py", args...)
	t.Logf("\n%s", script(t, interpreter, "../exam/score.py", program, dir, "--strict", "--offenders", "5"))
}
