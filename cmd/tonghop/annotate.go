package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
)

// annotatorCommand is what a child process of the program runs: it annotates
// untrusted files for its parent. Nobody types it.
const annotatorCommand = "jailed-annotator"

// jailedAnnotator answers its parent until the parent is done.
func (a *app) jailedAnnotator() *cobra.Command {
	c := &cobra.Command{Use: annotatorCommand, Args: cobra.NoArgs, Hidden: true}
	c.PersistentPreRunE = func(*cobra.Command, []string) error { return nil }
	c.RunE = func(*cobra.Command, []string) error { return pipeline.ServeAnnotator(os.Stdin, os.Stdout) }
	return c
}

// keeping remembers the files that readers are given, byte for byte: what is
// annotated is what was judged, even if the file has changed since.
type keeping struct {
	pipeline.Readers
	mu   sync.Mutex
	read []tonghop.Parcel
}

// Read keeps the parcel and has it read.
func (k *keeping) Read(ctx context.Context, p tonghop.Parcel) (tonghop.Return, error) {
	k.mu.Lock()
	k.read = append(k.read, p)
	k.mu.Unlock()
	return k.Readers.Read(ctx, p)
}

// annotation is the annotated copy that was asked for.
type annotation struct {
	out     string
	reader  *pipeline.Reader
	readers *keeping
}

// allowed refuses to write the copy over a file that is checked.
func (n *annotation) allowed(paths []string) error {
	to, err := os.Stat(n.out)
	if err != nil {
		return nil // nothing is there
	}
	for _, path := range paths {
		if from, err := os.Stat(path); err == nil && os.SameFile(from, to) {
			return tonghop.Fail("annotate.itself", nil, "file", path)
		}
	}
	return nil
}

// annotate writes the annotated copy of the one file that was read. Where none
// could be taken there is nothing to annotate: the report says why.
func (a *app) annotate(ctx context.Context, n *annotation, outcomes []pipeline.Outcome) error {
	if len(n.readers.read) > 1 {
		return tonghop.Fail("annotate.one", nil, "count", fmt.Sprint(len(n.readers.read)))
	}
	for _, o := range outcomes {
		if o.Err != nil || o.Skip != ingest.SkipNone || len(n.readers.read) == 0 {
			continue
		}
		annotator, done := a.annotator(n)
		defer done()
		p := n.readers.read[0]
		p.Name = filepath.Base(p.Name)
		made, err := annotator.Annotate(ctx, p, o.Return)
		if err != nil {
			return err
		}
		return handOut(ctx, n.out, made.Workbook)
	}
	return nil
}

// annotator annotates in a child process, where the program can start itself
// again. The child ends when done is called.
func (a *app) annotator(n *annotation) (made *pipeline.Annotator, done func()) {
	made = &pipeline.Annotator{Reader: n.reader, Readers: n.readers.Readers, Letters: a.letters}
	if a.self == "" {
		return made, func() {}
	}
	limits := n.reader.Limits.WithDefaults()
	made.Pool = &jail.Pool{Command: []string{a.self, annotatorCommand}, Limits: jail.Limits{Data: 2 * limits.Memory, Time: 2 * limits.Time}}
	return made, made.Pool.Close
}

// handOut writes a file whole or not at all.
func handOut(ctx context.Context, path string, content []byte) error {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	_, err := pipeline.HandOut(ctx, dir, name, content)
	return err
}
