package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// A text that a spreadsheet would calculate gets one apostrophe; figures, also
// negative ones, stay figures.
func TestPlainText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "Đạt": "Đạt", "1/19": "1/19", "'=1": "'=1", " =1": " =1",
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\rx": "'\rx",
		"+84 294": "'+84 294", "-": "'-", "- Đạt": "'- Đạt", "-1+1": "'-1+1", "-A1": "'-A1",
		"-5": "-5", "-85.5": "-85.5", "-1e-07": "-1e-07",
	} {
		if got := plainText(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// The CSV is RFC 4180 with LF; JSON needs no apostrophe.
func TestTableFormats(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]string{
		"csv":  "a,b\n'=1,\"x, \"\"y\"\"\nz\"\n",
		"json": "[\n{\"a\":\"=1\",\"b\":\"x, \\\"y\\\"\\nz\"}\n]\n",
	} {
		var b bytes.Buffer
		tab, err := newTable(&b, format, []string{"a", "b"})
		if err != nil {
			t.Fatal(err)
		}
		if err := tab.row("=1", "x, \"y\"\nz"); err != nil {
			t.Fatal(err)
		}
		if err := tab.end(); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s: %q, want %q", format, b.String(), want)
		}
	}
}

// What a district types, and how it names its file, stays text all the way to
// the tables and to the edition.
func TestTextStaysText(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	home := filepath.Join(root, "home")
	_, raw := mustSample(t, "TP Trà Vinh")
	raw = mustAlter(t, raw, "<t>&#272;&#7841;t</t>", "<t>=1+1</t>")
	taken(t, exitDone, home, june, put(t, root, "-a.xlsx", raw))
	typed := 0
	for _, f := range facts(t, home, june) {
		if f["file"] != "'-a.xlsx" {
			t.Fatalf("file %q", f["file"])
		}
		if strings.HasPrefix(f["raw"], "=") {
			t.Errorf("%s: raw %q", f["cell"], f["raw"])
		}
		if f["raw"] == "'=1+1" {
			typed++
		}
	}
	if typed == 0 {
		t.Error("nothing was typed: the test tests nothing")
	}
	var found []map[string]string
	if err := json.Unmarshal([]byte(want(t, exitDone, home, "findings", "--period", june, "--format", "json")), &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f["file"] != "-a.xlsx" {
			t.Errorf("JSON: file %q", f["file"])
		}
	}
	issue(t, home)
	b := openBook(t, editionFile(t, home, "84", 1))
	for i := range b.Sheets {
		for _, l := range b.Sheets[i].Lines {
			for _, c := range l.Cells {
				if strings.Contains(c.Formula, "1+1") {
					t.Errorf("%s!R%dC%d is a formula of the district: %s", b.Sheets[i].Name, c.Row, c.Col, c.Formula)
				}
			}
		}
	}
}
