package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A heading that names another period than the expected one is a question,
// listed with the period that was expected, and nothing to consolidate. Sent
// again as what it is, it is judged again.
func TestHeldForPeriod(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	home := filepath.Join(root, "home")
	_, raw := mustSample(t, "TP Trà Vinh")
	path := put(t, root, "tp.xlsx", raw)
	if r := taken(t, exitDone, home, "2023-07", path)["tp.xlsx"]; r.State != "held" || r.Period != june {
		t.Fatalf("%s of %s", r.State, r.Period)
	}
	for _, period := range []string{"2023-07", june} {
		if got := rules(findings(t, home, period), ofFile("tp.xlsx")); !slices.Contains(got, "KY-001") {
			t.Errorf("findings of %s: %v", period, got)
		}
		want(t, exitNothing, home, "consolidate", period)
	}
	if got := facts(t, home, "2023-07"); len(got) != 0 {
		t.Errorf("%d facts of a month of which nothing was read", len(got))
	}
	if r := taken(t, exitDone, home, june, path)["tp.xlsx"]; r.State != "accepted" {
		t.Errorf("with the right month: %s", r.State)
	}
	if got := findings(t, home, "2023-07"); len(got) != 0 {
		t.Errorf("the question was answered, yet: %v", got)
	}
	if got := only(facts(t, home, june), "held"); len(got) != 0 {
		t.Errorf("%d facts are still held", len(got))
	}
	issue(t, home)
}

// A held file never takes the place of what stands; and when the same bytes
// come again as what stands, the question is answered too.
func TestHeldNeverSupersedes(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	before := facts(t, home, june)
	path := filepath.Join(dir, "tp.xlsx")
	if r := taken(t, exitDone, home, "2023-05", path)["tp.xlsx"]; r.State != "held" {
		t.Fatalf("%s", r.State)
	}
	unmoved(t, home, before)
	corrected := put(t, dir, "sửa.xlsx", mustAlter(t, raw, "86.68000000000001", "88.5"))
	if r := taken(t, exitDone, home, "2023-05", corrected)["sửa.xlsx"]; r.State != "held" {
		t.Fatalf("%s", r.State)
	}
	unmoved(t, home, before)
	if r := taken(t, exitDone, home, june, path)["tp.xlsx"]; r.State != "unchanged" {
		t.Errorf("as what stands: %s", r.State)
	}
	if r := taken(t, exitDone, home, june, corrected)["sửa.xlsx"]; r.State != "accepted" {
		t.Errorf("corrected, with the right month: %s", r.State)
	}
	if got := only(facts(t, home, june), "held"); len(got) != 0 {
		t.Errorf("%d facts are still held", len(got))
	}
}

// The same bytes as what stands answer the question that the same bytes
// raised before: there is nothing left to ask.
func TestUnchangedAnswersHeld(t *testing.T) {
	t.Parallel()
	home, dir, _ := standing(t)
	path := filepath.Join(dir, "tp.xlsx")
	taken(t, exitDone, home, "2023-05", path)
	taken(t, exitDone, home, june, path)
	if got := findings(t, home, "2023-05"); len(got) != 0 {
		t.Errorf("sent again with the right month, yet %d questions are open: %v", len(got), rules(got, ofFile("tp.xlsx")))
	}
	if got := only(facts(t, home, june), "held"); len(got) != 0 {
		t.Errorf("sent again with the right month, yet %d facts are held", len(got))
	}
}

// The heading names one district and most rows are communes of another.
func TestHeldForOffice(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	home := filepath.Join(root, "home")
	_, raw := mustSample(t, "TX Duyên Hải")
	taken(t, exitDone, home, june, put(t, root, "tx.xlsx", raw))
	before := facts(t, home, june)
	wrong := put(t, root, "nhầm.xlsx", mustAlter(t, raw, "UBND TX. DUYÊN HẢI", "UBND HUYỆN CẦU KÈ"))
	if r := taken(t, exitDone, home, june, wrong)["nhầm.xlsx"]; r.State != "held" {
		t.Errorf("%s", r.State)
	}
	if got := rules(findings(t, home, june), ofFile("nhầm.xlsx")); !slices.Contains(got, "DV-002") {
		t.Errorf("findings: %v", got)
	}
	unmoved(t, home, before)
}

// junk gives files that are no report: one of each kind that offices send.
func junk(t *testing.T, raw []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"rỗng.xlsx": nil, "cụt.xlsx": raw[:len(raw)/2], "chữ.xlsx": []byte("tên xã;tiêu chí 1\n")}
	for name, path := range map[string]string{"biểu.xls": "small.xls", "bản in.pdf": "small.pdf", "khác.xlsx": "small.xlsx"} {
		content, err := os.ReadFile("../../ingest/format/testdata/" + path)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = content
	}
	return files
}

// What is no report is rejected, file by file, shows among the findings of the
// period that it was expected for, and nothing that stood changes.
func TestRejected(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	before := facts(t, home, june)
	files := junk(t, raw)
	for name, content := range files {
		put(t, dir, "bad/"+name, content)
	}
	got := taken(t, exitRejected, home, june, filepath.Join(dir, "bad"))
	all := findings(t, home, june)
	for name := range files {
		if got[name].State != "rejected" || len(got[name].Findings) == 0 || got[name].Receipt == "" {
			t.Errorf("%s: %+v", name, got[name])
		}
		listed := rules(all, func(l line) bool {
			return l["file"] == name && l["severity"] == "reject" && l["message"] != "" && l["fix"] != ""
		})
		if len(listed) == 0 {
			t.Errorf("%s is not among the findings of the month", name)
		}
	}
	unmoved(t, home, before)
	if diff := len(facts(t, home, june)) - len(before); diff != 0 {
		t.Errorf("%d facts from rejected files", diff)
	}
	if got := findings(t, home, "2023-05"); len(got) != 0 {
		t.Errorf("findings in a month that nobody asked about: %v", got)
	}
}

// A rejected file sent again is judged again, and is listed once.
func TestRejectedAgain(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	path := put(t, dir, "bad.xlsx", raw[:len(raw)/2])
	for range 2 {
		if r := taken(t, exitRejected, home, june, path)["bad.xlsx"]; r.State != "rejected" {
			t.Errorf("%s", r.State)
		}
	}
	if got := rules(findings(t, home, june), ofFile("bad.xlsx")); len(got) != 1 {
		t.Errorf("listed %d times: %v", len(got), got)
	}
}
