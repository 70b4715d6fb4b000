// Command tonghop consolidates the reports of districts on New Rural
// Development. Everything is wired here and nowhere else: main.go runs a
// command line, app.go opens what commands need, and each command has a file of
// its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// version is what the program is; it is part of what an edition was made from.
const version = "0.1.0"

// The exit codes of every command.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitRejected    = 3
	exitNothing     = 4
	exitInterrupted = 130
)

// errRejected ends a command that did its work although some files were not
// taken.
var errRejected = errors.New("some submissions were rejected")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() { // a second signal ends the program at once; so does patience
		<-ctx.Done()
		stop()
		time.AfterFunc(10*time.Second, func() { os.Exit(exitInterrupted) })
	}()
	self, err := os.Executable()
	if err != nil {
		self = "" // then files are read in this process
	}
	code := runAs(ctx, self, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes a command line in this process alone and gives the exit code:
// results go to stdout, talk to stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return runAs(ctx, "", args, stdout, stderr)
}

// runAs executes a command line; self is the program to start children of.
func runAs(ctx context.Context, self string, args []string, stdout, stderr io.Writer) int {
	a := &app{out: stdout, err: stderr, config: templates.DefaultConfig(), self: self}
	root, err := a.root()
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err = root.ExecuteContext(ctx)
	if closed := a.close(); err == nil {
		err = closed
	}
	return a.exit(ctx, err)
}

// exit shows an error to the person and turns it into the exit code.
func (a *app) exit(ctx context.Context, err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRejected):
		return exitRejected
	case errors.Is(err, errSick):
		return exitFailed
	case ctx.Err() != nil:
		return exitInterrupted
	}
	letters, lettersErr := a.readLetters()
	if lettersErr != nil {
		fmt.Fprintln(a.err, err)
		return exitFailed
	}
	message, hint := letters.Error(err)
	fmt.Fprintf(a.err, "%s: %s\n", letters.Word("talk", "error"), message)
	if hint != "" {
		fmt.Fprintf(a.err, "%s: %s\n", letters.Word("talk", "hint"), hint)
	}
	code := tonghop.CodeOf(err)
	switch {
	case code == "edition.nothing":
		return exitNothing
	case len(code) > 6 && code[:6] == "usage.":
		return exitUsage
	}
	return exitFailed
}

// readLetters gives the sentences in the chosen language; the embedded ones if
// those of the data folder cannot be read.
func (a *app) readLetters() (*templates.Letters, error) {
	if l, err := templates.ReadLetters(templates.FS(a.config.Home), a.config.Language); err == nil {
		return l, nil
	}
	return templates.ReadLetters(templates.FS(""), "vi")
}
