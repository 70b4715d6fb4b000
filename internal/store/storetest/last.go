package storetest

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// april is the period before May.
func april() tonghop.Period { return may().Previous() }

// last tells what Last finds for office 842, with the marks of stands.
func last(t testing.TB, db *store.DB, period tonghop.Period, receipt string) string {
	t.Helper()
	r, ok, err := db.Last(t.Context(), "xa-ntm", "842", period, receipt)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return "none"
	}
	return r.Period.String() + " " + stands([]tonghop.Return{r})[0]
}

// lastAccepted: the last report is what was accepted for the nearest earlier
// period of the same length, of the same office and form.
func lastAccepted(t *testing.T, db *store.DB) {
	same(t, "nothing yet", last(t, db, june(), ""), "none")
	settle(t, db, "other office", placedIn("845", tonghop.Accepted, may(), "84", "xa-ntm"))
	settle(t, db, "other form", placedIn("842", tonghop.Accepted, may(), "84", "huyen-ntm"))
	settle(t, db, "quarter", placedIn("842", tonghop.Accepted, tonghop.Period{Kind: tonghop.Quarter, Year: 2023, N: 1}, "84", "xa-ntm"))
	settle(t, db, "later", placedIn("842", tonghop.Accepted, july(), "84", "xa-ntm"))
	settle(t, db, "same", placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"))
	same(t, "others only", last(t, db, june(), ""), "none")
	settle(t, db, "april", placedIn("842", tonghop.Accepted, april(), "84", "xa-ntm"))
	same(t, "a gap", last(t, db, june(), ""), "2023-04 TH-000006 842 v1 accepted current")
	settle(t, db, "held", placedIn("842", tonghop.Held, may(), "84", "xa-ntm"))
	settle(t, db, "rejected", placedIn("842", tonghop.Rejected, may(), "84", "xa-ntm"))
	same(t, "held and rejected", last(t, db, june(), ""), "2023-04 TH-000006 842 v1 accepted current")
	settle(t, db, "may", placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm"))
	settle(t, db, "held beside", placedIn("842", tonghop.Held, may(), "84", "xa-ntm"))
	same(t, "held beside accepted", last(t, db, june(), ""), "2023-05 TH-000009 842 v3 accepted current")

	got, _, err := db.Last(t.Context(), "xa-ntm", "842", june(), "")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "content", got.Rows, report("842", tonghop.Accepted).Rows)
	same(t, "of a new year", last(t, db, tonghop.Period{Kind: tonghop.Month, Year: 2024, N: 6}, ""), "2023-07 TH-000004 842 v1 accepted current")
	same(t, "too long ago", last(t, db, tonghop.Period{Kind: tonghop.Month, Year: 2024, N: 8}, ""), "none")
}

// lastOfItsTime: what a submission is compared with is what stood when it came
// in, however much later it is read, or came in with it.
func lastOfItsTime(t *testing.T, db *store.DB) {
	settle(t, db, "may 1", placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm"))
	first := send(t, db, "june", june())
	settle(t, db, "may 2", placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm"))
	second := send(t, db, "june again", june())
	same(t, "before it was replaced", last(t, db, june(), first.Receipt), "2023-05 TH-000001 842 v1 superseded")
	same(t, "after", last(t, db, june(), second.Receipt), "2023-05 TH-000003 842 v2 accepted current")

	queued(t, db)
	subs := hand(t, db, parcel("842", "may 3"), parcel("842", "june 3"))
	settleAll(t, db, judge(subs[0], placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm")))
	same(t, "beside it", last(t, db, june(), subs[1].Receipt), "2023-05 TH-000005 842 v3 accepted current")
	same(t, "not after it", last(t, db, june(), second.Receipt), "2023-05 TH-000003 842 v2 superseded")
	_, _, err := db.Last(t.Context(), "xa-ntm", "842", june(), "TH-999999")
	code(t, err, "ledger.unknown")
}
