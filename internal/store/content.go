package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// The statements that write a return. A sheet holds thousands of facts, and in
// SQLite single rows through a prepared statement are the fastest way in.
const (
	insertReturn = `INSERT INTO office_return (submission, part, series, version, form,
		office, office_name, office_kind, office_parent, office_from, office_to,
		office_from_after, office_to_after, office_region, office_region_sure,
		province, period, as_of, state, is_current)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
	insertRow = `INSERT INTO return_row (submission, part, line, unit, name, name_sheet, name_row, name_col,
		area, why, runner_up, left_out, official)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	insertTotal = `INSERT INTO return_total (submission, part, line, kind, label_sheet, label_row, label_col, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertIgnored = `INSERT INTO ignored (submission, part, line, sheet, area, reason, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`
	insertFinding = `INSERT INTO finding (submission, part, line, rule, severity, owner, unit, field, sheet,
		areas, found, expected, args, holds)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	factColumns = ` (submission, part, line, place, field, number, mark, empty, measure, raw, shown,
		sheet, cell_row, cell_col, doubt)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
	insertFact      = `INSERT INTO fact` + factColumns
	insertTotalFact = `INSERT INTO total_fact` + factColumns
)

// contentWriter writes the returns of one submission.
type contentWriter struct {
	tx         *sql.Tx
	submission int
	part       int
	prepared   map[string]*sql.Stmt
}

// newContentWriter prepares the statements.
func newContentWriter(ctx context.Context, tx *sql.Tx, submission int) (*contentWriter, error) {
	w := &contentWriter{tx: tx, submission: submission, prepared: map[string]*sql.Stmt{}}
	for _, text := range []string{insertRow, insertFact, insertTotal, insertTotalFact, insertIgnored, insertFinding} {
		stmt, err := tx.PrepareContext(ctx, text)
		if err != nil {
			w.close()
			return nil, fmt.Errorf("prepare to write returns: %w", err)
		}
		w.prepared[text] = stmt
	}
	return w, nil
}

// close lets go of the statements.
func (w *contentWriter) close() {
	for _, stmt := range w.prepared {
		stmt.Close()
	}
}

// line writes one line of the part; place and further columns follow. The
// driver starts a goroutine for every statement whose context can be
// cancelled, which costs as much as the statement itself, so the context is
// looked at here.
func (w *contentWriter) line(ctx context.Context, statement string, line int, columns ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	args := append(make([]any, 0, 3+len(columns)), w.submission, w.part, line)
	_, err := w.prepared[statement].ExecContext(context.WithoutCancel(ctx), append(args, columns...)...)
	return err
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
	for i, row := range r.Rows {
		if err := w.row(ctx, i, row); err != nil {
			return fmt.Errorf("write row %d: %w", i, err)
		}
	}
	for i, total := range r.Totals {
		if err := w.total(ctx, i, total); err != nil {
			return fmt.Errorf("write total %d: %w", i, err)
		}
	}
	for i, ig := range r.Ignored {
		err := w.line(ctx, insertIgnored, i, ig.Sheet, writeArea(ig.Area), ig.Reason, ig.Text)
		if err != nil {
			return fmt.Errorf("write ignored %d: %w", i, err)
		}
	}
	for i, f := range r.Findings {
		if err := w.finding(ctx, i, f); err != nil {
			return fmt.Errorf("write finding %d: %w", i, err)
		}
	}
	return nil
}

// row writes a row and its values.
func (w *contentWriter) row(ctx context.Context, i int, r tonghop.Row) error {
	err := w.line(ctx, insertRow, i, r.Unit, r.Name, r.NameRef.Sheet, r.NameRef.Row, r.NameRef.Col,
		writeArea(r.Area), r.Match.Why, r.Match.RunnerUp, r.LeftOut, r.Official)
	if err != nil {
		return err
	}
	return w.values(ctx, insertFact, i, r.Values)
}

// total writes a summing row and its values.
func (w *contentWriter) total(ctx context.Context, i int, t tonghop.Total) error {
	err := w.line(ctx, insertTotal, i, string(t.Kind), t.Label.Sheet, t.Label.Row, t.Label.Col, t.Text)
	if err != nil {
		return err
	}
	return w.values(ctx, insertTotalFact, i, t.Values)
}

// values writes the values of a line.
func (w *contentWriter) values(ctx context.Context, statement string, line int, values []tonghop.Value) error {
	for i, v := range values {
		err := w.line(ctx, statement, line, i, v.Field, writeDecimal(v.Number), string(v.Mark), string(v.Empty),
			v.Measure, v.Raw, v.Shown, v.Ref.Sheet, v.Ref.Row, v.Ref.Col, flag(v.Doubt))
		if err != nil {
			return fmt.Errorf("write value %d: %w", i, err)
		}
	}
	return nil
}

// finding writes a finding.
func (w *contentWriter) finding(ctx context.Context, i int, f tonghop.Finding) error {
	areas, err := writeAreas(f.Areas)
	if err != nil {
		return err
	}
	args, err := json.Marshal(f.Args)
	if err != nil {
		return fmt.Errorf("write args: %w", err)
	}
	return w.line(ctx, insertFinding, i, f.Rule, string(f.Severity), string(f.Owner), f.Unit, f.Field, f.Sheet,
		areas, f.Found, f.Expected, string(args), flag(f.Holds))
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
