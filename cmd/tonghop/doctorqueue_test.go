package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// fail lets every delivery in the ledger fail once, each with its error.
func (i *ill) fail(db *store.DB, count int, with func(receipt string) error) {
	i.t.Helper()
	q, err := jobs.Open(i.t.Context(), db)
	if err != nil {
		i.t.Fatal(err)
	}
	w := q.Worker(jobs.WorkerOptions{Pace: jobs.Pace{Poll: 20 * time.Millisecond, Retry: []time.Duration{time.Hour}},
		Read: func(_ context.Context, receipts []string) error { return with(receipts[0]) }})
	if err := w.Start(i.t.Context()); err != nil {
		i.t.Fatal(err)
	}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		failures, err := q.Failures(i.t.Context())
		if err != nil || time.Now().After(end) {
			i.t.Fatalf("%d failures, %v", len(failures), err)
		}
		if len(failures) == count {
			break
		}
	}
	if err := w.Stop(i.t.Context()); err != nil {
		i.t.Fatal(err)
	}
}

// What fails is told in words that an operator knows, and many that fail alike
// in one line.
func TestDoctorQueue(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	db := i.ledger()
	for n := range 8 {
		i.receive(db, fmt.Sprint(840+n), fmt.Sprintf("tệp %d.xlsx", n), strings.Repeat(fmt.Sprint(n), 64))
	}
	i.fail(db, 8, func(receipt string) error {
		switch receipt {
		case "TH-000001":
			return errors.New("đọc: đọc: " + strings.Repeat("dài ", 100) + "\ndòng hai")
		}
		return fmt.Errorf("read %s: original %s is gone", receipt, strings.Repeat("a1", 32))
	})
	var lines []ailment
	for _, a := range i.said(exitFailed) { // the originals are nowhere
		if a.Subject == "hàng đợi" {
			lines = append(lines, a)
		}
	}
	if len(lines) != 2 {
		t.Fatalf("%d lines: %+v", len(lines), lines)
	}
	one, many := lines[0].Message, lines[1].Message
	if !strings.Contains(one, "đọc và trả lời TH-000001 (tệp 0.xlsx)") || strings.Contains(one, "read") || strings.Contains(one, "dòng hai") ||
		strings.Contains(one, "đọc: đọc") || len([]rune(one)) > 400 || !strings.Contains(one, "+07:00") || strings.Contains(one, "Z") {
		t.Errorf("one: %s", one)
	}
	if !strings.HasPrefix(many, "7 việc") || !strings.Contains(many, "TH-000002 (tệp 1.xlsx)") {
		t.Errorf("many: %s", many)
	}
}

// A job is named by what it does and on what.
func TestDoctorTask(t *testing.T) {
	t.Parallel()
	d := &checkup{a: speaking(t, "vi")}
	due := time.Date(2023, 7, 4, 23, 0, 0, 0, time.UTC)
	for want, task := range map[string]store.Task{
		"đọc và trả lời TH-1 (a.xlsx), TH-2 (b.xlsx)":         {Kind: store.TaskRead, Receipts: []string{"TH-1", "TH-2"}, Names: []string{"a.xlsx", "b.xlsx"}},
		"lập bản tổng hợp tháng 6/2023 của tỉnh 84":           {Kind: store.TaskEdition, Period: mustPeriod(t, june), Province: "84"},
		"lần chạy theo lịch month, 2023-07-05T06:00:00+07:00": {Kind: store.TaskRun, Schedule: "month", Due: due},
	} {
		if got := d.task(task); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Due times that passed while nobody worked are told before somebody does.
func TestPendingRuns(t *testing.T) {
	t.Parallel()
	i := newIll(t)
	db := i.ledger()
	ago := time.Now().Add(-70 * 24 * time.Hour)
	if err := db.SaveSchedule(t.Context(), store.Schedule{Name: "month", Expression: "0 6 5 * *", Since: ago, Considered: ago}); err != nil {
		t.Fatal(err)
	}
	clock, err := schedule.Compile(schedule.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for range clock.Due("month", ago, time.Now()) {
		count++
	}
	all := i.said(exitDone)
	says(t, all, weightWarn, fmt.Sprintf("month: %d lần", count), "tonghop work")
	out, _ := i.tonghop(exitDone, "schedule")
	if !strings.Contains(out, fmt.Sprintf("\t%d\t%d lần chưa chạy, sẽ làm bù khi tonghop work chạy\n", count, count)) {
		t.Errorf("%s", out)
	}
	// A run that nobody comes to an end with says since when.
	due := time.Now().Add(-time.Hour).Truncate(time.Second)
	if _, err := db.ClaimRun(t.Context(), store.Run{Schedule: "month", Due: due, Claimed: due.Add(time.Minute)}); err != nil {
		t.Fatal(err)
	}
	out, _ = i.tonghop(exitDone, "schedule")
	if since := local(due.Add(time.Minute)); !strings.Contains(out, "đang làm từ "+since+"; "+fmt.Sprint(count)+" lần chưa chạy") {
		t.Errorf("no %s in\n%s", since, out)
	}
}
