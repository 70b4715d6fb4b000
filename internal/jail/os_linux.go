package jail

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// attributes ties a child to its parent: it dies with it.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// confine sets the limits of this process. The limit of memory stands on top of
// what the program itself holds before its first request: that is not the
// file's, and it is much in a program built to find races.
func confine(data uint64) error {
	held, err := heldData()
	if err != nil {
		return err
	}
	for what, limit := range map[int]uint64{unix.RLIMIT_DATA: held + data, unix.RLIMIT_FSIZE: 0, unix.RLIMIT_CORE: 0} {
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("set limit %d: %w", what, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	return nil
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
