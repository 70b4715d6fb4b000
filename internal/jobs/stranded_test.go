package jobs

import (
	"context"
	"testing"
	"time"
)

// A clock that was a year ahead has put a task off for a year and claimed the
// lead of all workers; put right, a sweep brings both back.
func TestStranded(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		add(t, q, read("TH-1"))
		const year = "2999-01-01 00:00:00.000"
		set(t, q, `UPDATE river_job SET scheduled_at = '`+year+`'`)
		set(t, q, `INSERT INTO river_leader (leader_id, elected_at, expires_at) VALUES ('dead', '`+year+`', '`+year+`')`)
		start(t, q, WorkerOptions{Pace: quick(), Read: func(context.Context, []string) error { y.note("read"); return nil }})
		time.Sleep(200 * time.Millisecond)
		if y.count() != 0 {
			t.Fatal("the task was not put off")
		}
		if n, err := q.Sweep(t.Context(), nil); n != 1 || err != nil {
			t.Fatalf("swept %d, %v", n, err)
		}
		until(t, "the task is done", func() bool { return y.count() == 1 && left(t, q) == 0 })
		if n, err := q.Sweep(t.Context(), nil); n != 0 || err != nil {
			t.Errorf("swept again: %d, %v", n, err)
		}
	})
}
