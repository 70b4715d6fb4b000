package consolidate

import (
	"sort"
	"strings"

	"github.com/tonghop/tonghop"
)

// notes says, in short, why cells of a commune are blank and which of its rows
// were left out.
func (p *province) notes(o *office, c *commune) []string {
	if o.ret == nil {
		return []string{p.absent(o)}
	}
	var out []string
	if c.row == nil && len(c.leftOut) == 0 {
		out = append(out, p.w.say("note.missing_commune"))
	}
	for _, row := range c.leftOut {
		out = append(out, p.leftOut(row))
	}
	if c.row == nil {
		return out
	}
	out = append(out, p.totalNotes(c)...)
	return append(out, p.openNotes(c)...)
}

// absentWord stands where the figures of an office without an accepted return
// would stand.
func (p *province) absentWord(o *office) string {
	if len(o.others) > 0 {
		return p.w.say("missing.waiting")
	}
	return p.w.say("missing.office")
}

// absent says why an office has no return in the edition.
func (p *province) absent(o *office) string {
	for _, state := range []tonghop.State{tonghop.Held, tonghop.Rejected} {
		for _, r := range o.others {
			if r.State == state {
				return p.w.say("note." + string(state))
			}
		}
	}
	return p.w.say("note.missing_office")
}

// leftOut names a row that does not count.
func (p *province) leftOut(row tonghop.Row) string {
	return p.w.say("note.left_out", "name", row.Name, "cell", row.NameRef.Cell(),
		"sheet", row.NameRef.Sheet, "rule", row.LeftOut)
}

// totalNotes says where the total comes from, or why there is none.
func (p *province) totalNotes(c *commune) []string {
	switch {
	case c.counted:
		return []string{p.w.say("note.counted", "count", itoa(len(p.criteria.Criteria)))}
	case c.total != nil:
		return nil
	}
	for _, v := range c.row.Values {
		if v.Field == tonghop.FieldTotalMet && v.Empty == tonghop.Unreadable {
			return []string{p.w.say("note.total_unreadable")}
		}
	}
	return []string{p.w.say("note.no_total")}
}

// openNotes lists the criteria whose mark could not be read, and those that
// could not be judged, by reason.
func (p *province) openNotes(c *commune) []string {
	var unclear []int
	open := map[string][]int{}
	for _, cr := range p.criteria.Criteria {
		if _, ok := c.claim(cr); !ok && c.unclear(cr) {
			unclear = append(unclear, cr.No)
		}
		s, ok := c.standings[cr.No]
		switch {
		case !ok:
			open["no_value"] = append(open["no_value"], cr.No)
		case s.Judged != tonghop.JudgedMet && s.Judged != tonghop.JudgedNotMet:
			open[s.Why] = append(open[s.Why], cr.No)
		}
	}
	var out []string
	if len(unclear) > 0 {
		out = append(out, p.w.say("note.unreadable", "list", ranges(unclear)))
	}
	whys := make([]string, 0, len(open))
	for why := range open {
		whys = append(whys, why)
	}
	sort.Slice(whys, func(i, j int) bool { return open[whys[i]][0] < open[whys[j]][0] })
	var parts []string
	for _, why := range whys {
		parts = append(parts, p.w.say("note.open_part", "list", ranges(open[why]), "why", p.w.or("why."+why, "why.other")))
	}
	if len(parts) > 0 {
		out = append(out, p.w.say("note.open", "list", strings.Join(parts, "; ")))
	}
	return out
}
