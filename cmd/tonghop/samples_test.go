//go:build !race

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/tonghop/tonghop"
)

// demonstrated runs the demo once for all tests that only look at what it
// made: the ledger of the samples and their edition.
var demonstrated = sync.OnceValues(func() (dir string, err error) {
	var out, talk bytes.Buffer
	if code := runAs(context.Background(), os.Getenv(childVariable), []string{"demo", "--out", scratch}, &out, &talk); code != exitDone {
		return "", fmt.Errorf("demo: exit %d\n%s%s", code, out.String(), talk.String())
	}
	return scratch, nil
})

// demo gives the folder of the demo; nobody writes in it.
func demo(t *testing.T) string {
	t.Helper()
	dir, err := demonstrated()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// samplesHome is the ledger that holds the samples.
func samplesHome(t *testing.T) string {
	t.Helper()
	return filepath.Join(demo(t), "home")
}

// address is one part of the column cell of the findings.
var address = regexp.MustCompile(`^([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?$`)

// named gives every cell that a line of findings or faults names, as
// file|sheet|cell.
func named(t *testing.T, l line) []string {
	t.Helper()
	var out []string
	for _, part := range strings.Split(l["cell"], ",") {
		if part == "" {
			continue
		}
		m := address.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("no address: %q", part)
		}
		if m[3] == "" {
			m[3], m[4] = m[1], m[2]
		}
		var top, bottom int
		fmt.Sscan(m[2], &top)
		fmt.Sscan(m[4], &bottom)
		for row := top; row <= bottom; row++ {
			for col := tonghop.ColumnNumber(m[1]); col <= tonghop.ColumnNumber(m[3]); col++ {
				out = append(out, fmt.Sprintf("%s|%s|%s%d", l["file"], l["sheet"], tonghop.ColumnName(col), row))
			}
		}
	}
	return out
}

// cells is the set of all cells that some lines name.
func cells(t *testing.T, all []line) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, l := range all {
		for _, c := range named(t, l) {
			out[c] = true
		}
	}
	return out
}

// byCell finds lines by their cell; no cell may come twice.
func byCell(t *testing.T, all []line) map[string]line {
	t.Helper()
	out := map[string]line{}
	for _, l := range all {
		if _, twice := out[l.cell()]; twice {
			t.Errorf("%s comes twice", l.cell())
		}
		out[l.cell()] = l
	}
	return out
}

// Every cell of the samples is understood as the truth table has it; nothing
// is missing, nothing invented but the row of a foreign commune.
func TestSamplesFacts(t *testing.T) {
	t.Parallel()
	truth, faults := byCell(t, csvFile(t, "samples/truth.csv")), csvFile(t, "samples/faults.csv")
	got := byCell(t, facts(t, samplesHome(t), june))
	strange := map[string]bool{}
	for _, f := range faults {
		if f["rule_kind"] == "foreign_commune" {
			for _, c := range named(t, f) {
				strange[c] = true
			}
		}
	}
	for at, w := range truth {
		g, ok := got[at]
		if !ok {
			t.Errorf("%s: missing", at)
			continue
		}
		for _, column := range []string{"unit_code", "field", "value", "mark", "empty"} {
			if g[column] != w[column] {
				t.Errorf("%s: %s %q, want %q", at, column, g[column], w[column])
			}
		}
	}
	for at, g := range got {
		if _, ok := truth[at]; !ok && !strange[at] {
			t.Errorf("%s: invented: %s %s%s", at, g["field"], g["value"], g["mark"])
		}
		if g["state"] != "accepted" || g["period"] != june || g["province_code"] != "84" || len(g["sha256"]) != 64 {
			t.Errorf("%s: %v", at, g)
		}
	}
}

// measures are the units of measure of some indicators.
var measures = map[string]string{"2.1": "%", "10": "triệu đồng/người/năm", "9.1": "nhà", "total_met": "tiêu chí", "1.1": "", "TC2": ""}

// The unit of measure comes with every figure; marks have none.
func TestSamplesMeasures(t *testing.T) {
	t.Parallel()
	for _, f := range facts(t, samplesHome(t), june) {
		w, known := measures[f["field"]]
		if known && f["value"] != "" && f["unit_of_measure"] != w || f["value"] == "" && f["unit_of_measure"] != "" {
			t.Errorf("%s: %s %s: unit of measure %q, want %q", f.cell(), f["field"], f["value"], f["unit_of_measure"], w)
		}
	}
}

// Every planted fault is asked about at its cell, or for its commune when it
// has none, and nothing else is.
func TestSamplesFindings(t *testing.T) {
	t.Parallel()
	faults := csvFile(t, "samples/faults.csv")
	var open []line
	for _, f := range findings(t, samplesHome(t), june) {
		if f["severity"] != "note" {
			open = append(open, f)
		}
	}
	asked := cells(t, open)
	for _, f := range faults {
		found := false
		for _, c := range named(t, f) {
			found = found || asked[c]
		}
		for _, q := range open {
			found = found || f["cell"] == "" && q["file"] == f["file"] && q["unit_code"] == f["unit_code"]
		}
		if !found {
			t.Errorf("nobody asks about %s!%s: %s", f["file"], f["cell"], f["what"])
		}
	}
	for _, q := range open {
		if !excused(t, q, faults) {
			t.Errorf("%s asks without cause at %s!%s: %s", q["rule"], q["file"], q["cell"], q["message"])
		}
	}
}

// excused reports whether a query is about a planted fault: at one of its
// cells, or about its commune when the fault has no cell.
func excused(t *testing.T, q line, faults []line) bool {
	t.Helper()
	here := cells(t, []line{q})
	for _, f := range faults {
		if f["file"] != q["file"] {
			continue
		}
		if f["cell"] == "" && f["unit_code"] == q["unit_code"] {
			return true
		}
		for _, c := range named(t, f) {
			if here[c] {
				return true
			}
		}
	}
	return false
}
