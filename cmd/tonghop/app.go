package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/vault"
	"github.com/tonghop/tonghop/templates"
)

// app holds what the commands share: the global flags and what was opened.
type app struct {
	out, err io.Writer
	config   templates.Config
	clock    clock
	help     templates.Help
	letters  *templates.Letters
	ledger   *store.DB
	queue    *jobs.Queue // in the ledger
	self     string      // the program, to start children of it; "" = it starts none
	keys     keyring     // passwords of workbooks
	ends     []func()    // what to do when the command is done
}

// root builds the command line.
func (a *app) root() (*cobra.Command, error) {
	help, err := templates.ReadHelp(templates.FS(""))
	if err != nil {
		return nil, err
	}
	a.help = help
	root := &cobra.Command{Use: "tonghop", SilenceUsage: true, SilenceErrors: true, Version: version}
	a.describe(root, "tonghop")
	f := root.PersistentFlags()
	f.String("config", "", a.flag("config"))
	f.String("home", "tonghop-data", a.flag("home"))
	f.String("province", "", a.flag("province"))
	f.String("lang", "vi", a.flag("lang"))
	f.String("database", "", a.flag("database"))
	f.String("password-file", "", a.flag("password-file"))
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usage(c, err) })
	root.Args = cobra.NoArgs
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	a.describeArgs(root)
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return a.prepare(c) }
	root.AddCommand(a.demoCommand(), a.ingestCommand(), a.checkCommand(), a.factsCommand(), a.findingsCommand(),
		a.consolidateCommand(), a.traceCommand(), a.formCommand(), a.unitsCommand(), a.workCommand(), a.pullCommand(), a.scheduleCommand(),
		a.doctorCommand(), a.configCommand(), a.rereadCommand(), a.variantsCommand(), a.limitsCommand(), a.explanationsCommand(), a.tolerancesCommand(), a.jailedReader(), a.jailedAnnotator())
	return root, nil
}

// describe gives a command its help, Vietnamese first, with the exit codes.
func (a *app) describe(c *cobra.Command, key string) *cobra.Command {
	t := a.help.Commands[key]
	c.Short = t.Vi + " / " + t.En
	c.Long = t.Vi + "\n" + t.En + "\n\n" + a.help.Exit.Vi + "\n\n" + a.help.Exit.En
	a.describeArgs(c)
	return c
}

// describeArgs turns a wrong number of arguments into a mistake in the command
// line.
func (a *app) describeArgs(c *cobra.Command) {
	args := c.Args
	if args == nil {
		return
	}
	c.Args = func(c *cobra.Command, given []string) error {
		if err := args(c, given); err != nil {
			return usage(c, err)
		}
		return nil
	}
}

// checkProvince refuses a province that no list ever had.
func (a *app) checkProvince() error {
	if a.config.Province == "" || a.config.Province == "all" {
		return nil
	}
	known, err := templates.IsProvince(templates.FS(a.config.Home), a.config.Province, "2023-06-30", "2025-07-01")
	if err != nil || known {
		return err
	}
	return tonghop.Fail("usage.province", nil, "value", a.config.Province)
}

// flag is the help of a flag.
func (a *app) flag(key string) string { return a.help.Flags[key].Both() }

// usage is a mistake in the command line.
func usage(c *cobra.Command, err error) error {
	return tonghop.Fail("usage.flags", err, "detail", err.Error(), "command", strings.TrimPrefix(c.CommandPath(), "tonghop"))
}

// open opens the ledger of the data folder once.
func (a *app) open(ctx context.Context) (*store.DB, error) {
	if a.ledger != nil {
		return a.ledger, nil
	}
	db, err := store.Open(ctx, a.config.Ledger())
	if err != nil {
		return nil, err
	}
	a.ledger = db
	return db, nil
}

func (a *app) close() error {
	for _, end := range a.ends {
		end()
	}
	a.ends = nil
	if a.ledger == nil {
		return nil
	}
	err := a.ledger.Close()
	a.ledger, a.queue = nil, nil
	return err
}

// reader compiles the templates in force for the chosen province.
func (a *app) reader(asOf tonghop.Date) (*pipeline.Reader, error) {
	r, err := pipeline.NewReader(templates.FS(a.config.Home), a.config.Province, asOf)
	if err != nil {
		return nil, err
	}
	r.Limits = a.config.Limits
	if _, err := a.passwords(); err != nil {
		return nil, err
	}
	r.Passwords = a.currentPasswords
	return r, nil
}

// intake wires the desk, the reader and the ledger.
func (a *app) intake(ctx context.Context, asOf tonghop.Date) (*pipeline.Intake, error) {
	db, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	r, err := a.reader(asOf)
	if err != nil {
		return nil, err
	}
	v, err := vault.Open(filepath.Join(a.config.Home, "vault"))
	if err != nil {
		return nil, err
	}
	if err := a.queued(ctx, db); err != nil {
		return nil, err
	}
	r.Answers = db.Variants
	readers, done := a.readers(r, asOf, db.Last)
	a.ends = append(a.ends, done)
	return &pipeline.Intake{Reader: r, Readers: readers, Desk: &ingest.Desk{Ledger: db, Vault: v, Clock: a.clock.now, Limits: a.config.Limits}, Ledger: db, Originals: v,
		Late: store.LatePolicy{Wait: a.config.LateWait}}, nil
}

// queued gives the ledger its queue: a late report that is taken in at the
// keyboard asks for the next issue like any other.
func (a *app) queued(ctx context.Context, db *store.DB) error {
	if a.queue != nil {
		return nil
	}
	q, err := jobs.Open(ctx, db)
	if err != nil {
		return err
	}
	db.SetQueue(q)
	a.queue = q
	return nil
}

// consolidation wires what builds editions.
func (a *app) consolidation(ctx context.Context, asOf tonghop.Date) (*pipeline.Consolidation, error) {
	in, err := a.intake(ctx, asOf)
	if err != nil {
		return nil, err
	}
	v, ok := in.Desk.Vault.(*vault.Dir)
	if !ok {
		return nil, fmt.Errorf("open vault: not a folder")
	}
	return &pipeline.Consolidation{Reader: in.Reader, Ledger: in.Ledger, Vault: v,
		Templates: templates.FS(a.config.Home), Program: version}, nil
}

// period reads a period of the command line; "" is none.
func period(s string) (tonghop.Period, error) {
	if s == "" {
		return tonghop.Period{}, nil
	}
	p, err := tonghop.ParsePeriod(s)
	if err != nil {
		return p, tonghop.Fail("usage.period", err, "value", s)
	}
	return p, nil
}

// date reads a date of the command line; "" is none.
func date(s string) (tonghop.Date, error) {
	if s == "" {
		return "", nil
	}
	d, err := tonghop.ParseDate(s)
	if err != nil {
		return d, tonghop.Fail("usage.date", err, "value", s)
	}
	return d, nil
}
