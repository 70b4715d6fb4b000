package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tonghop/tonghop"
)

// Check is something that must work before the program can do its work: the
// ledger answers, a folder can be read.
type Check struct {
	Name string // one word: "ledger"
	// Run says what is wrong. It has two seconds; what it does after that is
	// waited for by nobody.
	Run func(ctx context.Context) error
}

// readiness asks the checks and answers /readyz.
type readiness struct {
	log    *slog.Logger
	checks []*watched
}

// watched is a check and what came of it last.
type watched struct {
	name  string
	probe probe[struct{}]

	mu   sync.Mutex
	said string // the last verdict that was logged
}

func newReadiness(checks []Check, limit time.Duration, log *slog.Logger) *readiness {
	r := &readiness{log: log}
	for _, c := range checks {
		w := &watched{name: c.Name, said: passed}
		w.probe.limit = limit
		w.probe.run = func(ctx context.Context) (struct{}, error) { return struct{}{}, c.Run(ctx) }
		r.checks = append(r.checks, w)
	}
	return r
}

// passed is the verdict on a check that found nothing.
const passed = "ok"

// verdict is what may be shown of an error: never its text.
func verdict(err error) string {
	var p *panicked
	switch {
	case err == nil:
		return passed
	case errors.Is(err, errSlow), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &p):
		return "failed (panic)"
	case tonghop.CodeOf(err) != "":
		return "failed (" + tonghop.CodeOf(err) + ")"
	}
	return "failed"
}

// ServeHTTP asks all checks at once: 200 if every one passed, else 503, with a
// line for each in the order in which they were given.
func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	lines := make([]string, len(r.checks))
	var all sync.WaitGroup
	for i, c := range r.checks {
		all.Go(func() { lines[i] = r.ask(req.Context(), c) })
	}
	all.Wait()
	status := http.StatusOK
	var text strings.Builder
	for i, c := range r.checks {
		if lines[i] != passed {
			status = http.StatusServiceUnavailable
		}
		fmt.Fprintf(&text, "%s: %s\n", c.name, lines[i])
	}
	if len(r.checks) == 0 {
		text.WriteString(passed + "\n")
	}
	plain(w, status, text.String())
}

// ask asks one check. The log hears of it when the verdict is another one than
// before: a probe comes every few seconds.
func (r *readiness) ask(ctx context.Context, c *watched) string {
	_, err := c.probe.ask(ctx)
	v := verdict(err)
	if ctx.Err() != nil {
		return v // whoever asked has gone: that says nothing about the check
	}
	c.mu.Lock()
	changed := c.said != v
	c.said = v
	c.mu.Unlock()
	switch {
	case changed && err != nil:
		r.log.Warn("not ready", "check", c.name, "verdict", v, "error", err)
	case changed:
		r.log.Info("ready again", "check", c.name)
	}
	return v
}

// plain answers with a text for people and programs.
func plain(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // whoever asked may have gone
}
