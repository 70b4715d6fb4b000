package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
)

// samples are nine workbooks of one province for one month; how they were made
// stands beside them.
//
//go:embed samples/*.xlsx
var samples embed.FS

func (a *app) demoCommand() *cobra.Command {
	var out string
	c := &cobra.Command{Use: "demo", Args: cobra.NoArgs}
	c.Flags().StringVar(&out, "out", "tonghop-demo", a.flag("out"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.demo(c.Context(), out) }
	return a.describe(c, "demo")
}

// demo does the main job once: nine files in, one edition out, one figure
// traced. The last line on stdout is the edition's path.
func (a *app) demo(ctx context.Context, out string) error {
	say := func(key string, args ...string) { fmt.Fprintln(a.err, a.letters.Talk(key, args...)) }
	month := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	a.config.Home, a.config.Province = filepath.Join(out, "home"), "84"
	reports := filepath.Join(out, "reports")
	for _, old := range []string{a.config.Home, reports} {
		if err := os.RemoveAll(old); err != nil {
			return fmt.Errorf("clear %q: %w", old, err)
		}
	}
	say("demo_start")
	if err := unpack(reports); err != nil {
		return err
	}
	say("demo_read", "dir", reports)
	if err := a.ingest(ctx, []string{reports}, month, "", false); err != nil {
		return err
	}
	say("demo_build")
	built, err := a.consolidate(ctx, month, pipeline.DefaultForm, "", out)
	if err != nil {
		return err
	}
	if err := a.demoTrace(ctx, month, say); err != nil {
		return err
	}
	say("demo_next", "home", a.config.Home)
	fmt.Fprintln(a.out, built[0].path)
	return nil
}

// demoTrace shows where one figure of the edition comes from.
func (a *app) demoTrace(ctx context.Context, month tonghop.Period, say func(string, ...string)) error {
	c, err := a.consolidation(ctx, "")
	if err != nil {
		return err
	}
	for row := 10; row < 60; row++ {
		t, err := c.Trace(ctx, month, "84", fmt.Sprintf("Xã!W%d", row))
		if err != nil || len(t.Sources) != 1 {
			continue
		}
		s := t.Sources[0]
		say("demo_trace", "cell", t.Cell, "value", t.Value)
		say("demo_source", "file", s.File, "sheet", s.Sheet, "cell", s.Cell, "raw", s.Raw)
		return nil
	}
	return nil
}

// unpack writes the sample workbooks into a folder.
func unpack(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder %q: %w", dir, err)
	}
	files, err := fs.Glob(samples, "samples/*.xlsx")
	if err != nil {
		return fmt.Errorf("list samples: %w", err)
	}
	for _, name := range files {
		raw, err := fs.ReadFile(samples, name)
		if err != nil {
			return fmt.Errorf("read sample: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), raw, 0o644); err != nil {
			return fmt.Errorf("write sample: %w", err)
		}
	}
	return nil
}
