package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tonghop/tonghop"
)

// Version is one version in the series of a form, office and period.
type Version struct {
	Number  int
	Receipt string
	SHA256  string // of the file
	State   tonghop.State
	Current bool
}

// Versions lists what an office has reported with a form for a period, the
// first version first. None is no error.
func (db *DB) Versions(ctx context.Context, form, office string, period tonghop.Period) ([]Version, error) {
	var versions []Version
	err := db.read(ctx, "list versions", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT r.version, s.receipt, s.sha256, r.state, r.is_current
			FROM office_return r JOIN submission s ON s.number = r.submission
			WHERE r.series = $1 ORDER BY r.version`, placeSeries(form, office, period))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var v Version
			var current int
			if err := rows.Scan(&v.Number, &v.Receipt, &v.SHA256, &v.State, &current); err != nil {
				return err
			}
			v.Current = current == 1
			versions = append(versions, v)
		}
		return rows.Err()
	})
	return versions, err
}

// Edition is what the ledger keeps of one issue of a consolidated workbook.
// The workbook and its manifest are in the vault under their digests.
type Edition struct {
	Period   tonghop.Period
	Province string // code
	Form     string
	Issue    int          // 1, 2… of this period, province and form
	AsOf     tonghop.Date // the date whose rules it follows
	SHA256   string       // of the workbook
	Inputs   string       // digest of everything that it was made from
	Rules    string       // digest of the templates in force
	Criteria string       // id of the set
	Program  string       // version
	Manifest string       // SHA-256 of the manifest
	Returns  []tonghop.Input
}

// Editions lists the issues of a period, province and form, the first first.
// None is no error.
func (db *DB) Editions(ctx context.Context, period tonghop.Period, province, form string) ([]Edition, error) {
	var editions []Edition
	err := db.read(ctx, "list editions", func(tx *sql.Tx) (err error) {
		editions, err = readEditions(ctx, tx, period, province, form)
		return err
	})
	return editions, err
}

// SaveEdition keeps an edition. If one was made of the same Inputs before, that
// one comes back and nothing is written. Otherwise it becomes the next issue;
// an Issue that is set must be that number, else ledger.issue (issue, next): it
// is printed in the workbook, and somebody else has issued one meanwhile.
func (db *DB) SaveEdition(ctx context.Context, e Edition) (Edition, error) {
	var saved Edition
	err := db.write(ctx, "save edition", func(tx *sql.Tx) (err error) {
		saved, err = saveEdition(ctx, tx, e)
		return err
	})
	return saved, err
}

// saveEdition does the work of SaveEdition inside its transaction.
func saveEdition(ctx context.Context, tx *sql.Tx, e Edition) (Edition, error) {
	name := fmt.Sprintf("edition/%s/%s/%s", e.Period, e.Province, e.Form)
	var issues int
	err := tx.QueryRowContext(ctx, `
		INSERT INTO counter (name, last) VALUES ($1, 0)
		ON CONFLICT (name) DO UPDATE SET last = counter.last
		RETURNING last`, name).Scan(&issues)
	if err != nil {
		return Edition{}, fmt.Errorf("count issues: %w", err)
	}
	earlier, err := readEditions(ctx, tx, e.Period, e.Province, e.Form)
	if err != nil {
		return Edition{}, err
	}
	for _, old := range earlier {
		if old.Inputs == e.Inputs {
			return old, nil
		}
	}
	next := issues + 1
	if e.Issue != 0 && e.Issue != next {
		return Edition{}, tonghop.Fail("ledger.issue", nil, "issue", fmt.Sprint(e.Issue), "next", fmt.Sprint(next))
	}
	e.Issue = next
	if err := writeEdition(ctx, tx, e); err != nil {
		return Edition{}, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE counter SET last = $1 WHERE name = $2`, next, name); err != nil {
		return Edition{}, fmt.Errorf("count issues: %w", err)
	}
	return e, nil
}

// writeEdition writes an edition and what it was made from.
func writeEdition(ctx context.Context, tx *sql.Tx, e Edition) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO edition (period, province, form, issue, as_of, sha256, inputs, rules, criteria, program, manifest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		e.Period.String(), e.Province, e.Form, e.Issue, string(e.AsOf), e.SHA256, e.Inputs, e.Rules,
		e.Criteria, e.Program, e.Manifest)
	if err != nil {
		return fmt.Errorf("write edition: %w", err)
	}
	for i, in := range e.Returns {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO edition_input (period, province, form, issue, line, receipt, sha256, file, office, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			e.Period.String(), e.Province, e.Form, e.Issue, i, in.Receipt, in.SHA256, in.File, in.Office, in.Version)
		if err != nil {
			return fmt.Errorf("write input %d: %w", i, err)
		}
	}
	return nil
}

// readEditions reads the editions of a period, province and form.
func readEditions(ctx context.Context, tx *sql.Tx, period tonghop.Period, province, form string) ([]Edition, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT issue, as_of, sha256, inputs, rules, criteria, program, manifest
		FROM edition WHERE period = $1 AND province = $2 AND form = $3 ORDER BY issue`,
		period.String(), province, form)
	if err != nil {
		return nil, fmt.Errorf("find editions: %w", err)
	}
	defer rows.Close()
	var editions []Edition
	for rows.Next() {
		e := Edition{Period: period, Province: province, Form: form}
		err := rows.Scan(&e.Issue, &e.AsOf, &e.SHA256, &e.Inputs, &e.Rules, &e.Criteria, &e.Program, &e.Manifest)
		if err != nil {
			return nil, fmt.Errorf("read edition: %w", err)
		}
		editions = append(editions, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read editions: %w", err)
	}
	return editions, readInputs(ctx, tx, editions)
}

// readInputs reads what the editions of one period, province and form were
// made from.
func readInputs(ctx context.Context, tx *sql.Tx, editions []Edition) error {
	if len(editions) == 0 {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT issue, receipt, sha256, file, office, version
		FROM edition_input WHERE period = $1 AND province = $2 AND form = $3 ORDER BY issue, line`,
		editions[0].Period.String(), editions[0].Province, editions[0].Form)
	if err != nil {
		return fmt.Errorf("find inputs: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var issue int
		var in tonghop.Input
		if err := rows.Scan(&issue, &in.Receipt, &in.SHA256, &in.File, &in.Office, &in.Version); err != nil {
			return fmt.Errorf("read input: %w", err)
		}
		for i := range editions {
			if editions[i].Issue == issue {
				editions[i].Returns = append(editions[i].Returns, in)
			}
		}
	}
	return rows.Err()
}
