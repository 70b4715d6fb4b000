package normalize

import (
	"regexp"
	"slices"
	"sort"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// tally counts for each office how many of the typed names are its communes.
type tally struct {
	names    int            // rows with a name that some commune in scope bears
	distinct map[string]int // how many different names of the office
	counts   map[string]int // of the office; where communes send, also of the province
}

func (n *Normalizer) tally(p *places, g *grid, cv *tonghop.Cover, col int) tally {
	t := tally{counts: map[string]int{}, distinct: map[string]int{}}
	met := map[string]bool{}
	for row := cv.Header.Bottom + 1; row <= g.rows; row++ {
		if !g.own(row, col) {
			continue
		}
		typed := n.name(g.text(row, col))
		bearers := p.bearers(typed)
		if len(bearers) == 0 {
			continue
		}
		t.names++
		once := map[string]bool{}
		for _, u := range bearers {
			for _, code := range p.reporting(u) {
				if !once[code] {
					once[code] = true
					t.counts[code]++
					if key := code + "|" + typed.fold; !met[key] {
						met[key] = true
						t.distinct[code]++
					}
				}
			}
		}
	}
	return t
}

// add counts the names of another table as well.
func (t *tally) add(o tally) {
	t.names += o.names
	for code, n := range o.counts {
		t.counts[code] += n
		t.distinct[code] += o.distinct[code]
	}
}

// best lists the two offices with most names.
func (t tally) best() (first, second string) {
	codes := make([]string, 0, len(t.counts))
	for c := range t.counts {
		codes = append(codes, c)
	}
	sort.Slice(codes, func(i, j int) bool {
		if t.counts[codes[i]] != t.counts[codes[j]] {
			return t.counts[codes[i]] > t.counts[codes[j]]
		}
		return codes[i] < codes[j]
	})
	codes = append(codes, "", "")
	return codes[0], codes[1]
}

// settleOffice decides whose report it is: the office that the heading names,
// unless the communes are another's; without a heading the communes decide if
// they leave no doubt, else the office that handed the file in. Every doubt
// holds the return.
func (n *Normalizer) settleOffice(cv *tonghop.Cover, c candidate, hints Hints, on tonghop.Date) {
	scope := n.placesOn(hints.Province, on)
	col := n.nameColumn(c.g, cv, scope)
	t := n.tally(scope, c.g, cv, col)
	for _, o := range c.others {
		t.add(n.tallyOf(o, scope))
	}
	provinces := c.head.provinces(n.known.Register, on)
	mentions := n.narrow(c.head.offices(scope), provinces, t)
	sender := scope.byCode[hints.Office]
	for i, m := range mentions { // of namesakes, the one that handed it in
		if sender != nil && (m.office == sender || slices.Contains(m.also, sender)) {
			mentions[i].office, mentions[i].also = sender, nil
		}
	}
	_, rival := rivalOf(mentions, hints.Office)
	if sender != nil && len(mentions) > 1 && mentioned(mentions, hints.Office) && !rival {
		mentions = slices.DeleteFunc(mentions, func(m officeMention) bool { return m.office != sender })
	}
	weigh := n.ownerOf
	if scope.level == 3 {
		weigh = n.communeOf
	}
	o := weigh(cv, c, hints, on, mentions, t)
	if o != nil && len(provinces) > 0 && !slices.Contains(provinces, o.province.Code) {
		named, _ := n.known.Register.Unit(provinces[0], on)
		cv.Findings = append(cv.Findings, hold("DV-006").Over(cv.Sheet).Arg("office", o.unit.Name).Arg("province", named.Name))
	}
	if o != nil && hints.Office != "" && o != sender {
		cv.Findings = append(cv.Findings, n.notTheirs(cv, o, hints, on))
	}
	if o != nil {
		cv.Office, cv.Province = o.unit, o.province.Code
		at := c.g.ref(cv.Header.Top, 1)
		for _, m := range mentions {
			if m.office == o {
				at, cv.OfficeAt = m.ref, m.ref
			}
		}
		if o.unit.Kind.Level() == 3 && o.unit.Kind != tonghop.Xa { // nothing is due from it
			cv.Findings = append(cv.Findings, hold("DV-042").At(at).Arg("office", o.unit.Name))
		}
		if f, ok := officeBetween(o.unit, on, at); ok {
			cv.Findings = append(cv.Findings, f)
		}
	}
	setNameColumn(cv, col)
}

// ownerOf weighs heading, communes and sender against each other; nil if they
// do not tell. What it doubts or supposes becomes a finding.
func (n *Normalizer) ownerOf(cv *tonghop.Cover, c candidate, hints Hints, on tonghop.Date, mentions []officeMention, t tally) *office {
	scope := n.placesOn(hints.Province, on)
	if len(mentions) == 0 {
		if ended, ok := n.endedOffice(c, hints, on, t); ok {
			cv.Findings = append(cv.Findings, ended)
			return nil
		}
	}
	first, second := t.best()
	sure := first != "" && t.counts[first] >= 3 && t.counts[first]*10 >= t.names*8 && t.counts[second]*2 <= t.counts[first]
	switch {
	case len(mentions) == 1 && len(mentions[0].also) > 0:
		cv.Findings = append(cv.Findings, namesakes(mentions[0]))
		return nil
	case len(mentions) == 1:
		o := mentions[0].office
		if sure && first != o.unit.Code && t.counts[o.unit.Code]*2 < t.counts[first] {
			other := scope.byCode[first]
			cv.Findings = append(cv.Findings, hold("DV-002").At(mentions[0].ref).
				Arg("heading", o.unit.Name).Arg("rows", other.unit.Name).
				Arg("count", strconv.Itoa(t.counts[first])).Arg("all", strconv.Itoa(t.names)))
		}
		return o
	case len(mentions) > 1:
		one, other := mentions[0], mentions[1]
		if sure && mentioned(mentions, first) {
			rival, speaks := rivalOf(mentions, first)
			if !speaks {
				return scope.byCode[first]
			}
			one, other = rival, mentions[slices.IndexFunc(mentions, func(m officeMention) bool { return m.office.unit.Code == first })]
		}
		cv.Findings = append(cv.Findings, hold("DV-003").At(one.ref, other.ref).
			Arg("first", one.office.unit.Name).Arg("second", other.office.unit.Name))
		if sure && mentioned(mentions, first) {
			return scope.byCode[first]
		}
		return mentions[0].office
	case sure:
		o := scope.byCode[first]
		cv.Findings = append(cv.Findings, note("GC-011", c.g.ref(cv.Header.Top, 1), "", o.unit.Name).
			Arg("office", o.unit.Name).Arg("count", strconv.Itoa(t.counts[first])))
		return o
	}
	asked := n.noOffice(cv, c, hints, on)
	if o := scope.byCode[hints.Office]; o != nil && asked.Rule == "DV-001" && t.counts[first] <= t.counts[hints.Office] {
		cv.Findings = append(cv.Findings, note("GC-016", c.g.ref(cv.Header.Top, 1), "", o.unit.Name).Arg("office", o.unit.Name))
		return o
	}
	cv.Findings = append(cv.Findings, asked)
	if t.counts[first] > t.counts[second] {
		return scope.byCode[first]
	}
	return nil
}

// speaksAs begins a line that says whose paper it is, and not what it is about.
var speaksAs = regexp.MustCompile(`^(ubnd|u\.b\.n\.d|ủy ban|uỷ ban|hđnd|huyện|thị xã|thành phố|quận|phòng|văn phòng|ban chỉ đạo|bcđ|bql|đơn vị|tên đơn vị|xã|phường)`)

// rivalOf finds an office beside the one of the rows whose own line in the heading
// says that the report is its own: the letterhead of another report, over which a
// table was copied.
func rivalOf(mentions []officeMention, first string) (officeMention, bool) {
	lines := map[tonghop.Ref]bool{}
	for _, m := range mentions {
		if m.office.unit.Code == first {
			lines[m.ref] = true
		}
	}
	for _, m := range mentions {
		if m.office.unit.Code != first && !lines[m.ref] && speaksAs.MatchString(viet.Fold(m.text)) {
			return m, true
		}
	}
	return officeMention{}, false
}

// notTheirs asks why an office hands in what seems to be another's report.
func (n *Normalizer) notTheirs(cv *tonghop.Cover, o *office, hints Hints, on tonghop.Date) tonghop.Finding {
	sender := hints.Office
	if u, ok := n.known.Register.Unit(hints.Office, on); ok {
		sender = u.Name
	} else if u, ok := n.known.Register.Last(hints.Office); ok {
		sender = u.Name
	}
	return hold("DV-007").Over(cv.Sheet).Arg("office", o.unit.Name).Arg("sender", sender)
}

// setNameColumn makes one column the names' and takes the role from any other.
func setNameColumn(cv *tonghop.Cover, col int) {
	for i := range cv.Columns {
		c := &cv.Columns[i]
		if c.Role == tonghop.ColUnit && c.Col != col {
			c.Role = tonghop.ColIgnored
		}
		if c.Col == col && c.Role != tonghop.ColField {
			c.Role = tonghop.ColUnit
		}
	}
	cv.NameCol = col
}

// noOffice asks for the office; if the heading names one of another province
// than the one that consolidates, it says so.
func (n *Normalizer) noOffice(cv *tonghop.Cover, c candidate, hints Hints, on tonghop.Date) tonghop.Finding {
	if hints.Province != "" && hints.Province != "all" {
		everywhere := n.placesOn("", on)
		if m := c.head.offices(everywhere); len(m) > 0 {
			return hold("DV-006").At(m[0].ref).Arg("office", m[0].office.unit.Name).
				Arg("province", m[0].office.province.Name)
		}
	}
	return hold("DV-001").Over(cv.Sheet)
}

func mentioned(m []officeMention, code string) bool {
	for _, x := range m {
		if x.office.unit.Code == code {
			return true
		}
	}
	return false
}

// narrow drops offices of the same name in other provinces: by the province
// that the heading names, else by whose communes stand in the rows.
func (n *Normalizer) narrow(m []officeMention, provinces []string, t tally) []officeMention {
	byName := map[string][]officeMention{}
	var names []string
	for _, x := range m {
		if len(byName[x.office.name]) == 0 {
			names = append(names, x.office.name)
		}
		byName[x.office.name] = append(byName[x.office.name], x)
	}
	var out []officeMention
	for _, name := range names {
		same := byName[name]
		if len(same) > 1 {
			if in := inProvinces(same, provinces); len(in) > 0 {
				same = in
			}
		}
		best := same[0]
		for _, x := range same[1:] {
			switch now, most := t.counts[x.office.unit.Code], t.counts[best.office.unit.Code]; {
			case now > most:
				best = x
			case now == most && x.office.unit.Code != best.office.unit.Code:
				best.also = append(best.also, x.office)
			}
		}
		out = append(out, best)
	}
	return out
}

func inProvinces(m []officeMention, provinces []string) []officeMention {
	var out []officeMention
	for _, x := range m {
		for _, p := range provinces {
			if x.office.province.Code == p {
				out = append(out, x)
			}
		}
	}
	return out
}
