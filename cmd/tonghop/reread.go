package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
)

// rereadCommand puts files back to be read again after a repair of the program.
func (a *app) rereadCommand() *cobra.Command {
	c := &cobra.Command{Use: "reread [RECEIPT...]", Args: cobra.ArbitraryArgs}
	c.RunE = func(c *cobra.Command, receipts []string) error { return a.reread(c.Context(), receipts) }
	return a.describe(c, "reread")
}

// reread puts the files back and prints their receipts; whoever works reads
// them, and answers their senders.
func (a *app) reread(ctx context.Context, receipts []string) error {
	in, err := a.intake(ctx, "")
	if err != nil {
		return err
	}
	again, err := in.Reread(ctx, receipts...)
	if err != nil {
		return err
	}
	for _, receipt := range again {
		fmt.Fprintln(a.out, receipt)
	}
	fmt.Fprintln(a.err, a.letters.Talk("reread", "files", strconv.Itoa(len(again))))
	return nil
}
