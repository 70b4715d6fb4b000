package jail

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// attributes ties a child to its parent: it dies with it.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// confine sets the limits of this process. The limit of memory stands on top of
// what the program itself holds before its first request, which is not the
// file's.
func confine(data uint64) error {
	held, err := heldData()
	if err != nil {
		return err
	}
	for what, limit := range map[int]uint64{unix.RLIMIT_DATA: held + own*data, unix.RLIMIT_FSIZE: 0, unix.RLIMIT_CORE: 0} {
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("set limit %d: %w", what, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	return nil
}

// ticks is in how many parts of a second Linux counts processor time for
// programs, on every architecture that Go knows.
const ticks = 100

// processorTime is what a process has used of processors, itself and for it, to a
// hundredth of a second: the 14th and 15th figure of /proc/PID/stat; not ok if it
// cannot be read.
func processorTime(pid int) (sum time.Duration, ok bool) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:])) // behind the name, which may hold anything
	if len(fields) < 13 {
		return 0, false
	}
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, false
		}
		sum += time.Duration(n) * time.Second / ticks
	}
	return sum, true
}

// heldData is the private memory of this process in bytes, as RLIMIT_DATA
// counts it: the sixth figure of /proc/self/statm, in pages.
func heldData() (uint64, error) {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, fmt.Errorf("read own memory: %w", err)
	}
	var size, resident, shared, text, lib, data uint64
	if _, err := fmt.Sscan(string(raw), &size, &resident, &shared, &text, &lib, &data); err != nil {
		return 0, fmt.Errorf("read own memory: %w", err)
	}
	return data * uint64(os.Getpagesize()), nil
}
