package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// Filter chooses returns or submissions. Each field that is set narrows the
// choice; the zero Filter chooses everything.
type Filter struct {
	Period   tonghop.Period
	Province string          // code
	Form     string          // form id
	Receipt  string          // of one submission
	Current  bool            // only what nothing later stands in place of
	States   []tonghop.State // any of these

	// Expected widens Period, Province and Form: also the held and rejected
	// returns of files that were expected for Period, wherever their headings
	// place them, and those whose province or form is not known.
	Expected bool
}

// where collects the conditions of a query and their arguments.
type where struct {
	terms []string
	args  []any
}

// add adds a condition with one $ in it for each argument.
func (w *where) add(term string, args ...any) {
	var b strings.Builder
	for _, c := range term {
		b.WriteRune(c)
		if c == '$' {
			w.args = append(w.args, args[0])
			args = args[1:]
			fmt.Fprint(&b, len(w.args))
		}
	}
	w.terms = append(w.terms, "("+b.String()+")")
}

// states adds that a column is one of the states.
func (w *where) states(column string, states []tonghop.State) {
	if len(states) == 0 {
		return
	}
	args := make([]any, len(states))
	for i, s := range states {
		args[i] = string(s)
	}
	w.add(column+" IN ($"+strings.Repeat(", $", len(states)-1)+")", args...)
}

// clause is the condition as SQL, "" if there is none.
func (w *where) clause() string {
	if len(w.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.terms, " AND ")
}

// returns are the conditions on a return r of a submission s.
func (f Filter) returns() *where {
	w := &where{}
	if !f.Period.IsZero() {
		if p := f.Period.String(); f.Expected {
			w.add(`r.period = $ OR (s.expect = $ AND r.state IN ('held', 'rejected'))`, p, p)
		} else {
			w.add(`r.period = $`, p)
		}
	}
	for _, c := range []struct{ column, value string }{{"r.province", f.Province}, {"r.form", f.Form}} {
		if c.value == "" {
			continue
		}
		if f.Expected {
			w.add(c.column+` = $ OR `+c.column+` = ''`, c.value)
		} else {
			w.add(c.column+` = $`, c.value)
		}
	}
	if f.Receipt != "" {
		w.add(`s.receipt = $`, f.Receipt)
	}
	if f.Current {
		w.add(`r.is_current = 1`)
	}
	w.states("r.state", f.States)
	return w
}

// returnColumns are the columns of the table office_return that the head of a
// return is read from.
const returnColumns = `r.part, r.version, r.form, r.office, r.office_name, r.office_kind, r.office_parent,
	r.office_from, r.office_to, r.office_from_after, r.office_to_after, r.office_region, r.office_region_sure, r.province, r.period, r.as_of, r.state, r.is_current`

// Returns gives the returns that the filter chooses, with everything in them,
// in register order: by the code of the office, then form, period, version and
// receipt. Those without an office come first. They are read one after the
// other from one unchanging view of the ledger; an error ends the sequence.
func (db *DB) Returns(ctx context.Context, f Filter) iter.Seq2[tonghop.Return, error] {
	return func(yield func(tonghop.Return, error) bool) {
		stopped := false
		err := db.read(ctx, "read returns", func(tx *sql.Tx) error {
			heads, err := readHeads(ctx, tx, f)
			if err != nil {
				return err
			}
			reader, err := newContentReader(ctx, tx)
			if err != nil {
				return err
			}
			defer reader.close()
			for _, h := range heads {
				if err := reader.fill(ctx, h.number, h.part, &h.ret); err != nil {
					return fmt.Errorf("read return %d of %s: %w", h.part, h.ret.Submission.Receipt, err)
				}
				if stopped = !yield(h.ret, nil); stopped {
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			yield(tonghop.Return{}, err)
		}
	}
}

// head is a return without its content, and where that is.
type head struct {
	number, part int
	ret          tonghop.Return
}

// readHeads reads the heads of the returns in register order. Sorting here
// makes the order the same in every database, whatever its collation.
func readHeads(ctx context.Context, tx *sql.Tx, f Filter) ([]head, error) {
	w := f.returns()
	rows, err := tx.QueryContext(ctx, `SELECT `+submissionColumns+`, `+returnColumns+`
		FROM office_return r JOIN submission s ON s.number = r.submission`+w.clause(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("find returns: %w", err)
	}
	defer rows.Close()
	var heads []head
	for rows.Next() {
		h, err := scanHead(rows)
		if err != nil {
			return nil, fmt.Errorf("read return: %w", err)
		}
		heads = append(heads, h)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read returns: %w", err)
	}
	slices.SortFunc(heads, func(a, b head) int {
		x, y := a.ret, b.ret
		return cmp.Or(cmp.Compare(x.Office.Code, y.Office.Code), cmp.Compare(x.Form, y.Form),
			cmp.Compare(x.Period.String(), y.Period.String()), cmp.Compare(x.Version, y.Version),
			cmp.Compare(a.number, b.number), cmp.Compare(a.part, b.part))
	})
	return heads, nil
}

// scanHead reads one line of the query of readHeads.
func scanHead(rows *sql.Rows) (head, error) {
	var line submissionLine
	var h head
	var period string
	var current int
	r, o := &h.ret, &h.ret.Office
	err := rows.Scan(append(line.targets(), &h.part, &r.Version, &r.Form, &o.Code, &o.Name, &o.Kind, &o.Parent,
		&o.From, &o.To, &o.FromAfter, &o.ToAfter, &o.Region, &o.RegionSure, &r.Province, &period, &r.AsOf, &r.State, &current)...)
	if err != nil {
		return h, err
	}
	h.number, r.Current = line.number, current == 1
	if r.Period, err = readPeriod(period); err != nil {
		return h, err
	}
	r.Submission, err = line.submission()
	return h, err
}

// Submissions gives the submissions that the filter chooses, by rising
// receipt. Period chooses those that were expected for it or hold a return of
// it, Province, Form and Current those that hold such a return, States their
// own states; Expected changes nothing. An error ends the sequence.
func (db *DB) Submissions(ctx context.Context, f Filter) iter.Seq2[tonghop.Submission, error] {
	return func(yield func(tonghop.Submission, error) bool) {
		var found []tonghop.Submission
		err := db.read(ctx, "read submissions", func(tx *sql.Tx) (err error) {
			found, err = readSubmissions(ctx, tx, f)
			return err
		})
		if err != nil {
			yield(tonghop.Submission{}, err)
			return
		}
		for _, s := range found {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// submissions are the conditions on a submission s.
func (f Filter) submissions() *where {
	w := &where{}
	const holds = `EXISTS (SELECT 1 FROM office_return r WHERE r.submission = s.number AND `
	if !f.Period.IsZero() {
		w.add(`s.expect = $ OR `+holds+`r.period = $)`, f.Period.String(), f.Period.String())
	}
	if f.Province != "" {
		w.add(holds+`r.province = $)`, f.Province)
	}
	if f.Form != "" {
		w.add(holds+`r.form = $)`, f.Form)
	}
	if f.Current {
		w.add(holds + `r.is_current = 1)`)
	}
	if f.Receipt != "" {
		w.add(`s.receipt = $`, f.Receipt)
	}
	w.states("s.state", f.States)
	return w
}

// readSubmissions reads the lines of submissions; they are small.
func readSubmissions(ctx context.Context, tx *sql.Tx, f Filter) ([]tonghop.Submission, error) {
	w := f.submissions()
	rows, err := tx.QueryContext(ctx, `SELECT `+submissionColumns+` FROM submission s`+w.clause()+
		` ORDER BY s.number`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("find submissions: %w", err)
	}
	defer rows.Close()
	var found []tonghop.Submission
	for rows.Next() {
		var line submissionLine
		if err := rows.Scan(line.targets()...); err != nil {
			return nil, fmt.Errorf("read submission: %w", err)
		}
		sub, err := line.submission()
		if err != nil {
			return nil, err
		}
		found = append(found, sub)
	}
	return found, rows.Err()
}
