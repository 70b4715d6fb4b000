package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/vault"
	"github.com/tonghop/tonghop/templates"
)

// Consolidation builds editions.
type Consolidation struct {
	Reader    *Reader
	Ledger    *store.DB
	Vault     *vault.Dir
	Templates fs.FS
	Program   string // version of the program, part of what an edition was made from
	Form      string // id of the form whose returns it is made from; "" = the one that every office owes
}

// of is the consolidation of another form's returns.
func (c *Consolidation) of(form string) *Consolidation {
	other := *c
	other.Form = form
	return &other
}

// form is the id of the form whose returns enter the edition.
func (c *Consolidation) form() string {
	if c.Form == "" {
		return DefaultForm
	}
	return c.Form
}

// known is what is known for a period: the version of the form, and the
// criteria, by which its reports are judged.
func (c *Consolidation) known(p tonghop.Period) (tonghop.Known, error) {
	return c.Reader.KnownOf(c.form(), c.Reader.Known.On(p))
}

// Built is an edition that stands in the ledger, with its workbook.
type Built struct {
	store.Edition
	Workbook []byte
	Manifest []byte
	Expected int            // how many offices of the province must report
	Missing  []tonghop.Unit // those of which nothing accepted entered the edition
	Sent     []tonghop.Unit // those of them that have sent something that was not accepted
}

// Build makes the edition of a period for a province from the returns that
// stand. Unchanged inputs give the edition that was made from them before.
// Nothing accepted is the error edition.nothing.
func (c *Consolidation) Build(ctx context.Context, period tonghop.Period, province tonghop.Unit) (Built, error) {
	built, err := c.build(ctx, period, province)
	if err != nil {
		return Built{}, err
	}
	reported := map[string]bool{}
	for _, in := range built.Returns {
		reported[in.Office] = true
	}
	if reported[province.Code] { // a table of the province's own office speaks for the communes in it
		if err := c.covered(ctx, period, province.Code, reported); err != nil {
			return Built{}, err
		}
	}
	return built, c.missing(ctx, &built, reported)
}

// covered adds the communes for which the province's own table has a row.
func (c *Consolidation) covered(ctx context.Context, period tonghop.Period, province string, reported map[string]bool) error {
	for r, err := range c.accepted(ctx, period, province) {
		if err != nil {
			return fmt.Errorf("look whom the province reports: %w", err)
		}
		if r.Office.Code != province {
			continue
		}
		for _, row := range r.Rows {
			reported[row.Unit] = reported[row.Unit] || row.LeftOut == ""
		}
	}
	return nil
}

// missing fills in who has to report, who has not, and who has tried.
func (c *Consolidation) missing(ctx context.Context, b *Built, reported map[string]bool) error {
	tried := map[string]bool{}
	for r, err := range c.all(ctx, b.Period, b.Province) {
		if err != nil {
			return fmt.Errorf("look who has sent something: %w", err)
		}
		tried[r.Office.Code] = true
	}
	b.Expected, b.Missing, b.Sent = 0, nil, nil
	known, err := c.known(b.Period)
	if err != nil {
		return err
	}
	if !known.Form.Due() { // nobody has to send it
		b.Expected = len(reported)
		return nil
	}
	for _, u := range known.Offices(b.Province, known.On(b.Period)) {
		if b.Expected++; reported[u.Code] {
			continue
		}
		if b.Missing = append(b.Missing, u); tried[u.Code] {
			b.Sent = append(b.Sent, u)
		}
	}
	return nil
}

// errMoved says that something was accepted while an edition was built.
var errMoved = errors.New("the returns changed while the edition was built")

// build finds the edition that was made of the same inputs, or makes the next.
// Reports go on being accepted meanwhile: what was built of two states of the
// ledger is built again.
func (c *Consolidation) build(ctx context.Context, period tonghop.Period, province tonghop.Unit) (Built, error) {
	const tries = 10
	var built Built
	err := errMoved
	for n := 0; errors.Is(err, errMoved) && n < tries; n++ {
		built, err = c.buildOnce(ctx, period, province)
	}
	return built, err
}

// buildOnce is build, which fails with errMoved.
func (c *Consolidation) buildOnce(ctx context.Context, period tonghop.Period, province tonghop.Unit) (Built, error) {
	rules, err := templates.Digest(c.Templates)
	if err != nil {
		return Built{}, fmt.Errorf("digest rules: %w", err)
	}
	known, err := c.known(period)
	if err != nil {
		return Built{}, err
	}
	e := store.Edition{Period: period, Province: province.Code, Form: known.Form.ID,
		AsOf: known.On(period), Rules: rules, Criteria: known.Criteria.ID, Program: c.Program}
	if err := c.inputs(ctx, &e); err != nil {
		return Built{}, err
	}
	before, err := c.Ledger.Editions(ctx, period, province.Code, e.Form)
	if err != nil {
		return Built{}, fmt.Errorf("list editions: %w", err)
	}
	for _, b := range before {
		if b.Inputs == e.Inputs {
			return c.fetch(ctx, b)
		}
	}
	e.Issue = len(before) + 1
	return c.write(ctx, e, province)
}

// inputs fills in what the edition is made from and its digest: the returns
// that enter it, those that are only named in it, and the rules.
func (c *Consolidation) inputs(ctx context.Context, e *store.Edition) error {
	h := sha256.New()
	fmt.Fprintln(h, e.Period, e.Province, e.Form, e.AsOf, e.Rules, e.Criteria, e.Program)
	for _, part := range []struct {
		name string
		seq  iter.Seq2[tonghop.Return, error]
	}{{"accepted", c.accepted(ctx, e.Period, e.Province)}, {"all", c.all(ctx, e.Period, e.Province)},
		{"before", c.before(ctx, e.Period, e.Province)}} {
		fmt.Fprintln(h, part.name)
		for r, err := range part.seq {
			if err != nil {
				return fmt.Errorf("read returns: %w", err)
			}
			fmt.Fprintln(h, r.Office.Code, r.Version, r.State, r.Submission.Receipt, r.Submission.SHA256)
			if part.name == "accepted" {
				e.Returns = append(e.Returns, tonghop.Input{Receipt: r.Submission.Receipt, SHA256: r.Submission.SHA256,
					File: r.Submission.Name, Office: r.Office.Code, Version: r.Version})
			}
		}
	}
	e.Inputs = hex.EncodeToString(h.Sum(nil))
	return nil
}

func (c *Consolidation) accepted(ctx context.Context, p tonghop.Period, province string) iter.Seq2[tonghop.Return, error] {
	return c.Ledger.Returns(ctx, store.Filter{Period: p, Province: province, Form: c.form(), Current: true,
		States: []tonghop.State{tonghop.Accepted}})
}

// before are the accepted returns of the previous period, none if another set
// of criteria was in force then: its numbers mean other things.
func (c *Consolidation) before(ctx context.Context, p tonghop.Period, province string) iter.Seq2[tonghop.Return, error] {
	now, err := c.known(p)
	then, errThen := c.known(p.Previous())
	if err != nil || errThen != nil || now.Criteria.ID != then.Criteria.ID {
		return func(func(tonghop.Return, error) bool) {}
	}
	return c.accepted(ctx, p.Previous(), province)
}

// mine reports whether a return is of the form, or is one of nobody knows what,
// which stands with the form that every office owes.
func (c *Consolidation) mine(r tonghop.Return) bool {
	return r.Form == c.form() || r.Form == "" && c.form() == DefaultForm
}

// all are the current returns of a period, whatever their state, and what
// offices of the province sent about that time and nobody could place.
func (c *Consolidation) all(ctx context.Context, p tonghop.Period, province string) iter.Seq2[tonghop.Return, error] {
	return func(yield func(tonghop.Return, error) bool) {
		for r, err := range c.Ledger.Returns(ctx, store.Filter{Period: p, Province: province, Current: true, Expected: true}) {
			if err == nil && !c.mine(r) {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		open := store.Filter{Province: province, Current: true, States: []tonghop.State{tonghop.Held, tonghop.Rejected}}
		for r, err := range c.Ledger.Returns(ctx, open) {
			if err == nil && (!c.mine(r) || r.Office.Code == "" || !r.Period.IsZero() || r.Submission.Expect == p || !about(p, r.Submission.Received)) {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// about reports whether a moment lies about the end of a period, when its
// reports come in.
func about(p tonghop.Period, at time.Time) bool {
	year, month, day := p.AsOf().Parts()
	end := time.Date(year, time.Month(month), day, 0, 0, 0, 0, tonghop.Vietnam())
	return at.After(end.AddDate(0, 0, -10)) && at.Before(end.AddDate(0, 0, 26))
}

// write lays the edition out, writes the workbook and the manifest into the
// vault, and the edition into the ledger last.
func (c *Consolidation) write(ctx context.Context, e store.Edition, province tonghop.Unit) (Built, error) {
	known, err := c.known(e.Period)
	if err != nil {
		return Built{}, err
	}
	layout, err := templates.LayoutOf(c.Templates, *known.Form)
	if err != nil {
		return Built{}, fmt.Errorf("read layout: %w", err)
	}
	letters, err := templates.ReadLetters(c.Templates, "vi")
	if err != nil {
		return Built{}, err
	}
	known.AsOf = e.AsOf
	edition, err := consolidate.Assemble(consolidate.Inputs{Period: e.Period, Province: province, Issue: e.Issue,
		Rules: e.Rules, Program: e.Program, Known: known, Layout: layout,
		Accepted: c.accepted(ctx, e.Period, e.Province), Before: c.before(ctx, e.Period, e.Province),
		All: c.all(ctx, e.Period, e.Province), Standings: c.Reader.Standings, Say: letters.Finding})
	if err != nil {
		return Built{}, fmt.Errorf("assemble edition: %w", err)
	}
	now := e
	now.Returns = nil
	if err := c.inputs(ctx, &now); err != nil {
		return Built{}, err
	}
	if now.Inputs != e.Inputs {
		return Built{}, errMoved
	}
	var book, manifest bytes.Buffer
	if err := excel.Write(&book, edition, layout.Look); err != nil {
		return Built{}, fmt.Errorf("write workbook: %w", err)
	}
	if err := consolidate.NewManifest(edition).Write(&manifest); err != nil {
		return Built{}, fmt.Errorf("write manifest: %w", err)
	}
	built := Built{Edition: e, Workbook: book.Bytes(), Manifest: manifest.Bytes()}
	fault.Reach(ctx, fault.Assembled)
	if built.SHA256, err = c.Vault.Put(ctx, bytes.NewReader(built.Workbook)); err != nil {
		return Built{}, fmt.Errorf("keep workbook: %w", err)
	}
	if built.Edition.Manifest, err = c.Vault.Put(ctx, bytes.NewReader(built.Manifest)); err != nil {
		return Built{}, fmt.Errorf("keep manifest: %w", err)
	}
	if built.Edition, err = c.Ledger.SaveEdition(ctx, built.Edition); err != nil {
		return Built{}, fmt.Errorf("save edition: %w", err)
	}
	return built, nil
}

// fetch gets the workbook and manifest of an edition that was made before.
func (c *Consolidation) fetch(ctx context.Context, e store.Edition) (Built, error) {
	book, err := c.Vault.Get(ctx, e.SHA256)
	if err != nil {
		return Built{}, fmt.Errorf("get workbook: %w", err)
	}
	manifest, err := c.Vault.Get(ctx, e.Manifest)
	if err != nil {
		return Built{}, fmt.Errorf("get manifest: %w", err)
	}
	return Built{Edition: e, Workbook: book, Manifest: manifest}, nil
}

// Trace finds a figure of the edition of a period that stands now, or else the
// newest, and the cells that it follows from. Without an edition the error has the code edition.none.
func (c *Consolidation) Trace(ctx context.Context, period tonghop.Period, province, cell string) (consolidate.CellTrace, error) {
	known, err := c.known(period)
	if err != nil {
		return consolidate.CellTrace{}, err
	}
	issues, err := c.Ledger.Editions(ctx, period, province, c.form())
	if err != nil {
		return consolidate.CellTrace{}, fmt.Errorf("list editions: %w", err)
	}
	if len(issues) == 0 {
		return consolidate.CellTrace{}, tonghop.Fail("edition.none", nil, "period", period.String())
	}
	newest := issues[len(issues)-1]
	now := store.Edition{Period: period, Province: province, Form: newest.Form, AsOf: known.On(period),
		Criteria: known.Criteria.ID, Program: c.Program}
	if now.Rules, err = templates.Digest(c.Templates); err != nil {
		return consolidate.CellTrace{}, fmt.Errorf("digest rules: %w", err)
	}
	if err := c.inputs(ctx, &now); err != nil {
		return consolidate.CellTrace{}, err
	}
	for _, e := range issues { // the one that consolidating now would hand out
		if e.Inputs == now.Inputs {
			newest = e
		}
	}
	raw, err := c.Vault.Get(ctx, newest.Manifest)
	if err != nil {
		return consolidate.CellTrace{}, fmt.Errorf("get manifest: %w", err)
	}
	m, err := consolidate.ReadManifest(bytes.NewReader(raw))
	if err != nil {
		return consolidate.CellTrace{}, fmt.Errorf("read manifest: %w", err)
	}
	return consolidate.FindCell(m, cell)
}

// Provinces lists the provinces that have accepted returns of a period, by code.
func (c *Consolidation) Provinces(ctx context.Context, period tonghop.Period) ([]string, error) {
	seen := map[string]bool{}
	var out []string
	for r, err := range c.Ledger.Returns(ctx, store.Filter{Period: period, Form: c.form(), Current: true}) {
		if err != nil {
			return nil, fmt.Errorf("read returns: %w", err)
		}
		if r.Province != "" && r.State == tonghop.Accepted && !seen[r.Province] {
			seen[r.Province] = true
			out = append(out, r.Province)
		}
	}
	return out, nil
}

// FileName is the name under which an edition is handed out: ASCII, no blanks.
func (b Built) FileName() string {
	return strings.Join([]string{"tong-hop", b.Form, b.Province, b.Period.String(), fmt.Sprint(b.Issue)}, "-") + ".xlsx"
}
