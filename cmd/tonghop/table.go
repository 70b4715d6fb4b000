package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"regexp"

	"github.com/tonghop/tonghop"
)

// table writes records as CSV or JSON. The columns are a contract: UTF-8, LF,
// RFC 4180, a text that a spreadsheet would take for a formula with one leading
// apostrophe.
type table struct {
	columns []string
	csv     *csv.Writer
	json    io.Writer
	rows    int
}

// checkFormat refuses a format before anything is opened or made.
func checkFormat(format string) error {
	if format != "csv" && format != "json" {
		return tonghop.Fail("usage.format", nil, "value", format)
	}
	return nil
}

func newTable(w io.Writer, format string, columns []string) (*table, error) {
	if err := checkFormat(format); err != nil {
		return nil, err
	}
	if format == "csv" {
		t := &table{columns: columns, csv: csv.NewWriter(w)}
		return t, t.csv.Write(columns)
	}
	_, err := io.WriteString(w, "[")
	return &table{columns: columns, json: w}, err
}

// row writes one record, as many texts as there are columns.
func (t *table) row(texts ...string) error {
	if t.csv != nil {
		for i, s := range texts {
			texts[i] = plainText(s)
		}
		return t.csv.Write(texts)
	}
	separator := "\n"
	if t.rows++; t.rows > 1 {
		separator = ",\n"
	}
	if _, err := io.WriteString(t.json, separator+"{"); err != nil {
		return err
	}
	for i, name := range t.columns {
		value, err := json.Marshal(texts[i])
		if err != nil {
			return err
		}
		if i > 0 {
			name = `,"` + name
		} else {
			name = `"` + name
		}
		if _, err := io.WriteString(t.json, name+`":`+string(value)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(t.json, "}")
	return err
}

// end finishes the table.
func (t *table) end() error {
	if t.csv != nil {
		t.csv.Flush()
		return t.csv.Error()
	}
	_, err := io.WriteString(t.json, "\n]\n")
	return err
}

// number is what may begin with a sign and stay as it is: no spreadsheet takes
// -5 for a formula that does anything.
var number = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// plainText keeps a spreadsheet from running a text as a formula.
func plainText(s string) string {
	if s == "" || number.MatchString(s) {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + s
	}
	return s
}
