package templates_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// A letter names the file as its sender knows it.
func TestVerdictNamesFile(t *testing.T) {
	letters, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"849/BC.xlsx":                      "BC.xlsx",
		"849/bc tháng 6.zip/huyện/BC.xlsx": "huyện/BC.xlsx (trong bc tháng 6.zip)",
		"BC.ZIP/a.xls":                     "a.xls (trong BC.ZIP)",
		"bc.zip":                           "bc.zip",
	} {
		text, err := letters.Verdict(tonghop.Return{State: tonghop.Accepted, Submission: tonghop.Submission{Name: name}})
		if err != nil || !strings.Contains(text, ": "+want+"\n") {
			t.Errorf("%s: want %q in\n%s%v", name, want, text, err)
		}
	}
}
