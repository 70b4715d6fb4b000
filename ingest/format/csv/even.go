package csv

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

const (
	evenFloor  = 8  // equal rows from which on a single unequal one is a fault
	blockRows  = 16 // Excel leaves trailing separators out for this many rows at a time
	sectionMax = 2  // fields of a row that only names a section
)

// evenness remembers how many fields each record has, to find the one from
// which a separator is missing or in which one is too many: a figure typed
// 85,5 between commas, a damaged byte. Read as it stands, all that follows in
// the row would be another column's.
type evenness struct {
	records []record
	point   bool // some figure has a decimal point, or a quoted decimal comma
}

// record is one record that is no blank line.
type record struct {
	row, fields   int32
	commas, stray bool // as the parser notes them
	open          bool // the last field is blank: the record ends with a separator
	once          bool // and only that one
}

func (e *evenness) add(p *parser) {
	if p.row > rowsMax {
		return // there can be no text
	}
	for _, f := range p.fields {
		if p.sep == ',' && !e.point {
			e.point = decimal(f)
		}
	}
	last := len(p.fields) - 1
	open := strings.TrimSpace(p.fields[last]) == ""
	once := open && last > 0 && strings.TrimSpace(p.fields[last-1]) != ""
	if p.n > 1 || !open { // separators alone are a row of the table too
		e.records = append(e.records, record{int32(p.row), int32(p.n), p.commas, p.stray, open, once})
	}
}

// decimal reports whether the text is a figure with a decimal sign, which
// between commas is a point or was quoted.
func decimal(s string) bool {
	signs := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '.' || s[i] == ',':
			if i == 0 || i+1 == len(s) {
				return false
			}
			signs++
		case s[i] < '0' || s[i] > '9':
			return false
		}
	}
	return signs == 1
}

// check looks for the one record that differs from all others, and between
// commas for figures that may have been cut at their decimal sign. Records
// before the table that are not wide are no part of it.
func (e *evenness) check(d dialect) error {
	width := int32(d.width)
	if r, ok := odd(e.records, width); ok {
		return ragged(r, width)
	}
	if d.sep != ',' || e.point {
		return nil
	}
	least := min(width/2+1, sectionMax+1)
	table := e.between(func(r record) bool { return r.fields >= least })
	if r, ok := longer(table, least); ok && !blockwise(table) {
		return ragged(r, width)
	}
	return nil
}

// between gives the records from the first to the last that is one.
func (e *evenness) between(is func(record) bool) []record {
	first := slices.IndexFunc(e.records, is)
	if first < 0 {
		return nil
	}
	last := len(e.records) - 1
	for !is(e.records[last]) {
		last--
	}
	return e.records[first : last+1]
}

// odd finds the only record that differs, or the first of two neighbours that
// together are one: a row broken by a stray line end.
func odd(table []record, width int32) (record, bool) {
	var at []int
	for i, r := range table {
		if r.fields != width {
			if at = append(at, i); len(at) > 2 {
				return record{}, false
			}
		}
	}
	if len(at) == 0 || len(table)-len(at) < evenFloor {
		return record{}, false
	}
	r := table[at[0]]
	if len(at) == 2 {
		next := table[at[1]]
		return r, at[1] == at[0]+1 && (r.fields+next.fields == width+1 || r.fields+next.fields == width)
	}
	if at[0]+1 < len(table) && table[at[0]+1].stray {
		return r, true // a cell of two lines whose first quote is gone
	}
	if at[0] == 0 || at[0] == len(table)-1 { // a heading or a note
		return r, r.fields >= width-1 && r.fields > 1 && !endsOtherwise(table, r, width)
	}
	return r, r.fields > sectionMax || width < 3*sectionMax
}

// endsOtherwise reports whether all that differs is a separator at the end: the
// rows have one behind their last cell and the header has none, or the other
// way round.
func endsOtherwise(table []record, r record, width int32) bool {
	open := !slices.ContainsFunc(table, func(other record) bool { return other.fields == width && !other.open })
	return r.fields == width-1 && open || r.fields == width+1 && r.once && !open
}

// blockwise reports whether widths change only from one block of rows to the
// next, as Excel writes them.
func blockwise(table []record) bool {
	for i := 1; i < len(table); i++ {
		a, b := table[i-1], table[i]
		if (a.row-1)/blockRows == (b.row-1)/blockRows && a.fields != b.fields {
			return false
		}
	}
	return true
}

// longer finds the first record that is longer than another of the table's
// rows and has a comma between digits, which may be a decimal sign.
func longer(table []record, least int32) (record, bool) {
	shortest := int32(math.MaxInt32)
	for _, r := range table {
		if r.fields >= least {
			shortest = min(shortest, r.fields)
		}
	}
	for _, r := range table {
		if r.fields > shortest && r.commas {
			return r, true
		}
	}
	return record{}, false
}

func ragged(r record, width int32) error {
	return tonghop.Fail("file.ragged", nil, "row", strconv.Itoa(int(r.row)),
		"cells", strconv.Itoa(int(r.fields)), "expected", strconv.Itoa(int(width)))
}
