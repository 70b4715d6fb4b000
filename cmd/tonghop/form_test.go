//go:build !race

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// A blank form that an office fills in, with openpyxl, and saves again with
// LibreOffice, is read back to the last cell, with no question.
func TestFormComesBack(t *testing.T) {
	dir := t.TempDir()
	blank, filled := filepath.Join(dir, "blank.xlsx"), filepath.Join(dir, "filled.xlsx")
	want(t, exitDone, filepath.Join(dir, "home"), "form", "xa-ntm", "--unit", "849", "--period", "2023-06", "-o", blank)
	out, err := exec.CommandContext(t.Context(), python(t, "openpyxl"), "testdata/blank/fill.py", blank, filled).CombinedOutput()
	if err != nil {
		t.Fatalf("fill: %v\n%s", err, out)
	}
	typed := map[string]string{}
	for _, l := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		cell, value, _ := strings.Cut(l, "\t")
		typed[cell] = strings.TrimSuffix(value, ".0")
	}
	if len(typed) != 15*74 {
		t.Fatalf("%d cells are open; want 74 for each of 15 communes", len(typed))
	}
	reader, err := pipeline.NewReader(templates.FS(""), "84", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("openpyxl", func(t *testing.T) { comesBack(t, readFile(t, reader, filled, "filled.xlsx"), typed) })
	t.Run("LibreOffice", func(t *testing.T) {
		if _, err := exec.LookPath("soffice"); err != nil {
			missing(t, "soffice")
		}
		args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx",
			"--outdir", filepath.Join(dir, "saved"), filled}
		if out, err := exec.CommandContext(t.Context(), "soffice", args...).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
		comesBack(t, readFile(t, reader, filepath.Join(dir, "saved", "filled.xlsx"), "filled.xlsx"), typed)
	})
}

// comesBack holds a return against what was typed into its cells.
func comesBack(t *testing.T, ret tonghop.Return, typed map[string]string) {
	t.Helper()
	if ret.State != tonghop.Accepted || ret.Office.Code != "849" || ret.Period.String() != "2023-06" || len(ret.Rows) != 15 {
		t.Errorf("%s of %s for %s, %d rows", ret.State, ret.Office.Name, ret.Period, len(ret.Rows))
	}
	for _, f := range ret.Findings {
		if f.Severity != tonghop.Note {
			t.Errorf("asked %s at %s, found %q", f.Rule, f.Cells(), f.Found)
		}
	}
	words := map[tonghop.Mark]string{tonghop.Met: "Đạt", tonghop.NotMet: "Chưa đạt"}
	got := map[string]string{}
	for _, row := range ret.Rows {
		met := 0
		for _, v := range row.Values {
			switch {
			case v.Field == tonghop.FieldTotalMet:
				met -= int(v.Number.Decimal.IntPart())
			case v.Mark != tonghop.MarkNone:
				got[v.Ref.Cell()] = words[v.Mark]
			default:
				got[v.Ref.Cell()] = v.Figure()
			}
		}
		for n := 1; n <= 19; n++ {
			if (row.NameRef.Row+n)%4 != 0 {
				met++
			}
		}
		if met != 0 {
			t.Errorf("%s: the form's total is %d too small", row.Name, met)
		}
	}
	if diff := cmp.Diff(typed, got); diff != "" {
		t.Errorf("typed (-) and read (+):\n%s", diff)
	}
}

// A blank form that comes back as it went out is refused with one sentence,
// whichever program has saved it; mistakes in the command are said in words.
func TestFormBlank(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "blank.xlsx")
	want(t, exitDone, home, "form", "xa-ntm", "--unit", "849", "--period", "2023-06", "-o", file)
	resaved := filepath.Join(home, "resaved.xlsx")
	save := "import openpyxl,sys; b=openpyxl.load_workbook(sys.argv[1]); b.save(sys.argv[2])"
	if out, err := exec.CommandContext(t.Context(), python(t, "openpyxl"), "-c", save, file, resaved).CombinedOutput(); err != nil {
		t.Fatalf("openpyxl: %v\n%s", err, out)
	}
	reader, err := pipeline.NewReader(templates.FS(""), "84", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{file, resaved} {
		ret := readFile(t, reader, f, "blank.xlsx")
		var asked []string
		for _, f := range ret.Findings {
			if f.Severity != tonghop.Note {
				asked = append(asked, f.Rule+" "+f.Cells())
			}
		}
		if ret.State != tonghop.Rejected || len(asked) != 1 || !strings.HasPrefix(asked[0], "COT-040 C10:") {
			t.Errorf("%s, asked %q; want one refusal", ret.State, asked)
		}
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"form", "xa-ntm", "--unit", "999", "--period", "2023-06"}, exitUsage, "Không có đơn vị mã 999"},
		{[]string{"form", "xa-ntm", "--unit", "849", "--period", "2023-13"}, exitUsage, "không phải là kỳ báo cáo"},
		{[]string{"form", "xa-ntm", "--unit", "849"}, exitUsage, "không phải là kỳ báo cáo"},
		{[]string{"form", "xa-xyz", "--unit", "849", "--period", "2023-06"}, exitUsage, "Không có biểu xa-xyz"},
		{[]string{"form", "xa-ntm", "--unit", "849", "--period", "2015-12"}, exitFailed, "Chưa có biểu xa-ntm"},
		{[]string{"form", "xa-ntm", "--unit", "29462", "--period", "2023-06"}, exitUsage, "không có xã nào phải báo cáo"},
		{[]string{"form"}, exitUsage, "form"},
	} {
		if code, _, talk := command(t.Context(), home, c.args...); code != c.code || !strings.Contains(talk, c.says) {
			t.Errorf("%v: exit %d, said %q; want %d, %q", c.args, code, talk, c.code, c.says)
		}
	}
}
