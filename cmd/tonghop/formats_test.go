//go:build !race

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/office"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// The nine sample reports, saved by LibreOffice in the other formats that
// districts send, are understood to the same last cell. LibreOffice's .xls has
// no result for a formula that yields text: such a cell must be asked about.
func TestSameInEveryFormat(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		missing(t, "soffice")
	}
	reader, files := sampleReader(t), sampleFiles(t)
	for _, format := range []string{"xls", "ods", "fods"} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", dir}
			if out, err := exec.CommandContext(t.Context(), "soffice", append(args, files...)...).CombinedOutput(); err != nil {
				t.Fatalf("soffice: %v\n%s", err, out)
			}
			for _, file := range files {
				name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
				// Only the name tells of the period in some of them.
				want := readFile(t, reader, file, name)
				got := readFile(t, reader, filepath.Join(dir, name+"."+format), name)
				if got.State != want.State || got.Office != want.Office || got.Period != want.Period || len(got.Rows) != len(want.Rows) {
					t.Fatalf("%s: %s of %s, %s, %d rows", name, got.State, got.Office.Name, got.Period, len(got.Rows))
				}
				open := 0
				for i := range want.Rows {
					open += sameRow(t, got, want.Rows[i], got.Rows[i])
				}
				if format != "xls" && (open > 0 || len(got.Findings) != len(want.Findings)) {
					t.Errorf("%s: %d cells open, %d findings, want %d", name, open, len(got.Findings), len(want.Findings))
				}
			}
		})
	}
}

// What only LibreOffice reads is converted by it, and the return says so; where
// it may not be asked the file is refused, and nobody is blamed for that.
func TestConverted(t *testing.T) {
	program, found := office.Find()
	if !found {
		missing(t, "soffice")
	}
	reader := sampleReader(t)
	local := pipeline.NewLocal(reader, 1)
	converting := &pipeline.Converting{Readers: local, Converter: &office.Converter{Program: program}, Kinds: office.Kinds()}
	for _, name := range []string{"sheetjs.xlsb", "records.xlsb"} {
		raw, err := os.ReadFile("../../internal/office/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		p := tonghop.Parcel{Name: name, Bytes: raw}
		ret, err := converting.Read(t.Context(), p)
		if err != nil || !rulesOf(ret)["TEP-010"] || rulesOf(ret)["TEP-001"] {
			t.Errorf("%s: %v, %v", name, ret.Findings, err)
		}
		if ret, err = local.Read(t.Context(), p); err != nil || !rulesOf(ret)["TEP-001"] || ret.Findings[0].Owner != tonghop.OwnerSystem {
			t.Errorf("%s, not converted: %v, %v", name, ret.Findings, err)
		}
	}
}

// A file that cannot be converted keeps its refusal, with a reason that has
// words.
func TestNotConverted(t *testing.T) {
	reader := sampleReader(t)
	letters, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../internal/office/testdata/sheetjs.xlsb")
	if err != nil {
		t.Fatal(err)
	}
	for name, converter := range map[string]*office.Converter{"no program": {Program: "/nowhere/soffice"}, "over its limit": {Program: "/nowhere/soffice", Bytes: 10}} {
		c := &pipeline.Converting{Readers: pipeline.NewLocal(reader, 1), Converter: converter, Kinds: office.Kinds()}
		ret, err := c.Read(t.Context(), tonghop.Parcel{Name: "a.xlsb", Bytes: raw})
		if err != nil || !rulesOf(ret)["TEP-001"] || !rulesOf(ret)["TEP-012"] {
			t.Fatalf("%s: %v, %v", name, ret.Findings, err)
		}
		if said, _, _ := letters.Finding(ret.Findings[1]); strings.Contains(said, "convert.") || strings.Contains(said, "file.") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// sampleReader reads reports of the samples' province.
func sampleReader(t *testing.T) *pipeline.Reader {
	t.Helper()
	reader, err := pipeline.NewReader(templates.FS(""), "84", "")
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

// rulesOf are the rules of the findings.
func rulesOf(ret tonghop.Return) map[string]bool {
	all := map[string]bool{}
	for _, f := range ret.Findings {
		all[f.Rule] = true
	}
	return all
}

// sameRow compares the values of a row, and counts those that are missing but
// asked about.
func sameRow(t *testing.T, ret tonghop.Return, want, got tonghop.Row) (open int) {
	t.Helper()
	values := map[tonghop.Ref]tonghop.Value{}
	for _, v := range got.Values {
		values[v.Ref] = v
	}
	for _, v := range want.Values {
		w, ok := values[v.Ref]
		if asked(ret, v.Ref) && (!ok || w.Empty == tonghop.Unreadable && v.Empty != tonghop.Unreadable) {
			open++
			continue
		}
		if diff := cmp.Diff(v, w, cmpopts.IgnoreFields(tonghop.Value{}, "Raw")); diff != "" {
			t.Errorf("%s:\n%s", v.Ref, diff)
		}
	}
	want.Values, got.Values = nil, nil
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("row %s:\n%s", want.Area, diff)
	}
	return open
}

// asked reports whether a question names a cell.
func asked(ret tonghop.Return, ref tonghop.Ref) bool {
	for _, f := range ret.Findings {
		if f.Severity == tonghop.Query && f.Names(ref) {
			return true
		}
	}
	return false
}

// readFile reads and judges a file under a name.
func readFile(t *testing.T, reader *pipeline.Reader, path, name string) tonghop.Return {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return reader.Read(tonghop.Parcel{Name: name, Bytes: raw})
}
