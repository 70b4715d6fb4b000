package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) variantsShowCommand() *cobra.Command {
	c := &cobra.Command{Use: "show ID", Args: cobra.ExactArgs(1)}
	c.RunE = func(c *cobra.Command, args []string) error { return a.variantsShow(c.Context(), args[0]) }
	return a.describe(c, "variants-show")
}

// variantsShow prints the answers about a layout, and by what they make the file
// that was asked about last read otherwise than by the form alone.
func (a *app) variantsShow(ctx context.Context, id string) error {
	in, err := a.intake(ctx, "")
	if err != nil {
		return err
	}
	all, err := in.Ledger.Variants(ctx, "")
	if err != nil {
		return err
	}
	v, err := ofVariant(all, id)
	if err != nil {
		return err
	}
	until, err := a.lastDays()
	if err != nil {
		return err
	}
	receipt := ""
	for _, s := range v.Answers {
		fmt.Fprintln(a.out, a.answerLine(v, s, until[v.Form+"/"+v.Version]))
		if s.Open() && s.Receipt != "" {
			receipt = s.Receipt
		}
	}
	if receipt == "" {
		return nil
	}
	p, err := in.Original(ctx, receipt)
	if err != nil {
		return err
	}
	q, bare := askedAbout{in: in, parcel: p, receipt: receipt}, v
	bare.Answers = nil
	before, err := q.read(ctx, bare)
	if err != nil {
		return err
	}
	after, err := q.read(ctx, v)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.letters.Say("variant", "against", "receipt", receipt, "file", p.Name))
	a.difference(pipeline.Differences(before, after))
	return nil
}

func (a *app) variantsWithdrawCommand() *cobra.Command {
	var by, cell string
	c := &cobra.Command{Use: "withdraw ID --by NAME [--cell 'Sheet!H5']", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&by, "by", "", a.flag("variant-by"))
	c.Flags().StringVar(&cell, "cell", "", a.flag("variant-cell"))
	c.RunE = func(c *cobra.Command, args []string) error { return a.variantsWithdraw(c.Context(), args[0], by, cell) }
	return a.describe(c, "variants-withdraw")
}

// variantsWithdraw takes answers back: files are read without them from now on.
func (a *app) variantsWithdraw(ctx context.Context, id, by, cell string) error {
	if by = strings.TrimSpace(by); by == "" {
		return tonghop.Fail("usage.by", nil)
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	all, err := db.Variants(ctx, "")
	if err != nil {
		return err
	}
	v, err := ofVariant(all, id)
	if err != nil {
		return err
	}
	var place *int
	if cell != "" {
		at, err := cellOf(cell)
		if err != nil {
			return err
		}
		for _, s := range v.Answers {
			if s.Open() && s.Ref == at {
				place = &s.Place
			}
		}
		if place == nil {
			return tonghop.Fail("variants.nothing", nil, "id", v.ID())
		}
	}
	if err := db.WithdrawAnswers(ctx, v, place, by, a.clock.now()); err != nil {
		return err
	}
	fmt.Fprintln(a.err, a.letters.Say("variant", "withdrawn", "id", v.ID()))
	return nil
}
