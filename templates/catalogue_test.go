package templates_test

import (
	"bytes"
	"flag"
	"os"
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
