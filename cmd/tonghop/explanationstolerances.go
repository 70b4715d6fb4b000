package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// toleranceColumns is a contract.
var toleranceColumns = []string{"id", "explanation", "rule", "form", "version", "province_code", "district_code", "unit_code", "field",
	"kind", "amount", "found", "text", "period", "by", "made", "until", "withdrawn_by", "withdrawn"}

func (a *app) tolerancesCommand() *cobra.Command {
	var format string
	c := &cobra.Command{Use: "tolerances", Args: cobra.NoArgs}
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.tolerances(c.Context(), format) }
	c.AddCommand(a.withdrawCommand())
	return a.describe(c, "tolerances")
}

func (a *app) tolerances(ctx context.Context, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	all, err := db.Tolerances(ctx, a.scope(), "")
	if err != nil {
		return err
	}
	t, err := newTable(a.out, format, toleranceColumns)
	if err != nil {
		return err
	}
	for _, o := range all {
		if err := t.row(strconv.Itoa(o.Number), strconv.Itoa(o.Explanation), o.Rule, o.Form, o.Version, o.Province, o.Office, o.Unit, o.Field,
			o.Kind, o.Amount, o.Value, o.Text, o.Period.String(), o.By, moment(o.Made), string(o.Until), o.WithdrawnBy, moment(o.Withdrawn)); err != nil {
			return err
		}
	}
	return t.end()
}

func (a *app) withdrawCommand() *cobra.Command {
	var by string
	c := &cobra.Command{Use: "withdraw ID", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&by, "by", "", a.flag("by"))
	c.RunE = func(c *cobra.Command, args []string) error {
		if strings.TrimSpace(by) == "" {
			return tonghop.Fail("explanation.by", nil)
		}
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return tonghop.Fail("tolerance.unknown", err, "number", args[0])
		}
		db, err := a.open(c.Context())
		if err != nil {
			return err
		}
		if err := db.Withdraw(c.Context(), n, store.Decision{By: by, At: a.clock.now()}); err != nil {
			return err
		}
		fmt.Fprintln(a.out, a.letters.Talk("tolerance_withdrawn", "number", args[0], "by", by))
		return nil
	}
	return a.describe(c, "tolerances_withdraw")
}

// toleranceOf reads what is to be let pass from now on because of an explanation:
// by the version of the form that was in force, and no longer than that.
func (a *app) toleranceOf(e tonghop.Explanation, amount, scope, until string) (*tonghop.Tolerance, error) {
	t := &tonghop.Tolerance{Rule: e.Rule, Form: e.Form, Province: e.Province, Office: e.Office.Code, Unit: e.Unit, Field: e.Field, Figure: e.Figure}
	switch scope {
	case "unit":
	case "office":
		t.Unit = ""
	case "form":
		t.Unit, t.Office = "", ""
	default:
		return nil, tonghop.Fail("explanation.scope", nil, "value", scope)
	}
	reader, err := a.reader("")
	if err != nil {
		return nil, err
	}
	known, err := reader.KnownOf(e.Form, e.Period.AsOf())
	if err != nil {
		return nil, err
	}
	t.Version, t.Until = known.Form.Key(), known.Form.To
	last, err := lastDay(until)
	if err != nil {
		return nil, err
	}
	if last != "" && (t.Until == "" || last < t.Until) {
		t.Until = last
	}
	return t, t.Allow(e, amount)
}

// lastDay reads a period or a day; "" is none.
func lastDay(until string) (tonghop.Date, error) {
	if until == "" {
		return "", nil
	}
	if p, err := tonghop.ParsePeriod(until); err == nil {
		return p.AsOf(), nil
	}
	return date(until)
}
