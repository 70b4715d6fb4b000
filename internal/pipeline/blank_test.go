//go:build !race

package pipeline_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/blank"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// order is a blank form of an office with everything that the templates say.
func order(t *testing.T, r *pipeline.Reader, unit string, p tonghop.Period) blank.Order {
	t.Helper()
	return orderOf(t, r, "xa-ntm", unit, p)
}

// orderOf is order for the version of a form that serves in the period.
func orderOf(t *testing.T, r *pipeline.Reader, form, unit string, p tonghop.Period) blank.Order {
	t.Helper()
	known, err := r.KnownOf(form, p.AsOf())
	if err != nil {
		t.Fatal(err)
	}
	layout, err := templates.Blank(templates.FS(""), *known.Form)
	if err != nil {
		t.Fatal(err)
	}
	office, ok := r.Known.Register.Unit(unit, p.AsOf())
	if !ok {
		t.Fatalf("no unit %s on %s", unit, p.AsOf())
	}
	return blank.Order{Form: known.Form, Criteria: known.Criteria, Register: r.Known.Register, Layout: layout,
		Office: office, Period: p, AsOf: p.AsOf()}
}

// accepted is a row of the last report for each commune of an order, all alike.
func accepted(o blank.Order) []tonghop.Row {
	var rows []tonghop.Row
	for _, u := range o.Register.Communes(o.Office.Code, o.AsOf) {
		row := tonghop.Row{Unit: u.Code}
		for _, cr := range o.Criteria.Criteria {
			for _, in := range cr.Indicators {
				row.Values = append(row.Values, tonghop.Value{Field: in.No, Mark: tonghop.Met, Shown: "Đạt"},
					tonghop.Value{Field: in.No, Number: decimal.NewNullDecimal(decimal.NewFromInt(77))})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Forms of any office and any kind of period, filled in by our own writer, are
// read back to the cell: each word of the drop list as what it says.
func TestBlankFilled(t *testing.T) {
	reader, err := pipeline.NewReader(templates.FS(""), "", "")
	if err != nil {
		t.Fatal(err)
	}
	marks := map[string]tonghop.Value{"Đạt": {Mark: tonghop.Met}, "Cơ bản đạt": {Mark: tonghop.BasicallyMet},
		"Chưa đạt": {Mark: tonghop.NotMet}, "Không áp dụng": {Mark: tonghop.MarkNotApplicable}, "Chưa đánh giá": {Empty: tonghop.NotDue}}
	for _, c := range []struct {
		form, unit, period string
		open               int // cells of a commune
	}{
		{"xa-ntm", "849", "2023-06", 74}, {"xa-ntm", "842", "2022-Q4", 74}, {"xa-ntm", "847", "2024-H1", 74},
		{"xa-ntm", "043", "2023-9M", 74}, {"xa-ntm", "851", "2023", 74}, {"xa-ntm", "848", "2024-H2", 74},
		{"xa-ntm", "849", "2020", 67}, {"xa-ntm", "845", "2021-Q3", 67}, {"xa-ntm-nc", "849", "2023-06", 93}} {
		t.Run(c.form+" "+c.unit+" "+c.period, func(t *testing.T) {
			p, err := tonghop.ParsePeriod(c.period)
			if err != nil {
				t.Fatal(err)
			}
			o := orderOf(t, reader, c.form, c.unit, p)
			o.Before, o.Last, o.Receipt = accepted(o), p.Previous(), "TH-000001"
			e, err := blank.Lay(o)
			if err != nil {
				t.Fatal(err)
			}
			typed := map[string]string{}
			for _, check := range e.Sheets[0].Checks {
				for _, a := range check.Areas {
					for row := a.Top; row <= a.Bottom; row++ {
						cell := &e.Sheets[0].Rows[row-1].Cells[a.Left-1]
						if len(check.List) > 0 {
							cell.Text = check.List[(row+a.Left)%len(check.List)]
							typed[tonghop.Ref{Row: row, Col: a.Left}.Cell()] = cell.Text
							continue
						}
						cell.Number = decimal.NewNullDecimal(decimal.NewFromInt(int64(row + 20)))
						typed[tonghop.Ref{Row: row, Col: a.Left}.Cell()] = cell.Number.Decimal.String()
					}
				}
			}
			var book bytes.Buffer
			if err := excel.Write(&book, e, o.Layout.Look); err != nil {
				t.Fatal(err)
			}
			ret := reader.Read(tonghop.Parcel{Name: "form.xlsx", Bytes: book.Bytes(), Expect: p})
			if ret.Form != c.form || ret.Office.Code != c.unit || ret.Period != p || ret.State != tonghop.Accepted {
				t.Errorf("read as %s of %s for %s, %s", ret.Form, ret.Office.Name, ret.Period, ret.State)
			}
			if communes := reader.Known.Register.Communes(c.unit, p.AsOf()); len(ret.Rows) != len(communes) || len(typed) != c.open*len(communes) {
				t.Errorf("%d rows and %d cells for %d communes", len(ret.Rows), len(typed), len(communes))
			}
			for _, f := range ret.Findings { // what was typed contradicts itself: only that is asked
				if f.Severity != tonghop.Note && !strings.HasPrefix(f.Rule, "TC-") && !strings.HasPrefix(f.Rule, "TONG-00") {
					t.Errorf("asked %s at %s, found %q", f.Rule, f.Cells(), f.Found)
				}
			}
			for _, row := range ret.Rows {
				for _, v := range row.Values {
					want, open := typed[v.Ref.Cell()]
					m := marks[want]
					if delete(typed, v.Ref.Cell()); !open {
						continue
					}
					if v.Mark != m.Mark || m.Empty != "" && v.Empty != m.Empty || marks[want].Mark+tonghop.Mark(m.Empty) == "" && v.Figure() != want {
						t.Errorf("%s %s: typed %q, read mark %q, figure %q, empty %q", row.Name, v.Field, want, v.Mark, v.Figure(), v.Empty)
					}
				}
			}
			if len(typed) > 0 {
				t.Errorf("%d cells were not read", len(typed))
			}
		})
	}
}

// A form that lists communes of which only some strive for the higher standard
// comes back with the rows of the others empty: no result of theirs is missing,
// and none of them counts. Of the form that is owed every empty cell is asked.
func TestBlankFilledInPart(t *testing.T) {
	reader := newReader(t)
	p := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	for _, c := range []struct{ form, asked, noted string }{{"xa-ntm-nc", "", "DV-080"}, {"xa-ntm", "O-020 O-020", ""}} {
		o := orderOf(t, reader, c.form, "849", p)
		e, err := blank.Lay(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, check := range e.Sheets[0].Checks {
			for _, a := range check.Areas {
				for row := a.Top; row <= a.Bottom-2; row++ {
					cell := &e.Sheets[0].Rows[row-1].Cells[a.Left-1]
					if cell.Number = decimal.NewNullDecimal(decimal.NewFromInt(90)); len(check.List) > 0 {
						cell.Number, cell.Text = decimal.NullDecimal{}, check.List[0]
					}
				}
			}
		}
		var book bytes.Buffer
		if err := excel.Write(&book, e, o.Layout.Look); err != nil {
			t.Fatal(err)
		}
		ret := reader.Read(tonghop.Parcel{Name: "form.xlsx", Bytes: book.Bytes(), Expect: p})
		var asked, noted []string
		for _, f := range ret.Findings {
			switch {
			case f.Rule == "DV-080":
				noted = append(noted, f.Rule)
			case f.Severity != tonghop.Note && !strings.HasPrefix(f.Rule, "TC-") && !strings.HasPrefix(f.Rule, "TONG-0"):
				asked = append(asked, f.Rule)
			}
		}
		counted := 0
		for _, row := range ret.Rows {
			if row.LeftOut == "" {
				counted++
			}
		}
		if got := strings.Join(asked, " "); got != c.asked || strings.Join(noted, " ") != c.noted || counted != map[string]int{"xa-ntm-nc": 13, "xa-ntm": 15}[c.form] || len(ret.Rows) != 15 {
			t.Errorf("%s: asked %q, noted %q, %d of %d rows count", c.form, got, noted, counted, len(ret.Rows))
		}
	}
}

// What was accepted last stands in prompts and in no cell: a form that nobody
// touched is still one in which nothing was written.
func TestBlankSaysWhatWasLast(t *testing.T) {
	in, c := desk(t)
	batch(t, in, "BC NTM T6 - Trà Cú")
	makes := pipeline.Blanks{Templates: templates.FS(""), Ledger: c.Ledger}
	july := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 7}
	made, err := makes.Make(t.Context(), pipeline.Wanted{Form: "xa-ntm", Unit: "849", Period: july})
	if err != nil {
		t.Fatal(err)
	}
	if made.Last.String() != "2023-06" {
		t.Errorf("the prompts are of %q; want June", made.Last)
	}
	o := order(t, c.Reader, "849", july)
	for r, err := range c.Ledger.Returns(t.Context(), store.Filter{Period: july.Previous(), Current: true}) {
		if err != nil {
			t.Fatal(err)
		}
		o.Before, o.Last, o.Receipt = r.Rows, r.Period, r.Submission.Receipt
	}
	e, err := blank.Lay(o)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, check := range e.Sheets[0].Checks {
		if strings.HasPrefix(check.Prompt, "Kỳ trước (Tháng 6 năm 2023): ") {
			said++
		}
		if n := len([]rune(check.Prompt)); n > 255 {
			t.Errorf("a prompt has %d letters", n)
		}
	}
	if said < 15*40 {
		t.Errorf("%d cells say what was accepted last; want most of 15 communes", said)
	}
	ret := c.Reader.Read(tonghop.Parcel{Name: "form.xlsx", Bytes: made.Workbook, Expect: july})
	var asked []string
	for _, f := range ret.Findings {
		if f.Severity != tonghop.Note {
			asked = append(asked, f.Rule)
		}
	}
	if strings.Join(asked, " ") != "COT-040" || ret.State != tonghop.Rejected {
		t.Errorf("%s, asked %q; want one refusal", ret.State, asked)
	}
}

// What was accepted two months ago is said where nothing was accepted since; of
// a later month, of another office, or under another set of criteria, nothing.
func TestBlankSaysTheNearest(t *testing.T) {
	in, c := desk(t)
	batch(t, in, "BC NTM T6 - Trà Cú")
	makes := pipeline.Blanks{Templates: templates.FS(""), Ledger: c.Ledger}
	for _, w := range []struct{ unit, period, last string }{
		{"849", "2023-08", "2023-06"}, {"849", "2024-06", "2023-06"}, {"849", "2024-07", ""}, {"849", "2023-06", ""},
		{"849", "2023-05", ""}, {"849", "2023-Q3", ""}, {"842", "2023-07", ""}} {
		p, err := tonghop.ParsePeriod(w.period)
		if err != nil {
			t.Fatal(err)
		}
		made, err := makes.Make(t.Context(), pipeline.Wanted{Form: "xa-ntm", Unit: w.unit, Period: p})
		if err != nil || made.Last.String() != w.last {
			t.Errorf("%s for %s: last %q, %v; want %q", w.unit, w.period, made.Last, err, w.last)
		}
	}
}

// A layout that lacks words is refused with their names, not with gaps in what
// an office gets.
func TestBlankLacksWords(t *testing.T) {
	reader := newReader(t)
	o := order(t, reader, "849", tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6})
	delete(o.Layout.Words, "require")
	delete(o.Layout.Words, "prompt_share")
	_, err := blank.Lay(o)
	if tonghop.CodeOf(err) != "edition.words" || !strings.Contains(err.Error(), "prompt_share, require") {
		t.Errorf("got %v; want the words that are missing", err)
	}
}
