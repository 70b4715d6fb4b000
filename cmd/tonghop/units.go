package main

import (
	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

func (a *app) unitsCommand() *cobra.Command {
	var asOf, under, format string
	c := &cobra.Command{Use: "units --as-of 2023-06-30 --under 84", Args: cobra.NoArgs}
	c.Flags().StringVar(&asOf, "as-of", "2025-06-30", a.flag("as-of"))
	c.Flags().StringVar(&under, "under", "", a.flag("under"))
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.RunE = func(*cobra.Command, []string) error {
		on, err := date(asOf)
		if err != nil {
			return err
		}
		return a.units(on, under, format)
	}
	return a.describe(c, "units")
}

// units prints the units below another, with all levels, on one date; without
// one, the provinces.
func (a *app) units(on tonghop.Date, under, format string) error {
	register, err := templates.Units(templates.FS(a.config.Home))
	if err != nil {
		return err
	}
	if _, ok := register.Unit(under, on); under != "" && !ok {
		return tonghop.Fail("usage.unit", nil, "value", under, "date", string(on))
	}
	t, err := newTable(a.out, format, []string{"code", "name", "kind", "parent", "from", "to", "region"})
	if err != nil {
		return err
	}
	var list func(parent string) error
	list = func(parent string) error {
		for _, u := range register.Children(parent, on) {
			if err := t.row(u.Code, u.Name, string(u.Kind), u.Parent, string(u.From), string(u.To), u.Region); err != nil {
				return err
			}
			if under == "" {
				continue
			}
			if err := list(u.Code); err != nil {
				return err
			}
		}
		return nil
	}
	if err := list(under); err != nil {
		return err
	}
	return t.end()
}
