package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// july is the period after June.
func july() tonghop.Period { return tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 7} }

// fifth is the day of the month after a period on which it is closed.
func fifth(p tonghop.Period) time.Time {
	return time.Date(p.Year, time.Month(p.N)+1, 5, 0, 0, 0, 0, time.UTC)
}

// closePeriod closes a month for a province.
func closePeriod(t testing.TB, db *store.DB, period tonghop.Period, province string) {
	t.Helper()
	err := db.ClosePeriod(t.Context(), store.Closing{Period: period, Province: province,
		Due: fifth(period), Closed: fifth(period).Add(3 * time.Second)})
	if err != nil {
		t.Fatal(err)
	}
}

// begin begins an edition.
func begin(t testing.TB, db *store.DB, period tonghop.Period, province string) {
	t.Helper()
	if err := db.BeginEdition(t.Context(), period, province); err != nil {
		t.Fatal(err)
	}
}

// closings lists the closed periods.
func closings(t testing.TB, db *store.DB, period tonghop.Period, province string) []store.Closing {
	t.Helper()
	all, err := db.Closings(t.Context(), period, province)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// asked lists the closed periods whose edition is asked for.
func asked(t testing.TB, db *store.DB) []string {
	t.Helper()
	var lines []string
	for _, c := range closings(t, db, tonghop.Period{}, "") {
		if c.Asked {
			lines = append(lines, c.Period.String()+" "+c.Province)
		}
	}
	return lines
}

// periodCloses: a closed period is remembered as it was closed first, and every
// closing asks for its edition at once.
func periodCloses(t *testing.T, db *store.DB) {
	q := queued(t, db)
	closePeriod(t, db, june(), "84")
	closePeriod(t, db, july(), "84")
	closePeriod(t, db, june(), "83")
	again := store.Closing{Period: june(), Province: "84", Due: fifth(july()), Closed: fifth(july())}
	if err := db.ClosePeriod(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	begin(t, db, june(), "83")
	begin(t, db, may(), "84") // not closed

	closed := func(p tonghop.Period, province string, asked bool) store.Closing {
		return store.Closing{Period: p, Province: province, Due: fifth(p), Closed: fifth(p).Add(3 * time.Second), Asked: asked}
	}
	all := []store.Closing{closed(july(), "84", true), closed(june(), "83", false), closed(june(), "84", true)}
	same(t, "all", closings(t, db, tonghop.Period{}, ""), all)
	same(t, "a period", closings(t, db, june(), ""), all[1:])
	same(t, "a province", closings(t, db, tonghop.Period{}, "84"), []store.Closing{all[0], all[2]})
	same(t, "one", closings(t, db, june(), "83"), all[1:2])
	same(t, "none", closings(t, db, may(), ""), nil)

	begin(t, db, june(), "84")
	closePeriod(t, db, june(), "84")
	same(t, "tasks", q.lines(t), []string{
		"edition 2023-06 84 after 0s", "edition 2023-07 84 after 0s", "edition 2023-06 83 after 0s",
		"edition 2023-06 84 after 0s", "edition 2023-06 84 after 0s",
	})
}

// closingUndone: a period whose edition cannot be asked for is not closed.
func closingUndone(t *testing.T, db *store.DB) {
	q := queued(t, db)
	q.fail = errQueue
	if err := db.ClosePeriod(t.Context(), store.Closing{Period: june(), Province: "84"}); err == nil {
		t.Error("closed without a task")
	}
	q.fail = nil
	same(t, "closings", closings(t, db, tonghop.Period{}, ""), nil)
	same(t, "tasks", q.lines(t), nil)
}

// lateAsks: what is accepted for a closed period, or for the one before, asks
// for its edition once, and again when that is begun.
func lateAsks(t *testing.T, db *store.DB) {
	q := queued(t, db)
	closePeriod(t, db, june(), "84")
	closePeriod(t, db, june(), "83")
	begin(t, db, june(), "84")
	begin(t, db, june(), "83")
	before := len(q.lines(t))
	n := 0
	hands := func(r tonghop.Return) {
		t.Helper()
		n++
		judged := []store.Judged{judge(send(t, db, fmt.Sprint("late ", n), june()), r)}
		if _, err := db.SettleAll(t.Context(), judged, store.LatePolicy{Wait: 10 * time.Minute}); err != nil {
			t.Fatal(err)
		}
	}
	hands(report("842", tonghop.Held))
	hands(report("842", tonghop.Rejected))
	hands(unplaced())
	hands(placedIn("842", tonghop.Accepted, july(), "84", "xa-ntm")) // not closed, nor before one that is
	hands(placedIn("790", tonghop.Accepted, june(), "79", "xa-ntm")) // closed for others
	same(t, "nothing late", asked(t, db), nil)

	hands(report("842", tonghop.Accepted))
	same(t, "late", asked(t, db), []string{"2023-06 84"})
	hands(report("845", tonghop.Accepted))
	hands(placedIn("846", tonghop.Accepted, may(), "84", "xa-ntm"))
	begin(t, db, june(), "84")
	same(t, "begun", asked(t, db), nil)
	hands(placedIn("847", tonghop.Accepted, may(), "84", "xa-ntm"))
	hands(placedIn("830", tonghop.Accepted, june(), "83", "xa-ntm"))
	same(t, "both", asked(t, db), []string{"2023-06 83", "2023-06 84"})
	same(t, "tasks", q.lines(t)[before:], []string{
		"edition 2023-06 84 after 10m0s", "edition 2023-06 84 after 10m0s", "edition 2023-06 83 after 10m0s"})
}

// lateTogether: one call asks once for each edition that it shows in; the file
// that stands asks for none.
func lateTogether(t *testing.T, db *store.DB) {
	q := queued(t, db)
	for _, period := range []tonghop.Period{june(), july()} {
		closePeriod(t, db, period, "84")
		begin(t, db, period, "84")
	}
	before := len(q.lines(t))
	settleAll(t, db,
		judge(send(t, db, "a", june()), report("842", tonghop.Accepted), report("845", tonghop.Accepted)),
		judge(send(t, db, "b", june()), report("842", tonghop.Accepted)))
	same(t, "tasks", slices.Sorted(slices.Values(q.lines(t)[before:])), []string{
		"edition 2023-06 84 after 0s", "edition 2023-07 84 after 0s"})
	begin(t, db, june(), "84")
	begin(t, db, july(), "84")
	settle(t, db, "b", report("842", tonghop.Accepted))
	same(t, "the file that stands", asked(t, db), nil)
}

// lateWithoutQueue: who has no queue does not note as asked for what nobody
// will do.
func lateWithoutQueue(t *testing.T, db *store.DB) {
	closePeriod(t, db, june(), "84")
	settle(t, db, "a", report("842", tonghop.Accepted))
	same(t, "asked", asked(t, db), nil)
	q := queued(t, db)
	settle(t, db, "b", report("845", tonghop.Accepted))
	same(t, "asked with a queue", asked(t, db), []string{"2023-06 84"})
	same(t, "tasks", q.lines(t), []string{"edition 2023-06 84 after 0s"})
}

// lateWhileBegun: a return that is being accepted while its edition is begun,
// or while its period is closed, is in the edition or asks for another one.
func lateWhileBegun(t *testing.T, one, two *store.DB) {
	q := queued(t, one, two)
	closePeriod(t, one, june(), "86")
	for n, closed := range []bool{true, false} { // whether the period is closed before
		period := []tonghop.Period{june(), may()}[n]
		if closed {
			closePeriod(t, one, period, "84")
		}
		begin(t, one, june(), "86")
		sub := send(t, one, fmt.Sprint("late ", n), period)
		built := 0
		q.meanwhile(t, func() error {
			_, err := one.Settle(t.Context(), sub, []tonghop.Return{
				placedIn("842", tonghop.Accepted, period, "84", "xa-ntm"), // asked for already, or not closed
				placedIn("860", tonghop.Accepted, period, "86", "xa-ntm"), // whose task is held up
			})
			return err
		}, func() error {
			if !closed {
				if err := two.ClosePeriod(t.Context(), store.Closing{Period: period, Province: "84"}); err != nil {
					return err
				}
			}
			if err := two.BeginEdition(t.Context(), period, "84"); err != nil {
				return err
			}
			for _, err := range two.Returns(t.Context(), store.Filter{Period: period, Province: "84"}) {
				if err != nil {
					return err
				}
				built++
			}
			return nil
		})
		if again := closings(t, one, period, "84")[0].Asked; built == 0 && !again {
			t.Errorf("closed before: %t: the return is in no edition and none is asked for", closed)
		}
	}
}

// lateAmongWriters: while a period is closed and its edition is built again and
// again, each return that is accepted is read by a builder or asks for another.
func lateAmongWriters(t *testing.T, one, two *store.DB) {
	queued(t, one, two)
	const writers, each = 6, 5
	offices := make(chan string, writers*each)
	for n := range writers * each {
		offices <- fmt.Sprint(100 + n)
	}
	close(offices)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			db := either(w, one, two)
			for office := range offices {
				sub, err := db.Receive(t.Context(), tonghop.Parcel{Name: office}, digest(office))
				if err == nil {
					_, err = db.Settle(t.Context(), sub, []tonghop.Return{report(office, tonghop.Accepted)})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() {
		defer close(done)
		wg.Wait()
	}()
	closePeriod(t, one, june(), "84")
	built := 0
	for ended := false; ; {
		select {
		case <-done:
			ended = true
		default:
		}
		if len(asked(t, one)) == 0 {
			if ended {
				break
			}
			time.Sleep(time.Millisecond)
			continue
		}
		begin(t, one, june(), "84")
		built = len(load(t, one, store.Filter{Period: june(), Current: true}))
	}
	same(t, "returns in the last edition", built, writers*each)
}
