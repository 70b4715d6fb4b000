package office

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Walls tries which walls this system lets us put up.
func (c *Converter) Walls() Walls {
	files := landlocked()
	cmd := exec.Command("/bin/sh", "-c", ":")
	cmd.SysProcAttr = attributes(true)
	spaces := cmd.Run()
	if spaces != nil {
		spaces = fmt.Errorf("namespaces: %w", spaces)
	}
	w := Walls{Network: spaces == nil, Processes: spaces == nil, Files: files == nil}
	if err := errors.Join(files, spaces); err != nil {
		w.Why = strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	return w
}

// attributes ties the program to us: it dies with us, and its group with it.
// With spaces it has a network of its own without any device, and process
// numbers of its own, whose first holder takes all others along when it ends.
func attributes(spaces bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	if spaces {
		a.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC
	}
	return a
}

// walled runs the program behind the walls that the system lets us put up, and
// waits for its end. command makes the command anew. A program that does not start
// behind all walls is tried with fewer.
func (c *Converter) walled(dir string, command func() *exec.Cmd) error {
	done := make(chan error, 1)
	go func() {
		// The thread is given up to its walls and ends with this goroutine.
		// It must live as long as the program, which dies with it.
		runtime.LockOSThread()
		done <- c.onThread(dir, command)
	}()
	return <-done
}

// onThread starts the program from this thread, of which it takes the walls
// over.
func (c *Converter) onThread(dir string, command func() *exec.Cmd) error {
	if !c.open {
		// Without Landlock the other walls and the profile are left.
		_ = confine(dir, c.Program)
	}
	cmd, err := c.begin(command(), !c.open)
	if err != nil && !c.open && !errors.Is(err, fs.ErrNotExist) {
		cmd, err = c.begin(command(), false)
	}
	if err != nil {
		return fmt.Errorf("start LibreOffice: %w", err)
	}
	if err := c.limit(cmd.Process.Pid); err != nil {
		_ = killGroup(cmd)
		_ = cmd.Wait()
		return err
	}
	return cmd.Wait()
}

// begin starts cmd.
func (c *Converter) begin(cmd *exec.Cmd, spaces bool) (*exec.Cmd, error) {
	cmd.SysProcAttr = attributes(spaces)
	cmd.Cancel = func() error { return killGroup(cmd) }
	return cmd, cmd.Start()
}

// limit sets what the process, and those it starts, may use. It has only just
// begun and has not read anything.
func (c *Converter) limit(pid int) error {
	for what, most := range map[int]uint64{
		unix.RLIMIT_FSIZE: uint64(4 * c.bytes()),
		unix.RLIMIT_CPU:   uint64(4*c.time().Seconds()) + 4,
		unix.RLIMIT_DATA:  uint64(c.memory()),
		unix.RLIMIT_CORE:  0,
	} {
		if err := unix.Prlimit(pid, what, &unix.Rlimit{Cur: most, Max: most}, nil); err != nil && !errors.Is(err, unix.ESRCH) {
			return fmt.Errorf("limit %d of LibreOffice: %w", what, err)
		}
	}
	return nil
}
