package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// houses is the form of TP Trà Vinh for a month of 2023, with so many makeshift
// houses (9.1) in its only commune, which does not meet criterion 9 then.
func houses(t *testing.T, month, last, many string) []byte {
	t.Helper()
	_, raw := mustSample(t, "TP Trà Vinh")
	return mustAlter(t, raw, "Th&#225;ng 06 n", "Th&#225;ng "+month+" n", "30/6/2023", last+"/2023",
		`r="AC10" s="10" t="n"><v>0<`, `r="AC10" s="10" t="n"><v>`+many+`<`,
		`r="AE10" s="10" t="inlineStr"><is><t>&#272;&#7841;t<`, `r="AE10" s="10" t="inlineStr"><is><t>Ch&#432;a &#273;&#7841;t<`,
		`r="BY10" s="10" t="n"><v>19<`, `r="BY10" s="10" t="n"><v>18<`,
		`r="AE11" s="13" t="n"><v>1<`, `r="AE11" s="13" t="n"><v>0<`, `r="BY11" s="13" t="n"><v>19<`, `r="BY11" s="13" t="n"><v>18<`)
}

// open are the findings of a month that are more than notes, with their cells.
func open(all []line) []string {
	var out []string
	for _, f := range all {
		if f["severity"] != "note" {
			out = append(out, f["rule"]+" "+f["cell"])
		}
	}
	return out
}

// A figure that is a thousand times that of the month before is asked at its
// cell with both readings, through the folder and its children as well as at
// the keyboard; a plain month after a plain one is not asked at all.
func TestThousandTimesLastMonth(t *testing.T) {
	t.Parallel()
	april, mayRaw, juneRaw := houses(t, "04", "30/4", "5"), houses(t, "05", "31/5", "4"), houses(t, "06", "30/6", "4000")
	databases(t, func(t *testing.T, database string) {
		r := newRig(t, database)
		p := r.start("2023-07-04T10:00:30+07:00 x60", "")
		for i, raw := range [][]byte{april, mayRaw, juneRaw} {
			r.drop("842", []string{"thang 4.xlsx", "thang 5.xlsx", "thang 6.xlsx"}[i], raw)
			r.until("the file is answered", 60*time.Second, r.answered)
		}
		p.stop()
		for month, want := range map[string][]string{"2023-04": nil, "2023-05": nil, june: {"O-036 AC10"}} {
			if got := open(lines(t, r.tonghop(after, "findings", "--period", month))); !slices.Equal(got, want) {
				t.Errorf("%s: asked %q; want %q", month, got, want)
			}
		}
		letters := r.glob("drop/842/đã nhận/*thang 6.xlsx.txt")
		if len(letters) != 1 {
			t.Fatalf("letters: %q", letters)
		}
		letter, err := os.ReadFile(letters[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, says := range []string{"AC10", "Giá trị 4000 ", "có thể ý là 4 ", "(4, báo cáo tháng 5/2023, biên nhận TH-000002)"} {
			if !strings.Contains(string(letter), says) {
				t.Errorf("the letter does not say %q:\n%s", says, letter)
			}
		}
	})
}

// At the keyboard files that come together know each other, in the order of
// their months and not of their names, and later ones the earlier; a check without
// a ledger knows nothing.
func TestLastMonthAtTheKeyboard(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	home := filepath.Join(root, "home")
	m := put(t, root, "z.xlsx", houses(t, "05", "31/5", "4"))
	j := put(t, root, "a.xlsx", houses(t, "06", "30/6", "4000"))
	got := taken(t, exitDone, home, "", j, m)
	if r := got["a.xlsx"]; !slices.Contains(r.Evidence, "before:2023-05 TH-000002") {
		t.Errorf("together: recognised by %q", r.Evidence)
	}
	if got := open(findings(t, home, june)); !slices.Equal(got, []string{"O-036 AC10"}) {
		t.Errorf("together: asked %q", got)
	}
	if got := open(findings(t, home, "2023-05")); len(got) != 0 {
		t.Errorf("of May, which came with June: asked %q", got)
	}
	again := put(t, root, "again.xlsx", houses(t, "06", "30/6", "5000"))
	r := taken(t, exitDone, home, "", again)["again.xlsx"]
	if !slices.Contains(r.Evidence, "before:2023-05 TH-000002") || !slices.Equal(open(findings(t, home, june)), []string{"O-036 AC10"}) {
		t.Errorf("after May: %q, %+v", r.Evidence, r.Findings)
	}
	if !strings.Contains(r.Known, "đối chiếu với báo cáo trước đó (2023-05 TH-000002)") {
		t.Errorf("recognised by: %s", r.Known)
	}
	if out := want(t, exitDone, home, "check", "--json", again); !strings.Contains(out, "O-036") {
		t.Errorf("a check beside the ledger does not ask what ingest asked:\n%s", out)
	}
	if out := want(t, exitDone, filepath.Join(root, "none"), "check", "--json", again); strings.Contains(out, "O-036") {
		t.Errorf("a check asks about what it cannot know:\n%s", out)
	}
}
