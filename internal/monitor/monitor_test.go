package monitor_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/monitor"
)

// lines is a log that many goroutines write and a test reads.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs a server on a free port until the test ends.
func start(t *testing.T, o monitor.Options) (base string, log *lines) {
	t.Helper()
	log = &lines{}
	o.Address, o.Log = "127.0.0.1:0", slog.New(slog.NewTextHandler(log, nil))
	s, err := monitor.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return "http://" + s.Addr(), log
}

// ask sends a request and gives status and body.
func ask(t *testing.T, method, url string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func passes(context.Context) error { return nil }

// The three addresses answer GET and HEAD, and nothing else does.
func TestAddresses(t *testing.T) {
	base, _ := start(t, monitor.Options{Checks: []monitor.Check{{Name: "ledger", Run: passes}},
		Metrics: monitor.NewMetrics(monitor.MetricsOptions{Version: "0.2.0"})})
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/healthz", 200, "ok\n"},
		{"HEAD", "/healthz", 200, ""},
		{"GET", "/readyz", 200, "ledger: ok\n"},
		{"HEAD", "/readyz", 200, ""},
		{"HEAD", "/metrics", 200, ""},
		{"POST", "/healthz", 405, "Method Not Allowed\n"},
		{"DELETE", "/metrics", 405, "Method Not Allowed\n"},
		{"GET", "/", 404, "404 page not found\n"},
		{"GET", "/debug/pprof/", 404, "404 page not found\n"},
	} {
		if status, body := ask(t, c.method, base+c.path); status != c.status || body != c.body {
			t.Errorf("%s %s = %d %q, want %d %q", c.method, c.path, status, body, c.status, c.body)
		}
	}
	none, _ := start(t, monitor.Options{})
	if status, _ := ask(t, "GET", none+"/metrics"); status != 404 {
		t.Errorf("metrics without metrics = %d", status)
	}
	if status, body := ask(t, "GET", none+"/readyz"); status != 200 || body != "ok\n" {
		t.Errorf("no checks = %d %q", status, body)
	}
}

// A check that fails, hangs or panics is told by its name and a code, never by
// its text, and keeps no other one back. The log has the rest, once.
func TestReadyNames(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	var hanging, broken atomic.Int32
	broken.Store(1)
	base, log := start(t, monitor.Options{Limit: 100 * time.Millisecond, Checks: []monitor.Check{
		{Name: "ledger", Run: passes},
		{Name: "vault", Run: func(context.Context) error {
			return fmt.Errorf("look: %w", tonghop.Fail("vault.open", errors.New("hunter2"), "path", "/home/lan"))
		}},
		{Name: "door", Run: func(context.Context) error {
			if broken.Load() == 0 {
				return nil
			}
			return errors.New("dial postgres://tonghop:hunter2@db")
		}},
		{Name: "hangs", Run: func(context.Context) error { // and does not even look at its context
			hanging.Add(1)
			<-release
			return nil
		}},
		{Name: "waits", Run: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }},
		{Name: "panics", Run: func(context.Context) error { panic("hunter2") }},
	}})
	begun := time.Now()
	status, body := ask(t, "GET", base+"/readyz")
	want := "ledger: ok\nvault: failed (vault.open)\ndoor: failed\nhangs: no answer in time\nwaits: no answer in time\npanics: failed (panic)\n"
	if status != 503 || body != want {
		t.Errorf("%d\n%s", status, cmp.Diff(want, body))
	}
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("took %v: the checks wait for each other", took)
	}
	for range 5 {
		ask(t, "GET", base+"/readyz")
	}
	if n := hanging.Load(); n != 1 {
		t.Errorf("a check that hangs was called %d times at once", n)
	}
	if n := strings.Count(log.String(), `check=door`); n != 1 {
		t.Errorf("the log says it %d times:\n%s", n, log)
	}
	broken.Store(0)
	if _, body := ask(t, "GET", base+"/readyz"); !strings.Contains(body, "door: ok\n") || !strings.Contains(log.String(), `msg="ready again" check=door`) {
		t.Errorf("after repair: %s%s", body, log)
	}
	if !strings.Contains(log.String(), "monitor_test.go") {
		t.Error("the log does not say where it panicked")
	}
}

// The server ends when it is told to: it finishes what is under way, or cuts it
// off when it may not wait.
func TestStop(t *testing.T) {
	begun, release := make(chan struct{}, 1), make(chan struct{})
	check := monitor.Check{Name: "slow", Run: func(context.Context) error {
		begun <- struct{}{}
		<-release
		return nil
	}}
	stopping := func(patience time.Duration, free bool) (answered, stopped error) {
		s, err := monitor.Start(t.Context(), monitor.Options{Address: "localhost:0", Checks: []monitor.Check{check}, Limit: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		result := make(chan error, 1)
		go func() {
			resp, err := http.Get("http://" + s.Addr() + "/readyz")
			if err == nil {
				err = resp.Body.Close()
			}
			result <- err
		}()
		<-begun
		if free {
			time.AfterFunc(50*time.Millisecond, func() { release <- struct{}{} })
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		stopped = s.Stop(ctx)
		if err := s.Stop(t.Context()); err != nil {
			t.Errorf("stopping again: %v", err)
		}
		if c, err := net.Dial("tcp", s.Addr()); err == nil {
			t.Error("the port is still open", c.Close())
		}
		return <-result, stopped
	}
	if answered, stopped := stopping(10*time.Second, true); answered != nil || stopped != nil {
		t.Errorf("with patience: %v, %v", answered, stopped)
	}
	if answered, stopped := stopping(50*time.Millisecond, false); answered == nil || !errors.Is(stopped, context.DeadlineExceeded) {
		t.Errorf("without: %v, %v", answered, stopped)
	}
	close(release)
}

// What cannot be opened, or would be open to others against the operator's
// word, is an error for people.
func TestStartFails(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for name, o := range map[string]monitor.Options{
		"taken":   {Address: taken.Addr().String()},
		"public":  {Address: "0.0.0.0:0"},
		"no port": {Address: "127.0.0.1"},
		"foreign": {Address: "192.0.2.1:0"},
	} {
		if _, err := monitor.Start(t.Context(), o); tonghop.CodeOf(err) != "monitor.listen" {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, err := monitor.Start(t.Context(), monitor.Options{Address: "0.0.0.0:0", Public: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}
