package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// scheduleCommand lists what the clock starts, when, and what came of it.
func (a *app) scheduleCommand() *cobra.Command {
	var asJSON bool
	var runs int
	c := &cobra.Command{Use: "schedule", Args: cobra.NoArgs}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.Flags().IntVar(&runs, "runs", 0, a.flag("runs"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.schedule(c.Context(), runs, asJSON) }
	return a.describe(c, "schedule")
}

// scheduled is a schedule as --json prints it; times are RFC 3339 with the
// zone, "" = none.
type scheduled struct {
	Name       string `json:"name"`
	Action     string `json:"action"`
	Expression string `json:"expression"`
	Period     string `json:"period,omitempty"`
	Next       string `json:"next"`
	Last       *ran   `json:"last"`
	Missed     int    `json:"missed"`
	Pending    int    `json:"pending"`
	Unfinished int    `json:"unfinished"`
	Runs       []ran  `json:"runs,omitempty"`
}

// ran is a run as --json prints it.
type ran struct {
	Due      string            `json:"due"`
	State    string            `json:"state"`
	MadeUp   bool              `json:"made_up"`
	Claimed  string            `json:"claimed"`
	Outcome  string            `json:"outcome"`
	Args     map[string]string `json:"args,omitempty"`
	Finished string            `json:"finished"`
}

// schedule prints the schedules, and of each the latest runs if they are asked
// for.
func (a *app) schedule(ctx context.Context, runs int, asJSON bool) error {
	if err := a.checkConfig(); err != nil {
		return err
	}
	clock, err := scheduleClock(a.config)
	if err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	keeper := &schedule.Keeper{Ledger: db, Clock: clock, Now: a.clock.now}
	all, err := keeper.Status(ctx)
	if err != nil {
		return err
	}
	var list []scheduled
	for _, s := range all {
		line := scheduled{Name: s.Name, Action: string(s.Action), Expression: s.Expression, Period: string(s.Period),
			Next: stamp(s.Next), Missed: s.Missed, Pending: s.Pending, Unfinished: s.Unfinished}
		if s.Last != nil {
			line.Last = &ran{stamp(s.Last.Due), string(s.Last.State), s.Last.MadeUp, stamp(s.Last.Claimed), s.Last.Outcome, s.Last.Args, stamp(s.Last.Finished)}
		}
		if line.Runs, err = latest(ctx, db, clock, s.Name, runs); err != nil {
			return err
		}
		list = append(list, line)
	}
	if asJSON {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", " ")
		enc.SetEscapeHTML(false)
		return enc.Encode(list)
	}
	a.printSchedules(list)
	return nil
}

// latest are the latest runs of a schedule.
func latest(ctx context.Context, db *store.DB, clock *schedule.Clock, name string, limit int) ([]ran, error) {
	if limit <= 0 {
		return nil, nil
	}
	runs, err := db.Runs(ctx, name, limit)
	if err != nil {
		return nil, err
	}
	var out []ran
	for _, r := range runs {
		finished := ""
		if !r.Finished.IsZero() {
			finished = stamp(r.Finished.In(clock.Zone()))
		}
		out = append(out, ran{stamp(r.Due.In(clock.Zone())), string(r.State), r.MadeUp, stamp(r.Claimed.In(clock.Zone())), r.Outcome, r.Args,
			finished})
	}
	return out, nil
}

// stamp writes a time with its zone; "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// printSchedules prints a line for each schedule and one for each run.
func (a *app) printSchedules(list []scheduled) {
	fmt.Fprintln(a.out, a.letters.Talk("schedule_head"))
	for _, s := range list {
		last := "-"
		if s.Last != nil {
			last = s.Last.Due
		}
		outcome := a.outcome(s.Last)
		if s.Pending > 0 {
			pending := a.letters.Talk("pending", "count", strconv.Itoa(s.Pending))
			outcome = strings.TrimPrefix(outcome+"; "+pending, "-; ")
		}
		fmt.Fprintln(a.out, strings.Join([]string{s.Name, s.Expression, orDash(s.Next), last, strconv.Itoa(s.Missed), outcome}, "\t"))
		for i := range s.Runs {
			fmt.Fprintln(a.out, strings.Join([]string{"  " + s.Name, "", "", s.Runs[i].Due, "", a.outcome(&s.Runs[i])}, "\t"))
		}
	}
}

// outcome says what came of a run in words.
func (a *app) outcome(r *ran) string {
	if r == nil {
		return "-"
	}
	code := r.Outcome
	if code == "" {
		code = r.State
	}
	args := []string{"since", r.Claimed, "made_up", ""}
	if r.MadeUp {
		args[3] = a.letters.Talk("made_up")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Args)) {
		args = append(args, name, r.Args[name])
	}
	return a.letters.Say("outcome", code, args...)
}
