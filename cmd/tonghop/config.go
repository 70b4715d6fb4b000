package main

import (
	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop/templates"
)

// configCommand prints the commented sample of the configuration, which works
// as it stands.
func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{Use: "config", Args: cobra.NoArgs}
	c.RunE = func(*cobra.Command, []string) error {
		sample, err := templates.SampleConfig(templates.FS(""))
		if err != nil {
			return err
		}
		_, err = a.out.Write(sample)
		return err
	}
	return a.describe(c, "config")
}
