package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) traceCommand() *cobra.Command {
	var asJSON bool
	var form string
	c := &cobra.Command{Use: "trace 2023-06 'Xã!J41'", Args: cobra.ExactArgs(2)}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.Flags().StringVar(&form, "form", pipeline.DefaultForm, a.flag("form"))
	c.RunE = func(c *cobra.Command, args []string) error {
		p, err := needPeriod(args[0])
		if err != nil {
			return err
		}
		con, err := a.consolidation(c.Context(), "")
		if err != nil {
			return err
		}
		con.Form = form
		codes, err := a.provinces(c.Context(), con, p)
		if err != nil {
			return err
		}
		if len(codes) > 1 {
			return tonghop.Fail("usage.provinces", nil, "period", p.String(), "provinces", strings.Join(codes, ", "))
		}
		t, err := con.Trace(c.Context(), p, codes[0], args[1])
		if err != nil {
			return err
		}
		return a.printTrace(t, asJSON)
	}
	return a.describe(c, "trace")
}

// printTrace prints a figure and the cells that it follows from.
func (a *app) printTrace(t consolidate.CellTrace, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(a.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(t)
	}
	fmt.Fprintln(a.out, a.letters.Talk("trace_value", "cell", t.Cell, "value", t.Value, "operation", string(t.Operation)))
	for _, s := range t.Sources {
		fmt.Fprintf(a.out, "  %s %s, %s!%s: %q → %s (%s)\n", a.letters.Talk("trace_from"), s.File, s.Sheet, s.Cell, s.Raw, s.Value, s.Submission)
	}
	return nil
}
