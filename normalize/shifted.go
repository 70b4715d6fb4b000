package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// shifted asks once about a row whose cells have slid into the columns beside
// them: figures stand among marks and marks among figures, in several places. No
// cell of it is used then, for a figure that slid into another column of figures
// looks right.
func (r *reader) shifted(row tonghop.Row, found []tonghop.Finding, profiles map[string]*profile) (tonghop.Row, []tonghop.Finding) {
	const several = 3
	figures, marks := 0, 0
	for i, v := range row.Values {
		p := profiles[profileKey(r.fields[i])]
		switch {
		case v.Number.Valid && slices.ContainsFunc(found, func(f tonghop.Finding) bool { return f.Rule == "O-017" && f.Names(v.Ref) }):
			figures++
		case v.Mark != tonghop.MarkNone && !v.Number.Valid && p.marks*several <= p.big:
			marks++
		}
	}
	if figures < several || marks < several || row.LeftOut != "" {
		return row, found
	}
	for i := range row.Values {
		v := &row.Values[i]
		v.Number, v.Mark, v.Empty = decimal.NullDecimal{}, tonghop.MarkNone, tonghop.Unreadable
	}
	found = slices.DeleteFunc(found, func(f tonghop.Finding) bool { return f.Field != "" && !strings.HasPrefix(f.Rule, "DV-") })
	f := tonghop.Finding{Rule: "O-060", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit, Found: row.Name}.
		Over(row.NameRef.Sheet, row.Area)
	f = f.Arg("unit", row.Official).Arg("figures", strconv.Itoa(figures)).Arg("marks", strconv.Itoa(marks))
	return row, append(found, f)
}
