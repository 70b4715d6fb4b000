package jail

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dataVariable tells a child how much memory it may have.
const dataVariable = "TONGHOP_JAIL_DATA"

// child is one process, seen from its parent.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  io.ReadCloser
	says *tail
	uses int
}

// start starts a child.
func start(command, env []string, limits Limits) (*child, error) {
	c := &child{cmd: exec.Command(command[0], command[1:]...), says: &tail{}}
	c.cmd.Env = append(append([]string{}, env...), dataVariable+"="+strconv.FormatInt(limits.Data, 10))
	c.cmd.Dir = os.TempDir()
	c.cmd.Stderr = c.says
	c.cmd.SysProcAttr = attributes()
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	if c.out, err = c.cmd.StdoutPipe(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	return c, nil
}

// do sends a request and waits for the answer.
func (c *child) do(ctx context.Context, request []byte, limits Limits) ([]byte, error) {
	type result struct {
		answer []byte
		err    error
	}
	c.uses++
	done := make(chan result, 1)
	go func() {
		err := send(c.in, request)
		var answer []byte
		if err == nil {
			answer, err = receive(c.out, limits.Answer)
		}
		done <- result{answer, err}
	}()
	timer := time.NewTimer(limits.Time)
	defer timer.Stop()
	select {
	case r := <-done:
		if r.err == nil {
			return r.answer, nil
		}
		return nil, c.fault(r.err)
	case <-timer.C:
		c.kill()
		<-done
		return nil, &FaultError{OverTime, "longer than " + limits.Time.String()}
	case <-ctx.Done():
		c.kill()
		<-done
		return nil, context.Cause(ctx)
	}
}

// fault says why a child did not answer.
func (c *child) fault(err error) error {
	c.kill()
	waited := c.cmd.Wait()
	said := c.says.String()
	f := &FaultError{Crashed, strings.TrimSpace(fmt.Sprintf("%v; %v; %s", err, waited, said))}
	for _, sign := range []string{"out of memory", "cannot allocate memory", "errno=12", "errno: 12", "failed to create new OS thread"} {
		if strings.Contains(said, sign) {
			f.Fault = OverMemory
		}
	}
	return f
}

// kill ends a process at once.
func (c *child) kill() { _ = c.cmd.Process.Kill() }

// end ends a child and waits until it is gone.
func (c *child) end() {
	_ = c.in.Close()
	c.kill()
	_ = c.cmd.Wait()
}

// send writes bytes with their length before them.
func send(w io.Writer, b []byte) error {
	var head [8]byte
	binary.BigEndian.PutUint64(head[:], uint64(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

// errLong is an answer over the limit.
var errLong = errors.New("message is too long")

// receive reads what send wrote, never more than most bytes.
func receive(r io.Reader, most int64) ([]byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint64(head[:])
	if n > uint64(most) {
		return nil, errLong
	}
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}

// tailMost is how much of what a child writes is kept: the first lines of a
// breakdown say what it was, the last ones where.
const tailMost = 8 << 10

// tail keeps the beginning of what is written to it.
type tail struct {
	mu sync.Mutex
	b  []byte
}

// Write keeps what there is room for.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := tailMost - len(t.b); room > 0 {
		t.b = append(t.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// String is what was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
