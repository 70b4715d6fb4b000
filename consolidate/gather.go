package consolidate

import (
	"fmt"
	"iter"
	"slices"
	"sort"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// province is everything the sheets are laid out from.
type province struct {
	in       Inputs
	w        *words
	on       tonghop.Date
	criteria *tonghop.Criteria
	marks    map[tonghop.Mark]string
	signs    map[tonghop.Empty]string
	offices  []*office
	whole    *office // the province's own, if it sent a table of communes
	unplaced []tonghop.Return
	compared bool // any commune has figures of the previous period
	origins  *origins
}

// office is one district that must report.
type office struct {
	unit     tonghop.Unit
	communes []*commune
	ret      *tonghop.Return  // the accepted return; nil if there is none
	others   []tonghop.Return // current, but held or rejected
	shared   bool             // ret is a part of the province's table
	strays   []tonghop.Row    // rows of the return that belong to no commune of the register
}

// commune is one xã of the register and what its district says of it.
type commune struct {
	unit      tonghop.Unit
	ret       *tonghop.Return
	row       *tonghop.Row // nil if nothing counts
	leftOut   []tonghop.Row
	standings map[int]tonghop.Standing
	total     *figure // criteria met as claimed, or counted
	counted   bool    // total was counted from the marks
	before    *figure // total of the previous period
	at        int     // its row on the sheet of communes
}

// figure is a number with the cell it stands in.
type figure struct {
	number decimal.Decimal
	source tonghop.Source
	doubt  bool
	marks  []tonghop.Source // the marks that say met, where the figure is their number
}

// sources are the cells that add up to the figure, a mark that is met counting
// one.
func (f *figure) sources(counted bool) []tonghop.Source {
	if counted {
		return f.marks
	}
	return []tonghop.Source{f.source}
}

func gather(in Inputs) (*province, error) {
	if in.Known.Register == nil || in.Known.Criteria == nil {
		return nil, fmt.Errorf("no register or no criteria")
	}
	p := &province{in: in, on: in.Known.On(in.Period), criteria: in.Known.Criteria,
		w: &words{texts: in.Layout.Words, missing: map[string]bool{}}, origins: &origins{}}
	p.marks = map[tonghop.Mark]string{}
	for _, m := range []tonghop.Mark{tonghop.Met, tonghop.BasicallyMet, tonghop.NotMet, tonghop.MarkNotApplicable} {
		p.marks[m] = p.w.say("mark." + string(m))
	}
	p.signs = map[tonghop.Empty]string{}
	for _, e := range []tonghop.Empty{tonghop.NotReported, tonghop.NotApplicable, tonghop.NotDue, tonghop.Unreadable} {
		p.signs[e] = p.w.say("empty." + string(e))
	}
	byCode := map[string]*office{}
	for _, u := range in.Known.Offices(in.Province.Code, p.on) {
		o := &office{unit: u}
		for _, c := range in.Known.Register.Communes(u.Code, p.on) {
			o.communes = append(o.communes, &commune{unit: c})
		}
		p.offices = append(p.offices, o)
		byCode[u.Code] = o
	}
	if err := p.accept(byCode); err != nil {
		return nil, err
	}
	if err := p.collect(byCode); err != nil {
		return nil, err
	}
	if in.Known.Form != nil && !in.Known.Form.Due() {
		p.onlySenders()
	}
	return p, p.compare()
}

// onlySenders leaves out the offices and communes of which nobody has sent
// anything: with a form that nobody owes, nothing is missing.
func (p *province) onlySenders() {
	p.offices = slices.DeleteFunc(p.offices, func(o *office) bool { return o.ret == nil && len(o.others) == 0 })
	for _, o := range p.offices {
		o.communes = slices.DeleteFunc(o.communes, func(c *commune) bool { return c.row == nil && len(c.leftOut) == 0 })
	}
}

// accept hands each accepted return to its office.
func (p *province) accept(byCode map[string]*office) error {
	for r, err := range each(p.in.Accepted) {
		if err != nil {
			return fmt.Errorf("read accepted returns: %w", err)
		}
		if r.State != tonghop.Accepted {
			continue
		}
		o := byCode[r.Office.Code]
		if o == nil && r.Office.Code == p.in.Province.Code {
			if err := p.takeWhole(&r); err != nil {
				return err
			}
			continue
		}
		if o == nil {
			o = p.lateOffice(byCode, r.Office)
		}
		if o == nil {
			return fmt.Errorf("return %s: office %q is not expected on %s", r.Submission.Receipt, r.Office.Code, p.on)
		}
		if o.ret != nil {
			return fmt.Errorf("office %s has two accepted returns: %s, %s", o.unit.Code,
				o.ret.Submission.Receipt, r.Submission.Receipt)
		}
		o.ret = &r
		p.between(o)
		p.distribute(o)
	}
	p.spread()
	return nil
}

// distribute gives the rows of an office's return to its communes.
func (p *province) distribute(o *office) {
	byUnit := map[string]*commune{}
	for _, c := range o.communes {
		byUnit[c.unit.Code] = c
	}
	for i := range o.ret.Rows {
		row := &o.ret.Rows[i]
		c := byUnit[row.Unit]
		switch {
		case c == nil:
			o.strays = append(o.strays, *row)
		case row.LeftOut != "" || c.row != nil:
			c.leftOut = append(c.leftOut, *row)
		default:
			c.row, c.ret = row, o.ret
		}
	}
	var standings []tonghop.Standing
	if p.in.Standings != nil {
		standings = p.in.Standings(*o.ret)
	}
	for _, s := range standings {
		if c := byUnit[s.Unit]; c != nil && c.row != nil && concerns(s, c.row) {
			if c.standings == nil {
				c.standings = map[int]tonghop.Standing{}
			}
			if _, twice := c.standings[s.Criterion]; !twice {
				c.standings[s.Criterion] = s
			}
		}
	}
	for _, c := range o.communes {
		c.total, c.counted = p.total(c)
	}
}

// concerns reports whether a standing was judged from this row, not from
// another row of the same commune.
func concerns(s tonghop.Standing, row *tonghop.Row) bool {
	for _, v := range s.Sources {
		if v.Ref.Row == 0 || row.Area.Top == 0 || v.Ref.Sheet == row.NameRef.Sheet && row.Area.Contains(v.Ref.Row, v.Ref.Col) {
			continue
		}
		if !slices.ContainsFunc(row.Values, func(w tonghop.Value) bool { return w.Ref == v.Ref }) {
			return false // the row may have values from another table
		}
	}
	return true
}

// collect sorts the returns that do not enter the edition.
func (p *province) collect(byCode map[string]*office) error {
	for r, err := range each(p.in.All) {
		if err != nil {
			return fmt.Errorf("read current returns: %w", err)
		}
		o := byCode[r.Office.Code]
		switch {
		case p.whole != nil && r.State == tonghop.Accepted && r.Office.Code == p.whole.unit.Code:
		case o == nil:
			p.unplaced = append(p.unplaced, r)
		case r.State != tonghop.Accepted:
			o.others = append(o.others, r)
		}
	}
	sort.SliceStable(p.unplaced, func(i, j int) bool {
		a, b := p.unplaced[i].Submission, p.unplaced[j].Submission
		return a.Receipt < b.Receipt || a.Receipt == b.Receipt && a.Name < b.Name
	})
	return nil
}

// compare looks up each commune's total of the previous period.
func (p *province) compare() error {
	before, shared := map[string]*figure{}, map[string]*figure{}
	for r, err := range each(p.in.Before) {
		if err != nil {
			return fmt.Errorf("read returns of the previous period: %w", err)
		}
		if r.State != tonghop.Accepted && r.State != tonghop.Superseded {
			continue
		}
		into := before
		if r.Office.Kind.Level() == 1 { // counts where the commune sent nothing itself
			into = shared
		}
		for i := range r.Rows {
			c := &commune{ret: &r, row: &r.Rows[i]}
			if f, _ := p.total(c); f != nil && c.row.LeftOut == "" && into[c.row.Unit] == nil {
				into[c.row.Unit] = f
			}
		}
	}
	for _, c := range p.all() {
		if c.before = before[c.unit.Code]; c.before == nil {
			c.before = shared[c.unit.Code]
		}
		p.compared = p.compared || c.before != nil && c.total != nil
	}
	return nil
}

// each ranges over a sequence that may be nil.
func each(seq iter.Seq2[tonghop.Return, error]) iter.Seq2[tonghop.Return, error] {
	if seq == nil {
		return func(func(tonghop.Return, error) bool) {}
	}
	return seq
}

// all lists the communes of the province in register order.
func (p *province) all() []*commune {
	var out []*commune
	for _, o := range p.offices {
		out = append(out, o.communes...)
	}
	return out
}

// reporting counts the offices with an accepted return.
func (p *province) reporting() int {
	n := 0
	for _, o := range p.offices {
		if o.ret != nil {
			n++
		}
	}
	return n
}

// reported lists the communes with a row that counts.
func reported(communes []*commune) []*commune {
	var out []*commune
	for _, c := range communes {
		if c.row != nil {
			out = append(out, c)
		}
	}
	return out
}

// total is the number of criteria met that the district claims for the
// commune; where it claims none but marks every criterion, their count.
func (p *province) total(c *commune) (total *figure, counted bool) {
	if c.row == nil {
		return nil, false
	}
	for _, v := range c.row.Values {
		if v.Field != tonghop.FieldTotalMet {
			continue
		}
		if v.Number.Valid {
			return &figure{number: v.Number.Decimal, source: c.source(v), doubt: v.Doubt}, false
		}
		if v.Empty == tonghop.Unreadable {
			return nil, false
		}
	}
	met, all := c.met(p.criteria)
	if !all {
		return nil, false
	}
	n := decimal.NewFromInt(int64(len(met)))
	name := tonghop.Source{File: c.ret.Submission.Name, Sheet: c.row.NameRef.Sheet, Cell: c.row.NameRef.Cell(),
		Raw: c.row.Name, Value: strconv.Itoa(len(met)), Submission: c.ret.Submission.Receipt}
	return &figure{number: n, source: name, marks: met}, true
}
