package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// explanationColumns is a contract.
var explanationColumns = []string{"id", "district_code", "district", "period", "form", "rule", "severity", "sheet", "cell", "unit_code", "field",
	"found", "explanation", "person", "received", "state", "decided_by", "decided", "reason", "submission"}

func (a *app) explanationsCommand() *cobra.Command {
	var of, state, format string
	c := &cobra.Command{Use: "explanations", Args: cobra.NoArgs}
	c.Flags().StringVar(&of, "period", "", a.flag("period"))
	c.Flags().StringVar(&state, "state", "", a.flag("state"))
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.RunE = func(c *cobra.Command, _ []string) error {
		p, err := period(of)
		if err != nil {
			return err
		}
		return a.explanations(c.Context(), store.ExplanationFilter{Period: p, Province: a.scope(), State: tonghop.ExplanationState(state)}, format)
	}
	c.AddCommand(a.acceptCommand(), a.refuseCommand())
	return a.describe(c, "explanations")
}

// explanations lists what offices explained. Of a place that is asked no more the
// cell is the place as they named it.
func (a *app) explanations(ctx context.Context, f store.ExplanationFilter, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	all, err := db.Explanations(ctx, f)
	if err != nil {
		return err
	}
	t, err := newTable(a.out, format, explanationColumns)
	if err != nil {
		return err
	}
	for _, e := range all {
		person := e.Person
		if person == "" {
			person = e.Office.Name
		}
		if err := t.row(strconv.Itoa(e.Number), e.Office.Code, e.Office.Name, e.Period.String(), e.Form, e.Rule, string(e.Severity), e.Sheet, e.Cells,
			e.Unit, e.Field, e.Value, e.Text, person, moment(e.Received), string(e.State), e.By, moment(e.Decided), e.Reason, e.Receipt); err != nil {
			return err
		}
	}
	return t.end()
}

// moment writes a time as the tables do; "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(tonghop.Vietnam()).Format(time.RFC3339)
}

func (a *app) acceptCommand() *cobra.Command {
	var by, tolerance, scope, until string
	c := &cobra.Command{Use: "accept ID", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&by, "by", "", a.flag("by"))
	c.Flags().StringVar(&tolerance, "tolerance", "", a.flag("tolerance"))
	c.Flags().StringVar(&scope, "scope", "unit", a.flag("scope"))
	c.Flags().StringVar(&until, "until", "", a.flag("until"))
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.accept(c.Context(), args[0], by, tolerance, scope, until)
	}
	return a.describe(c, "explanations_accept")
}

func (a *app) accept(ctx context.Context, id, by, amount, scope, until string) error {
	db, e, err := a.toDecide(ctx, id, by)
	if err != nil {
		return err
	}
	if e.Severity == tonghop.Reject || e.Holds {
		return tonghop.Fail("explanation.reject", nil, "number", id)
	}
	if e.Severity == tonghop.Note {
		return tonghop.Fail("explanation.note", nil, "number", id)
	}
	var t *tonghop.Tolerance
	if amount != "" {
		if t, err = a.toleranceOf(e, amount, scope, until); err != nil {
			return err
		}
	}
	made, err := db.Decide(ctx, e.Number, tonghop.ExplanationAccepted, store.Decision{By: by, At: a.clock.now()}, t)
	if err != nil {
		return err
	}
	number := ""
	if made > 0 {
		number = strconv.Itoa(made)
	}
	fmt.Fprintln(a.out, a.letters.Talk("explanation_accepted", "number", id, "by", by, "tolerance", number))
	return nil
}

// toDecide finds the explanation that somebody decides.
func (a *app) toDecide(ctx context.Context, id, by string) (db *store.DB, e tonghop.Explanation, err error) {
	if strings.TrimSpace(by) == "" {
		return nil, e, tonghop.Fail("explanation.by", nil)
	}
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 {
		return nil, e, tonghop.Fail("explanation.unknown", err, "number", id)
	}
	if db, err = a.open(ctx); err != nil {
		return nil, e, err
	}
	all, err := db.Explanations(ctx, store.ExplanationFilter{Number: n})
	if err == nil && len(all) == 0 {
		err = tonghop.Fail("explanation.unknown", nil, "number", id)
	}
	if err != nil {
		return nil, e, err
	}
	return db, all[0], nil
}

func (a *app) refuseCommand() *cobra.Command {
	var by, reason string
	c := &cobra.Command{Use: "refuse ID", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&by, "by", "", a.flag("by"))
	c.Flags().StringVar(&reason, "reason", "", a.flag("reason"))
	c.RunE = func(c *cobra.Command, args []string) error { return a.refuse(c.Context(), args[0], by, reason) }
	return a.describe(c, "explanations_refuse")
}

func (a *app) refuse(ctx context.Context, id, by, reason string) error {
	db, e, err := a.toDecide(ctx, id, by)
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return tonghop.Fail("explanation.reason", nil)
	}
	if _, err := db.Decide(ctx, e.Number, tonghop.ExplanationRefused, store.Decision{By: by, At: a.clock.now(), Reason: reason}, nil); err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.letters.Talk("explanation_refused", "number", id, "by", by, "reason", reason))
	return nil
}
