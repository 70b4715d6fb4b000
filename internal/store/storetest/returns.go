package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// placedIn is a return for a period, province and form.
func placedIn(office string, state tonghop.State, period tonghop.Period, province, form string) tonghop.Return {
	r := report(office, state)
	r.Period, r.Province, r.Form = period, province, form
	return r
}

// filterReturns: each field of the filter narrows the choice.
func filterReturns(t *testing.T, db *store.DB) {
	settle(t, db, "a", placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"))
	settle(t, db, "b", placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm"))
	settle(t, db, "c", placedIn("830", tonghop.Held, june(), "83", "xa-ntm"))
	settle(t, db, "d", placedIn("842", tonghop.Accepted, june(), "84", "huyen-ntm"))
	settle(t, db, "e", placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"))
	for _, c := range []struct {
		name   string
		filter store.Filter
		want   []string
	}{
		{"june", store.Filter{Period: june()}, []string{"TH-000003 830 v1 held current", "TH-000004 842 v1 accepted current",
			"TH-000001 842 v1 superseded", "TH-000005 842 v2 accepted current"}},
		{"may", store.Filter{Period: may()}, []string{"TH-000002 842 v1 accepted current"}},
		{"province", store.Filter{Province: "83"}, []string{"TH-000003 830 v1 held current"}},
		{"form", store.Filter{Form: "huyen-ntm"}, []string{"TH-000004 842 v1 accepted current"}},
		{"current", store.Filter{Period: june(), Form: "xa-ntm", Current: true},
			[]string{"TH-000003 830 v1 held current", "TH-000005 842 v2 accepted current"}},
		{"states", store.Filter{States: []tonghop.State{tonghop.Held, tonghop.Superseded}},
			[]string{"TH-000003 830 v1 held current", "TH-000001 842 v1 superseded"}},
		{"receipt", store.Filter{Receipt: "TH-000002"}, []string{"TH-000002 842 v1 accepted current"}},
		{"nothing", store.Filter{Province: "01"}, nil},
	} {
		same(t, c.name, stands(load(t, db, c.filter)), c.want)
	}
}

// filterExpected: a file expected for a period shows up there until it is
// accepted somewhere.
func filterExpected(t *testing.T, db *store.DB) {
	settleSub(t, db, send(t, db, "a", june()), placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"))
	settleSub(t, db, send(t, db, "b", june()), unplaced())
	settleSub(t, db, send(t, db, "c", june()), placedIn("845", tonghop.Held, may(), "84", "xa-ntm"))
	settleSub(t, db, send(t, db, "d", june()), placedIn("846", tonghop.Accepted, may(), "84", "xa-ntm"))
	settleSub(t, db, send(t, db, "e", may()), unplaced())
	settleSub(t, db, send(t, db, "f", june()), placedIn("830", tonghop.Held, may(), "83", "xa-ntm"))
	settleSub(t, db, send(t, db, "g", tonghop.Period{}), unplaced())

	in := store.Filter{Period: june(), Province: "84", Form: "xa-ntm", Current: true}
	same(t, "without", stands(load(t, db, in)), []string{"TH-000001 842 v1 accepted current"})
	in.Expected = true
	same(t, "with", stands(load(t, db, in)), []string{"TH-000002 - v1 rejected current",
		"TH-000001 842 v1 accepted current", "TH-000003 845 v1 held current"})
	same(t, "everywhere", len(load(t, db, store.Filter{Expected: true})), 7)
}

// registerOrder: by office, then form, period, version; not by arrival.
func registerOrder(t *testing.T, db *store.DB) {
	settle(t, db, "a", placedIn("846", tonghop.Accepted, june(), "84", "xa-ntm"))
	settle(t, db, "b", placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"), unplaced())
	settle(t, db, "c", placedIn("842", tonghop.Accepted, june(), "84", "xa-ntm"))
	settle(t, db, "d", placedIn("842", tonghop.Accepted, may(), "84", "xa-ntm"))
	settle(t, db, "e", placedIn("842", tonghop.Accepted, june(), "84", "huyen-ntm"))
	same(t, "order", stands(load(t, db, store.Filter{})), []string{
		"TH-000002 - v1 rejected current",
		"TH-000005 842 v1 accepted current",
		"TH-000004 842 v1 accepted current",
		"TH-000002 842 v1 superseded",
		"TH-000003 842 v2 accepted current",
		"TH-000001 846 v1 accepted current",
	})
}

// readersUndisturbed: what is settled while somebody reads does not wait for
// the reader, and the reader does not see it.
func readersUndisturbed(t *testing.T, db *store.DB) {
	for i := range 4 {
		settle(t, db, fmt.Sprint("file ", i), report(fmt.Sprint(842+i), tonghop.Accepted))
	}
	var seen []tonghop.Return
	for r, err := range db.Returns(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		later := report(r.Office.Code, tonghop.Accepted)
		later.Rows = nil
		settle(t, db, "later "+r.Office.Code, later)
		seen = append(seen, r)
	}
	same(t, "seen", stands(seen), []string{"TH-000001 842 v1 accepted current", "TH-000002 843 v1 accepted current",
		"TH-000003 844 v1 accepted current", "TH-000004 845 v1 accepted current"})
	same(t, "afterwards", len(load(t, db, store.Filter{Current: true})), 4)
	same(t, "in all", len(load(t, db, store.Filter{})), 8)
}

// readingStops: a reader that leaves, or whose context ends, holds nothing
// back.
func readingStops(t *testing.T, db *store.DB) {
	for i := range 3 {
		settle(t, db, fmt.Sprint("file ", i), report(fmt.Sprint(842+i), tonghop.Accepted))
	}
	for range 20 { // more often than there are connections
		for range db.Returns(t.Context(), store.Filter{}) {
			break
		}
		for range db.Submissions(t.Context(), store.Filter{}) {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	read := 0
	var failed error
	for _, err := range db.Returns(ctx, store.Filter{}) {
		if err != nil {
			failed = err
			continue
		}
		read++
		cancel()
	}
	if read != 1 || !errors.Is(failed, context.Canceled) {
		t.Errorf("read %d returns and got %v, want 1 and a cancelled context", read, failed)
	}
	settle(t, db, "after", report("842", tonghop.Accepted))
}
