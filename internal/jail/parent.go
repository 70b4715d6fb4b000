package jail

import (
	"context"
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
	wire *wire
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
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	c.wire = newWire(out, c.in, limits.Answer)
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start child: %w", err)
	}
	return c, nil
}

// do sends a request and waits for the answer, which goes to the zero value
// that answer points to. After an error the child is of no more use.
func (c *child) do(ctx context.Context, request, answer any, limits Limits) error {
	c.uses++
	done := make(chan error, 1)
	go func() {
		err := c.wire.send(request)
		if err == nil {
			err = c.wire.receive(answer)
		}
		done <- err
	}()
	began, before := time.Now(), c.spent(0)
	timer := time.NewTimer(limits.Time)
	defer timer.Stop()
	for {
		select {
		case err := <-done:
			if err == nil {
				return nil
			}
			return c.fault(err)
		case <-timer.C:
			if left := limits.left(time.Since(began), c.spent(time.Since(began))-before); left > 0 {
				timer.Reset(left)
				continue
			}
			c.kill()
			<-done
			return &FaultError{OverTime, "longer than " + limits.Time.String()}
		case <-ctx.Done():
			c.kill()
			<-done
			return context.Cause(ctx)
		}
	}
}

// spent is the processor time that a child has used so far; where the system
// does not tell, it is what the caller takes for it.
func (c *child) spent(otherwise time.Duration) time.Duration {
	if spent, ok := processorTime(c.cmd.Process.Pid); ok {
		return spent
	}
	return otherwise
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
