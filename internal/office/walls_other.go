//go:build unix && !linux

package office

import (
	"fmt"
	"os/exec"
	"syscall"
)

// Walls tells that this system gives none that we know how to use.
func (c *Converter) Walls() Walls { return Walls{Why: "only on Linux"} }

// walled runs the program in a process group of its own and waits for its end.
func (c *Converter) walled(_ string, command func() *exec.Cmd) error {
	cmd := command()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd) }
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start LibreOffice: %w", err)
	}
	return cmd.Wait()
}
