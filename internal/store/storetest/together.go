package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// judge says what was made of a submission.
func judge(sub tonghop.Submission, returns ...tonghop.Return) store.Judged {
	return store.Judged{Submission: sub, Returns: returns}
}

// settleAll settles several submissions at once.
func settleAll(t testing.TB, db *store.DB, judged ...store.Judged) []string {
	t.Helper()
	out, err := db.SettleAll(t.Context(), judged, store.LatePolicy{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, returns := range out {
		lines = append(lines, stands(returns)...)
	}
	return lines
}

// together: several submissions are settled in the order given, as one after
// the other; what came in earlier than what stands never takes its place.
func together(t *testing.T, db *store.DB) {
	same(t, "none", settleAll(t, db), nil)
	a, b, again := send(t, db, "a", june()), send(t, db, "b", june()), send(t, db, "b", june())
	c, held := send(t, db, "c", june()), send(t, db, "held", june())
	same(t, "given back", settleAll(t, db,
		judge(held, report("842", tonghop.Held)),
		judge(b, report("842", tonghop.Accepted)),
		judge(a, report("842", tonghop.Accepted), report("845", tonghop.Accepted)),
		judge(again, report("842", tonghop.Accepted)),
		judge(c, report("845", tonghop.Rejected), unplaced()),
	), []string{
		"TH-000005 842 v1 held current",
		"TH-000002 842 v2 accepted current",
		"TH-000001 842 v3 superseded", "TH-000001 845 v1 accepted current",
		"TH-000003 842 v2 unchanged",
		"TH-000004 845 v2 rejected current", "TH-000004 - v1 rejected current",
	})
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{
		"TH-000004 - v1 rejected current",
		"TH-000005 842 v1 held", "TH-000002 842 v2 accepted current", "TH-000001 842 v3 superseded",
		"TH-000001 845 v1 accepted current", "TH-000004 845 v2 rejected current",
	})
	same(t, "submissions", states(t, db, store.Filter{}), []string{
		"TH-000001 accepted", "TH-000002 accepted", "TH-000003 unchanged", "TH-000004 rejected", "TH-000005 held"})
}

// togetherSameFile: the same bytes twice in one call are one version.
func togetherSameFile(t *testing.T, db *store.DB) {
	a, again := send(t, db, "a", june()), send(t, db, "a", june())
	same(t, "given back", settleAll(t, db,
		judge(a, report("842", tonghop.Accepted)), judge(again, report("842", tonghop.Accepted)),
	), []string{"TH-000001 842 v1 accepted current", "TH-000002 842 v1 unchanged"})
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{"TH-000001 842 v1 accepted current"})
}

// togetherOrNot: what cannot all be settled is not settled at all.
func togetherOrNot(t *testing.T, db *store.DB) {
	q := queued(t, db)
	closePeriod(t, db, june(), "84")
	tasks := q.lines(t)
	begin(t, db, june(), "84")
	a, b := send(t, db, "a", june()), send(t, db, "b", june())
	done := send(t, db, "done", june())
	settleSub(t, db, done, report("845", tonghop.Held))
	accepted := func(sub tonghop.Submission) store.Judged { return judge(sub, report("842", tonghop.Accepted)) }
	for name, c := range map[string]struct {
		judged []store.Judged
		code   string
	}{
		"unknown":      {[]store.Judged{accepted(a), accepted(tonghop.Submission{Receipt: "TH-000099"})}, "ledger.unknown"},
		"settled":      {[]store.Judged{accepted(a), accepted(done)}, "ledger.settled"},
		"twice":        {[]store.Judged{accepted(a), accepted(a)}, ""},
		"nothing made": {[]store.Judged{accepted(a), judge(b)}, ""},
		"no verdict":   {[]store.Judged{accepted(a), judge(b, report("842", tonghop.Unchanged))}, ""},
	} {
		if _, err := db.SettleAll(t.Context(), c.judged, store.LatePolicy{}); err == nil {
			t.Errorf("%s: settled", name)
		} else {
			code(t, err, c.code)
		}
	}
	q.fail = errQueue
	if _, err := db.SettleAll(t.Context(), []store.Judged{accepted(a), accepted(b)}, store.LatePolicy{}); !errors.Is(err, errQueue) {
		t.Errorf("without its task: %v", err)
	}
	q.fail = nil
	same(t, "ledger", stands(load(t, db, store.Filter{})), []string{"TH-000003 845 v1 held current"})
	same(t, "submissions", states(t, db, store.Filter{}), []string{"TH-000001 received", "TH-000002 received", "TH-000003 held"})
	same(t, "asked", asked(t, db), nil)
	same(t, "tasks", q.lines(t), tasks)
	same(t, "afterwards", settleAll(t, db, accepted(a), accepted(b)),
		[]string{"TH-000001 842 v1 accepted current", "TH-000002 842 v2 accepted current"})
}

// officeInOrder: where the door vouched for an office, an earlier delivery of
// it goes first.
func officeInOrder(t *testing.T, db *store.DB) {
	first := hand(t, db, parcel("842", "a"), parcel("842", "b"))
	other, nobody := hand(t, db, parcel("845", "c")), hand(t, db, parcel("", "d"))
	second := hand(t, db, parcel("842", "e"), parcel("842", "f"))
	accepted := report("842", tonghop.Accepted)

	_, err := db.SettleAll(t.Context(), []store.Judged{judge(second[0], accepted), judge(second[1], accepted)}, store.LatePolicy{})
	code(t, err, "ledger.early")
	var e *tonghop.Error
	if errors.As(err, &e) {
		same(t, "args", e.Args, map[string]string{"receipt": "TH-000005", "before": "TH-000001"})
	}
	same(t, "another office", settleAll(t, db, judge(other[0], report("845", tonghop.Accepted))),
		[]string{"TH-000003 845 v1 accepted current"})
	same(t, "no office", settleAll(t, db, judge(nobody[0], accepted)), []string{"TH-000004 842 v1 accepted current"})

	settleAll(t, db, judge(first[0], accepted))
	_, err = db.Settle(t.Context(), second[0], []tonghop.Return{accepted})
	code(t, err, "ledger.early")
	same(t, "with the one before", settleAll(t, db, judge(second[0], accepted), judge(first[1], accepted)),
		[]string{"TH-000005 842 v3 accepted current", "TH-000002 842 v4 superseded"})
	same(t, "the last", settleAll(t, db, judge(second[1], accepted)), []string{"TH-000006 842 v5 accepted current"})
}

// officeAmongWriters: however many workers try, the deliveries of an office are
// settled once each and in their order.
func officeAmongWriters(t *testing.T, one, two *store.DB) {
	const workers, deliveries = 4, 6
	var subs [][]tonghop.Submission
	for d := range deliveries {
		subs = append(subs, hand(t, one, parcel("842", fmt.Sprint("a", d)), parcel("842", fmt.Sprint("b", d))))
	}
	work := func(db *store.DB, delivery []tonghop.Submission) {
		for t.Context().Err() == nil {
			_, err := db.SettleAll(t.Context(), []store.Judged{
				judge(delivery[0], report("842", tonghop.Accepted)),
				judge(delivery[1], report("845", tonghop.Accepted)),
			}, store.LatePolicy{})
			switch tonghop.CodeOf(err) {
			case "ledger.early":
				time.Sleep(time.Millisecond)
				continue
			case "ledger.settled":
				return
			}
			if err != nil {
				t.Error(err)
			}
			return
		}
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { // the first goes through in order, so nobody waits for ever
			for i := range subs {
				work(either(w, one, two), subs[(i+w)%deliveries])
			}
		})
	}
	wg.Wait()
	for _, office := range []string{"842", "845"} {
		versions, err := one.Versions(t.Context(), "xa-ntm", office, june())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "versions of "+office, len(versions), deliveries)
		for i := 1; i < len(versions); i++ {
			if versions[i].Receipt < versions[i-1].Receipt {
				t.Errorf("%s was settled before %s", versions[i-1].Receipt, versions[i].Receipt)
			}
		}
	}
}

// halvesAtOnce: a submission whose halves are superseded by two writers at once
// is superseded.
func halvesAtOnce(t *testing.T, one, two *store.DB) {
	q := queued(t, one, two)
	closePeriod(t, one, june(), "86")
	begin(t, one, june(), "86")
	settle(t, one, "book", report("842", tonghop.Accepted), report("845", tonghop.Accepted))
	a, b := send(t, one, "a", june()), send(t, one, "b", june())
	q.meanwhile(t, func() error {
		_, err := one.Settle(t.Context(), a, []tonghop.Return{report("842", tonghop.Accepted),
			placedIn("860", tonghop.Accepted, june(), "86", "xa-ntm")}) // which is late
		return err
	}, func() error {
		_, err := two.Settle(t.Context(), b, []tonghop.Return{report("845", tonghop.Accepted)})
		return err
	})
	same(t, "submissions", states(t, one, store.Filter{}),
		[]string{"TH-000001 superseded", "TH-000002 accepted", "TH-000003 accepted"})
}

// reopened: what was held or rejected can be read once more, under its receipt
// and in its place; what was accepted cannot.
func reopened(t *testing.T, db *store.DB) {
	q := queued(t, db)
	sub := send(t, db, "a", june())
	settleSub(t, db, sub, report("842", tonghop.Held), unplaced())
	tasks := len(q.lines(t))
	if err := db.Reopen(t.Context(), sub.Receipt); err != nil {
		t.Fatal(err)
	}
	same(t, "tasks", len(q.lines(t)), tasks+1)
	same(t, "put back", states(t, db, store.Filter{}), []string{"TH-000001 received"})
	code(t, db.Reopen(t.Context(), sub.Receipt), "ledger.settled")
	newer := settle(t, db, "b", report("842", tonghop.Accepted))
	same(t, "later", stands(newer), []string{"TH-000002 842 v2 accepted current"})
	out := settleSub(t, db, sub, report("842", tonghop.Accepted), report("845", tonghop.Accepted))
	same(t, "in its place", stands(out), []string{"TH-000001 842 v3 superseded", "TH-000001 845 v1 accepted current"})
	same(t, "ledger", stands(load(t, db, store.Filter{Receipt: sub.Receipt})), []string{
		"TH-000001 - v1 rejected", "TH-000001 842 v1 held", "TH-000001 842 v3 superseded", "TH-000001 845 v1 accepted current"})
	code(t, db.Reopen(t.Context(), sub.Receipt), "ledger.settled")
	code(t, db.Reopen(t.Context(), "TH-000099"), "ledger.unknown")
}
