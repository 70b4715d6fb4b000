package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) variantsAskCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "ask RECEIPT|FILE", Args: cobra.ExactArgs(1)}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, args []string) error { return a.variantsAsk(c.Context(), args[0], asJSON) }
	return a.describe(c, "variants-ask")
}

// askedAbout is a file that somebody asks about.
type askedAbout struct {
	in      *pipeline.Intake
	parcel  tonghop.Parcel
	receipt string // "" of a file that was not handed in
}

// askedFile finds the file of a receipt, or at a path.
func (a *app) askedFile(ctx context.Context, what string) (askedAbout, error) {
	in, err := a.intake(ctx, "")
	if err != nil {
		return askedAbout{}, err
	}
	if raw, err := os.ReadFile(what); err == nil {
		return askedAbout{in: in, parcel: tonghop.Parcel{Door: pipeline.DoorCommand, Name: filepath.Base(what), Bytes: raw, Received: a.clock.now()}}, nil
	}
	p, err := in.Original(ctx, what)
	return askedAbout{in: in, parcel: p, receipt: what}, err
}

// read reads the file with what is remembered, and what is tried out besides.
func (q askedAbout) read(ctx context.Context, trial ...tonghop.Variant) (tonghop.Return, error) {
	p := q.parcel
	p.Tables, p.Trial = true, trial
	return q.in.Readers.Read(ctx, p)
}

// variantsAsk prints the columns of a file that are in doubt.
func (a *app) variantsAsk(ctx context.Context, what string, asJSON bool) error {
	q, err := a.askedFile(ctx, what)
	if err != nil {
		return err
	}
	ret, err := q.read(ctx)
	if err != nil {
		return err
	}
	if len(ret.Tables) == 0 {
		return tonghop.Fail("variants.table", nil, "file", q.parcel.Name)
	}
	if asJSON {
		return a.printJSON(askedRecords(ret))
	}
	open := 0
	for _, t := range ret.Tables {
		fmt.Fprintln(a.out, a.letters.Say("variant", "table", "sheet", t.Sheet, "office", ret.Office.Name, "form", t.Variant.Form+" "+t.Variant.Version, "id", t.Variant.ID()))
		for _, c := range t.Columns {
			if !c.Open && c.Why != "answer" {
				continue
			}
			if c.Open {
				open++
			}
			fmt.Fprintln(a.out, a.letters.Say("variant", "column", "cell", c.At.Cell(), "label", c.Label, "taken", a.takenFor(c.Column),
				"guesses", a.meanings(c.Guesses), "samples", strings.Join(c.Samples, "; ")))
		}
	}
	if open == 0 {
		fmt.Fprintln(a.err, a.letters.Say("variant", "clear"))
		return nil
	}
	fmt.Fprintln(a.err, a.letters.Say("variant", "how", "what", what))
	return nil
}

// meanings says in words what columns may hold.
func (a *app) meanings(fields []string) string {
	var out []string
	for _, f := range fields {
		out = append(out, a.meaning(f, false))
	}
	return strings.Join(out, ", ")
}

// askedColumn is a column as --json prints it.
type askedColumn struct {
	ID      string   `json:"id"`
	Office  string   `json:"office"`
	Form    string   `json:"form"`
	Version string   `json:"version"`
	Sheet   string   `json:"sheet"`
	Cell    string   `json:"cell"`
	Label   string   `json:"label"`
	Role    string   `json:"role"`
	Field   string   `json:"field"`
	Mark    bool     `json:"mark"`
	Why     string   `json:"why"`
	Guesses []string `json:"guesses"`
	Samples []string `json:"samples"`
	Rules   []string `json:"rules"`
	Open    bool     `json:"open"`
}

// askedRecords are all columns of a file.
func askedRecords(ret tonghop.Return) []askedColumn {
	out := []askedColumn{}
	for _, t := range ret.Tables {
		for _, c := range t.Columns {
			out = append(out, askedColumn{t.Variant.ID(), ret.Office.Code, t.Variant.Form, t.Variant.Version, t.Sheet, c.At.Cell(), c.Label,
				c.Role, c.Field, c.Mark, c.Why, c.Guesses, c.Samples, c.Asked, c.Open})
		}
	}
	return out
}
