package normalize

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// Where communes send by themselves, a file is one commune's, or the table of
// the province's own office with a row for each.

var (
	communeShort = regexp.MustCompile(`(^|[\s,.(;:-])x\.\s*`)
	wardShort    = regexp.MustCompile(`(^|[\s,.(;:-])p\.\s*`)
	zoneColon    = regexp.MustCompile(`(xã|phường|đặc khu)\s*[:.-]\s*`)
	coordinating = regexp.MustCompile(`văn phòng điều phối|vpđp|ban chỉ đạo tỉnh|chi cục phát triển nông thôn|sở nông nghiệp`)
)

// longCommunes writes the abbreviated kinds of communes out.
func longCommunes(fold string) string {
	fold = communeShort.ReplaceAllString(fold, "${1}xã ")
	fold = wardShort.ReplaceAllString(fold, "${1}phường ")
	return zoneColon.ReplaceAllString(fold, "${1} ")
}

// communeOffices adds the communes of a province as offices, and the province
// as the office of all of them.
func (n *Normalizer) communeOffices(p *places, province tonghop.Unit) {
	whole := n.newOffice(province, province, p.on)
	p.heads = append(p.heads, whole)
	p.byCode[province.Code] = whole
	for _, c := range whole.communes {
		p.add(&office{unit: c.unit, province: province, name: viet.Fold(c.unit.Name), communes: []commune{c}})
	}
}

// reporting lists the codes of the offices in whose reports a commune stands.
func (p *places) reporting(u tonghop.Unit) []string {
	if p.level == 3 {
		return []string{u.Code, u.Parent}
	}
	return []string{u.Parent}
}

// coordinated reports whether the heading is that of the province's own office.
func (h heading) coordinated() bool {
	for _, t := range h.texts {
		if fold := viet.Fold(t.text); coordinating.MatchString(fold) && !documentary.MatchString(fold) {
			return true
		}
	}
	return false
}

// communeOf weighs heading, rows and sender where communes send; nil if they do
// not tell.
func (n *Normalizer) communeOf(cv *tonghop.Cover, c candidate, hints Hints, on tonghop.Date, mentions []officeMention, t tally) *office {
	scope := n.placesOn(hints.Province, on)
	whole, coordinated := scope.whole(t), c.head.coordinated()
	if named := c.head.provinces(n.known.Register, on); whole == nil && coordinated && len(mentions) == 0 && len(named) == 1 {
		whole = scope.byCode[named[0]] // rows under names of before
	}
	if whole != nil && coordinated && (len(mentions) == 0 || t.distinct[whole.unit.Code] >= 3) {
		return n.wholeTable(cv, c, whole, t)
	}
	switch len(mentions) {
	case 0:
		return n.unnamed(cv, c, hints, on, whole, t)
	case 1:
		return n.named(cv, c, mentions[0], scope, t)
	}
	var there []officeMention
	for _, m := range mentions {
		if t.counts[m.office.unit.Code] > 0 {
			there = append(there, m)
		}
	}
	one, other := mentions[0], mentions[1]
	if len(there) == 1 {
		rival, speaks := rivalOf(mentions, there[0].office.unit.Code)
		if !speaks {
			return n.named(cv, c, there[0], scope, t)
		}
		one, other = rival, there[0]
	}
	cv.Findings = append(cv.Findings, hold("DV-003").At(one.ref, other.ref).
		Arg("first", one.office.unit.Name).Arg("second", other.office.unit.Name))
	if len(there) == 1 {
		return there[0].office
	}
	return mentions[0].office
}

// named takes the commune that the heading names, and asks if none of the rows
// is its own.
func (n *Normalizer) named(cv *tonghop.Cover, c candidate, m officeMention, scope *places, t tally) *office {
	o := m.office
	switch {
	case len(m.also) > 0:
		cv.Findings = append(cv.Findings, namesakes(m))
		return nil
	case t.names > 0 && t.counts[o.unit.Code] == 0:
		cv.Findings = append(cv.Findings, hold("DV-043").At(m.ref).Arg("heading", o.unit.Name).Arg("rows", scope.names(t)))
	}
	return o
}

// unnamed settles a table over which no commune is named: by an office that is
// no more, by its rows, by who handed it in.
func (n *Normalizer) unnamed(cv *tonghop.Cover, c candidate, hints Hints, on tonghop.Date, whole *office, t tally) *office {
	if ended, ok := n.endedOffice(c, hints, on, t); ok {
		cv.Findings = append(cv.Findings, ended)
		return nil
	}
	scope := n.placesOn(hints.Province, on)
	if whole != nil && t.distinct[whole.unit.Code] >= 2 {
		return n.wholeTable(cv, c, whole, t)
	}
	own := scope.inRows(t, c.head.provinces(n.known.Register, on))
	if o := scope.byCode[hints.Office]; o != nil && (len(own) == 0 || slices.Contains(own, o)) {
		cv.Findings = append(cv.Findings, note("GC-016", c.g.ref(cv.Header.Top, 1), "", o.unit.Name).Arg("office", o.unit.Name))
		return o
	}
	if len(own) == 1 {
		o := own[0]
		cv.Findings = append(cv.Findings, note("GC-071", c.g.ref(cv.Header.Top, 1), "", o.unit.Name).Arg("office", o.unit.Name))
		return o
	}
	cv.Findings = append(cv.Findings, n.noOffice(cv, c, hints, on))
	return nil
}

// wholeTable takes a table of many communes for the province's own.
func (n *Normalizer) wholeTable(cv *tonghop.Cover, c candidate, whole *office, t tally) *office {
	cv.Findings = append(cv.Findings, note("GC-070", c.g.ref(cv.Header.Top, 1), "", whole.unit.Name).
		Arg("office", whole.unit.Name).Arg("count", strconv.Itoa(t.counts[whole.unit.Code])))
	return whole
}

// whole is the province in which all communes of the rows lie; nil if there is
// not exactly one.
func (p *places) whole(t tally) *office {
	var out *office
	for _, o := range p.heads {
		if t.names > 0 && t.counts[o.unit.Code] == t.names {
			if out != nil {
				return nil
			}
			out = o
		}
	}
	return out
}

// inRows lists the communes that the rows may mean, of the provinces if any are
// given.
func (p *places) inRows(t tally, provinces []string) []*office {
	var out []*office
	for _, o := range p.offices {
		if t.counts[o.unit.Code] > 0 && (len(provinces) == 0 || slices.Contains(provinces, o.province.Code)) {
			out = append(out, o)
		}
	}
	return out
}

// names lists the communes that the rows name, a few of them.
func (p *places) names(t tally) string {
	var out []string
	for _, o := range p.inRows(t, nil) {
		out = append(out, o.unit.Name)
	}
	sort.Strings(out)
	return few(slices.Compact(out))
}

// few joins names, at most ten.
func few(names []string) string {
	if len(names) > 10 {
		names = append(slices.Clone(names[:10]), "…")
	}
	return strings.Join(names, ", ")
}

// namesakes asks which of the offices of one name is meant.
func namesakes(m officeMention) tonghop.Finding {
	provinces := []string{m.office.province.Name}
	for _, o := range m.also {
		provinces = append(provinces, o.province.Name)
	}
	sort.Strings(provinces)
	return hold("DV-040").At(m.ref).Arg("office", m.office.unit.Name).Arg("provinces", few(provinces))
}
