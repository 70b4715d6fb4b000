package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// doctorCommand says what is wrong with the installation and what to do.
func (a *app) doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "doctor", Args: cobra.NoArgs}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.doctor(c.Context(), asJSON) }
	return a.describe(c, "doctor")
}

// errSick ends a command that found something wrong and has said all of it.
var errSick = errors.New("something is wrong")

// The weights of what doctor says.
const (
	weightGood = "good"
	weightWarn = "warn" // it works, but somebody should look
	weightBad  = "bad"  // it does not work
)

// ailment is one thing that doctor says.
type ailment struct {
	Weight  string `json:"weight"`
	Subject string `json:"subject"`
	Message string `json:"message"`
	ToDo    string `json:"to_do,omitempty"`
}

// checkup is one examination.
type checkup struct {
	a    *app
	said []ailment
}

// good says that something is as it should be.
func (d *checkup) good(subject, code string, args ...string) {
	d.say(weightGood, subject, code, args...)
}

// warn says that somebody should look at something.
func (d *checkup) warn(subject, code string, args ...string) {
	d.say(weightWarn, subject, code, args...)
}

// say puts the sentences of a code in the group "doctor", and of what is to be
// done in the group "cure".
func (d *checkup) say(weight, subject, code string, args ...string) {
	l := d.a.letters
	found := ailment{Weight: weight, Subject: l.Word("doctor", subject), Message: l.Say("doctor", code, args...)}
	if weight != weightGood {
		found.ToDo = l.Say("cure", code, args...)
	}
	d.said = append(d.said, found)
}

// bad says what an error is.
func (d *checkup) bad(subject string, err error) {
	message, hint := d.a.letters.Error(err)
	d.said = append(d.said, ailment{weightBad, d.a.letters.Word("doctor", subject), message, hint})
}

// doctor looks at everything that work needs, one after the other, and goes on
// after what is wrong. It makes nothing but files to try with, in folders that
// are there, and takes them away again.
func (a *app) doctor(ctx context.Context, asJSON bool) error {
	d := &checkup{a: a}
	d.configuration()
	d.province()
	d.templates()
	d.clock()
	d.home()
	d.output()
	d.room()
	d.files()
	d.doors(ctx)
	if db := d.open(ctx); db != nil {
		d.ledger(ctx, db)
	}
	return d.report(asJSON)
}

// report prints what was found, and fails if anything is wrong.
func (d *checkup) report(asJSON bool) error {
	sick := false
	for _, s := range d.said {
		sick = sick || s.Weight == weightBad
		if asJSON {
			continue
		}
		fmt.Fprintf(d.a.out, "[%s] %s: %s\n", d.a.letters.Word("weight", s.Weight), s.Subject, s.Message)
		if s.ToDo != "" {
			fmt.Fprintf(d.a.out, "    → %s\n", s.ToDo)
		}
	}
	if asJSON {
		enc := json.NewEncoder(d.a.out)
		enc.SetIndent("", " ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(d.said); err != nil {
			return err
		}
	}
	if sick {
		return errSick
	}
	return nil
}

// configuration looks at what was set.
func (d *checkup) configuration() {
	c := d.a.config
	if c.File == "" {
		d.warn("config", "config_none")
	} else {
		d.good("config", "config_file", "file", c.File)
	}
	if err := c.Together(c.Check(), d.a.checkConfig()); err != nil {
		d.bad("config", err)
	}
	if len(c.Doors) == 0 {
		d.warn("config", "doors_none")
	}
	if len(c.Schedules) == 0 {
		d.warn("config", "schedules_none")
	}
}

// templates looks whether forms, criteria, rules and sentences can be used.
func (d *checkup) templates() {
	if _, err := d.a.reader(""); err != nil {
		d.bad("templates", err)
		return
	}
	digest, err := templates.Digest(templates.FS(d.a.config.Home))
	if err != nil {
		d.bad("templates", err)
		return
	}
	d.good("templates", "templates_ok", "digest", digest[:12])
}

// clock looks at the machine's time.
func (d *checkup) clock() {
	now := d.a.clock.now()
	switch {
	case d.a.clock.rehearsal:
		d.warn("clock", "rehearsal", "now", stamp(now))
	case now.Year() < 2026 || now.Year() > 2100:
		d.warn("clock", "clock_wrong", "now", stamp(now))
	default:
		d.good("clock", "clock_ok", "now", stamp(now.In(tonghop.Vietnam())))
	}
}

// ledger looks at the ledger, the queue in it and who works on it.
func (d *checkup) ledger(ctx context.Context, db *store.DB) {
	there, err := db.Now(ctx)
	if err != nil {
		d.bad("ledger", err)
		return
	}
	d.good("ledger", "ledger_ok", "ledger", d.a.ledgerName())
	if apart := time.Since(there).Abs(); apart > 2*time.Minute {
		d.warn("clock", "clocks_apart", "seconds", strconv.Itoa(int(apart.Seconds())))
	}
	d.originals(ctx, db)
	d.workers(ctx, db)
	d.unread(ctx, db)
	d.heldBack(ctx, db)
	d.queue(ctx, db)
	d.runs(ctx, db)
}
