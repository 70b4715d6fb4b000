package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// The clocks of a rehearsed month: an ordinary day on which a minute passes
// every second, and the morning on which June is closed.
const (
	ordinary = "2023-07-04T10:00:30+07:00 x60"
	closing  = "2023-07-05T05:58:30+07:00 x30"
	after    = "2023-07-05T06:30:00+07:00"
)

// Nobody does anything: files lie in the folder, verdicts appear beside them,
// on the due minute the edition is in the output folder, and a late report
// brings the next issue. Both databases give the same facts and figures.
func TestWork(t *testing.T) {
	t.Parallel()
	facts, figures := map[string]string{}, map[string]map[string][]string{}
	t.Run("databases", func(t *testing.T) {
		databases(t, func(t *testing.T, database string) {
			r := newRig(t, database)
			r.dropSamples()
			p := r.start(ordinary, "")
			r.until("every file is answered", 60*time.Second, r.answered)
			p.stop()
			p = r.start(closing, "")
			r.until("the edition is there", 60*time.Second, func() bool { return r.issued(1) })
			note, err := os.ReadFile(filepath.Join(r.dir, "out", "tong-hop-xa-ntm-84-2023-06-1.txt"))
			if err != nil || !strings.Contains(string(note), "4/9") || !strings.Contains(string(note), "Huyện Trà Cú") {
				t.Errorf("the note beside the edition: %v\n%s", err, note)
			}
			name, raw := mustSample(t, "BC NTM T6 - Trà Cú")
			r.drop("849", name, raw)
			r.until("a late report brings the next issue", 60*time.Second, func() bool { return r.issued(2) })
			p.stop()
			r.whole(r.ledger())
			kind := "sqlite"
			if database != "" {
				kind = "postgres"
			}
			facts[kind] = r.tonghop(after, "facts", "--period", june)
			figures[kind] = r.figures(2)
			month := r.runs(after)["month"]
			if len(month.Runs) != 1 || month.Runs[0].State != "done" || month.Runs[0].Outcome != "editions" ||
				month.Runs[0].Due != "2023-07-05T06:00:00+07:00" || month.Next != "2023-08-05T06:00:00+07:00" {
				t.Errorf("the closing: %+v", month)
			}
		})
	})
	if len(facts) == 2 {
		if facts["sqlite"] != facts["postgres"] || strings.Count(facts["sqlite"], "\n") < 500 {
			t.Errorf("other facts: %s", cmp.Diff(facts["sqlite"], facts["postgres"]))
		}
		if diff := cmp.Diff(figures["sqlite"], figures["postgres"]); diff != "" {
			t.Errorf("other figures: %s", diff)
		}
	}
}

// With the clock standing still, SQLite and PostgreSQL give the same facts and
// the same bytes of the edition.
func TestSameOnBothDatabases(t *testing.T) {
	t.Parallel()
	var outs []string
	t.Run("databases", func(t *testing.T) {
		for _, kind := range []string{"sqlite", "postgres"} {
			t.Run(kind, func(t *testing.T) {
				r := newRig(t, "")
				if kind == "postgres" {
					r.database = pgtest.Database(t)
				}
				still := "2023-07-05T06:00:00+07:00 stopped"
				r.tonghop(still, append([]string{"ingest", "--expect", june}, sampleFiles(t)...)...)
				out := r.tonghop(still, "facts", "--period", june) + r.tonghop(still, "findings", "--period", june)
				edition := r.tonghop(still, "consolidate", june, "--out", filepath.Join(r.dir, "out"))
				digest := strings.Fields(edition)
				outs = append(outs, out+digest[len(digest)-1])
				traced := r.tonghop(still, "trace", june, "Xã!W20")
				if !strings.Contains(traced, "TH-0000") {
					t.Errorf("trace: %s", traced)
				}
			})
		}
	})
	if len(outs) == 2 && outs[0] != outs[1] {
		t.Error(cmp.Diff(outs[0], outs[1]))
	}
}

// What lies in the folder when a period is closed is in its first issue, also
// if it came in the last minute.
func TestLastMinute(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, database string) {
		r := newRig(t, database)
		r.edit(`cron: "* * * * *"`, `cron: "0 0 1 1 *"`) // only the closing looks into the door
		name, raw := mustSample(t, "TP Trà Vinh")
		r.drop("842", name, raw)
		p := r.start("2023-07-05T05:58:00+07:00 x10", "")
		r.until("the edition is there", 90*time.Second, func() bool { return r.issued(1) })
		p.stop()
		editions, err := r.ledger().Editions(t.Context(), mustPeriod(t, june), "84", "xa-ntm")
		if err != nil || len(editions) != 1 || len(editions[0].Returns) != 1 {
			t.Errorf("%d editions, %v", len(editions), err)
		}
	})
}

// Everything stands still over three due times of the closing; then two
// processes start at once. Each due time has one effect, and says that it was
// made up for.
func TestDowntime(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, database string) {
		r := newRig(t, database)
		r.dropSamples()
		p := r.start(ordinary, "")
		r.until("every file is answered", 60*time.Second, r.answered)
		p.stop()
		const later = "2023-09-20T08:00:30+07:00"
		two := []*atWork{r.start(later+" x20", ""), r.start(later+" x20", "")}
		finished := func() bool {
			month := r.runs(later)["month"]
			return len(month.Runs) == 3 && month.Unfinished == 0
		}
		r.until("all three closings are made up for", 90*time.Second, finished)
		for _, p := range two {
			p.stop()
		}
		month := r.runs(later)["month"]
		if month.Missed != 3 {
			t.Errorf("%d missed, want 3", month.Missed)
		}
		for i, want := range []struct{ due, period, outcome string }{
			{"2023-09-05T06:00:00+07:00", "2023-08", "nothing"}, {"2023-08-05T06:00:00+07:00", "2023-07", "nothing"},
			{"2023-07-05T06:00:00+07:00", "2023-06", "editions"},
		} {
			got := month.Runs[i]
			if got.Due != want.due || got.Args["period"] != want.period || got.Outcome != want.outcome || !got.MadeUp || got.State != "done" {
				t.Errorf("run %d: %+v, want %+v", i, got, want)
			}
		}
		pull := r.runs(later)["pull"]
		seen := map[string]bool{}
		for _, run := range pull.Runs {
			if seen[run.Due] {
				t.Errorf("pull of %s has two runs", run.Due)
			}
			seen[run.Due] = true
		}
		if long := standsForMany(pull.Runs); len(long) != 1 || !long[0].MadeUp {
			t.Errorf("pulls that stand for the downtime: %+v", long)
		}
		if files := r.glob("out/*.xlsx"); len(files) != 1 || !r.issued(1) {
			t.Errorf("editions: %v", files)
		}
		if text := r.tonghop(later, "schedule"); !strings.Contains(text, "làm bù") {
			t.Errorf("schedule does not say what was made up for:\n%s", text)
		}
	})
}

// standsForMany are the runs that stand for more missed ones than a busy machine
// misses at this pace.
func standsForMany(runs []ran) []ran {
	var out []ran
	for _, r := range runs {
		if n, err := strconv.Atoi(r.Args["missed"]); err == nil && n > 1000 {
			out = append(out, r)
		}
	}
	return out
}

// A process that is told to stop stops, whatever it does; pull takes what waits
// and prints a line for each file.
func TestPull(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, database string) {
		r := newRig(t, database)
		name, raw := mustSample(t, "TP Trà Vinh")
		r.drop("842", name, raw)
		time.Sleep(100 * time.Millisecond)
		out := r.tonghop(after, "pull")
		if !strings.Contains(out, "TH-000001") || !strings.Contains(out, name) || !r.answered() {
			t.Errorf("pull: %s", out)
		}
		if out := r.tonghop(after, "pull"); out != "" {
			t.Errorf("pulled twice: %s", out)
		}
		r.whole(r.ledger())
		if n := len(r.runs(after)["pull"].Runs); n != 0 {
			t.Errorf("%d runs by the schedule", n)
		}
		fmt.Fprintln(r, "end")
	})
}
