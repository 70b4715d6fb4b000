package doortest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/fault"
)

// The environment of a process that collects, and nothing else.
const (
	envPlace  = "TONGHOP_DOORTEST_PLACE"
	envHome   = "TONGHOP_DOORTEST_HOME"
	envStrike = "TONGHOP_DOORTEST_STRIKE"
)

// Main is the TestMain of a package that runs the suite: the test binary is
// also the process that collects and is struck dead.
func Main(m *testing.M, open func(place string) ingest.Source) {
	place := os.Getenv(envPlace)
	if place == "" {
		os.Exit(m.Run())
	}
	if err := serve(context.Background(), open(place)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve collects until the standard input ends, and then once more.
func serve(ctx context.Context, source ingest.Source) error {
	h, err := openHome(ctx, os.Getenv(envHome))
	if err != nil {
		return err
	}
	ctx = fault.With(ctx, os.Getenv(envStrike), nil)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, os.Stdin)
	}()
	for last := false; !last; time.Sleep(time.Millisecond) {
		select {
		case <-ended:
			last = true
		default:
		}
		if err := source.Collect(ctx, h.desk.Deliver); err != nil {
			return errors.Join(err, h.ledger.Close())
		}
	}
	return h.ledger.Close()
}

// child is a process that collects.
type child struct {
	*exec.Cmd
	stdin io.Closer
	said  *strings.Builder
}

// start starts a process that collects; strike says where it is to die.
func (p *province) start(strike string) *child {
	p.Helper()
	exe, err := os.Executable()
	if err != nil {
		p.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	p.Cleanup(cancel)
	c := &child{Cmd: exec.CommandContext(ctx, exe), said: &strings.Builder{}}
	c.Env = append(os.Environ(), envPlace+"="+p.senders.Place(), envHome+"="+p.dir, envStrike+"="+strike)
	c.Stdout, c.Stderr = c.said, c.said
	if c.stdin, err = c.StdinPipe(); err != nil {
		p.Fatal(err)
	}
	if err := c.Start(); err != nil {
		p.Fatal(err)
	}
	return c
}

// finish lets a process end in peace.
func (p *province) finish(c *child) {
	p.Helper()
	c.stdin.Close()
	if err := c.Wait(); err != nil {
		p.Fatalf("%v: %s", err, c.said)
	}
}

// dies waits until a process was struck dead.
func (p *province) dies(c *child, strike string) {
	p.Helper()
	began := time.Now()
	err := c.Wait()
	if err == nil || !killed(c.ProcessState) || time.Since(began) >= patience {
		p.Fatalf("not struck at %s: %v: %s", strike, err, c.said)
	}
}

// killed reports whether a process ended without having a say in it.
func killed(s *os.ProcessState) bool {
	if status, ok := s.Sys().(syscall.WaitStatus); ok && runtime.GOOS != "windows" {
		return status.Signaled() && status.Signal() == syscall.SIGKILL
	}
	return !s.Success()
}
