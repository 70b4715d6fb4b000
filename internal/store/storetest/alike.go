package storetest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// storableTexts: what a database may be unable to hold, NUL and what is no
// text, is replaced by U+FFFD before it is written, wherever it stands.
func storableTexts(t *testing.T, db *store.DB) {
	filled := func(bad string) tonghop.Return {
		r := report("842", tonghop.Held)
		r.Office.Name = "Huyện " + bad
		r.Rows[0].Name, r.Rows[0].Official = bad+"Biên", bad
		v := &r.Rows[0].Values[0]
		v.Raw, v.Shown, v.Ref.Sheet, v.Measure = bad, "4"+bad, "Biểu "+bad, bad
		r.Totals = []tonghop.Total{{Text: bad, Values: []tonghop.Value{*v}}}
		r.Ignored = []tonghop.Ignored{{Sheet: bad, Text: bad + " " + bad, Reason: "r"}}
		r.Findings = []tonghop.Finding{{Rule: "DOC-001", Found: bad, Sheet: bad,
			Args: map[string]string{"name": bad, "k" + bad: "v", "tab": "\t\u0001"}}}
		return r
	}
	for i, c := range []struct{ bad, want string }{
		{"\x00", "\ufffd"},
		{"a\x00\x00b", "a\ufffd\ufffdb"},
		{"\xff", "\ufffd"},
		{"x\xc3", "x\ufffd"},         // the first half of a letter
		{"\xed\xa0\x80y", "\ufffdy"}, // half of a surrogate pair
		{"đ\xfe\x00", "đ\ufffd\ufffd"},
		{"\ufffd\ufffe\U0010ffff", "\ufffd\ufffe\U0010ffff"}, // odd, but text
	} {
		parcel := tonghop.Parcel{Name: c.bad + ".xlsx", Sender: "lan" + c.bad}
		sub, err := db.Receive(t.Context(), parcel, digest(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "name given back", sub.Name, c.want+".xlsx")
		settleSub(t, db, sub, filled(c.bad))
		want := filled(c.want)
		want.Version, want.Current = i+1, true
		want.Submission = sub
		want.Submission.Name, want.Submission.Sender, want.Submission.State = c.want+".xlsx", "lan"+c.want, tonghop.Held
		same(t, fmt.Sprintf("%q", c.bad), load(t, db, store.Filter{Receipt: sub.Receipt}), []tonghop.Return{want})
		if err := db.Beat(t.Context(), "worker"+c.bad); err != nil {
			t.Error(err)
		}
	}
	found, err := db.Versions(t.Context(), "xa\x00", "\xff842", june())
	if err != nil || found != nil {
		t.Errorf("looked for what cannot be: %v, %v", found, err)
	}
}

// awkward are codes that a database could sort or compare in another way than
// byte by byte, or not hold at all.
func awkward() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom([]string{"842", "84", "9", "10", "a", "B", "Z", "b", "đ", "e", "é", "e\u0301", "~", " ",
		"a b", "a-b", "ab", "_", "𝟙", "\ufffd", "a\x00", "a\xff", "'", "%", "\\", "/"}), words())
}

// Alike tests that ledgers in different places hold the same: the same calls
// give the same answers, in the same order.
func Alike(t *testing.T, places ...Place) {
	var dbs []*store.DB
	for _, place := range places {
		dbs = append(dbs, open(t, place(t)))
	}
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		returns := rapid.SliceOfN(rapid.Custom(anAwkwardReturn), 1, 3).Draw(rt, "returns")
		for i := range returns[1:] { // accepted for one place once
			returns[i+1].State = tonghop.Held
		}
		parcel := tonghop.Parcel{Name: awkward().Draw(rt, "file"), Sender: words().Draw(rt, "sender"), Door: words().Draw(rt, "door")}
		content := fmt.Sprint("file ", n/2) // each twice
		var first [2]any
		for i, db := range dbs {
			sub, err := db.Receive(t.Context(), parcel, digest(content))
			if err != nil {
				rt.Fatal(err)
			}
			settled, err := db.Settle(t.Context(), sub, returns)
			if err != nil {
				rt.Fatal(err)
			}
			if err := db.Beat(t.Context(), awkwardAt(n)); err != nil {
				rt.Fatal(err)
			}
			answer := [2]any{settled, load(t, db, store.Filter{Receipt: sub.Receipt})}
			if i == 0 {
				first = answer
			}
			same(rt, "settled and loaded", answer, first)
		}
	})
	for _, f := range []store.Filter{{}, {Current: true}, {Form: "é"}, {Province: "đ", Expected: true}, {Form: "a\x00"},
		{States: []tonghop.State{tonghop.Held, tonghop.Accepted}}} {
		returns, submissions := load(t, dbs[0], f), states(t, dbs[0], f)
		for _, db := range dbs[1:] {
			same(t, fmt.Sprintf("returns of %+v", f), load(t, db, f), returns)
			same(t, fmt.Sprintf("submissions of %+v", f), states(t, db, f), submissions)
		}
		if !slices.IsSortedFunc(returns, func(a, b tonghop.Return) int { return slices.Compare([]byte(a.Office.Code), []byte(b.Office.Code)) }) {
			t.Errorf("returns of %+v are not in the order of their offices", f)
		}
	}
	beats, err := dbs[0].Beats(t.Context())
	if err != nil || len(beats) < 10 {
		t.Fatalf("%d signs of life, %v", len(beats), err)
	}
	for _, db := range dbs[1:] {
		other, err := db.Beats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "signs of life", other, beats)
	}
}

// awkwardAt is one of many awkward names.
func awkwardAt(n int) string {
	return awkward().Example(n)
}

// anAwkwardReturn draws a return with awkward codes.
func anAwkwardReturn(t *rapid.T) tonghop.Return {
	r := aReturn(t)
	r.Form, r.Office.Code = awkward().Draw(t, "form"), awkward().Draw(t, "office")
	r.Province, r.Office.Region = awkward().Draw(t, "province"), awkward().Draw(t, "region")
	if r.Form == "" || r.Office.Code == "" || r.Period.IsZero() {
		r.State = tonghop.Rejected
	}
	return r
}
