//go:build !linux

package jail

import (
	"syscall"
	"time"
)

// attributes are the usual ones.
func attributes() *syscall.SysProcAttr { return nil }

// confine leaves memory to the collector: this system is not asked.
func confine(uint64) error { return nil }

// processorTime is not known: this system is not asked.
func processorTime(int) (time.Duration, bool) { return 0, false }
