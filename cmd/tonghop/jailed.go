package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/office"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// jailedCommand is what a child process of the program runs: it reads untrusted
// files for its parent. Nobody types it.
const jailedCommand = "jailed-reader"

// jailedReader answers its parent until the parent is done.
func (a *app) jailedReader() *cobra.Command {
	var asOf string
	c := &cobra.Command{Use: jailedCommand, Args: cobra.NoArgs, Hidden: true}
	c.Flags().StringVar(&asOf, "as-of", "", "")
	// Nothing of the configuration is read but what the parent says.
	c.PersistentPreRunE = func(*cobra.Command, []string) error { return nil }
	c.RunE = func(c *cobra.Command, _ []string) error {
		flags := c.Root().PersistentFlags()
		home, _ := flags.GetString("home")
		province, _ := flags.GetString("province")
		return pipeline.ServeReader(os.Stdin, os.Stdout, func() (*pipeline.Reader, error) {
			return pipeline.NewReader(templates.FS(home), province, tonghop.Date(asOf))
		})
	}
	return c
}

// readers reads files in child processes, as many at once as are configured;
// in this process where the program cannot start itself again. What an office
// reported last comes from recall; nil = from nowhere. The children end with the
// program, or when done is called.
func (a *app) readers(reader *pipeline.Reader, asOf tonghop.Date, recall pipeline.Recall) (r pipeline.Readers, done func()) {
	if a.self == "" {
		local := pipeline.NewLocal(reader, a.atOnce())
		local.Recall = recall
		return a.converting(local), func() {}
	}
	pool := &jail.Pool{Command: []string{a.self, jailedCommand, "--home", a.config.Home, "--province", a.config.Province,
		"--as-of", string(asOf)}, Limits: jail.Limits{Data: reader.Limits.Memory, Time: reader.Limits.Time, Uses: reader.Limits.Uses}}
	jailed := pipeline.NewJailed(reader, pool, a.atOnce())
	jailed.Recall = recall
	return a.converting(jailed), pool.Close
}

// converting lets LibreOffice convert what is not read here, if it is installed
// and may be asked.
func (a *app) converting(readers pipeline.Readers) pipeline.Readers {
	program, found := office.Find()
	if !found || !a.config.Convert {
		return readers
	}
	c := &office.Converter{Program: program, Bytes: a.config.Limits.Bytes, Limits: a.config.Limits}
	return &pipeline.Converting{Readers: readers, Converter: c, Kinds: office.Kinds()}
}
