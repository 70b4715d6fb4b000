package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// edition is an edition of June made from the inputs.
func edition(inputs string, returns ...tonghop.Input) store.Edition {
	return store.Edition{
		Period: june(), Province: "84", Form: "xa-ntm", AsOf: "2023-06-30", SHA256: digest("workbook of " + inputs),
		Inputs: digest(inputs), Rules: digest("rules"), Criteria: "xa-ntm-2021-2025", Program: "0.1.0",
		Manifest: digest("manifest of " + inputs), Returns: returns,
	}
}

// save keeps an edition.
func save(t testing.TB, db *store.DB, e store.Edition) store.Edition {
	t.Helper()
	saved, err := db.SaveEdition(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// editions lists the editions of a period and province.
func editions(t testing.TB, db *store.DB, period tonghop.Period, province string) []store.Edition {
	t.Helper()
	all, err := db.Editions(t.Context(), period, province, "xa-ntm")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// inputs are two returns as an edition names them.
func inputs(t testing.TB, db *store.DB) []tonghop.Input {
	t.Helper()
	var ins []tonghop.Input
	for _, r := range settle(t, db, "book", report("842", tonghop.Accepted), report("845", tonghop.Accepted)) {
		ins = append(ins, tonghop.Input{Receipt: r.Submission.Receipt, SHA256: r.Submission.SHA256,
			File: r.Submission.Name, Office: r.Office.Code, Version: r.Version})
	}
	return ins
}

// editionsCount: issues of one period, province and form are 1, 2, and come
// back whole.
func editionsCount(t *testing.T, db *store.DB) {
	ins := inputs(t, db)
	first, second := edition("one", ins[0]), edition("two", ins...)
	other := edition("one")
	other.Province = "83"
	first.Issue, second.Issue, other.Issue = 1, 2, 1
	numbered := second
	numbered.Issue = 0 // let the ledger count
	same(t, "first", save(t, db, first), first)
	same(t, "second", save(t, db, numbered), second)
	same(t, "other province", save(t, db, other), other)
	same(t, "list", editions(t, db, june(), "84"), []store.Edition{first, second})
	same(t, "other list", editions(t, db, june(), "83"), []store.Edition{other})
	same(t, "other period", editions(t, db, may(), "84"), nil)
}

// editionsSameInputs: nothing new is issued for what was issued before.
func editionsSameInputs(t *testing.T, db *store.DB) {
	first := save(t, db, edition("one"))
	save(t, db, edition("two"))
	again := edition("one")
	again.SHA256, again.Issue = digest("other bytes"), 3
	same(t, "again", save(t, db, again), first)
	same(t, "issues", len(editions(t, db, june(), "84")), 2)
}

// editionsTaken: a workbook that carries a number already given is refused.
func editionsTaken(t *testing.T, db *store.DB) {
	save(t, db, edition("one"))
	late := edition("two")
	late.Issue = 1
	_, err := db.SaveEdition(t.Context(), late)
	code(t, err, "ledger.issue")
	late.Issue = 2
	same(t, "issue", save(t, db, late).Issue, 2)
}

// editionsUnknownReceipt: an edition is made from submissions of this ledger.
func editionsUnknownReceipt(t *testing.T, db *store.DB) {
	if _, err := db.SaveEdition(t.Context(), edition("one", tonghop.Input{Receipt: "TH-000099"})); err == nil {
		t.Error("an edition was made from an unknown submission")
	}
	same(t, "list", editions(t, db, june(), "84"), nil)
	same(t, "next", save(t, db, edition("two")).Issue, 1)
}

// editionsAmongWriters: the same inputs from many writers are one issue.
func editionsAmongWriters(t *testing.T, db *store.DB) {
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			if _, err := db.SaveEdition(t.Context(), edition(fmt.Sprint("inputs ", w%2))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	same(t, "issues", len(editions(t, db, june(), "84")), 2)
}
