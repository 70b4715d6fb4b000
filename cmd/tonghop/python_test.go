package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// missing ends a test that wants for a program or a library: it is skipped,
// or fails if TONGHOP_MUST_RUN names what is missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if strings.Contains(os.Getenv("TONGHOP_MUST_RUN"), what) {
		t.Fatalf("%s is not installed, and TONGHOP_MUST_RUN names it", what)
	}
	t.Skipf("%s is not installed", what)
}

// python finds an interpreter that has some libraries: the one of the system
// first, for it has what the system's packages brought.
func python(t *testing.T, libraries ...string) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		path, err := exec.LookPath(name)
		if err == nil && exec.Command(path, "-c", "import "+strings.Join(libraries, ",")).Run() == nil {
			return path
		}
	}
	for _, l := range libraries {
		if path, err := exec.LookPath("/usr/bin/python3"); err != nil || exec.Command(path, "-c", "import "+l).Run() != nil {
			missing(t, l)
		}
	}
	t.Fatal("no interpreter has all of ", libraries)
	return ""
}

// script runs one of the scripts of testdata/forms, which must end well.
func script(t *testing.T, interpreter, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(interpreter, append([]string{filepath.Join("testdata", "forms", name)}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out.String())
	}
	return out.String()
}
