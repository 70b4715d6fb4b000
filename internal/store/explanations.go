package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/tonghop/tonghop"
)

const explanationColumns = `number, receipt, form, office, office_name, province, period, rule, severity, sheet, cells, unit, field,
	found, figure, words, person, received, state, decided_by, decided, reason, holds`

// ExplanationFilter chooses explanations. Each field that is set narrows the
// choice.
type ExplanationFilter struct {
	Number   int
	Form     string
	Office   string // code
	Province string // code
	Period   tonghop.Period
	State    tonghop.ExplanationState
}

func (f ExplanationFilter) where() *where {
	w := &where{}
	if f.Number != 0 {
		w.add(`number = $`, f.Number)
	}
	period := ""
	if !f.Period.IsZero() {
		period = f.Period.String()
	}
	for _, c := range []struct{ column, value string }{{"form", f.Form}, {"office", f.Office}, {"province", f.Province},
		{"period", period}, {"state", string(f.State)}} {
		if c.value != "" {
			w.add(c.column+` = $`, c.value)
		}
	}
	return w
}

// Explanations gives the explanations that the filter chooses, oldest first.
func (db *DB) Explanations(ctx context.Context, f ExplanationFilter) (all []tonghop.Explanation, err error) {
	err = db.read(ctx, "read explanations", func(tx *sql.Tx) error {
		all, err = readExplanations(ctx, tx, f.where())
		return err
	})
	return all, err
}

func readExplanations(ctx context.Context, tx *sql.Tx, w *where) ([]tonghop.Explanation, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+explanationColumns+` FROM explanation`+w.clause()+` ORDER BY number`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("find explanations: %w", err)
	}
	defer rows.Close()
	var all []tonghop.Explanation
	for rows.Next() {
		e, err := scanExplanation(rows)
		if err != nil {
			return nil, fmt.Errorf("read explanation: %w", err)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

func scanExplanation(rows *sql.Rows) (tonghop.Explanation, error) {
	var e tonghop.Explanation
	var period, received, decided string
	var holds int
	err := rows.Scan(&e.Number, &e.Receipt, &e.Form, &e.Office.Code, &e.Office.Name, &e.Province, &period, &e.Rule, &e.Severity, &e.Sheet,
		&e.Cells, &e.Unit, &e.Field, &e.Value, &e.Figure, &e.Text, &e.Person, &received, &e.State, &e.By, &decided, &e.Reason, &holds)
	if err != nil {
		return e, err
	}
	e.Holds = holds == 1
	if e.Period, err = readPeriod(period); err != nil {
		return e, err
	}
	return e, readTimes([]string{received, decided}, &e.Received, &e.Decided)
}

// nextNumber counts in a line of its own; whoever has it waits for nobody else.
func nextNumber(ctx context.Context, tx *sql.Tx, name string) (n int, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO counter (name, last) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last`, name).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count %ss: %w", name, err)
	}
	return n, nil
}

// keepExplanations writes what a return explains and nobody has said yet in the
// same words of the same value and as many cells. What is said twice in a return,
// of two cells of a field, is kept twice.
func keepExplanations(ctx context.Context, tx *sql.Tx, sub tonghop.Submission, r tonghop.Return) error {
	said := map[string]int{}
	for _, e := range r.Explained {
		same := fmt.Sprintf("%q %d", []string{e.Rule, e.Unit, e.Field, e.Value, e.Text}, e.CellCount())
		if e.Unit == "" && e.Field == "" {
			same += e.Sheet + "!" + e.Cells
		}
		said[same]++
		known, err := keptAlike(ctx, tx, sub, r, e)
		if err != nil {
			return err
		}
		if known >= said[same] {
			continue
		}
		number, err := nextNumber(ctx, tx, "explanation")
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO explanation (`+explanationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'open', '', '', '', $19)`,
			number, sub.Receipt, r.Form, r.Office.Code, storable(r.Office.Name), r.Province, r.Period.String(), e.Rule, string(e.Severity),
			storable(e.Sheet), e.Cells, e.Unit, e.Field, storable(e.Value), e.Figure, storable(e.Text), storable(e.Person), writeTime(sub.Received), flag(e.Holds))
		if err != nil {
			return fmt.Errorf("write explanation: %w", err)
		}
	}
	return nil
}

// keptAlike counts what was kept in the same words of the same value. Of a file
// whose office is not known, only what the file itself brought.
func keptAlike(ctx context.Context, tx *sql.Tx, sub tonghop.Submission, r tonghop.Return, e tonghop.Explanation) (n int, err error) {
	w := &where{}
	w.add(`form = $ AND office = $ AND period = $`, r.Form, r.Office.Code, r.Period.String())
	w.add(`rule = $ AND unit = $ AND field = $`, e.Rule, e.Unit, e.Field)
	w.add(`found = $ AND words = $`, storable(e.Value), storable(e.Text))
	if e.Unit == "" && e.Field == "" {
		w.add(`sheet = $ AND cells = $`, storable(e.Sheet), e.Cells)
	}
	if r.Office.Code == "" {
		w.add(`receipt = $`, sub.Receipt)
	}
	known, err := readExplanations(ctx, tx, w)
	if err != nil {
		return 0, fmt.Errorf("look for explanation: %w", err)
	}
	for _, k := range known {
		if k.CellCount() == e.CellCount() {
			n++
		}
	}
	return n, nil
}

// Decision is what somebody of the coordination office decided.
type Decision struct {
	By     string
	At     time.Time
	Reason string // of a refusal
}

// Decide accepts or refuses an explanation, once and for its value; with a
// tolerance it may stand in later reports too. It gives the tolerance's number, 0
// without one. It fails with explanation.unknown (number) and explanation.decided
// (number, state, by).
func (db *DB) Decide(ctx context.Context, number int, state tonghop.ExplanationState, d Decision, t *tonghop.Tolerance) (made int, err error) {
	err = db.write(ctx, fmt.Sprintf("decide explanation %d", number), func(tx *sql.Tx) error {
		made = 0
		done, err := tx.ExecContext(ctx, `UPDATE explanation SET state = $1, decided_by = $2, decided = $3, reason = $4
			WHERE number = $5 AND state = 'open'`, string(state), storable(d.By), writeTime(d.At), storable(d.Reason), number)
		if err != nil {
			return fmt.Errorf("write decision: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return undecidable(ctx, tx, number)
		}
		if t == nil {
			return nil
		}
		made, err = nextNumber(ctx, tx, "tolerance")
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO tolerance (number, explanation, form, version, province, office, unit, field, rule, kind,
			amount, approved_by, made, until_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
			made, number, t.Form, t.Version, t.Province, t.Office, t.Unit, t.Field, t.Rule, t.Kind, t.Amount, storable(d.By), writeTime(d.At), string(t.Until))
		if err != nil {
			return fmt.Errorf("write tolerance: %w", err)
		}
		return nil
	})
	return made, err
}

// undecidable says why an explanation cannot be decided.
func undecidable(ctx context.Context, tx *sql.Tx, number int) error {
	var state, by string
	err := tx.QueryRowContext(ctx, `SELECT state, decided_by FROM explanation WHERE number = $1`, number).Scan(&state, &by)
	if errors.Is(err, sql.ErrNoRows) {
		return tonghop.Fail("explanation.unknown", nil, "number", fmt.Sprint(number))
	}
	if err != nil {
		return fmt.Errorf("find explanation: %w", err)
	}
	return tonghop.Fail("explanation.decided", nil, "number", fmt.Sprint(number), "state", state, "by", by)
}
