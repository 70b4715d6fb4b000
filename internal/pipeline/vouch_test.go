//go:build !race

package pipeline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// The door says whose report it is: the same file is read as before where the
// heading agrees, and held as the sender's where it names another office.
func TestVouched(t *testing.T) {
	r := newReader(t)
	name, raw := sample(t, "BC NTM T6 - Trà Cú")
	plain := r.Read(parcel(name, raw))
	p := parcel(name, raw)
	p.Office = "849"
	if diff := cmp.Diff(plain, r.Read(p)); diff != "" {
		t.Errorf("the office's own file is read otherwise:\n%s", diff)
	}
	for office, called := range map[string]string{"845": "Huyện Cầu Kè", "001": "Quận Ba Đình", "99999": ""} {
		p.Office = office
		got := r.Read(p)
		if got.State != tonghop.Held || !ruleSet(got)["DV-007"] {
			t.Errorf("sent by %s: %s, %v", office, got.State, ruleSet(got))
		}
		if called != "" && (got.Office.Code != office || got.Office.Name != called) {
			t.Errorf("sent by %s: placed with %s %s", office, got.Office.Code, got.Office.Name)
		}
		if len(got.Rows) != len(plain.Rows) {
			t.Errorf("sent by %s: %d rows of %d", office, len(got.Rows), len(plain.Rows))
		}
	}
	broken := tonghop.Parcel{Name: "x.xlsx", Bytes: []byte("no workbook at all"), Office: "849"}
	if got := r.Read(broken); got.State != tonghop.Rejected || got.Office.Name != "Huyện Trà Cú" || got.Province != "84" {
		t.Errorf("unreadable: %s of %q in %q", got.State, got.Office.Name, got.Province)
	}
}

// A letter says receipt, office, period and verdict, lists every open finding
// with its cell and what to do, and is the same twice.
func TestVerdictLetter(t *testing.T) {
	r := newReader(t)
	name, raw := sample(t, "BC NTM T6 - Trà Cú")
	ret := r.Read(parcel(name, raw))
	ret.Submission = tonghop.Submission{Receipt: "TH-000007", Name: "Trà Cú/" + name}
	ret.Version = 2
	for lang, want := range map[string][]string{
		"vi": {"TH-000007", name, "Huyện Trà Cú", "tháng 6/2023", "Lần gửi   : 2", "ĐÃ NHẬN", "CẦN XEM LẠI", "Cách xử lý: "},
		"en": {"TH-000007", name, "Huyện Trà Cú", "2023, month 6", "Version : 2", "ACCEPTED", "PLEASE LOOK AT", "To do: "},
	} {
		letters, err := templates.ReadLetters(templates.FS(""), lang)
		if err != nil {
			t.Fatal(err)
		}
		letter, err := letters.Verdict(ret)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range want {
			if !strings.Contains(letter, part) {
				t.Errorf("%s: no %q in\n%s", lang, part, letter)
			}
		}
		for _, f := range ret.Findings {
			if f.Severity != tonghop.Note && !strings.Contains(letter, f.Sheet+"!"+f.Cells()) {
				t.Errorf("%s: %s at %s!%s is not in the letter", lang, f.Rule, f.Sheet, f.Cells())
			}
		}
		if again, _ := letters.Verdict(ret); again != letter {
			t.Errorf("%s: another letter the second time", lang)
		}
		for _, bad := range []string{"{", "}", "<no value>", "[["} {
			if strings.Contains(letter, bad) {
				t.Errorf("%s: unfinished letter: %q in\n%s", lang, bad, letter)
			}
		}
		if testing.Verbose() {
			t.Log(letter)
		}
	}
}
