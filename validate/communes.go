package validate

import (
	"slices"
	"strconv"
	"strings"

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
	communes := r.expected(seen)
	if r.missingMany(rule, communes, seen, sheet, names) {
		return
	}
	for _, u := range communes {
		if seen[u.Code] {
			continue
		}
		f := tonghop.Finding{Unit: u.Code, Expected: u.Name}.Arg("unit", u.Name).
			Arg("office", r.ret.Office.Name).Arg("all", strconv.Itoa(len(communes)))
		if sheet != "" {
			f = f.Over(sheet, names)
		}
		if before, after, doubt := r.between(u); doubt {
			ask := rule
			ask.ID = "DV-045"
			r.say(ask, f.Arg("before", before.Vietnamese()).Arg("after", after.Vietnamese()).Arg("date", r.ret.AsOf.Vietnamese()))
			continue
		}
		r.say(rule, f)
	}
}

// expected lists the xã that the office reports on. Between two lists those of
// the later one that are in the report explain why some of the earlier are not.
func (r *run) expected(seen map[string]bool) []tonghop.Unit {
	office, on := r.ret.Office.Code, r.ret.AsOf
	communes := r.register.Communes(office, on)
	late := map[tonghop.Date]bool{} // lists whose new communes are in the report
	for _, u := range r.register.Perhaps(office, on) {
		if on < u.From && seen[u.Code] {
			late[u.From] = true
		}
	}
	return slices.DeleteFunc(communes, func(u tonghop.Unit) bool {
		_, after, doubt := r.between(u)
		return doubt && late[after] && !seen[u.Code]
	})
}

// between tells between which two lists a unit may have ended, if the day of the
// report lies there.
func (r *run) between(u tonghop.Unit) (before, after tonghop.Date, doubt bool) {
	if u.Presence(r.ret.AsOf) != tonghop.Perhaps {
		return "", "", false
	}
	return u.ToAfter, u.To.Next(), true
}

// missingMany asks once where the province's own table has less than half of
// the communes: the others report by themselves, or are still to be added.
func (r *run) missingMany(rule tonghop.Rule, communes []tonghop.Unit, seen map[string]bool, sheet string, names tonghop.Area) bool {
	if r.ret.Office.Kind.Level() != 1 {
		return false
	}
	var list []string
	for _, u := range communes {
		if !seen[u.Code] {
			list = append(list, u.Name)
		}
	}
	if len(list)*2 <= len(communes) {
		return false
	}
	rule.ID = "DV-048"
	f := tonghop.Finding{}.Arg("office", r.ret.Office.Name).Arg("count", strconv.Itoa(len(communes)-len(list))).
		Arg("all", strconv.Itoa(len(communes))).Arg("list", strings.Join(list, ", "))
	if sheet != "" {
		f = f.Over(sheet, names)
	}
	r.say(rule, f)
	return true
}

// communeTwice asks about a xã with two rows. Equal rows: the first counts;
// different ones: none does, for nobody here can know which is meant.
func communeTwice(r *run, rule tonghop.Rule) {
	first := map[string]int{}
	asked := map[string]bool{}
	r.differing = asked
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
		if parts(&r.ret.Rows[j], row) {
			r.out.LeftOut[j], r.out.LeftOut[i] = "DV-081", "DV-081"
			continue
		}
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
		ask, both := rule, parts(a, row)
		if both {
			ask.ID = "DV-081"
			f = f.Arg("one", a.Name).Arg("other", row.Name)
		}
		if asked[row.Unit] {
			f = f.Arg("different", "yes")
		}
		f.Holds = !r.anyRow()
		r.sayTwice(ask, f, a, row)
	}
}

// anyRow reports whether a row is left that counts. A return without any must
// not replace what stands.
func (r *run) anyRow() bool {
	for range r.rows {
		return true
	}
	return false
}

// parts reports whether two rows of one unit are those of former ones that went
// into it: parts of it, of which neither is the whole. Only the name of the day
// twice, or one former name twice, is a row given twice.
func parts(a, b *tonghop.Row) bool {
	return (a.Match.Why == "former" || b.Match.Why == "former") && !strings.EqualFold(strings.TrimSpace(a.Name), strings.TrimSpace(b.Name))
}

// sayTwice asks about two rows of a commune at the cells of both: on the sheet
// that they share, or on each of theirs.
func (r *run) sayTwice(rule tonghop.Rule, f tonghop.Finding, a, row *tonghop.Row) {
	first, area, shared := on(a, row)
	if !shared {
		f = f.Arg("first_cell", a.NameRef.String()).Arg("second_cell", row.NameRef.String())
		r.say(rule, f.Over(a.NameRef.Sheet, a.Area))
		r.say(rule, f.Over(row.NameRef.Sheet, row.Area))
		return
	}
	if f.Args["different"] != "" && a.NameRef.Sheet != row.NameRef.Sheet { // what it says there is not used either
		r.say(rule, f.Arg("first_cell", first.String()).Arg("second_cell", row.NameRef.String()).Over(a.NameRef.Sheet, a.Area))
	}
	if area == a.Area {
		area = withHalf(a)
	}
	f = f.Over(row.NameRef.Sheet, area, withHalf(row))
	if first.Row == row.NameRef.Row { // side by side
		r.say(rule, f.Arg("first_cell", first.Cell()).Arg("second_cell", row.NameRef.Cell()))
		return
	}
	r.say(rule, f.Arg("first", strconv.Itoa(first.Row)).Arg("second", strconv.Itoa(row.NameRef.Row)))
}

// withHalf is the area of a row with the column beside it, where communes stand
// side by side with a column of results and one of marks each.
func withHalf(row *tonghop.Row) tonghop.Area {
	a := row.Area
	if a.Left != a.Right {
		return a
	}
	for _, v := range row.Values {
		if v.Ref.Sheet == row.NameRef.Sheet && v.Ref.Col == row.Area.Right+1 && v.Ref.Row >= row.Area.Top && v.Ref.Row <= row.Area.Bottom {
			a.Right = v.Ref.Col
		}
	}
	for _, v := range row.Values {
		if a.Right > a.Left && v.Ref.Sheet == row.NameRef.Sheet && v.Ref.Col == a.Right {
			a.Bottom = max(a.Bottom, v.Ref.Row)
		}
	}
	return a
}

// on is where a commune's row stands on the sheet of another of its rows: a row
// put together from several tables stands on several sheets, and has its name on
// the first only.
func on(a, row *tonghop.Row) (first tonghop.Ref, area tonghop.Area, ok bool) {
	if a.NameRef.Sheet == row.NameRef.Sheet {
		return a.NameRef, a.Area, true
	}
	for _, v := range a.Values {
		if v.Ref.Sheet != row.NameRef.Sheet {
			continue
		}
		if !ok {
			first, ok = v.Ref, true
			area = tonghop.Area{Top: v.Ref.Row, Left: v.Ref.Col, Bottom: v.Ref.Row, Right: v.Ref.Col}
		}
		area.Top, area.Left = min(area.Top, v.Ref.Row), min(area.Left, v.Ref.Col)
		area.Bottom, area.Right = max(area.Bottom, v.Ref.Row), max(area.Right, v.Ref.Col)
	}
	if row.Area.Left == row.Area.Right { // communes stand side by side
		first.Row, area.Top = row.NameRef.Row, min(area.Top, row.Area.Top)
		return first, area, ok
	}
	area.Left = min(area.Left, row.Area.Left)
	return first, area, ok
}

// sameValues reports whether a second row says nothing else than the first; of a
// row put together from several tables it may be the part of one.
func sameValues(a, b *tonghop.Row) bool {
	if len(a.Values) < len(b.Values) {
		return false
	}
	for _, v := range b.Values {
		if !slices.ContainsFunc(a.Values, func(w tonghop.Value) bool {
			return v.Field == w.Field && v.Mark == w.Mark && v.Empty == w.Empty && v.Figure() == w.Figure()
		}) {
			return false
		}
	}
	return true
}
