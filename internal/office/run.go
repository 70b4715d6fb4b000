package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// call is what one start of LibreOffice is told.
type call struct {
	ext, filter string
	settings    []setting
}

// Names in the folder of a call.
const (
	inputName  = "input"
	outputDir  = "out"
	profileDir = "profile"
	homeDir    = "home"
)

// errTime ends a call that takes too long.
var errTime = errors.New("over time")

// run has LibreOffice convert b in a new folder, which is gone afterwards.
func (c *Converter) run(ctx context.Context, what call, b []byte) (out []byte, err error) {
	dir, err := os.MkdirTemp(c.Dir, "tonghop-office-")
	if err != nil {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("make folder: %w", err))
	}
	defer func() {
		if gone := remove(dir); gone != nil && err == nil {
			out, err = nil, tonghop.Fail("convert.failed", gone)
		}
	}()
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("make folder: %w", err))
	}
	if err := c.furnish(dir, what, b); err != nil {
		return nil, tonghop.Fail("convert.failed", err)
	}
	said, err := c.start(ctx, dir, c.arguments(dir, what))
	if gone := removePipe(dir); err == nil && gone != nil {
		err = tonghop.Fail("convert.failed", gone)
	}
	if err != nil {
		return nil, err
	}
	return c.result(filepath.Join(dir, outputDir, inputName+".xlsx"), said)
}

// furnish puts into the folder what the program needs.
func (c *Converter) furnish(dir string, what call, b []byte) error {
	for _, name := range []string{outputDir, homeDir} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, inputName+"."+what.ext), b, 0o600); err != nil {
		return fmt.Errorf("write input: %w", err)
	}
	return writeProfile(filepath.Join(dir, profileDir), build(c.Program), what.settings)
}

// arguments is the command line after the program.
func (c *Converter) arguments(dir string, what call) []string {
	return []string{
		"-env:UserInstallation=" + fileURL(filepath.Join(dir, profileDir)),
		"-env:DISABLE_EXTENSION_SYNCHRONIZATION=1", // no extension is looked for, nor the program restarted for one
		"--headless", "--invisible", "--norestore", "--nolockcheck", "--nologo", "--nodefault", "--nofirststartwizard",
		"--infilter=" + what.filter,
		"--convert-to", "xlsx:Calc MS Excel 2007 XML",
		"--outdir", filepath.Join(dir, outputDir),
		filepath.Join(dir, inputName+"."+what.ext),
	}
}

// fileURL is the address of a path as LibreOffice wants it.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/...
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// start runs the program to its end, or to the end of its time, after which
// nothing of it is left. It gives the end of what the program said.
func (c *Converter) start(ctx context.Context, dir string, args []string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.time(), errTime)
	defer cancel()
	said := &tail{}
	err := c.walled(dir, func() *exec.Cmd {
		cmd := exec.CommandContext(ctx, c.Program, args...)
		cmd.Dir, cmd.Env = dir, environment(dir)
		cmd.Stdout, cmd.Stderr = said, said
		cmd.WaitDelay = 5 * time.Second // for what holds the pipes after the kill
		return cmd
	})
	switch {
	case ctx.Err() != nil:
		if cause := context.Cause(ctx); !errors.Is(cause, errTime) {
			return "", cause
		}
		return "", c.overTime()
	case err == nil:
		return said.String(), nil
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), c.Program == "":
		return "", tonghop.Fail("convert.none", err)
	}
	return "", tonghop.Fail("convert.failed", fmt.Errorf("%w; it said: %s", err, said))
}

// result reads what LibreOffice wrote. It ends without an error even where it
// wrote nothing.
func (c *Converter) result(path, said string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("no result: %w; it said: %s", err, said))
	}
	if !info.Mode().IsRegular() {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("the result is no file but %s", info.Mode()))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("open result: %w", err))
	}
	defer f.Close()
	out, err := io.ReadAll(io.LimitReader(f, c.bytes()+1))
	if err != nil {
		return nil, tonghop.Fail("convert.failed", fmt.Errorf("read result: %w", err))
	}
	return out, c.checkResult(out)
}

// remove takes the folder away. Another system may hold a file of a program
// that was ended for a moment longer.
func remove(dir string) error {
	var err error
	for range 20 {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("remove folder: %w", err)
}

// tail keeps the end of what a program says.
type tail struct{ b []byte }

// Write implements io.Writer.
func (t *tail) Write(b []byte) (int, error) {
	const most = 2000
	t.b = append(t.b, b...)
	if len(t.b) > most {
		t.b = append([]byte(nil), t.b[len(t.b)-most:]...)
	}
	return len(b), nil
}

func (t *tail) String() string { return strings.TrimSpace(string(t.b)) }
