package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// acceptedSupersedes: the later accepted return stands, the earlier does not.
func acceptedSupersedes(t *testing.T, db *store.DB) {
	same(t, "first", stands(settle(t, db, "a", report("842", tonghop.Accepted))), []string{"TH-000001 842 v1 accepted current"})
	same(t, "second", stands(settle(t, db, "b", report("842", tonghop.Accepted))), []string{"TH-000002 842 v2 accepted current"})
	same(t, "ledger", stands(load(t, db, store.Filter{})),
		[]string{"TH-000001 842 v1 superseded", "TH-000002 842 v2 accepted current"})
	same(t, "submissions", states(t, db, store.Filter{}), []string{"TH-000001 superseded", "TH-000002 accepted"})
}

// sameFileUnchanged: the bytes that stand are not stored again.
func sameFileUnchanged(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Accepted))
	settle(t, db, "b", report("842", tonghop.Accepted))
	before := load(t, db, store.Filter{})
	again := settle(t, db, "b", report("842", tonghop.Accepted))
	same(t, "again", stands(again), []string{"TH-000003 842 v2 unchanged"})
	same(t, "its submission", again[0].Submission.State, tonghop.Unchanged)
	same(t, "ledger", load(t, db, store.Filter{}), before)
	same(t, "submissions", states(t, db, store.Filter{}),
		[]string{"TH-000001 superseded", "TH-000002 accepted", "TH-000003 unchanged"})
}

// olderFileAgain: it becomes a new version, and Versions tells that it is old.
func olderFileAgain(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Accepted))
	settle(t, db, "b", report("842", tonghop.Accepted))
	want := []store.Version{
		{Number: 1, Receipt: "TH-000001", SHA256: digest("a"), State: tonghop.Superseded},
		{Number: 2, Receipt: "TH-000002", SHA256: digest("b"), State: tonghop.Accepted, Current: true},
	}
	versions, err := db.Versions(t.Context(), "xa-ntm", "842", june())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "versions", versions, want)
	same(t, "again", stands(settle(t, db, "a", report("842", tonghop.Accepted))), []string{"TH-000003 842 v3 accepted current"})
	same(t, "standing", stands(load(t, db, store.Filter{Current: true})), []string{"TH-000003 842 v3 accepted current"})
	none, err := db.Versions(t.Context(), "xa-ntm", "842", may())
	if err != nil || none != nil {
		t.Errorf("versions of another period: %v, %v", none, err)
	}
}

// heldReplacesNothing: the accepted return keeps its place beside questions,
// and a question stays open beside what comes later, until something accepted
// answers it. What was rejected gives way to the next try.
func heldReplacesNothing(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Accepted))
	settle(t, db, "b", report("842", tonghop.Held))
	settle(t, db, "c", report("842", tonghop.Rejected))
	settle(t, db, "d", report("842", tonghop.Rejected))
	same(t, "standing", stands(load(t, db, store.Filter{Current: true})), []string{
		"TH-000001 842 v1 accepted current", "TH-000002 842 v2 held current", "TH-000004 842 v4 rejected current"})
	settle(t, db, "b", report("842", tonghop.Held))
	same(t, "the same question again", stands(load(t, db, store.Filter{Current: true})), []string{
		"TH-000001 842 v1 accepted current", "TH-000005 842 v5 held current"})
	settle(t, db, "a", report("842", tonghop.Accepted))
	same(t, "answered by what stands", stands(load(t, db, store.Filter{Current: true})), []string{"TH-000001 842 v1 accepted current"})
}

// questionsAnswered: an accepted return of the series takes every question away.
func questionsAnswered(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Held))
	settle(t, db, "b", report("842", tonghop.Rejected))
	settle(t, db, "other office", report("845", tonghop.Held))
	settle(t, db, "c", report("842", tonghop.Accepted))
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{
		"TH-000001 842 v1 held", "TH-000002 842 v2 rejected", "TH-000004 842 v3 accepted current",
		"TH-000003 845 v1 held current",
	})
}

// heldAgain: bytes that were held or rejected are settled anew.
func heldAgain(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Held))
	same(t, "held again", stands(settle(t, db, "a", report("842", tonghop.Held))), []string{"TH-000002 842 v2 held current"})
	same(t, "then accepted", stands(settle(t, db, "a", report("842", tonghop.Accepted))), []string{"TH-000003 842 v3 accepted current"})
	same(t, "then held", stands(settle(t, db, "a", report("842", tonghop.Held))), []string{"TH-000004 842 v4 held current"})
	same(t, "standing", stands(load(t, db, store.Filter{Current: true})),
		[]string{"TH-000003 842 v3 accepted current", "TH-000004 842 v4 held current"})
}

// unplacedFile: only the same bytes answer it.
func unplacedFile(t *testing.T, db *store.DB) {
	settle(t, db, "a", unplaced())
	settle(t, db, "b", unplaced())
	settle(t, db, "a", unplaced())
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{
		"TH-000001 - v1 rejected", "TH-000002 - v1 rejected current", "TH-000003 - v2 rejected current"})
}

// unplacedFindsPlace: bytes that are recognised later are no longer unplaced,
// whatever they are judged to then.
func unplacedFindsPlace(t *testing.T, db *store.DB) {
	noPeriod := report("842", tonghop.Held)
	noPeriod.Period = tonghop.Period{}
	settle(t, db, "a", noPeriod)
	settle(t, db, "b", unplaced())
	settle(t, db, "a", report("842", tonghop.Accepted))
	settle(t, db, "b", report("845", tonghop.Held))
	same(t, "standing", stands(load(t, db, store.Filter{Current: true})),
		[]string{"TH-000003 842 v1 accepted current", "TH-000004 845 v1 held current"})
}

// severalReturns: each goes to its series; the submission is as bad as the
// worst, and superseded only with its last accepted return.
func severalReturns(t *testing.T, db *store.DB) {
	settle(t, db, "book", report("842", tonghop.Accepted), report("845", tonghop.Accepted))
	settle(t, db, "b", report("842", tonghop.Accepted))
	same(t, "one superseded", states(t, db, store.Filter{}), []string{"TH-000001 accepted", "TH-000002 accepted"})

	out := settle(t, db, "book", report("842", tonghop.Accepted), report("845", tonghop.Accepted), report("846", tonghop.Held))
	same(t, "book again", stands(out),
		[]string{"TH-000003 842 v3 accepted current", "TH-000003 845 v1 unchanged", "TH-000003 846 v1 held current"})
	same(t, "its state", out[0].Submission.State, tonghop.Held)
	settle(t, db, "c", report("845", tonghop.Accepted))
	same(t, "submissions", states(t, db, store.Filter{}),
		[]string{"TH-000001 superseded", "TH-000002 superseded", "TH-000003 held", "TH-000004 accepted"})
}

// noMutualAnswer: two tables for one place in one workbook are two questions.
func noMutualAnswer(t *testing.T, db *store.DB) {
	settle(t, db, "a", report("842", tonghop.Held), report("842", tonghop.Held), unplaced(), unplaced())
	same(t, "standing", stands(load(t, db, store.Filter{Current: true})), []string{
		"TH-000001 - v1 rejected current", "TH-000001 - v2 rejected current",
		"TH-000001 842 v1 held current", "TH-000001 842 v2 held current"})
	settle(t, db, "b", report("842", tonghop.Accepted))
	settle(t, db, "a", unplaced())
	same(t, "later", stands(load(t, db, store.Filter{Current: true})),
		[]string{"TH-000003 - v3 rejected current", "TH-000002 842 v3 accepted current"})
}

// settledOnce: a submission cannot be settled again, nor an unknown one.
func settledOnce(t *testing.T, db *store.DB) {
	sub := send(t, db, "a", june())
	settleSub(t, db, sub, report("842", tonghop.Held))
	_, err := db.Settle(t.Context(), sub, []tonghop.Return{report("842", tonghop.Accepted)})
	code(t, err, "ledger.settled")
	_, err = db.Settle(t.Context(), tonghop.Submission{Receipt: "TH-000099"}, []tonghop.Return{report("842", tonghop.Accepted)})
	code(t, err, "ledger.unknown")
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{"TH-000001 842 v1 held current"})
}

// nothingHalfWritten: a call that makes no sense is refused whole.
func nothingHalfWritten(t *testing.T, db *store.DB) {
	sub := send(t, db, "a", june())
	accepted := unplaced()
	accepted.State = tonghop.Accepted
	for name, returns := range map[string][]tonghop.Return{
		"none":              nil,
		"no verdict":        {report("842", tonghop.Accepted), report("845", tonghop.Superseded)},
		"no state":          {report("842", "")},
		"accepted unplaced": {accepted},
		"accepted twice":    {report("842", tonghop.Accepted), report("842", tonghop.Accepted)},
	} {
		if _, err := db.Settle(t.Context(), sub, returns); err == nil {
			t.Errorf("%s: settled", name)
		}
	}
	same(t, "ledger", stands(load(t, db, store.Filter{})), nil)
	same(t, "submission", states(t, db, store.Filter{}), []string{"TH-000001 received"})
	same(t, "afterwards", stands(settleSub(t, db, sub, report("842", tonghop.Accepted))), []string{"TH-000001 842 v1 accepted current"})
}

// writersOnOneOffice: however they race, versions are counted without gaps and
// the return that came in last stands.
func writersOnOneOffice(t *testing.T, db *store.DB) {
	const writers = 10
	var subs []tonghop.Submission
	for w := range writers {
		subs = append(subs, send(t, db, fmt.Sprint("file ", w), june()))
	}
	var wg sync.WaitGroup
	for _, sub := range subs {
		wg.Go(func() {
			// two offices in alternating order: writers may not wait for each other for ever
			returns := []tonghop.Return{report("842", tonghop.Accepted), report("845", tonghop.Accepted)}
			if sub.Receipt[len(sub.Receipt)-1]%2 == 0 {
				slices.Reverse(returns)
			}
			if _, err := db.Settle(t.Context(), sub, returns); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, office := range []string{"842", "845"} {
		versions, err := db.Versions(t.Context(), "xa-ntm", office, june())
		if err != nil {
			t.Fatal(err)
		}
		if len(versions) != writers {
			t.Fatalf("office %s has %d versions, want %d", office, len(versions), writers)
		}
		for i, v := range versions {
			last := v.Receipt == subs[writers-1].Receipt
			if v.Number != i+1 || v.Current != last || (v.State == tonghop.Accepted) != last {
				t.Errorf("office %s: version %d is %+v", office, i+1, v)
			}
		}
	}
}
