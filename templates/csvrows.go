package templates

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
)

// csvRows gives the records of a CSV with as many columns each, and the line on
// which each begins, until io.EOF; the record is the caller's until the next one.
// A file without quotation marks, which ours are, is cut where it stands: the
// register has sixteen thousand lines and is read at every start.
func csvRows(raw []byte, columns int) func() (row []string, line int, err error) {
	if bytes.IndexByte(raw, '"') >= 0 {
		rows := csv.NewReader(bytes.NewReader(raw))
		rows.ReuseRecord, rows.FieldsPerRecord = true, columns
		return func() ([]string, int, error) {
			row, err := rows.Read()
			if err != nil {
				return nil, 0, err
			}
			line, _ := rows.FieldPos(0)
			return row, line, nil
		}
	}
	rest, line, row := string(raw), 0, make([]string, columns)
	return func() ([]string, int, error) {
		for rest != "" {
			var text string
			text, rest, _ = strings.Cut(rest, "\n")
			line++
			if text = strings.TrimSuffix(text, "\r"); text == "" {
				continue
			}
			if strings.Count(text, ",") != columns-1 {
				return nil, 0, &csv.ParseError{StartLine: line, Line: line, Column: 1, Err: csv.ErrFieldCount}
			}
			for i := range row {
				row[i], text, _ = strings.Cut(text, ",")
			}
			return row, line, nil
		}
		return nil, 0, io.EOF
	}
}
