package monitor_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/monitor"
)

// measured has something of everything counted.
func measured() *monitor.Metrics {
	m := monitor.NewMetrics(monitor.MetricsOptions{Version: "0.2.0", Doors: []string{"nop-bao-cao", "du-phong"}, Schedules: []string{"pull", "month"},
		Read: monitor.Readings{
			Unsettled:   func(context.Context) (int, time.Duration, error) { return 3, 90 * time.Second, nil },
			FailingJobs: func(context.Context) (int, error) { return 2, nil },
			SinceTick:   func(context.Context) (time.Duration, error) { return 1500 * time.Millisecond, nil },
		}})
	m.Submission("nop-bao-cao", tonghop.Accepted)
	m.Submission("nop-bao-cao", tonghop.Accepted)
	m.Submission("cửa \xff", tonghop.Rejected)
	m.Job("read", "done", 300*time.Millisecond)
	m.Job("read", "rescued", 0)
	m.Pull("nop-bao-cao", 4, nil)
	m.Pull("nop-bao-cao", 0, errors.New("no folder"))
	m.Files("nop-bao-cao", 1, 2)
	m.Run("month", "editions", true)
	m.Run("pull", "collected", false)
	m.Edition(tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6})
	return m
}

// What was counted is shown under names that Prometheus' own lint accepts.
func TestMetrics(t *testing.T) {
	base, _ := start(t, monitor.Options{Metrics: measured()})
	status, body := ask(t, "GET", base+"/metrics")
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	for _, want := range []string{
		`tonghop_submissions_total{door="nop-bao-cao",state="accepted"} 2`,
		`tonghop_submissions_total{door="cửa ?",state="rejected"} 1`,
		`tonghop_jobs_total{kind="read",outcome="done"} 1`,
		`tonghop_jobs_total{kind="read",outcome="rescued"} 1`,
		`tonghop_job_duration_seconds_bucket{kind="read",le="0.25"} 0`,
		`tonghop_job_duration_seconds_bucket{kind="read",le="0.5"} 1`,
		`tonghop_job_duration_seconds_count{kind="read"} 1`,
		`tonghop_pulls_total{door="nop-bao-cao",result="done"} 1`,
		`tonghop_pulls_total{door="nop-bao-cao",result="failed"} 1`,
		`tonghop_pulls_total{door="du-phong",result="failed"} 0`,
		`tonghop_pulled_files_total{door="nop-bao-cao"} 4`,
		`tonghop_door_files{door="nop-bao-cao",why="refused"} 2`,
		`tonghop_door_files{door="nop-bao-cao",why="waiting"} 1`,
		`tonghop_runs_total{outcome="editions",schedule="month"} 1`,
		`tonghop_runs_made_up_total{schedule="month"} 1`,
		`tonghop_runs_made_up_total{schedule="pull"} 0`,
		`tonghop_editions_issued_total{period="month"} 1`,
		`tonghop_submissions_unsettled 3`,
		`tonghop_submissions_unsettled_oldest_age_seconds 90`,
		`tonghop_jobs_failing 2`,
		`tonghop_clock_tick_age_seconds 1.5`,
		`tonghop_reading_success{reading="unsettled"} 1`,
		`version="0.2.0"} 1`,
		"go_goroutines ", "process_start_time_seconds ",
	} {
		if !strings.Contains(body, want+"\n") && !strings.Contains(body, "\n"+want) {
			t.Errorf("no line %s", want)
		}
	}
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	for _, line := range strings.Split(body, "\n") {
		if rest, ok := strings.CutPrefix(line, "# HELP "); ok && !strings.HasPrefix(rest, "tonghop_") && !strings.HasPrefix(rest, "go_") && !strings.HasPrefix(rest, "process_") {
			t.Errorf("a metric of somebody else: %s", rest)
		}
	}
}

// A reading that fails, hangs or panics is left out, the others are there.
func TestReadingsThatFail(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	var hanging atomic.Int32
	log := &lines{}
	base, _ := start(t, monitor.Options{Metrics: monitor.NewMetrics(monitor.MetricsOptions{
		Log: slog.New(slog.NewTextHandler(log, nil)),
		Read: monitor.Readings{
			Unsettled: func(context.Context) (int, time.Duration, error) { return 7, 0, errors.New("hunter2") },
			FailingJobs: func(context.Context) (int, error) {
				hanging.Add(1)
				<-release
				return 7, nil
			},
			SinceTick: func(context.Context) (time.Duration, error) { panic("hunter2") },
		}})})
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			status, body := ask(t, "GET", base+"/metrics")
			for _, want := range []string{"unsettled", "failing_jobs", "since_tick"} {
				if !strings.Contains(body, `tonghop_reading_success{reading="`+want+`"} 0`) {
					t.Errorf("%d: nothing said of %s", status, want)
				}
			}
			if status != 200 || strings.Contains(body, "\ntonghop_jobs_failing ") || strings.Contains(body, "hunter2") || !strings.Contains(body, "\ngo_goroutines ") {
				t.Errorf("%d:\n%s", status, body)
			}
		})
	}
	all.Wait()
	if n := hanging.Load(); n != 1 {
		t.Errorf("a reading that hangs was begun %d times at once", n)
	}
	if n := strings.Count(log.String(), "reading=unsettled"); n != 1 {
		t.Errorf("the log says it %d times", n)
	}
}

// Many may count and look at the same time; a program without metrics counts
// all the same.
func TestMany(t *testing.T) {
	m := measured()
	base, _ := start(t, monitor.Options{Metrics: m, Checks: []monitor.Check{{Name: "ledger", Run: passes}}})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 10 {
				m.Submission("nop-bao-cao", tonghop.Held)
				m.Job("read", "done", time.Second)
				m.Pull("nop-bao-cao", i, nil)
				m.Files("nop-bao-cao", i, i)
				m.Run("pull", "collected", false)
				if status, _ := ask(t, "GET", base+[]string{"/metrics", "/readyz"}[i%2]); status != 200 {
					t.Errorf("status %d", status)
				}
			}
		})
	}
	all.Wait()
	if _, body := ask(t, "GET", base+"/metrics"); !strings.Contains(body, `tonghop_submissions_total{door="nop-bao-cao",state="held"} 80`) {
		t.Error("counts were lost")
	}
	var none *monitor.Metrics
	none.Submission("a", tonghop.Held)
	none.Job("read", "done", time.Second)
	none.Pull("a", 1, nil)
	none.Files("a", 1, 1)
	none.Run("pull", "collected", true)
	none.Edition(tonghop.Period{})
}
