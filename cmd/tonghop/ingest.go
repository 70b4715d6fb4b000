package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strconv"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) ingestCommand() *cobra.Command {
	return a.describe(a.readingCommand("ingest PATH...", a.ingest), "ingest")
}

// readingCommand is a command that reads files: what ingest and check share.
func (a *app) readingCommand(use string, run func(context.Context, []string, tonghop.Period, tonghop.Date, bool) error) *cobra.Command {
	var expect, asOf string
	var asJSON bool
	c := &cobra.Command{Use: use, Args: cobra.MinimumNArgs(1)}
	c.Flags().StringVar(&expect, "expect", "", a.flag("expect"))
	c.Flags().StringVar(&asOf, "as-of", "", a.flag("as-of"))
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, paths []string) error {
		p, err := period(expect)
		if err != nil {
			return err
		}
		on, err := date(asOf)
		if err != nil {
			return err
		}
		return run(c.Context(), paths, p, on, asJSON)
	}
	return c
}

// ingest takes files into the ledger and prints a line for each.
func (a *app) ingest(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date, asJSON bool) error {
	if err := exist(paths); err != nil {
		return err
	}
	in, err := a.intake(ctx, asOf)
	if err != nil {
		return err
	}
	count := 0
	for range ingest.Walk(paths) {
		count++
	}
	bar := a.progress(count)
	outcomes, err := in.Batch(ctx, ingest.Walk(paths), expect, func() { _ = bar.Add(1) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	return a.report(outcomes, asJSON, a.record)
}

// exist refuses arguments that are not there before anything is done.
func exist(paths []string) error {
	for _, p := range paths {
		if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
			return tonghop.Fail("usage.missing", err, "file", p)
		}
	}
	return nil
}

// progress shows a bar on a terminal and nothing elsewhere.
func (a *app) progress(files int) *progressbar.ProgressBar {
	w := io.Discard
	if f, ok := a.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		w = a.err
	}
	return progressbar.NewOptions(files, progressbar.OptionSetWriter(w), progressbar.OptionClearOnFinish(),
		progressbar.OptionShowCount(), progressbar.OptionSetDescription(a.letters.Talk("reading")))
}

// report prints the outcomes: as lines with the first things to do, or as
// JSON, one record a file.
func (a *app) report(outcomes []pipeline.Outcome, asJSON bool, recorded func(pipeline.Outcome) record) error {
	sum := map[string]int{}
	var records []record
	for _, o := range outcomes {
		switch {
		case o.Skip != ingest.SkipNone:
			sum["skipped"]++
		case o.Err != nil:
			sum[string(tonghop.Rejected)]++
		default:
			sum[string(o.Return.State)]++
		}
		if asJSON {
			records = append(records, recorded(o))
		} else {
			a.line(o)
		}
	}
	if asJSON {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", " ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(records); err != nil {
			return err
		}
	}
	if len(outcomes) == 0 {
		fmt.Fprintln(a.err, a.letters.Talk("nothing"))
	}
	fmt.Fprintln(a.err, a.letters.Talk("sum", "files", strconv.Itoa(len(outcomes)), "accepted", strconv.Itoa(sum["accepted"]),
		"held", strconv.Itoa(sum["held"]), "rejected", strconv.Itoa(sum["rejected"]),
		"unchanged", strconv.Itoa(sum["unchanged"]), "skipped", strconv.Itoa(sum["skipped"])))
	if sum["rejected"] > 0 {
		return errRejected
	}
	return nil
}

// line prints one file: state, office, form, period, rows, findings; then the
// few things that matter most.
func (a *app) line(o pipeline.Outcome) {
	if o.Skip != ingest.SkipNone {
		fmt.Fprintln(a.err, a.letters.Talk("skipped", "file", o.Name, "reason", a.letters.Word("skip", string(o.Skip))))
		return
	}
	if o.Err != nil {
		message, hint := a.letters.Error(o.Err)
		fmt.Fprintln(a.out, a.letters.Talk("refused", "file", o.Name, "message", message, "hint", hint))
		return
	}
	r := o.Return
	office := r.Office.Name
	if office == "" {
		office = a.letters.Talk("unknown_office")
	}
	fmt.Fprintln(a.out, a.letters.Talk("line", "state", a.letters.Word("state", string(r.State)), "office", office,
		"form", r.Form, "period", orDash(r.Period.String()), "rows", strconv.Itoa(counted(r)),
		"reject", strconv.Itoa(tonghop.Count(r.Findings, tonghop.Reject)),
		"query", strconv.Itoa(tonghop.CountAsked(r.Findings)),
		"note", strconv.Itoa(tonghop.Count(r.Findings, tonghop.Note)), "receipt", orDash(o.Receipt), "file", o.Name))
	a.reasons(r)
}

// counted is the number of communes whose rows count.
func counted(r tonghop.Return) int {
	n := 0
	for _, row := range r.Rows {
		if row.LeftOut == "" {
			n++
		}
	}
	return n
}

// shown is how many reasons a line is followed by.
const shown = 3

// reasons prints what blocks a return first, then what is asked.
func (a *app) reasons(r tonghop.Return) {
	var open []tonghop.Finding
	for _, f := range r.Findings {
		lost := f.Rule == "GT-001" || f.Rule == "GT-003" // what somebody wrote for nothing
		if (f.Severity != tonghop.Note || lost) && f.Cause == "" {
			open = append(open, f)
		}
	}
	weight := func(f tonghop.Finding) int {
		if f.Answered() { // nothing to do
			return 0
		}
		return f.Weight()
	}
	sort.SliceStable(open, func(i, j int) bool { return weight(open[i]) > weight(open[j]) })
	for i, f := range open {
		if i == shown {
			fmt.Fprintln(a.out, a.letters.Talk("more", "count", strconv.Itoa(len(open)-shown), "period", r.Period.String()))
			return
		}
		message, _, fix := a.letters.Finding(f)
		where := f.Sheet
		if cells := f.Cells(); cells != "" {
			where += "!" + cells
		}
		if where != "" {
			where += ": "
		}
		fmt.Fprintln(a.out, a.letters.Talk("why", "cells", where, "message", message, "fix", fix))
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// record is one file as --json prints it.
type record struct {
	File     string         `json:"file"`
	State    string         `json:"state"`
	Reason   string         `json:"reason,omitempty"`
	Receipt  string         `json:"submission,omitempty"`
	SHA256   string         `json:"sha256,omitempty"`
	Province string         `json:"province_code,omitempty"`
	Office   string         `json:"district_code,omitempty"`
	Name     string         `json:"district,omitempty"`
	Form     string         `json:"form,omitempty"`
	Period   string         `json:"period,omitempty"`
	Version  int            `json:"version,omitempty"`
	Rows     int            `json:"rows"`
	Evidence []string       `json:"recognised_by,omitempty"`
	Known    string         `json:"recognised,omitempty"`
	Score    int            `json:"recognised_score,omitempty"` // fields
	RunnerUp string         `json:"runner_up,omitempty"`        // sheet or form
	Findings []foundRecord  `json:"findings"`
	Counts   map[string]int `json:"counts"`

	// Every source cell that was understood; only where it was asked for.
	Facts []map[string]string `json:"facts,omitempty"`
}

// foundRecord is one finding of a record.
type foundRecord struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Owner    string `json:"owner"`
	Unit     string `json:"unit_code"`
	Field    string `json:"field"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Found    string `json:"found"`
	Expected string `json:"expected"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
	Cause    string `json:"cause,omitempty"` // rule, sheet and cells of the finding that explains this one

	Answer      string `json:"answer,omitempty"`      // waiting, accepted, refused, changed…
	Explanation string `json:"explanation,omitempty"` // what the office wrote
}

func (a *app) record(o pipeline.Outcome) record {
	r := o.Return
	rec := record{File: o.Name, State: string(r.State), Receipt: o.Receipt, SHA256: r.Submission.SHA256, Province: r.Province,
		Office: r.Office.Code, Name: r.Office.Name, Form: r.Form, Period: r.Period.String(), Version: r.Version,
		Rows: counted(r), Findings: []foundRecord{}, Counts: map[string]int{}}
	if o.Skip != ingest.SkipNone {
		rec.State, rec.Reason = "skipped", string(o.Skip)
	}
	if o.Err != nil {
		rec.State = string(tonghop.Rejected)
		rec.Reason, _ = a.letters.Error(o.Err)
	}
	rec.Evidence, rec.Known = r.Evidence, a.letters.Evidence(r.Evidence)
	rec.Score, rec.RunnerUp = r.Score, r.RunnerUp
	for _, f := range r.Findings {
		message, expected, fix := a.letters.Finding(f)
		rec.Counts[string(f.Severity)]++
		rec.Findings = append(rec.Findings, foundRecord{f.Rule, string(f.Severity), string(f.Owner), f.Unit, f.Field,
			f.Sheet, f.Cells(), f.Found, expected, message, fix, f.Cause, f.Args[tonghop.ArgAnswer], f.Args[tonghop.ArgExplained]})
	}
	return rec
}
