package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

func (a *app) formCommand() *cobra.Command {
	var w pipeline.Wanted
	var of, asOf, out string
	c := &cobra.Command{Use: "form xa-ntm --unit 849 --period 2023-06 -o FILE", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&w.Unit, "unit", "", a.flag("unit"))
	c.Flags().StringVar(&of, "period", "", a.flag("period"))
	c.Flags().StringVar(&asOf, "as-of", "", a.flag("as-of"))
	c.Flags().StringVarP(&out, "output", "o", "", a.flag("output"))
	c.RunE = func(c *cobra.Command, args []string) error {
		var err error
		w.Form = args[0]
		if w.Period, err = needPeriod(of); err != nil {
			return err
		}
		if w.AsOf, err = date(asOf); err != nil {
			return err
		}
		return a.form(c.Context(), w, out)
	}
	return a.describe(c, "form")
}

// form writes the blank form of an office and prints the file's path; without
// a path it stands in the current folder under a name of its own.
func (a *app) form(ctx context.Context, w pipeline.Wanted, out string) error {
	db, err := a.lookLedger(ctx)
	if err != nil {
		return err
	}
	makes := pipeline.Blanks{Templates: templates.FS(a.config.Home), Ledger: db, Program: version}
	made, err := makes.Make(ctx, w)
	if err != nil {
		return err
	}
	if out == "" {
		out = w.FileName()
	}
	if _, err := pipeline.HandOut(ctx, filepath.Dir(out), filepath.Base(out), made.Workbook); err != nil {
		return err
	}
	fmt.Fprintln(a.out, out)
	return nil
}

// lookLedger opens the ledger to look something up; nil where there is none
// yet, for looking makes no data folder.
func (a *app) lookLedger(ctx context.Context) (*store.DB, error) {
	if a.config.Database == "" {
		if _, err := os.Stat(a.config.Ledger()); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	db, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	return db, nil
}
