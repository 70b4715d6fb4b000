package jobs

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// The ledger goes on taking deliveries while the jobs that they make are done
// by two workers; nobody is told that the database is locked.
func TestLedgerGoesOn(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		const desks, deliveries = 4, 12
		db, q := d.open()
		var y tally
		var j journal
		for range 2 {
			db, q := d.open()
			start(t, q, WorkerOptions{Log: j.log(), Readers: 2, Pace: quick(), Read: func(ctx context.Context, receipts []string) error {
				if _, err := db.Delivery(ctx, receipts[0]); err != nil {
					return err
				}
				y.note(receipts[0])
				return db.Beat(ctx, "somebody else")
			}})
		}
		var all sync.WaitGroup
		var slowest [desks]time.Duration
		for desk := range desks {
			all.Go(func() {
				for i := range deliveries {
					at := time.Now()
					_, err := db.Deliver(t.Context(), []tonghop.Parcel{{Door: "folder", Name: fmt.Sprintf("%d-%d.xlsx", desk, i),
						Received: at, Office: fmt.Sprint(84000 + desk), Bytes: []byte("x")}},
						[]string{strings.Repeat("0", 60) + fmt.Sprintf("%02d%02d", desk, i)})
					if err != nil {
						t.Errorf("desk %d, delivery %d: %v", desk, i, err)
					}
					slowest[desk] = max(slowest[desk], time.Since(at))
				}
			})
		}
		all.Wait()
		until(t, "all handled", func() bool { return left(t, q) == 0 })
		if n := y.count(); n != desks*deliveries {
			t.Errorf("%d handled, want %d", n, desks*deliveries)
		}
		if bad := append(j.lines("locked"), j.lines("job failed")...); len(bad) > 0 {
			t.Errorf("complaints: %q", bad)
		}
		t.Logf("the slowest delivery took %v", slowest)
	})
}
