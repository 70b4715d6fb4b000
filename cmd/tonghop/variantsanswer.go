package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
)

// answering is what is said about a column.
type answering struct {
	cell, field, by      string
	mark, ignore, dryRun bool
}

func (a *app) variantsAnswerCommand() *cobra.Command {
	var s answering
	c := &cobra.Command{Use: "answer RECEIPT|FILE --cell 'Sheet!H5' --field 8.1 --by NAME", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&s.cell, "cell", "", a.flag("variant-cell"))
	c.Flags().StringVar(&s.field, "field", "", a.flag("variant-field"))
	c.Flags().BoolVar(&s.mark, "mark", false, a.flag("variant-mark"))
	c.Flags().BoolVar(&s.ignore, "ignore", false, a.flag("variant-ignore"))
	c.Flags().StringVar(&s.by, "by", "", a.flag("variant-by"))
	c.Flags().BoolVar(&s.dryRun, "dry-run", false, a.flag("dry-run"))
	c.MarkFlagsOneRequired("field", "ignore")
	c.MarkFlagsMutuallyExclusive("field", "ignore")
	c.RunE = func(c *cobra.Command, args []string) error { return a.variantsAnswer(c.Context(), args[0], s) }
	return a.describe(c, "variants-answer")
}

// variantsAnswer shows what an answer changes, keeps it and lets the file be read
// by it.
func (a *app) variantsAnswer(ctx context.Context, what string, s answering) error {
	if strings.TrimSpace(s.by) == "" {
		return tonghop.Fail("usage.by", nil)
	}
	at, err := cellOf(s.cell)
	if err != nil {
		return err
	}
	q, err := a.askedFile(ctx, what)
	if err != nil {
		return err
	}
	before, err := q.read(ctx)
	if err != nil {
		return err
	}
	v, answer, taken, err := answerAt(q, before, at, s)
	if err != nil {
		return err
	}
	answer.At, answer.Receipt = a.clock.now(), q.receipt
	trial := v
	trial.Answers = append(append([]tonghop.Answer{}, v.Answers...), answer)
	after, err := q.read(ctx, trial)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.letters.Say("variant", "change", "cell", answer.Ref.String(), "label", answer.Label, "office", before.Office.Name, "id", v.ID(),
		"taken", a.takenFor(taken), "meaning", a.meaning(answer.Field, answer.Mark)))
	a.difference(pipeline.Differences(before, after))
	if s.dryRun {
		fmt.Fprintln(a.err, a.letters.Say("variant", "dry"))
		return nil
	}
	if err := q.in.Ledger.KeepAnswer(ctx, v, answer); err != nil {
		return err
	}
	fmt.Fprintln(a.err, a.letters.Say("variant", "kept", "id", v.ID()))
	if q.receipt == "" {
		return nil
	}
	became, err := q.in.Reconsider(ctx, q.receipt, after)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.err, a.letters.Say("variant", "again_"+string(became), "receipt", q.receipt))
	return nil
}

// answerAt is the answer about the column of a cell, and the layout that it is
// about.
func answerAt(q askedAbout, ret tonghop.Return, at tonghop.Ref, s answering) (v tonghop.Variant, answer tonghop.Answer, taken tonghop.Column, err error) {
	if len(ret.Tables) == 0 {
		return v, answer, taken, tonghop.Fail("variants.table", nil, "file", q.parcel.Name)
	}
	if ret.Office.Code == "" || ret.Tables[0].Variant.Office == "" {
		return v, answer, taken, tonghop.Fail("variants.office", nil, "file", q.parcel.Name)
	}
	field, mark := "", false
	if !s.ignore {
		known, err := q.in.Reader.KnownOf(ret.Form, ret.AsOf)
		if err != nil {
			return v, answer, taken, err
		}
		if field, mark, err = fieldOf(known, s.field); err != nil {
			return v, answer, taken, err
		}
	}
	for _, t := range ret.Tables {
		if c, ok := t.Column(at); ok && c.Label == "" {
			return v, answer, taken, tonghop.Fail("variants.blank", nil, "cell", c.At.String(), "file", q.parcel.Name)
		} else if ok {
			answer = tonghop.Answer{Place: c.Col - t.First, Label: c.Label, Field: field, Mark: mark || s.mark && field != "", By: strings.TrimSpace(s.by), Ref: c.At}
			return t.Variant, answer, c.Column, nil
		}
	}
	return v, answer, taken, tonghop.Fail("variants.cell", nil, "cell", at.String(), "file", q.parcel.Name)
}

// fieldOf reads a field as somebody names it: 8.1, TC8, total_met. The mark of a
// criterion with a single indicator is that indicator's.
func fieldOf(known tonghop.Known, text string) (field string, mark bool, err error) {
	text = strings.TrimSpace(text)
	if n, ok := strings.CutPrefix(strings.ToUpper(text), "TC"); ok {
		no, err := strconv.Atoi(n)
		if err != nil || no < 1 || no > len(known.Criteria.Criteria) {
			return "", false, tonghop.Fail("variants.field", nil, "field", text)
		}
		if only := known.Criteria.Criteria[no-1].Indicators; len(only) == 1 {
			return only[0].No, true, nil
		}
		return "TC" + n, true, nil
	}
	_, own := known.Form.OwnFields[text]
	if _, _, ok := known.Criteria.Indicator(text); !ok && !own {
		return "", false, tonghop.Fail("variants.field", nil, "field", text)
	}
	return text, false, nil
}

// difference prints what another reading changes.
func (a *app) difference(d pipeline.Difference) {
	if d.None() {
		fmt.Fprintln(a.out, a.letters.Say("variant", "same"))
		return
	}
	if d.Before != d.After {
		fmt.Fprintln(a.out, a.letters.Say("variant", "state", "before", a.letters.Word("state", string(d.Before)), "after", a.letters.Word("state", string(d.After))))
	}
	for _, c := range d.Fields {
		fmt.Fprintln(a.out, a.letters.Say("variant", "field", "field", a.meaning(c.Field, false), "gained", count(c.Gained), "lost", count(c.Lost),
			"changed", count(c.Changed), "cell", c.At.String(), "was", c.Was, "is", c.Is))
	}
	a.findingLines("gone", d.Gone)
	a.findingLines("new", d.New)
}

// findingLines prints findings, one line each.
func (a *app) findingLines(key string, found []tonghop.Finding) {
	for _, f := range found {
		message, _, _ := a.letters.Finding(f)
		where := f.Sheet
		if cells := f.Cells(); cells != "" {
			where += "!" + cells
		}
		fmt.Fprintln(a.out, a.letters.Say("variant", key, "where", where, "message", message))
	}
}

// count writes a number; "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
