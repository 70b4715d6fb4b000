package templates_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/tonghop/tonghop/templates"
)

var update = flag.Bool("update", false, "write generated files again")

// The page of the rules is what their sentences and cases make of it.
func TestCatalogue(t *testing.T) {
	const page = "../docs/rules.md"
	own := os.DirFS(".")
	cases, err := templates.Cases(own)
	if err != nil {
		t.Fatal(err)
	}
	made, err := templates.Catalogue(own, cases, letters(t, "vi"), letters(t, "en"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stands, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stands, made) {
		t.Errorf("%s is not what the rules say now: run scripts/generate", page)
	}
}

// Every rule has an example with the fault, one without, a remedy and a basis; or
// the page says why not.
func TestCatalogueExamples(t *testing.T) {
	own := os.DirFS(".")
	cases, err := templates.Cases(own)
	if err != nil {
		t.Fatal(err)
	}
	made, err := templates.Catalogue(own, cases, letters(t, "vi"), letters(t, "en"))
	if err != nil {
		t.Fatal(err)
	}
	without := map[string]string{ // an example without a fault
		"COT-053": "the file is right as it is: what was answered about another heading does not count",
		"GC-091":  "said of any report of those years",
		"LO-001":  "two right files: only the sender knows which is meant",
		"LO-002":  "the file is right; it was sent before",
		"TEP-009": "a file that holds no figures without its password",
	}
	entries := strings.Split(string(made), "\n### ")[1:]
	for _, e := range entries {
		rule, _, _ := strings.Cut(e, "\n")
		has := func(any ...string) bool {
			for _, part := range any {
				if strings.Contains(e, "\n- "+part) {
					return true
				}
			}
			return false
		}
		if strings.Contains(e, "Retired: ") {
			continue
		}
		if !has("Ví dụ") && !has("Không có biểu ví dụ") {
			t.Errorf("%s: no example with the fault", rule)
		}
		if reason := without[rule]; has("Sửa xong", "Ghi thế này", "Không có biểu ví dụ") == (reason != "") {
			t.Errorf("%s: an example without the fault, or a reason why there is none (%q): one of both", rule, reason)
		}
		if !has("Cách sửa") || !has("Căn cứ") || !has("Nói") {
			t.Errorf("%s: no words, remedy or basis", rule)
		}
	}
	if len(entries) == 0 {
		t.Error("no rules")
	}
}
