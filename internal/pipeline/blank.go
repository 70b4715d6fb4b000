package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/blank"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// Blanks makes the blank forms that offices are sent to fill in.
type Blanks struct {
	Templates fs.FS
	Ledger    *store.DB // where what was accepted last is looked up; nil = nowhere
	Program   string    // version of the program
}

// Wanted is a blank form that is asked for.
type Wanted struct {
	Form   string // "xa-ntm"
	Unit   string // code of the office that fills it in
	Period tonghop.Period
	AsOf   tonghop.Date // "" = the last day of the period
}

// Blank is a blank form as it goes out.
type Blank struct {
	Office   tonghop.Unit
	Workbook []byte
	Last     tonghop.Period // of the accepted report that its prompts name; zero for none
}

// Make writes the blank form of an office. An unknown unit is the error
// usage.unit, one without communes to report on usage.no_communes, an unknown
// form usage.form, a date without a version of the form form.none.
func (b *Blanks) Make(ctx context.Context, w Wanted) (Blank, error) {
	on := w.AsOf
	if on == "" {
		on = w.Period.AsOf()
	}
	o, err := b.order(w, on)
	if err != nil {
		return Blank{}, err
	}
	if err := b.before(ctx, &o); err != nil {
		return Blank{}, err
	}
	edition, err := blank.Lay(o)
	if err != nil {
		return Blank{}, fmt.Errorf("lay out form: %w", err)
	}
	var book bytes.Buffer
	if err := excel.Write(&book, edition, o.Layout.Look); err != nil {
		return Blank{}, fmt.Errorf("write form: %w", err)
	}
	return Blank{Office: o.Office, Workbook: book.Bytes(), Last: o.Last}, nil
}

// order reads the templates in force on the date and finds the office.
func (b *Blanks) order(w Wanted, on tonghop.Date) (blank.Order, error) {
	o := blank.Order{Period: w.Period, AsOf: on, Program: b.Program}
	all, err := templates.Forms(b.Templates)
	if err != nil {
		return o, err
	}
	var ids []string
	for _, f := range all {
		ids = append(ids, f.ID)
	}
	if !slices.Contains(ids, w.Form) {
		return o, tonghop.Fail("usage.form", nil, "form", w.Form, "forms", strings.Join(slices.Compact(ids), ", "))
	}
	form, err := templates.Form(b.Templates, w.Form, on)
	if err != nil {
		return o, err
	}
	o.Form = &form
	if o.Criteria, err = templates.Criteria(b.Templates, form.Criteria); err != nil {
		return o, fmt.Errorf("read criteria: %w", err)
	}
	if o.Layout, err = templates.Blank(b.Templates, form); err != nil {
		return o, err
	}
	if o.Register, err = templates.Units(b.Templates); err != nil {
		return o, fmt.Errorf("read register: %w", err)
	}
	office, ok := o.Register.Unit(w.Unit, on)
	if !ok {
		return o, tonghop.Fail("usage.unit", nil, "value", w.Unit, "date", string(on))
	}
	if o.Office = office; office.Kind != tonghop.Xa && len(o.Register.Communes(office.Code, on)) == 0 {
		return o, tonghop.Fail("usage.no_communes", nil, "unit", office.Name, "date", on.Vietnamese())
	}
	return o, nil
}

// before finds what the office reported last, as it stands now, for a period
// before: the nearest of which something was accepted. A report of another
// version of the form is none, for its fields may be others.
func (b *Blanks) before(ctx context.Context, o *blank.Order) error {
	if b.Ledger == nil {
		return nil
	}
	last, ok, err := b.Ledger.Last(ctx, o.Form.ID, o.Office.Code, o.Period, "")
	if err != nil {
		return fmt.Errorf("read last report: %w", err)
	}
	if !ok {
		return nil
	}
	version, err := templates.Form(b.Templates, o.Form.ID, last.AsOf)
	if err != nil || version.Key() != o.Form.Key() {
		return nil // a date without a form is of another version, too
	}
	o.Before, o.Last, o.Receipt = last.Rows, last.Period, last.Submission.Receipt
	return nil
}

// FileName is the name under which a blank form is handed out: ASCII, no
// blanks.
func (w Wanted) FileName() string {
	return strings.Join([]string{"bieu", w.Form, w.Unit, w.Period.String()}, "-") + ".xlsx"
}
