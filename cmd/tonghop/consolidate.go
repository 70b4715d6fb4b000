package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) consolidateCommand() *cobra.Command {
	var out, asOf, form string
	var asJSON bool
	c := &cobra.Command{Use: "consolidate 2023-06", Args: cobra.ExactArgs(1)}
	c.Flags().StringVar(&out, "out", "", a.flag("out"))
	c.Flags().StringVar(&asOf, "as-of", "", a.flag("as-of"))
	c.Flags().StringVar(&form, "form", pipeline.DefaultForm, a.flag("form"))
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, args []string) error {
		p, err := needPeriod(args[0])
		if err != nil {
			return err
		}
		on, err := date(asOf)
		if err != nil {
			return err
		}
		if out == "" {
			out = filepath.Join(a.config.Home, "editions")
		}
		built, err := a.consolidate(c.Context(), p, form, on, out)
		if err != nil {
			return err
		}
		return a.printEditions(built, asJSON)
	}
	return a.describe(c, "consolidate")
}

// written is an edition and the file that it was handed out as.
type written struct {
	pipeline.Built
	path string
}

// consolidate builds and hands out the edition of a form of each chosen
// province.
func (a *app) consolidate(ctx context.Context, p tonghop.Period, form string, asOf tonghop.Date, out string) ([]written, error) {
	c, err := a.consolidation(ctx, asOf)
	if err != nil {
		return nil, err
	}
	c.Form = form
	if _, err := c.Reader.KnownOf(form, c.Reader.Known.On(p)); err != nil {
		return nil, err
	}
	codes, err := a.provinces(ctx, c, p)
	if err != nil {
		return nil, err
	}
	var all []written
	for _, code := range codes {
		unit, ok := c.Reader.Known.Register.Unit(code, c.Reader.Known.On(p))
		if !ok {
			return nil, tonghop.Fail("usage.province", nil, "value", code)
		}
		built, err := c.Build(ctx, p, unit)
		if err != nil {
			return nil, err
		}
		if _, err := pipeline.HandOut(ctx, out, built.FileName(), built.Workbook); err != nil {
			return nil, err
		}
		all = append(all, written{built, filepath.Join(out, built.FileName())})
	}
	return all, nil
}

// provinces lists whose editions are asked for: the chosen province, every one
// that reported, or the only one.
func (a *app) provinces(ctx context.Context, c *pipeline.Consolidation, p tonghop.Period) ([]string, error) {
	if a.config.Province != "" && a.config.Province != "all" {
		return []string{a.config.Province}, nil
	}
	codes, err := c.Provinces(ctx, p)
	switch {
	case err != nil:
		return nil, err
	case len(codes) == 0:
		return nil, tonghop.Fail("edition.nothing", nil, "period", p.String())
	case len(codes) > 1 && a.config.Province == "":
		return nil, tonghop.Fail("usage.provinces", nil, "period", p.String(), "provinces", strings.Join(codes, ", "))
	}
	return codes, nil
}

// printEditions prints path and SHA-256 of each edition.
func (a *app) printEditions(all []written, asJSON bool) error {
	if !asJSON {
		for _, w := range all {
			fmt.Fprintf(a.out, "%s %s\n", w.path, w.SHA256)
		}
		return nil
	}
	type edition struct {
		Path     string          `json:"path"`
		SHA256   string          `json:"sha256"`
		Period   string          `json:"period"`
		Province string          `json:"province_code"`
		Issue    int             `json:"issue"`
		Inputs   []tonghop.Input `json:"inputs"`
	}
	list := []edition{}
	for _, w := range all {
		list = append(list, edition{w.path, w.SHA256, w.Period.String(), w.Province, w.Issue, w.Returns})
	}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if len(list) == 1 {
		return enc.Encode(list[0])
	}
	return enc.Encode(list)
}
