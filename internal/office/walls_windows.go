package office

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Walls tells that processes are kept together, by a job object, and no more.
func (c *Converter) Walls() Walls { return Walls{Processes: true, Why: "only on Linux"} }

// environment is all that the program gets of ours; Windows needs some of it to
// load anything at all.
func environment(dir string) []string {
	home := filepath.Join(dir, homeDir)
	env := []string{"APPDATA=" + home, "LOCALAPPDATA=" + home, "USERPROFILE=" + home, "TEMP=" + home, "TMP=" + home, "SAL_DISABLE_OPENCL=1"}
	for _, name := range []string{"SystemRoot", "SystemDrive", "ProgramData", "PATH"} {
		env = append(env, name+"="+os.Getenv(name))
	}
	return env
}

// walled runs the program in a job object of its own, with its limits, and
// waits for its end. The job takes along all that was started in it.
func (c *Converter) walled(_ string, command func() *exec.Cmd) error {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return fmt.Errorf("make job: %w", err)
	}
	defer windows.CloseHandle(job)
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{JobMemoryLimit: uintptr(c.memory())}
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | windows.JOB_OBJECT_LIMIT_JOB_MEMORY
	if _, err := windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits))); err != nil {
		return fmt.Errorf("limit job: %w", err)
	}
	cmd := command()
	cmd.Cancel = func() error { return windows.TerminateJobObject(job, 1) }
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start LibreOffice: %w", err)
	}
	if err := assign(job, cmd.Process.Pid); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return err
	}
	return cmd.Wait()
}

// assign puts a process into the job.
func assign(job windows.Handle, pid int) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid))
	if err != nil {
		return fmt.Errorf("open process: %w", err)
	}
	defer windows.CloseHandle(process)
	if err := windows.AssignProcessToJobObject(job, process); err != nil {
		return fmt.Errorf("put process into job: %w", err)
	}
	return nil
}

// removePipe has nothing to do: a pipe ends with its program.
func removePipe(string) error { return nil }
