package jail_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/jail"
)

// childVariable makes the test binary a child.
const childVariable = "TONGHOP_JAIL_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	served := 0
	err := jail.Serve(os.Stdin, os.Stdout, func(request string) (string, error) {
		served++
		return serve(request, served)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// held keeps memory from the collector.
var held [][]byte

// serve does what a request tells the child.
func serve(request string, served int) (string, error) {
	what, arg, _ := strings.Cut(request, " ")
	switch what {
	case "wait":
		for end, rest := time.Now(), mustDuration(arg); time.Since(end) < rest; {
			time.Sleep(10 * time.Millisecond)
		}
		return "waited", nil
	case "count":
		return fmt.Sprint(os.Getpid(), " ", served), nil
	case "echo":
		return arg, nil
	case "hog":
		for {
			b := make([]byte, 16<<20)
			for i := range b {
				b[i] = 1
			}
			held = append(held, b)
		}
	case "loop":
		for {
			served++
		}
	case "deep":
		return fmt.Sprint(deep(1)), nil
	case "panic":
		panic(arg)
	case "fail":
		if served > 1 {
			panic("used")
		}
		return "new", nil
	case "exit":
		os.Exit(0)
	case "lie": // about the length of the answer
		_ = binary.Write(os.Stdout, binary.BigEndian, uint64(1)<<62)
		time.Sleep(time.Minute)
	case "write":
		err := os.WriteFile(arg, []byte("x"), 0o644)
		return fmt.Sprint(err), nil
	}
	return "", errors.New("unknown request")
}

func mustDuration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		panic(err)
	}
	return d
}

// deep calls itself until the stack ends.
func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n+1) + 1
}

// pool makes a pool of children of the test binary.
func pool(t *testing.T, limits jail.Limits) *jail.Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &jail.Pool{Command: []string{self}, Env: []string{childVariable + "=1"}, Limits: limits}
	t.Cleanup(p.Close)
	return p
}

// do sends a request that must be answered.
func do(t *testing.T, p *jail.Pool, request string) string {
	t.Helper()
	answer, err := jail.Do[string, string](t.Context(), p, request)
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	return answer
}

// A child answers one request after the other, and is replaced when it has
// served long enough.
func TestRecycled(t *testing.T) {
	p := pool(t, jail.Limits{Uses: 3})
	pids := map[string]int{}
	for range 9 {
		pid, _, _ := strings.Cut(do(t, p, "count"), " ")
		pids[pid]++
	}
	if len(pids) != 3 {
		t.Errorf("children and their requests: %v", pids)
	}
	for pid, n := range pids {
		if n != 3 {
			t.Errorf("child %s served %d requests", pid, n)
		}
	}
}

// Whatever a request does to its child, the error says what it was, and the
// next request is answered.
func TestFaults(t *testing.T) {
	p := pool(t, jail.Limits{Data: 256 << 20, Time: 12 * time.Second, Answer: 1 << 20})
	for request, want := range map[string]jail.Fault{
		"hog": jail.OverMemory, "loop": jail.OverTime, "deep": jail.Crashed, "panic at the disco": jail.Crashed,
		"exit": jail.Crashed, "lie": jail.Crashed, "nonsense": jail.Crashed, "echo " + strings.Repeat("x", 2<<20): jail.Crashed,
	} {
		start := time.Now()
		_, err := jail.Do[string, string](t.Context(), p, request)
		var fault *jail.FaultError
		// With the race detector endless recursion runs out of memory first.
		if !errors.As(err, &fault) || fault.Fault != want && !(request == "deep" && fault.Fault == jail.OverMemory) {
			t.Errorf("%.20q: %v, want %s", request, err, want)
		}
		if d := time.Since(start); d > 60*time.Second {
			t.Errorf("%.20q took %s", request, d)
		}
		if request == "panic at the disco" && !strings.Contains(err.Error(), "at the disco") {
			t.Errorf("the panic is not told: %v", err)
		}
		if got := do(t, p, "echo still here"); got != "still here" {
			t.Errorf("after %.20q: %q", request, got)
		}
	}
}

// Time is what a request computes: one that only waits may take longer than it
// may compute, but not for ever.
func TestComputing(t *testing.T) {
	p := pool(t, jail.Limits{Time: time.Second})
	if got := do(t, p, "wait 2s"); got != "waited" {
		t.Errorf("a request that waited 2 s: %q", got)
	}
	_, err := jail.Do[string, string](t.Context(), p, "wait 1m")
	var fault *jail.FaultError
	if !errors.As(err, &fault) || fault.Fault != jail.OverTime {
		t.Errorf("a request that waits a minute: %v", err)
	}
}

// What a child served before is no fault of the next request: one that breaks
// down for that is done again by a new child.
func TestAgain(t *testing.T) {
	p := pool(t, jail.Limits{})
	first := do(t, p, "count")
	if got := do(t, p, "fail unless new"); got != "new" {
		t.Errorf("after %q: %q", first, got)
	}
}

// A child writes no file.
func TestWritesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	said := do(t, pool(t, jail.Limits{}), "write "+path)
	if raw, err := os.ReadFile(path); len(raw) > 0 || said == "<nil>" {
		t.Errorf("wrote %q (%v), says %s", raw, err, said)
	}
}

// Many requests at once have a child each; bytes come back as they went.
func TestManyAtOnce(t *testing.T) {
	p := pool(t, jail.Limits{Uses: 5})
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			for n := range 12 {
				want := strings.Repeat(string([]byte{byte(w), byte(n)}), n*50_000)
				got, err := jail.Do[string, string](t.Context(), p, "echo "+want)
				if err != nil || got != want {
					t.Errorf("%d bytes of %d, %v", len(got), len(want), err)
				}
			}
		})
	}
	wg.Wait()
}

// A context that ends ends the request and its child, not the pool.
func TestCancelled(t *testing.T) {
	p := pool(t, jail.Limits{})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := jail.Do[string, string](ctx, p, "loop"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if got := do(t, p, "echo on"); got != "on" {
		t.Errorf("afterwards: %q", got)
	}
	p.Close()
	if _, err := jail.Do[string, string](t.Context(), p, "echo off"); err == nil {
		t.Error("a closed pool answers")
	}
}

// A program that is none, or does not serve, is an error and no fault of the
// request.
func TestNoChild(t *testing.T) {
	p := &jail.Pool{Command: []string{filepath.Join(t.TempDir(), "nothing")}}
	var fault *jail.FaultError
	if _, err := jail.Do[string, string](t.Context(), p, ""); err == nil || errors.As(err, &fault) {
		t.Errorf("got %v", err)
	}
}
