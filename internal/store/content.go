package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// insertReturn writes the head of a return.
const insertReturn = `INSERT INTO office_return (submission, part, series, version, form,
	office, office_name, office_kind, office_parent, office_from, office_to,
	office_from_after, office_to_after, office_region, office_region_sure,
	province, period, as_of, state, is_current)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`

// The columns of the tables that hold the lines of a return. A sheet holds
// thousands of facts, so they are written many at once.
const (
	lineColumns    = `submission part line `
	rowColumns     = lineColumns + `unit name name_sheet name_row name_col area why runner_up left_out official`
	totalColumns   = lineColumns + `kind label_sheet label_row label_col words`
	ignoredColumns = lineColumns + `sheet area reason words`
	findingColumns = lineColumns + `rule severity owner unit field sheet areas found expected args holds cause`
	factColumns    = lineColumns + `place field number mark empty measure raw shown sheet cell_row cell_col doubt`
)

// contentWriter writes the returns of one submission.
type contentWriter struct {
	tx         *sql.Tx
	submission int
	part       int
}

// newContentWriter is ready to write.
func newContentWriter(tx *sql.Tx, submission int) *contentWriter {
	return &contentWriter{tx: tx, submission: submission}
}

// put writes a return as the part of the submission.
func (w *contentWriter) put(ctx context.Context, part int, series string, r tonghop.Return) error {
	w.part = part
	o := r.Office
	_, err := w.tx.ExecContext(ctx, insertReturn, w.submission, part, series, r.Version, r.Form,
		o.Code, o.Name, string(o.Kind), o.Parent, string(o.From), string(o.To),
		string(o.FromAfter), string(o.ToAfter), o.Region, string(o.RegionSure),
		r.Province, r.Period.String(), string(r.AsOf), string(r.State), flag(r.Current))
	if err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	findings, err := w.findings(r.Findings)
	if err != nil {
		return err
	}
	for _, t := range []struct {
		name, columns string
		size          int
		all           iter.Seq[[]any]
	}{
		{"return_row", rowColumns, len(r.Rows), w.rows(r.Rows)},
		{"fact", factColumns, len(r.Rows), w.facts(func(yield func(int, []tonghop.Value) bool) {
			for i := 0; i < len(r.Rows) && yield(i, r.Rows[i].Values); i++ {
			}
		})},
		{"return_total", totalColumns, len(r.Totals), w.totals(r.Totals)},
		{"total_fact", factColumns, len(r.Totals), w.facts(func(yield func(int, []tonghop.Value) bool) {
			for i := 0; i < len(r.Totals) && yield(i, r.Totals[i].Values); i++ {
			}
		})},
		{"ignored", ignoredColumns, len(r.Ignored), w.ignored(r.Ignored)},
		{"finding", findingColumns, len(findings), slices.Values(findings)},
	} {
		if t.size == 0 {
			continue
		}
		if err := newTable(t.name, t.columns).write(ctx, w.tx, t.all); err != nil {
			return err
		}
	}
	return nil
}

// line is one line of the part; further columns follow.
func (w *contentWriter) line(line int, columns ...any) []any {
	return append([]any{w.submission, w.part, line}, columns...)
}

// rows are the lines of rows, without their values.
func (w *contentWriter) rows(rows []tonghop.Row) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, r := range rows {
			if !yield(w.line(i, r.Unit, r.Name, r.NameRef.Sheet, r.NameRef.Row, r.NameRef.Col,
				writeArea(r.Area), r.Match.Why, r.Match.RunnerUp, r.LeftOut, r.Official)) {
				return
			}
		}
	}
}

// totals are the lines of summing rows, without their values.
func (w *contentWriter) totals(totals []tonghop.Total) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, t := range totals {
			if !yield(w.line(i, string(t.Kind), t.Label.Sheet, t.Label.Row, t.Label.Col, t.Text)) {
				return
			}
		}
	}
}

// facts are the lines of values, those of one line after those of another.
func (w *contentWriter) facts(of iter.Seq2[int, []tonghop.Value]) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for line, values := range of {
			for i, v := range values {
				if !yield(w.line(line, i, v.Field, writeDecimal(v.Number), string(v.Mark), string(v.Empty),
					v.Measure, v.Raw, v.Shown, v.Ref.Sheet, v.Ref.Row, v.Ref.Col, flag(v.Doubt))) {
					return
				}
			}
		}
	}
}

// ignored are the lines of what was not used.
func (w *contentWriter) ignored(all []tonghop.Ignored) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, ig := range all {
			if !yield(w.line(i, ig.Sheet, writeArea(ig.Area), ig.Reason, ig.Text)) {
				return
			}
		}
	}
}

// findings are the lines of findings.
func (w *contentWriter) findings(all []tonghop.Finding) ([][]any, error) {
	var out [][]any
	for i, f := range all {
		areas, err := writeAreas(f.Areas)
		if err != nil {
			return nil, fmt.Errorf("write finding %d: %w", i, err)
		}
		args, err := json.Marshal(storableMap(f.Args))
		if err != nil {
			return nil, fmt.Errorf("write args of finding %d: %w", i, err)
		}
		out = append(out, w.line(i, f.Rule, string(f.Severity), string(f.Owner), f.Unit, f.Field, f.Sheet,
			areas, f.Found, f.Expected, string(args), flag(f.Holds), f.Cause))
	}
	return out, nil
}

// flag writes a truth as 0 or 1.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// writeDecimal writes a figure canonically; NULL where there is none.
func writeDecimal(d decimal.NullDecimal) sql.NullString {
	if !d.Valid {
		return sql.NullString{}
	}
	return sql.NullString{String: d.Decimal.String(), Valid: true}
}

// readDecimal reads what writeDecimal wrote.
func readDecimal(s sql.NullString) (decimal.NullDecimal, error) {
	if !s.Valid {
		return decimal.NullDecimal{}, nil
	}
	d, err := decimal.NewFromString(s.String)
	if err != nil {
		return decimal.NullDecimal{}, fmt.Errorf("read figure %q: %w", s.String, err)
	}
	return decimal.NewNullDecimal(d), nil
}

// writeArea writes an area as [top,left,bottom,right].
func writeArea(a tonghop.Area) string {
	return fmt.Sprintf("[%d,%d,%d,%d]", a.Top, a.Left, a.Bottom, a.Right)
}

// readArea reads what writeArea wrote.
func readArea(s string) (tonghop.Area, error) {
	var c [4]int
	if err := json.Unmarshal([]byte(s), &c); err != nil {
		return tonghop.Area{}, fmt.Errorf("read area %q: %w", s, err)
	}
	return tonghop.Area{Top: c[0], Left: c[1], Bottom: c[2], Right: c[3]}, nil
}

// writeAreas writes a list of areas.
func writeAreas(areas []tonghop.Area) (string, error) {
	list := make([][4]int, len(areas))
	for i, a := range areas {
		list[i] = [4]int{a.Top, a.Left, a.Bottom, a.Right}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "", fmt.Errorf("write areas: %w", err)
	}
	return string(text), nil
}

// readAreas reads what writeAreas wrote; nil if there are none.
func readAreas(s string) ([]tonghop.Area, error) {
	var list [][4]int
	if err := json.Unmarshal([]byte(s), &list); err != nil {
		return nil, fmt.Errorf("read areas %q: %w", s, err)
	}
	var areas []tonghop.Area
	for _, c := range list {
		areas = append(areas, tonghop.Area{Top: c[0], Left: c[1], Bottom: c[2], Right: c[3]})
	}
	return areas, nil
}
