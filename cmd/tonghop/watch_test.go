package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// heard is a log that may be read while it is written.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write takes a line.
func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

// find is what a pattern finds first; "" for nothing.
func (h *heard) find(pattern *regexp.Regexp) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if m := pattern.FindStringSubmatch(h.text.String()); m != nil {
		return m[1]
	}
	return ""
}

// A service whose data folder is gone is not ready, though its ledger, which is
// open, still answers.
func TestReadyWithoutHome(t *testing.T) {
	t.Parallel()
	i := newIll(t, "schedules: []")
	i.edit(`listen: ""`, `listen: 127.0.0.1:0`)
	ctx, stop := context.WithCancel(t.Context())
	log, done := &heard{}, make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"--config", filepath.Join(i.dir, "tonghop.yaml"), "work"}, io.Discard, log)
	}()
	defer func() {
		stop()
		<-done
	}()
	address := ""
	for end := time.Now().Add(30 * time.Second); address == "" && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		address = log.find(regexp.MustCompile(`listen=(127\.0\.0\.1:[0-9]+)`))
	}
	ask := func() (int, string) {
		t.Helper()
		resp, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			t.Fatalf("%v\n%s", err, log.text.String())
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
	// A machine that is busy may take a while to answer.
	ready := func(wanted int, line string) {
		t.Helper()
		status, text := ask()
		for end := time.Now().Add(30 * time.Second); (status != wanted || !strings.Contains(text, line)) && time.Now().Before(end); {
			time.Sleep(100 * time.Millisecond)
			status, text = ask()
		}
		if status != wanted || !strings.Contains(text, line) {
			t.Errorf("%d, want %d with %q\n%s", status, wanted, line, text)
		}
	}
	ready(http.StatusOK, "home: ok")
	elsewhere := filepath.Join(i.dir, "elsewhere")
	if err := os.Rename(filepath.Join(i.home, "vault"), elsewhere); err != nil {
		t.Fatal(err)
	}
	ready(http.StatusServiceUnavailable, "home: failed (vault.open)")
	if err := os.Rename(elsewhere, filepath.Join(i.home, "vault")); err != nil {
		t.Fatal(err)
	}
	ready(http.StatusOK, "home: ok")
}

// A keeper that has no schedule to keep looks all the same.
func TestAwakeWithoutSchedules(t *testing.T) {
	t.Parallel()
	for _, schedules := range []string{"schedules: []", ""} {
		i := newIll(t, schedules)
		a := &app{out: io.Discard, err: io.Discard}
		root, err := a.root()
		if err != nil {
			t.Fatal(err)
		}
		if err := root.ParseFlags([]string{"--config", filepath.Join(i.dir, "tonghop.yaml")}); err != nil {
			t.Fatal(err)
		}
		if err := a.prepare(root); err != nil {
			t.Fatal(err)
		}
		s, err := a.newService(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer a.close()
		w := &watch{ticks: &ticks{DB: s.ledger}} // has never ticked
		if err := w.awake(t.Context()); tonghop.CodeOf(err) != "schedule.asleep" {
			t.Errorf("before: %v", err)
		}
		if err := a.keeper(s, w, "w").Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.awake(t.Context()); err != nil {
			t.Errorf("with %q: %v", schedules, err)
		}
	}
}
