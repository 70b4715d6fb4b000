package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// combined is a commune's row with its values from several tables.
type combined struct {
	row    tonghop.Row
	keys   []string // what each value is, by the column that it stands in
	tables []int    // those that have the commune
	alone  bool     // one of them is a list of its own
	common bool     // one of them is a table of several communes
}

// combine puts the tables of one return together: a commune that stands in
// several has one row. What two of them say of the same field is asked if they
// differ, and a commune that a table lacks is asked about there.
func (n *Normalizer) combine(tables []table) tonghop.Reading {
	out := tonghop.Reading{Cover: tables[0].Cover}
	var rows []combined
	for i, t := range tables {
		if i > 0 {
			out.More = append(out.More, t.Cover)
		}
		out.Totals = append(out.Totals, t.Totals...)
		out.Ignored = append(out.Ignored, t.Ignored...)
		out.Findings = append(out.Findings, t.Findings...)
		out.Printed = append(out.Printed, t.Printed...)
	}
	out.Findings = append(out.Findings, n.dropPartTotals(tables)...)
	for i, t := range tables {
		keys := n.keys(t)
		for _, row := range t.Rows {
			j := t.rowFor(rows, i, row, keys)
			if j < 0 {
				rows = append(rows, combined{row, slices.Clone(keys), []int{i}, t.alone(), !t.alone()})
				continue
			}
			rows[j].alone, rows[j].common = rows[j].alone || t.alone(), rows[j].common || !t.alone()
			out.Findings = append(out.Findings, rows[j].take(row, keys)...)
			rows[j].tables = append(rows[j].tables, i)
		}
	}
	firstAlone := slices.IndexFunc(tables, table.alone)
	for i, t := range tables {
		if t.alone() && i != firstAlone {
			continue
		}
		out.Findings = append(out.Findings, t.lacking(i, rows, n.keys(t))...)
	}
	for _, c := range rows {
		out.Rows = append(out.Rows, c.row)
	}
	out.Findings = append(out.Findings, tables[0].usable(out.Rows)...)
	return out
}

// keys tells the columns of a table apart: a field's own, and that of the marks
// beside its figures.
func (n *Normalizer) keys(t table) []string {
	out := make([]string, len(t.fields))
	for i, c := range t.fields {
		out[i] = profileKey(c)
		if c.Mark && n.marksOf(c.Field) {
			out[i] = c.Field
		}
	}
	return out
}

// rowFor finds the row of a commune that lacks what another of its rows says;
// -1 if there is none: then it is the commune's second row, or its first.
func (t table) rowFor(rows []combined, at int, row tonghop.Row, keys []string) int {
	if row.Unit == "" || row.LeftOut != "" {
		return -1
	}
	for j, c := range rows {
		if c.row.Unit != row.Unit || c.row.LeftOut != "" || slices.Contains(c.tables, at) {
			continue
		}
		if c.holds(keys)*2 <= len(keys) || c.alone && !t.alone() || c.common && t.alone() {
			return j
		}
	}
	return -1
}

// alone reports whether a table is a list of one commune's.
func (t table) alone() bool { return t.Cover.Alone.Col > 0 }

// holds counts the fields that a row has already.
func (c *combined) holds(keys []string) int {
	count := 0
	for _, key := range keys {
		if slices.Contains(c.keys, key) {
			count++
		}
	}
	return count
}

// take adds the values of another row of the commune.
func (c *combined) take(row tonghop.Row, keys []string) []tonghop.Finding {
	var found []tonghop.Finding
	own := len(c.keys)
	for i, v := range row.Values {
		j := slices.Index(c.keys[:own], keys[i])
		switch {
		case j < 0:
			c.row.Values = append(c.row.Values, v)
			c.keys = append(c.keys, keys[i])
		case unwritten(c.row.Values[j]):
			c.row.Values[j] = v
		case unwritten(v), sameMeaning(c.row.Values[j], v) && (v.Mark == tonghop.MarkNone || v.Number.Valid):
		case besides(c.row.Values[j], v), sameMeaning(c.row.Values[j], v): // two marks of one field are two statements, as in one table
			c.row.Values = append(c.row.Values, v)
			c.keys = append(c.keys, keys[i]+"+")
		default:
			w := c.row.Values[j]
			found = append(found, c.differs(w, v), c.differs(v, w))
		}
	}
	return found
}

func sameMeaning(v, w tonghop.Value) bool {
	return v.Figure() == w.Figure() && v.Mark == w.Mark && v.Empty == w.Empty && v.Empty != tonghop.Unreadable
}

// besides reports whether one of two values is a figure and the other a mark:
// then they are two statements about the field.
func besides(v, w tonghop.Value) bool {
	return v.Number.Valid && v.Mark == tonghop.MarkNone && w.Mark != tonghop.MarkNone && !w.Number.Valid ||
		w.Number.Valid && w.Mark == tonghop.MarkNone && v.Mark != tonghop.MarkNone && !v.Number.Valid
}

// differs asks about a cell that says another thing than one in another table.
func (c *combined) differs(v, other tonghop.Value) tonghop.Finding {
	f := tonghop.Finding{Rule: "BIEU-022", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: c.row.Unit,
		Field: v.Field, Found: v.Shown}.At(v.Ref)
	return f.Arg("unit", c.row.Official).Arg("place", other.Ref.String()).Arg("second", other.Shown)
}

// lacking asks, at a table, about each commune that it does not have although
// nothing else says its fields of that commune.
func (t table) lacking(at int, rows []combined, keys []string) []tonghop.Finding {
	var found []tonghop.Finding
	for _, c := range rows {
		if c.row.Unit == "" || c.row.LeftOut != "" || slices.Contains(c.tables, at) || c.holds(keys)*2 > len(keys) || c.alone && t.alone() {
			continue
		}
		f := tonghop.Finding{Rule: "BIEU-021", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: c.row.Unit, Expected: c.row.Official}
		f = f.Over(t.Cover.Sheet, t.names).Arg("unit", c.row.Official).Arg("place", c.row.NameRef.String())
		found = append(found, f.Arg("count", strconv.Itoa(len(keys))))
	}
	return found
}

// dropPartTotals leaves numbers of criteria aside that several tables state
// each for its own criteria: none of them is the commune's total. Tables that
// all state the same total keep it.
func (n *Normalizer) dropPartTotals(tables []table) []tonghop.Finding {
	totals := map[string]map[string]bool{}
	with := 0
	for _, t := range tables {
		has := false
		for _, row := range t.Rows {
			if v, ok := row.Value(tonghop.FieldTotalMet, false); ok && row.Unit != "" {
				has = true
				if totals[row.Unit] == nil {
					totals[row.Unit] = map[string]bool{}
				}
				totals[row.Unit][v.Figure()] = true
			}
		}
		if has {
			with++
		}
	}
	differ := 0
	for _, said := range totals {
		if len(said) > 1 {
			differ++
		}
	}
	if with < 2 || differ*2 < len(totals) {
		return nil
	}
	var found []tonghop.Finding
	for i := range tables {
		found = append(found, n.dropPartTotal(&tables[i])...)
	}
	return found
}

// dropPartTotal takes a table's numbers of criteria out if they are those of
// its own criteria.
func (n *Normalizer) dropPartTotal(t *table) []tonghop.Finding {
	criteria := map[string]bool{}
	at := -1
	for i, c := range t.fields {
		switch _, own := n.known.Form.OwnFields[c.Field]; {
		case c.Field == tonghop.FieldTotalMet:
			at = i
		case !own:
			no, _, _ := strings.Cut(strings.TrimPrefix(c.Field, "TC"), ".")
			criteria[no] = true
		}
	}
	if at < 0 || len(criteria) >= len(n.known.Criteria.Criteria) {
		return nil
	}
	var refs []tonghop.Ref
	for _, row := range t.Rows {
		v := row.Values[at]
		if v.Number.Valid && v.Number.Decimal.IntPart() > int64(len(criteria)) {
			return nil
		}
		refs = append(refs, v.Ref)
	}
	for i := range t.Rows {
		t.Rows[i].Values = slices.Delete(t.Rows[i].Values, at, at+1)
	}
	t.fields = slices.Delete(slices.Clone(t.fields), at, at+1)
	f := tonghop.Finding{Rule: "GC-041", Severity: tonghop.Note, Owner: tonghop.OwnerSystem, Field: tonghop.FieldTotalMet}.At(refs...)
	return []tonghop.Finding{f.Arg("count", strconv.Itoa(len(criteria)))}
}
