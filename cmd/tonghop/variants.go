package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// variantsCommand lists what people answered about the layouts of offices'
// forms; its subcommands ask, answer, show and withdraw.
func (a *app) variantsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "variants", Args: cobra.NoArgs}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.variants(c.Context(), asJSON) }
	c.AddCommand(a.variantsAskCommand(), a.variantsAnswerCommand(), a.variantsShowCommand(), a.variantsWithdrawCommand())
	return a.describe(c, "variants")
}

// answerRecord is one answer as --json prints it.
type answerRecord struct {
	ID          string `json:"id"`
	Office      string `json:"office"`
	Form        string `json:"form"`
	Version     string `json:"version"`
	Fingerprint string `json:"fingerprint"`
	Sheet       string `json:"sheet"`
	Cell        string `json:"cell"`
	Label       string `json:"label"`
	Field       string `json:"field"`
	Mark        bool   `json:"mark"`
	Ignore      bool   `json:"ignore"`
	By          string `json:"by"`
	At          string `json:"at"`
	Receipt     string `json:"submission"`
	Until       string `json:"until"` // last day of the form's version
	WithdrawnBy string `json:"withdrawn_by,omitempty"`
	WithdrawnAt string `json:"withdrawn_at,omitempty"`
}

// variants prints every answer that was ever given, one line each.
func (a *app) variants(ctx context.Context, asJSON bool) error {
	db, err := a.lookLedger(ctx)
	if err != nil {
		return err
	}
	var all []tonghop.Variant
	if db != nil {
		if all, err = db.Variants(ctx, ""); err != nil {
			return err
		}
	}
	until, err := a.lastDays()
	if err != nil {
		return err
	}
	records := []answerRecord{}
	for _, v := range all {
		end := until[v.Form+"/"+v.Version]
		for _, s := range v.Answers {
			records = append(records, answerRecord{v.ID(), v.Office, v.Form, v.Version, v.Fingerprint, s.Ref.Sheet, s.Ref.Cell(), s.Label,
				s.Field, s.Mark, s.Field == "", s.By, stampOf(s.At), s.Receipt, string(end), s.WithdrawnBy, stampOf(s.WithdrawnAt)})
			if !asJSON {
				fmt.Fprintln(a.out, a.answerLine(v, s, end))
			}
		}
	}
	if asJSON {
		return a.printJSON(records)
	}
	if len(records) == 0 {
		fmt.Fprintln(a.err, a.letters.Say("variant", "none"))
	}
	return nil
}

// stampOf writes a time for programs; "" for none.
func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// printJSON prints what a program reads.
func (a *app) printJSON(what any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(what)
}

// lastDays are the last days of the versions of forms, by their keys: with its
// version every answer ends.
func (a *app) lastDays() (map[string]tonghop.Date, error) {
	forms, err := templates.Forms(templates.FS(a.config.Home))
	if err != nil {
		return nil, fmt.Errorf("read forms: %w", err)
	}
	days := map[string]tonghop.Date{}
	for _, f := range forms {
		days[f.Key()] = f.To
	}
	return days, nil
}

// answerLine says an answer in one line; end is the last day of the form's version,
// "" = none is set.
func (a *app) answerLine(v tonghop.Variant, s tonghop.Answer, end tonghop.Date) string {
	return a.letters.Say("variant", "line", "id", v.ID(), "office", v.Office, "form", v.Form+" "+v.Version, "cell", s.Ref.String(), "label", s.Label,
		"meaning", a.meaning(s.Field, s.Mark), "by", s.By, "day", tonghop.DayOf(s.At).Vietnamese(), "receipt", s.Receipt,
		"until", end.Vietnamese(), "withdrawn", s.WithdrawnBy, "withdrawn_day", tonghop.DayOf(s.WithdrawnAt).Vietnamese())
}

// meaning says in words what a column holds; field "" is no field.
func (a *app) meaning(field string, mark bool) string {
	name := a.letters.Word("own", field)
	if field == "" {
		return a.letters.Say("variant", "ignored")
	} else if n, ok := strings.CutPrefix(field, "TC"); ok {
		return a.letters.Say("own", "criterion", "n", n)
	} else if name == field {
		name = a.letters.Say("own", "indicator", "n", field)
	}
	if mark {
		return a.letters.Say("variant", "mark_of", "field", name)
	}
	return name
}

// takenFor says in words what the program takes a column for.
func (a *app) takenFor(c tonghop.Column) string {
	if c.Role == tonghop.ColField {
		return a.meaning(c.Field, c.Mark)
	}
	return a.letters.Say("variant", "not_read")
}

// ofVariant finds a variant by its name, or by the beginning of it that no
// other one has.
func ofVariant(all []tonghop.Variant, id string) (tonghop.Variant, error) {
	var found []tonghop.Variant
	for _, v := range all {
		if len(id) >= 4 && strings.HasPrefix(v.ID(), strings.ToLower(id)) {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return tonghop.Variant{}, tonghop.Fail("variants.unknown", nil, "id", id, "count", strconv.Itoa(len(found)))
	}
	return found[0], nil
}

// cellOf reads an address such as Biểu 03!H5.
func cellOf(text string) (tonghop.Ref, error) {
	i := strings.LastIndex(text, "!")
	letters := strings.TrimRight(text[i+1:], "0123456789")
	row, err := strconv.Atoi(text[i+1+len(letters):])
	r := tonghop.Ref{Row: row, Col: tonghop.ColumnNumber(letters)}
	if i > 0 {
		r.Sheet = strings.Trim(text[:i], "'")
	}
	if err != nil || r.Col == 0 || r.Sheet == "" {
		return r, tonghop.Fail("usage.cell", err, "value", text)
	}
	return r, nil
}
