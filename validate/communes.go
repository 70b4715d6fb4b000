package validate

import (
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
)

// communeMissing asks for every xã of the office that has no row.
func communeMissing(r *run, rule tonghop.Rule) {
	seen := map[string]bool{}
	sheet, names := "", tonghop.Area{}
	for i, row := range r.ret.Rows {
		seen[row.Unit] = true
		if i == 0 {
			sheet = row.NameRef.Sheet
			names = tonghop.Area{Top: row.NameRef.Row, Left: row.NameRef.Col, Bottom: row.NameRef.Row, Right: row.NameRef.Col}
		}
		switch {
		case row.NameRef.Sheet != sheet: // of another table
		case row.Area.Left == row.Area.Right: // communes stand side by side
			names.Right = max(names.Right, row.NameRef.Col)
		default:
			names.Bottom = max(names.Bottom, row.NameRef.Row)
		}
	}
	communes := r.register.Communes(r.ret.Office.Code, r.ret.AsOf)
	for _, u := range communes {
		if seen[u.Code] {
			continue
		}
		f := tonghop.Finding{Unit: u.Code, Expected: u.Name}.Arg("unit", u.Name).
			Arg("office", r.ret.Office.Name).Arg("all", strconv.Itoa(len(communes)))
		if sheet != "" {
			f = f.Over(sheet, names)
		}
		r.say(rule, f)
	}
}

// communeTwice asks about a xã with two rows. Equal rows: the first counts;
// different ones: none does, for nobody here can know which is meant.
func communeTwice(r *run, rule tonghop.Rule) {
	first := map[string]int{}
	asked := map[string]bool{}
	for i := range r.ret.Rows {
		row := &r.ret.Rows[i]
		if row.Unit == "" || row.LeftOut != "" {
			continue
		}
		j, twice := first[row.Unit]
		if !twice {
			first[row.Unit] = i
			continue
		}
		r.out.LeftOut[i] = rule.ID
		if !sameValues(&r.ret.Rows[j], row) {
			r.out.LeftOut[j] = rule.ID
			asked[row.Unit] = true
		}
	}
	for i := range r.ret.Rows {
		row := &r.ret.Rows[i]
		j, ok := first[row.Unit]
		if !ok || j == i || row.LeftOut != "" {
			continue
		}
		a := &r.ret.Rows[j]
		f := tonghop.Finding{Unit: row.Unit, Found: row.Name}.Arg("unit", row.Official)
		if asked[row.Unit] {
			f = f.Arg("different", "yes")
		}
		if a.NameRef.Sheet != row.NameRef.Sheet {
			f = f.Arg("first_cell", a.NameRef.String()).Arg("second_cell", row.NameRef.String())
			r.say(rule, f.Over(a.NameRef.Sheet, a.Area))
			r.say(rule, f.Over(row.NameRef.Sheet, row.Area))
			continue
		}
		f = f.Over(row.NameRef.Sheet, a.Area, row.Area)
		if a.NameRef.Row == row.NameRef.Row { // side by side
			r.say(rule, f.Arg("first_cell", a.NameRef.Cell()).Arg("second_cell", row.NameRef.Cell()))
			continue
		}
		r.say(rule, f.Arg("first", strconv.Itoa(a.NameRef.Row)).Arg("second", strconv.Itoa(row.NameRef.Row)))
	}
}

func sameValues(a, b *tonghop.Row) bool {
	if len(a.Values) != len(b.Values) {
		return false
	}
	for _, v := range a.Values {
		if !slices.ContainsFunc(b.Values, func(w tonghop.Value) bool {
			return v.Field == w.Field && v.Mark == w.Mark && v.Empty == w.Empty && v.Figure() == w.Figure()
		}) {
			return false
		}
	}
	return true
}
