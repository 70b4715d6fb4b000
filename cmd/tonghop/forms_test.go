//go:build !race

package main

import (
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// Random forms that no eye has seen, clean and messy, with and without planted
// faults, are understood as their makers meant them: compare.py judges, and its
// exit code decides.
func TestForms(t *testing.T) {
	interpreter := python(t, "openpyxl", "xlsxwriter")
	for _, c := range []struct {
		name string
		args []string
	}{
		{"clean", []string{"--seed", "101", "--level", "clean"}},
		{"messy", []string{"--seed", "102", "--level", "messy"}},
		{"faults", []string{"--seed", "103", "--level", "messy", "--faults"}},
		{"regions", []string{"--seed", "105", "--level", "messy", "--regions", "any"}},
		{"clean-faults", []string{"--seed", "104", "--level", "clean", "--faults"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			forms, home := filepath.Join(dir, "forms"), filepath.Join(dir, "home")
			script(t, interpreter, "make_forms.py", append(c.args, "--count", "4", "--out", forms)...)
			ingestForms(t, home, forms)
			all := put(t, dir, "findings.csv", []byte(want(t, exitDone, home, "findings", "--all")))
			read := put(t, dir, "facts.csv", []byte(allFacts(t, home, filepath.Join(forms, "truth.csv"))))
			t.Logf("\n%s", script(t, interpreter, "compare.py", read, all, filepath.Join(forms, "truth.csv")))
		})
	}
}

// ingestForms takes the workbooks of a folder, and leaves its tables alone.
func ingestForms(t *testing.T, home, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no forms: %v", err)
	}
	want(t, exitDone, home, append([]string{"ingest"}, files...)...)
}

// allFacts gives the facts of every period that the truth speaks of, one
// after the other.
func allFacts(t *testing.T, home, truth string) string {
	t.Helper()
	periods := map[string]bool{}
	for _, l := range csvFile(t, truth) {
		periods[l["period"]] = true
	}
	var sorted []string
	for p := range periods {
		sorted = append(sorted, p)
	}
	sort.Strings(sorted)
	var b strings.Builder
	for _, p := range sorted {
		b.WriteString(want(t, exitDone, home, "facts", "--period", p))
	}
	return b.String()
}

// With reports of two provinces a command that needs one asks which; all makes
// an edition for each.
func TestTwoProvinces(t *testing.T) {
	t.Parallel()
	interpreter := python(t, "openpyxl", "xlsxwriter")
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	for _, p := range []string{"84", "04"} {
		forms := filepath.Join(dir, p)
		script(t, interpreter, "make_forms.py", "--seed", "7", "--count", "1", "--province", p, "--period", june, "--out", forms)
		ingestForms(t, home, forms)
	}
	for _, args := range [][]string{{"consolidate", june}, {"--province", "all", "trace", june, "Xã!D8"}, {"trace", june, "Xã!D8"}} {
		code, out, talk := command(t.Context(), home, args...)
		if code != exitUsage || !strings.Contains(talk, "04, 84") || out != "" {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, talk)
		}
	}
	out := want(t, exitDone, home, "--province", "all", "consolidate", june)
	for _, p := range []string{"04", "84"} {
		if !strings.Contains(out, "xa-ntm-"+p+"-2023-06-1.xlsx ") {
			t.Errorf("no edition of %s:\n%s", p, out)
		}
		for _, f := range lines(t, want(t, exitDone, home, "--province", p, "facts", "--period", june)) {
			if f["province_code"] != p {
				t.Fatalf("facts of %s have %s", p, f["province_code"])
			}
		}
	}
}
