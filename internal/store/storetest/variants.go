package storetest

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// layout is a layout of an office without answers.
func layout(office, print string) tonghop.Variant {
	return tonghop.Variant{Office: office, Form: "xa-ntm", Version: "2021-2025", Fingerprint: print}
}

// answered is an answer about a column.
func answered(place int, field, by string) tonghop.Answer {
	return tonghop.Answer{Place: place, Label: "Cột khác", Field: field, Mark: place == 7, By: by,
		At: time.Date(2023, 7, 3, 8, place, 0, 0, time.UTC), Receipt: "TH-000001", Ref: tonghop.Ref{Sheet: "Biểu 03", Row: 5, Col: place + 1}}
}

// keep remembers an answer.
func keep(t *testing.T, db *store.DB, v tonghop.Variant, a tonghop.Answer) {
	t.Helper()
	if err := db.KeepAnswer(t.Context(), v, a); err != nil {
		t.Fatal(err)
	}
}

// variants lists what is remembered.
func variants(t *testing.T, db *store.DB, office string) []tonghop.Variant {
	t.Helper()
	all, err := db.Variants(t.Context(), office)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// answersRemembered: answers come back equal, by their layouts; a new one about
// the same column takes the place of the one before, which stays readable.
func answersRemembered(t *testing.T, db *store.DB) {
	same(t, "nothing yet", len(variants(t, db, "")), 0)
	one, two := layout("849", "aa"), layout("842", "aa")
	keep(t, db, one, answered(3, "8.1", "Lan"))
	keep(t, db, two, answered(3, "8.2", "Lan"))
	keep(t, db, one, answered(7, "8.1", "Minh"))
	keep(t, db, one, answered(9, "", "Minh"))
	later := answered(3, "8.3", "Hoa")
	keep(t, db, one, later)
	if err := db.KeepAnswer(t.Context(), one, tonghop.Answer{Place: 1, Field: "8.1"}); err == nil {
		t.Error("an answer by nobody was kept")
	}
	first := answered(3, "8.1", "Lan")
	first.WithdrawnBy, first.WithdrawnAt = "Hoa", later.At
	one.Answers = []tonghop.Answer{first, answered(7, "8.1", "Minh"), answered(9, "", "Minh"), later}
	two.Answers = []tonghop.Answer{answered(3, "8.2", "Lan")}
	if d := cmp.Diff([]tonghop.Variant{one, two}, variants(t, db, "")); d != "" {
		t.Errorf("all (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]tonghop.Variant{two}, variants(t, db, "842")); d != "" {
		t.Errorf("of an office (-want +got):\n%s", d)
	}
}

// answersWithdrawn: one answer, or all about a layout, are taken back and stay
// readable; to take back nothing is an error.
func answersWithdrawn(t *testing.T, db *store.DB) {
	v, other := layout("849", "aa"), layout("849", "bb")
	for place := 1; place <= 3; place++ {
		keep(t, db, v, answered(place, "8.1", "Lan"))
		keep(t, db, other, answered(place, "8.1", "Lan"))
	}
	at, place := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC), 2
	open := func() (places []int) {
		for _, a := range variants(t, db, "849")[0].Answers {
			if a.Open() {
				places = append(places, a.Place)
			} else if a.WithdrawnBy != "Hoa" || !a.WithdrawnAt.Equal(at) {
				t.Errorf("withdrawn by %q at %s", a.WithdrawnBy, a.WithdrawnAt)
			}
		}
		return places
	}
	if err := db.WithdrawAnswers(t.Context(), v, &place, "Hoa", at); err != nil {
		t.Fatal(err)
	}
	same(t, "one", open(), []int{1, 3})
	code(t, db.WithdrawAnswers(t.Context(), v, &place, "Hoa", at), "variants.nothing")
	if err := db.WithdrawAnswers(t.Context(), v, nil, "Hoa", at); err != nil {
		t.Fatal(err)
	}
	same(t, "all", len(open()), 0)
	code(t, db.WithdrawAnswers(t.Context(), v, nil, "Hoa", at), "variants.nothing")
	same(t, "the other layout", variants(t, db, "849")[1].Answered(), true)
}

// answersOfWriters: of many who answer about one column at once, one counts.
func answersOfWriters(t *testing.T, db *store.DB) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if err := db.KeepAnswer(t.Context(), layout("849", "aa"), answered(3, "8.1", string(rune('a'+i)))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	open := 0
	all := variants(t, db, "")
	for _, a := range all[0].Answers {
		if a.Open() {
			open++
		}
	}
	same(t, "answers", len(all[0].Answers), 8)
	same(t, "that count", open, 1)
}

// readAgain: an accepted submission that was read once more has a new version in
// the place of its own; one that does not stand any longer cannot be.
func readAgain(t *testing.T, db *store.DB) {
	sub := send(t, db, "a", june())
	settleSub(t, db, sub, report("842", tonghop.Accepted))
	better := report("842", tonghop.Accepted)
	better.Rows[0].Values[0].Raw = "43,20"
	again := func() error {
		_, err := db.SettleAll(t.Context(), []store.Judged{{Submission: sub, Returns: []tonghop.Return{better}, Again: true}}, store.LatePolicy{})
		return err
	}
	if err := again(); err != nil {
		t.Fatal(err)
	}
	got := load(t, db, store.Filter{Receipt: sub.Receipt})
	same(t, "versions", stands(got), []string{"TH-000001 842 v1 superseded", "TH-000001 842 v2 accepted current"})
	same(t, "what stands", got[1].Rows[0].Values[0].Raw, "43,20")
	same(t, "submission", states(t, db, store.Filter{}), []string{"TH-000001 accepted"})
	settle(t, db, "b", report("842", tonghop.Accepted))
	code(t, again(), "ledger.settled")
	same(t, "after a later one", stands(load(t, db, store.Filter{Current: true})), []string{"TH-000002 842 v3 accepted current"})
}
