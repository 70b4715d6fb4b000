package jobs

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop/internal/store"
)

// child is a worker in a process of its own that never comes to an end of its
// own accord.
func child(place string) {
	ctx := context.Background()
	fail := func(err error) {
		if err != nil {
			fmt.Println("fail", err)
			os.Exit(1)
		}
	}
	db, err := store.Open(ctx, place)
	fail(err)
	q, err := Open(ctx, db)
	fail(err)
	w := q.Worker(WorkerOptions{Pace: quick(), Readers: 1, Read: func(_ context.Context, receipts []string) error {
		fmt.Println("begun", receipts)
		select {}
	}})
	fail(w.Start(ctx))
	select {}
}

// struckDead lets another process begin the job that waits and kills it there.
func struckDead(t *testing.T, d database) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "JOBS_TEST_CHILD="+d.place)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "begun") {
		t.Errorf("the other process says %q, %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || t.Failed() {
		t.Fatalf("the other process ended well: %v", err)
	}
}

// The job of a process that was killed is done by another one soon after, also
// if nothing is left of the dead but the job.
func TestKilled(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		db, q := d.open()
		add(t, q, read("TH-1"))
		for _, traces := range []bool{true, false} {
			struckDead(t, d)
			beats, err := db.Beats(t.Context())
			if err != nil || len(beats) != 1 {
				t.Fatalf("beats %v, %v", beats, err)
			}
			if !traces {
				if err := db.ForgetBeat(t.Context(), beats[0].Worker); err != nil {
					t.Fatal(err)
				}
			}
			var y tally
			var j journal
			pace := quick()
			pace.Dead = time.Second
			at := time.Now()
			w := start(t, q, WorkerOptions{Pace: pace, Log: j.log(), Read: func(_ context.Context, receipts []string) error {
				y.note(receipts[0])
				return nil
			}})
			until(t, "done by another", func() bool { return left(t, q) == 0 })
			if took := time.Since(at); took < 900*time.Millisecond || took > 10*time.Second {
				t.Errorf("it was done %v after the other worker began to look, want a little more than 1 s", took)
			}
			if lines := j.lines("job rescued"); len(lines) != 1 || !strings.Contains(lines[0], beats[0].Worker) || y.count() != 1 {
				t.Errorf("handled %d times, log %q", y.count(), lines)
			}
			stop(t, w, 5*time.Second)
			if beats, err := db.Beats(t.Context()); err != nil || len(beats) != 0 {
				t.Errorf("beats %v, %v: the dead are not forgotten", beats, err)
			}
			add(t, q, read("TH-2"))
		}
	})
}

// Several workers that rescue at once put each job back once, and never one
// that somebody has taken again.
func TestRescueAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		const jobs, rescuers = 20, 4
		_, q := d.open()
		for _, r := range receipts("TH", jobs) {
			add(t, q, read(r))
		}
		set(t, q, `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = `+array(q, "dead"))
		in(t, q, func(tx *sql.Tx) error { // one is in good hands
			_, err := tx.Exec(`UPDATE river_job SET attempted_by = ` + array(q, "dead", "alive") + ` WHERE id = (SELECT min(id) FROM river_job)`)
			return err
		})
		var all sync.WaitGroup
		for range rescuers {
			_, q := d.open()
			w := q.Worker(WorkerOptions{})
			all.Go(func() {
				if err := w.rescue(t.Context(), []string{"dead"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list, err := q.list(t.Context(), nil, river.NewJobListParams())
		if err != nil {
			t.Fatal(err)
		}
		for i, job := range list {
			switch {
			case i == 0 && (job.State != rivertype.JobStateRunning || len(job.Errors) != 0):
				t.Errorf("the job in good hands is %s, errors %v", job.State, job.Errors)
			case i > 0 && (job.State != rivertype.JobStateAvailable || len(job.Errors) != 1):
				t.Errorf("job %d is %s, errors %v", i, job.State, job.Errors)
			}
		}
	})
}

// A job that goes on killing its worker is no longer begun at once, and in the
// end is given up.
func TestRescueNotForEver(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		add(t, q, read("TH-1"))
		w := q.Worker(WorkerOptions{})
		var got []string
		for attempt := 1; attempt <= attempts; attempt++ {
			set(t, q, fmt.Sprintf(`UPDATE river_job SET state = 'running', attempt = %d, attempted_by = %s`, attempt, array(q, "dead")))
			if err := w.rescue(t.Context(), []string{"dead"}); err != nil {
				t.Fatal(err)
			}
			jobs, err := q.list(t.Context(), nil, river.NewJobListParams())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(jobs[0].State))
		}
		want := slices.Repeat([]string{"retryable"}, attempts)
		want[0], want[1], want[2], want[attempts-1] = "available", "available", "available", "discarded"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// set changes jobs behind River's back.
func set(t *testing.T, q *Queue, statement string) {
	t.Helper()
	in(t, q, func(tx *sql.Tx) error { _, err := tx.Exec(statement); return err })
}

// array is a list of texts in the words of the database.
func array(q *Queue, items ...string) string {
	if q.sqlite() {
		return `'["` + strings.Join(items, `","`) + `"]'`
	}
	return `ARRAY['` + strings.Join(items, `','`) + `']`
}

// Who is dead is judged by the watcher's own clock, and only by what the watcher
// could have seen.
func TestVigil(t *testing.T) {
	const gap, patience = 5 * time.Second, 15 * time.Second
	type look struct {
		at     int // seconds
		counts map[string]int64
		want   []string
	}
	moving := func(n int) map[string]int64 { return map[string]int64{"a": int64(n)} }
	for name, looks := range map[string][]look{
		"alive": {{0, moving(1), nil}, {4, moving(1), nil}, {8, moving(2), nil}, {12, moving(2), nil},
			{16, moving(2), nil}, {20, moving(2), nil}, {22, moving(3), nil}},
		"dead": {{0, moving(7), nil}, {5, moving(7), nil}, {10, moving(7), nil}, {14, moving(7), nil},
			{15, moving(7), []string{"a"}}, {16, moving(7), []string{"a"}}, {17, moving(8), nil}},
		"never seen": {{0, moving(none), nil}, {5, moving(none), nil}, {10, moving(none), nil}, {15, moving(none), []string{"a"}}},
		"first sign": {{0, moving(none), nil}, {5, moving(none), nil}, {10, moving(1), nil}, {15, moving(1), nil}, {20, moving(1), nil}, {25, moving(1), []string{"a"}}},
		"everything stood still": {{0, moving(1), nil}, {2, moving(1), nil}, {60, moving(1), nil}, {62, moving(2), nil},
			{64, moving(2), nil}},
		"gone and back": {{0, moving(1), nil}, {5, moving(1), nil}, {10, nil, nil}, {14, moving(1), nil}, {18, moving(1), nil}},
	} {
		t.Run(name, func(t *testing.T) {
			var v vigil
			zero := time.Now()
			for _, l := range looks {
				got := v.dead(zero.Add(time.Duration(l.at)*time.Second), l.counts, gap, patience)
				if !slices.Equal(got, l.want) {
					t.Errorf("after %d s: dead %v, want %v", l.at, got, l.want)
				}
			}
		})
	}
}
