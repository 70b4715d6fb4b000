//go:build !race

package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// answered are the layouts about which a case says that somebody answered.
func (d *ruleDesk) answered(t testing.TB, c templates.Case) []tonghop.Variant {
	t.Helper()
	var all []tonghop.Variant
	for _, a := range c.Answers {
		if a.Base == "" {
			a.Base = c.Base
		}
		v, answer := d.answer(t, a)
		if i := slices.IndexFunc(all, v.Same); i >= 0 {
			all[i].Answers = append(all[i].Answers, answer)
			continue
		}
		v.Answers = []tonghop.Answer{answer}
		all = append(all, v)
	}
	return all
}

// answer is one answer about a column of a file, and the layout of that file.
func (d *ruleDesk) answer(t testing.TB, a templates.Answered) (tonghop.Variant, tonghop.Answer) {
	t.Helper()
	book := d.bookOf(t, a.Workbook)
	p := book.parcel(t)
	p.Tables = true
	sheet, cell, _ := strings.Cut(a.At, "!")
	where := placeOf(t, cell)
	at := tonghop.Ref{Sheet: sheet, Row: where.row, Col: where.col}
	for _, table := range d.reader(t, book.sent.Province).Read(p).Tables {
		if c, ok := table.Column(at); ok {
			return table.Variant, tonghop.Answer{Place: c.Col - table.First, Label: c.Label, Field: a.Field, Mark: a.Mark, By: a.By, At: dayOf(t, a.On), Ref: at}
		}
	}
	t.Fatalf("no column of a table at %s", a.At)
	return tonghop.Variant{}, tonghop.Answer{}
}

// explain gives the workbook back with the list of what is said of it, and types
// texts at the first line of each rule.
func (b *ruleBook) explain(t testing.TB, texts map[string]string) {
	t.Helper()
	r, p := b.desk.reader(t, b.sent.Province), b.parcel(t)
	giver := &pipeline.Annotator{Reader: r, Readers: pipeline.NewLocal(r, 1), Letters: b.desk.vi}
	made, err := giver.Annotate(t.Context(), p, r.Read(p))
	if err != nil {
		t.Fatal(err)
	}
	b.sheets, b.raw = nil, made.Workbook
	b.open(t)
	for rule, text := range texts {
		if !b.typeInto(rule, text) {
			t.Fatalf("no line of %s in the list", rule)
		}
	}
}

// typeInto types a text at the first line of a rule in the list; false if there is
// none.
func (b *ruleBook) typeInto(rule, text string) bool {
	for _, s := range b.sheets {
		if s.cells[place{1, 1}].Text != tonghop.OwnSheetTag {
			continue
		}
		for row := 1; row <= 200; row++ {
			if s.cells[place{row, tonghop.OwnRuleColumn}].Text == rule {
				s.put(place{row, tonghop.OwnExplanationColumn}, templates.Content{Text: text})
				return true
			}
		}
	}
	return false
}
