package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/tonghop/tonghop"
)

// The statements that read the content of a return, line by line in the order
// in which it was written.
const (
	ofReturn   = ` WHERE submission = $1 AND part = $2 ORDER BY line`
	selectRows = `SELECT unit, name, name_sheet, name_row, name_col, area, why, runner_up, left_out, official
		FROM return_row` + ofReturn
	selectTotals   = `SELECT kind, label_sheet, label_row, label_col, words FROM return_total` + ofReturn
	selectIgnored  = `SELECT sheet, area, reason, words FROM ignored` + ofReturn
	selectFindings = `SELECT rule, severity, owner, unit, field, sheet, areas, found, expected, args, holds, cause
		FROM finding` + ofReturn
	selectValues = `SELECT line, field, number, mark, empty, measure, raw, shown, sheet, cell_row, cell_col, doubt
		FROM `
	selectFacts      = selectValues + `fact` + ofReturn + `, place`
	selectTotalFacts = selectValues + `total_fact` + ofReturn + `, place`
)

// contentReader reads the content of returns.
type contentReader struct{ prepared map[string]*sql.Stmt }

// newContentReader prepares the statements.
func newContentReader(ctx context.Context, tx *sql.Tx) (*contentReader, error) {
	c := &contentReader{prepared: map[string]*sql.Stmt{}}
	for _, text := range []string{selectRows, selectFacts, selectTotals, selectTotalFacts, selectIgnored, selectFindings} {
		stmt, err := tx.PrepareContext(ctx, text)
		if err != nil {
			c.close()
			return nil, fmt.Errorf("prepare to read returns: %w", err)
		}
		c.prepared[text] = stmt
	}
	return c, nil
}

// close lets go of the statements.
func (c *contentReader) close() {
	for _, stmt := range c.prepared {
		stmt.Close()
	}
}

// each calls read at every line that the statement finds for a return.
func (c *contentReader) each(ctx context.Context, statement string, number, part int, read func(*sql.Rows) error) error {
	rows, err := c.prepared[statement].QueryContext(ctx, number, part)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// fill reads everything that a return holds.
func (c *contentReader) fill(ctx context.Context, number, part int, r *tonghop.Return) error {
	steps := []struct {
		what, statement string
		read            func(*sql.Rows) error
	}{
		{"rows", selectRows, func(rows *sql.Rows) error {
			row, err := scanRow(rows)
			r.Rows = append(r.Rows, row)
			return err
		}},
		{"facts", selectFacts, func(rows *sql.Rows) error {
			return scanValue(rows, len(r.Rows), func(line int) *[]tonghop.Value { return &r.Rows[line].Values })
		}},
		{"totals", selectTotals, func(rows *sql.Rows) error {
			var t tonghop.Total
			err := rows.Scan(&t.Kind, &t.Label.Sheet, &t.Label.Row, &t.Label.Col, &t.Text)
			r.Totals = append(r.Totals, t)
			return err
		}},
		{"facts of totals", selectTotalFacts, func(rows *sql.Rows) error {
			return scanValue(rows, len(r.Totals), func(line int) *[]tonghop.Value { return &r.Totals[line].Values })
		}},
		{"ignored", selectIgnored, func(rows *sql.Rows) error {
			ig, err := scanIgnored(rows)
			r.Ignored = append(r.Ignored, ig)
			return err
		}},
		{"findings", selectFindings, func(rows *sql.Rows) error {
			f, err := scanFinding(rows)
			r.Findings = append(r.Findings, f)
			return err
		}},
	}
	for _, s := range steps {
		if err := c.each(ctx, s.statement, number, part, s.read); err != nil {
			return fmt.Errorf("read %s: %w", s.what, err)
		}
	}
	return nil
}

// scanRow reads a row without its values.
func scanRow(rows *sql.Rows) (tonghop.Row, error) {
	var r tonghop.Row
	var area string
	err := rows.Scan(&r.Unit, &r.Name, &r.NameRef.Sheet, &r.NameRef.Row, &r.NameRef.Col,
		&area, &r.Match.Why, &r.Match.RunnerUp, &r.LeftOut, &r.Official)
	if err != nil {
		return r, err
	}
	r.Area, err = readArea(area)
	return r, err
}

// scanValue reads a value and adds it to the values of its line, one of lines.
func scanValue(rows *sql.Rows, lines int, of func(line int) *[]tonghop.Value) error {
	var v tonghop.Value
	var line, doubt int
	var number sql.NullString
	err := rows.Scan(&line, &v.Field, &number, &v.Mark, &v.Empty, &v.Measure, &v.Raw, &v.Shown,
		&v.Ref.Sheet, &v.Ref.Row, &v.Ref.Col, &doubt)
	if err != nil {
		return err
	}
	v.Doubt = doubt == 1
	if v.Number, err = readDecimal(number); err != nil {
		return err
	}
	if line < 0 || line >= lines {
		return fmt.Errorf("value of line %d, of %d lines", line, lines)
	}
	values := of(line)
	*values = append(*values, v)
	return nil
}

// scanIgnored reads what was not used.
func scanIgnored(rows *sql.Rows) (tonghop.Ignored, error) {
	var ig tonghop.Ignored
	var area string
	if err := rows.Scan(&ig.Sheet, &area, &ig.Reason, &ig.Text); err != nil {
		return ig, err
	}
	var err error
	ig.Area, err = readArea(area)
	return ig, err
}

// scanFinding reads a finding.
func scanFinding(rows *sql.Rows) (tonghop.Finding, error) {
	var f tonghop.Finding
	var areas, args string
	var holds int
	err := rows.Scan(&f.Rule, &f.Severity, &f.Owner, &f.Unit, &f.Field, &f.Sheet,
		&areas, &f.Found, &f.Expected, &args, &holds, &f.Cause)
	if err != nil {
		return f, err
	}
	f.Holds = holds == 1
	if f.Areas, err = readAreas(areas); err != nil {
		return f, err
	}
	if err := json.Unmarshal([]byte(args), &f.Args); err != nil {
		return f, fmt.Errorf("read args %q: %w", args, err)
	}
	return f, nil
}
