//go:build !race

package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/tonghop/tonghop"
)

// alwaysRecalculate is a profile of LibreOffice in which every formula of a
// workbook is calculated anew when it is opened.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// recalculated lets LibreOffice open workbooks, calculate and save them.
func recalculated(t *testing.T, books map[string][]byte) map[string]*tonghop.Book {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		missing(t, "soffice")
	}
	dir := t.TempDir()
	put(t, dir, "profile/user/registrymodifications.xcu", []byte(alwaysRecalculate))
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	for name, raw := range books {
		args = append(args, put(t, dir, name, raw))
	}
	if out, err := exec.CommandContext(t.Context(), "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	got := map[string]*tonghop.Book{}
	for name := range books {
		raw, err := os.ReadFile(filepath.Join(dir, "out", name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = openBook(t, raw)
	}
	return got
}

// differences lists the formulas of a workbook whose cached value is another
// than in its recalculated copy, and counts all. Where nothing is to be shown
// nothing need be cached.
func differences(t *testing.T, book, again *tonghop.Book) (wrong []string, formulas int) {
	t.Helper()
	for i := range book.Sheets {
		s := &book.Sheets[i]
		other := sheet(t, again, s.Name)
		for _, l := range s.Lines {
			for _, c := range l.Cells {
				if !c.HasForm {
					continue
				}
				formulas++
				got := text(other, c.Row, c.Col)
				if c.Cached != (got != "") || !near(got, c.Stored) {
					wrong = append(wrong, fmt.Sprintf("%s!R%dC%d: cached %q, recalculated %q", s.Name, c.Row, c.Col, c.Stored, got))
				}
			}
		}
	}
	return wrong, formulas
}

// near compares texts, and figures as binary fractions calculate them.
func near(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a == b
	}
	return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y))
}

// cachedFigure is a formula and its cached figure as a part of a sheet.
var cachedFigure = regexp.MustCompile(`(<f>[^<]*</f><v>)([0-9]+)(</v>)`)

// The edition of the demo opens in LibreOffice, and every formula has the
// value that it calculates; a wrong cached value is found by the same means.
func TestEditionRecalculated(t *testing.T) {
	t.Parallel()
	raw := built(t).Workbook
	planted := plant(t, raw)
	again := recalculated(t, map[string][]byte{"edition.xlsx": raw, "planted.xlsx": planted})
	if wrong, _ := differences(t, openBook(t, planted), again["planted.xlsx"]); len(wrong) != 1 {
		t.Fatalf("one wrong value was planted, found: %v", wrong)
	}
	wrong, formulas := differences(t, openBook(t, raw), again["edition.xlsx"])
	for _, w := range wrong {
		t.Error(w)
	}
	if formulas < 500 {
		t.Errorf("only %d formulas: totals must be live", formulas)
	}
	t.Logf("%d formulas", formulas)
}

// plant changes the cached figure of one formula that no other depends on: the
// last of the first sheet.
func plant(t *testing.T, raw []byte) []byte {
	t.Helper()
	body := sheetPart(t, raw, "xl/worksheets/sheet1.xml")
	all := cachedFigure.FindAllStringSubmatch(body, -1)
	if len(all) == 0 {
		t.Fatal("no formula with a cached figure")
	}
	last := all[len(all)-1]
	return mustAlter(t, raw, last[0], last[1]+"9"+last[2]+last[3])
}
