package templates_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// What follows from a finding is not listed by itself, but told of with it:
// how often, and where.
func TestVerdictSame(t *testing.T) {
	cell := func(row int) tonghop.Finding {
		return tonghop.Finding{Rule: "O-001", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: "?"}.
			At(tonghop.Ref{Sheet: "Biểu", Row: row, Col: 6})
	}
	first := cell(8)
	found := []tonghop.Finding{first}
	for row := 9; row < 21; row++ {
		f := cell(row)
		f.Cause = first.Key()
		found = append(found, f)
	}
	letters, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	text, err := letters.Verdict(tonghop.Return{State: tonghop.Accepted, Findings: found})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CẦN XEM LẠI (1)", "Ô Biểu!F8:", "còn 12 chỗ (F9, F10,", "F18 …)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "Biểu!F"); n != 1 {
		t.Errorf("%d cells are listed in\n%s", n, text)
	}
}
