package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
)

// limitsCommand prints every limit of a file.
func (a *app) limitsCommand() *cobra.Command {
	var format string
	c := &cobra.Command{Use: "limits", Args: cobra.NoArgs}
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.RunE = func(*cobra.Command, []string) error { return a.limits(format) }
	return a.describe(c, "limits")
}

// limits prints a line for each limit: what it bounds, the value that holds,
// whose it is, and the key that sets it.
func (a *app) limits(format string) error {
	t, err := newTable(a.out, format, []string{"limit", "value", "unit", "whose", "setting", "meaning"})
	if err != nil {
		return err
	}
	for _, l := range a.config.Limits.List() {
		whose, setting := "reader", ""
		if l.Desk {
			whose = "desk"
		}
		if l.Set {
			setting = "limits." + l.Name
		}
		err := t.row(l.Name, strconv.FormatInt(l.Value, 10), l.Unit, whose, setting, a.letters.Word("limit", l.Name))
		if err != nil {
			return fmt.Errorf("print limits: %w", err)
		}
	}
	return t.end()
}
