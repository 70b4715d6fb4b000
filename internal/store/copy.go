package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is a table that many lines are written to at once.
type table struct {
	name    string
	columns []string
}

// newTable names a table and its columns, in one text with blanks.
func newTable(name, columns string) table { return table{name, strings.Fields(columns)} }

// lines are lines on their way into a table. Both drivers take them as the one
// argument of a statement and write them in the way that is fastest there:
// SQLite one by one through a prepared statement, PostgreSQL by COPY. So they
// are part of the transaction whose statement it is.
type lines struct {
	table   string
	columns []string
	all     iter.Seq[[]any]
}

// write writes lines to the table.
func (t table) write(ctx context.Context, tx *sql.Tx, all iter.Seq[[]any]) error {
	if _, err := tx.ExecContext(ctx, t.name, lines{t.name, t.columns, all}); err != nil {
		return fmt.Errorf("write to %s: %w", t.name, err)
	}
	return nil
}

// linesAmong finds lines among the arguments of a statement.
func linesAmong(args []driver.NamedValue) (lines, bool) {
	if len(args) != 1 {
		return lines{}, false
	}
	l, ok := args[0].Value.(lines)
	return l, ok
}

// insert is the statement that writes one line.
func (l lines) insert() string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ($1", l.table, strings.Join(l.columns, ", "))
	for i := 2; i <= len(l.columns); i++ {
		fmt.Fprintf(&b, ", $%d", i)
	}
	return b.String() + ")"
}

// storable is a text as both databases can hold it: PostgreSQL has no place
// for NUL and takes only valid UTF-8, so both are replaced by U+FFFD. Every
// connection passes what it is given through it, whether it writes or asks.
func storable(text string) string {
	if strings.IndexByte(text, 0) < 0 && utf8.ValidString(text) {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
}

// storableValue is storable for an argument of a statement: whatever its kind,
// if it is a text.
func storableValue(v any) any {
	switch v := v.(type) {
	case nil, int, int64:
		return v
	case string:
		return storable(v)
	case sql.NullString:
		v.String = storable(v.String)
		return v
	}
	if _, ok := v.(driver.Valuer); ok {
		return v
	}
	if text := reflect.ValueOf(v); text.Kind() == reflect.String {
		return storable(text.String())
	}
	return v
}

// storableMap is storable for keys and values that are to be written as JSON,
// where what cannot be stored would hide behind an escape.
func storableMap(m map[string]string) map[string]string {
	if m == nil {
		return nil
	}
	clean := make(map[string]string, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		clean[storable(key)] = storable(m[key])
	}
	return clean
}
