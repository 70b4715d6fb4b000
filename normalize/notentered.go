package normalize

import (
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
)

// notEntered sets aside the rows of communes for which nothing was written, in
// a form that nobody owes: only those that strive for it are written down, and
// a prepared form lists all. It is a note, for an absent row says the same. Where
// no row has anything, all of them stay: nobody filled the form in.
func (r *reader) notEntered(rows []tonghop.Row) []tonghop.Finding {
	if r.n.known.Form.Due() || !slices.ContainsFunc(rows, func(row tonghop.Row) bool { return row.LeftOut == "" && !nothingWritten(row) }) {
		return nil
	}
	f := tonghop.Finding{Rule: "DV-080", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}
	var names []string
	for i := range rows {
		row := &rows[i]
		if row.LeftOut != "" || !nothingWritten(*row) {
			continue
		}
		row.LeftOut = f.Rule
		f.Areas = append(f.Areas, row.Area)
		names = append(names, row.Official)
	}
	if len(names) == 0 {
		return nil
	}
	return []tonghop.Finding{f.Over(r.cover.Sheet, f.Areas...).Arg("units", few(names)).Arg("count", strconv.Itoa(len(names)))}
}

// nothingWritten reports whether no cell of a row says anything; a total of
// nothing is what a formula makes of empty cells.
func nothingWritten(row tonghop.Row) bool {
	return !slices.ContainsFunc(row.Values, func(v tonghop.Value) bool {
		return !unwritten(v) && !(v.Field == tonghop.FieldTotalMet && v.Empty == tonghop.Zero)
	})
}
