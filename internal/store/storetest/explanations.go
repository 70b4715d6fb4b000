package storetest

import (
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// explanationsKept: what an office explains is kept once, decided once, and may
// stand later by a tolerance until that is withdrawn.
func explanationsKept(t *testing.T, db *store.DB) {
	said := placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm")
	said.Explained = []tonghop.Explanation{{Rule: "O-003", Severity: tonghop.Query, Sheet: "Biểu 03", Cells: "F14", Unit: "29503", Field: "10",
		Value: "43,2", Figure: "43.2", Text: "theo mẫu cũ", Person: "Nguyễn Thị Lan"}}
	settle(t, db, "first", said)
	settle(t, db, "the same words again", said)
	list := func() []tonghop.Explanation {
		all, err := db.Explanations(t.Context(), store.ExplanationFilter{Form: "xa-ntm", Office: "842"})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	all := list()
	if len(all) != 1 || all[0].State != tonghop.ExplanationOpen || all[0].Figure != "43.2" || all[0].Person != "Nguyễn Thị Lan" || all[0].Period != june() {
		t.Fatalf("explanations %+v", all)
	}
	by := store.Decision{By: "Trần Văn A", At: time.Date(2023, 7, 4, 1, 0, 0, 0, time.UTC)}
	tolerance := &tonghop.Tolerance{Rule: "O-003", Form: "xa-ntm", Version: "xa-ntm/2021-2025", Province: "84", Office: "842", Unit: "29503",
		Field: "10", Kind: tonghop.TolerancePercent, Amount: "5", Until: "2023-12-31"}
	made, err := db.Decide(t.Context(), all[0].Number, tonghop.ExplanationAccepted, by, tolerance)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Decide(t.Context(), all[0].Number, tonghop.ExplanationRefused, by, nil)
	same(t, "decided twice", tonghop.CodeOf(err), "explanation.decided")
	_, err = db.Decide(t.Context(), 99, tonghop.ExplanationRefused, by, nil)
	same(t, "unknown", tonghop.CodeOf(err), "explanation.unknown")
	same(t, "decided by", list()[0].By, "Trần Văn A")
	same(t, "withdraw", db.Withdraw(t.Context(), made, by), nil)
	same(t, "withdraw twice", tonghop.CodeOf(db.Withdraw(t.Context(), made, by)), "tolerance.withdrawn")
	kept, err := db.Tolerances(t.Context(), "84", "xa-ntm")
	if err != nil || len(kept) != 1 {
		t.Fatalf("tolerances %+v: %v", kept, err)
	}
	same(t, "explained value", kept[0].Figure, "43.2")
	same(t, "withdrawn", kept[0].Withdrawn, by.At)
}

// explanationsOnce: words are kept once for a value and as many cells, however
// often a list is sent; not once for two cells, nor for two files of nobody.
func explanationsOnce(t *testing.T, db *store.DB) {
	say := func(name string, unplaced bool, cells ...string) {
		r := placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm")
		if unplaced {
			r = tonghop.Return{Form: "xa-ntm", State: tonghop.Rejected, Findings: []tonghop.Finding{{Rule: "DOC-002", Severity: tonghop.Reject}}}
		}
		for _, c := range cells {
			r.Explained = append(r.Explained, tonghop.Explanation{Rule: "O-001", Severity: tonghop.Query, Sheet: "Biểu 03", Cells: c, Unit: "29503", Field: "10",
				Value: "#", Text: "theo mẫu cũ"})
		}
		settle(t, db, name, r)
	}
	count := func(what string, want int) {
		t.Helper()
		all, err := db.Explanations(t.Context(), store.ExplanationFilter{})
		if err != nil {
			t.Fatal(err)
		}
		same(t, what, len(all), want)
	}
	say("one cell", false, "F14")
	say("the row moved", false, "F15")
	count("of one cell", 1)
	say("the mark beside it", false, "F15", "G15")
	say("both again", false, "F15", "G15")
	count("of two cells", 2)
	say("of both at once", false, "F15:G15")
	count("of an area", 3)
	say("a file of nobody", true, "F14")
	say("another file of nobody", true, "F14")
	count("of two files of nobody", 5)
}
