package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// codeCol is the column with the codes of communes, 0 if there is none. called
// tells whether its header says that they are codes of units.
func (r *reader) codeCol() (col int, called bool) {
	for _, c := range r.cover.Columns {
		if c.Role == tonghop.ColCode {
			key := viet.Key(c.Label)
			return c.Col, strings.Contains(key, "xa") || strings.Contains(key, "don vi") || strings.Contains(key, "dvhc")
		}
	}
	return 0, false
}

// unitCode reads a code as typed; spreadsheets drop the zeros in front of one
// that is a number. "" for anything else.
func unitCode(text string) string {
	code := strings.TrimSuffix(strings.TrimSpace(viet.Clean(text)), ".0")
	if code == "" || len(code) > 5 || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	return strings.Repeat("0", 5-len(code)) + code
}

// codes compares the column of codes with the names. The name counts; a code
// that says another unit is asked at its cell, the former code of the same unit
// is noted. A column that is not of such codes says nothing.
func (r *reader) codes(rows []seenRow) []tonghop.Finding {
	col, called := r.codeCol()
	if col == 0 {
		return nil
	}
	agree, known, present := 0, 0, 0
	var found []tonghop.Finding
	for _, s := range rows {
		if s.kind != rowCommune || !r.g.own(s.row, col) {
			continue
		}
		code := unitCode(r.g.text(s.row, col))
		if code == "" {
			continue
		}
		present++
		if len(r.n.known.Register.Lines(code)) > 0 {
			known++
		}
		f, same := r.code(s, code, r.g.ref(s.row, col))
		if same {
			agree++
		}
		if f.Rule != "" {
			found = append(found, f)
		}
	}
	trusted := agree > 1 && agree*2 >= present || called && (agree > 0 && agree*2 >= present || present <= 2 && known == present)
	if !trusted {
		return nil
	}
	return found
}

// code compares one code with the unit that the name was taken for. same tells
// whether it is that unit's, of today or of before.
func (r *reader) code(s seenRow, code string, at tonghop.Ref) (f tonghop.Finding, same bool) {
	u, reg := s.match.unit, r.n.known.Register
	if code == u.Code {
		return f, true
	}
	now, stands := reg.Unit(code, r.places.on)
	before, isOld := r.before(code)
	if !stands && isOld {
		if heirs, certain := reg.Became(before, r.places.on); certain && heirs[0].Code == u.Code {
			return note("GC-073", at, "", code).Arg("unit", u.Name).Arg("code", u.Code).Arg("why", u.Code), true
		}
	}
	f = tonghop.Finding{Rule: "DV-046", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: u.Code, Found: code,
		Expected: u.Code}.At(at).Arg("unit", u.Name)
	switch {
	case !stands && !isOld:
		f.Rule = "DV-052"
	case stands:
		f = f.Arg("now", now.Name)
	}
	if isOld && before.Name != now.Name {
		f = f.Arg("before", before.Name)
	}
	return f, false
}

// before is the last unit that bore the code before the date.
func (r *reader) before(code string) (tonghop.Unit, bool) {
	var out tonghop.Unit
	for _, u := range r.n.known.Register.Lines(code) {
		if u.Kind.Level() == 3 && u.To != "" && u.To < r.places.on {
			out = u
		}
	}
	return out, out.Code != ""
}
