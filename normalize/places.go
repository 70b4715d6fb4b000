package normalize

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// places is the register on one date, arranged for matching typed names.
type places struct {
	on      tonghop.Date
	level   int                       // of the units that send the form: 2 districts, 3 communes
	offices []*office                 // those that send it
	heads   []*office                 // units whose names stand over sections of a table
	byCode  map[string]*office        // of offices, and of provinces where communes send
	byName  map[string][]tonghop.Unit // folded "xã long đức" → communes anywhere in scope
	plain   map[string]bool           // bare names of these without their accents
	gone    map[string][]formerUnit   // the same of units that are no more; nil until asked
}

// office is one unit that reports, with the communes that it reports on.
type office struct {
	unit     tonghop.Unit
	province tonghop.Unit
	name     string // folded, with its kind
	communes []commune
}

// has reports whether the unit is one of the office's own.
func (o *office) has(code string) bool {
	for i := range o.communes {
		if o.communes[i].unit.Code == code {
			return true
		}
	}
	return false
}

// commune is one unit below an office with the keys of its bare name.
type commune struct {
	unit            tonghop.Unit
	fold, iy, plain string
	folded          string // with the kind
}

// newPlaces arranges the register for a date; province "" takes all. The keys
// of names are made once for all dates.
func (n *Normalizer) newPlaces(province string, on tonghop.Date) *places {
	r := n.known.Register
	p := &places{on: on, level: n.known.Form.SenderLevel(on), byCode: map[string]*office{}, byName: map[string][]tonghop.Unit{}, plain: map[string]bool{}}
	for _, prov := range r.Children("", on) {
		if province != "" && province != "all" && prov.Code != province {
			continue
		}
		if p.level == 3 {
			n.communeOffices(p, prov)
			continue
		}
		for _, d := range n.standing(prov.Code, on) {
			if d.Kind.Level() == 2 {
				p.add(n.newOffice(d, prov, on))
			}
		}
	}
	if p.level == 2 {
		p.heads = p.offices
	}
	return p
}

// standing lists the units under another that stand on the date, or may. One that
// only got another code is listed once, under that of the day: its name says both.
func (n *Normalizer) standing(parent string, on tonghop.Date) []tonghop.Unit {
	out := n.known.Register.Children(parent, on)
	for _, u := range n.known.Register.Perhaps(parent, on) {
		again := slices.ContainsFunc(out, func(o tonghop.Unit) bool { return o.Name == u.Name && o.Code != u.Code })
		if on < u.From && !again {
			out = append(out, u)
		}
	}
	return out
}

// newOffice is a unit with the communes under it.
func (n *Normalizer) newOffice(u, province tonghop.Unit, on tonghop.Date) *office {
	o := &office{unit: u, province: province, name: viet.Fold(u.Name)}
	for _, c := range n.standing(u.Code, on) {
		if c.Kind.Level() == 3 {
			o.communes = append(o.communes, n.commune(c))
		}
	}
	return o
}

// add makes the office one that sends. Of two names on one code the one that the
// register shows on the day is the code's.
func (p *places) add(o *office) {
	p.offices = append(p.offices, o)
	if p.byCode[o.unit.Code] == nil {
		p.byCode[o.unit.Code] = o
	}
	for _, c := range o.communes {
		p.plain[c.plain] = true
		if !slices.ContainsFunc(p.byName[c.folded], func(u tonghop.Unit) bool { return u.Code == c.unit.Code && u.Parent == c.unit.Parent }) {
			p.byName[c.folded] = append(p.byName[c.folded], c.unit)
		}
	}
}

func newCommune(u tonghop.Unit) commune {
	fold, iy, plain := viet.Keys(plainNumber(bareName(u)))
	return commune{unit: u, fold: fold, iy: iy, plain: plain, folded: kindWord[u.Kind] + " " + fold}
}

// officialKinds begin the names of the register.
var officialKinds = []string{"Xã ", "Phường ", "Thị trấn ", "Đặc khu "}

// bareName is the name of a unit without its kind, as [splitKind] takes it apart;
// official names, ten thousand at a start, are spared the search for other ways of
// writing a kind.
func bareName(u tonghop.Unit) string {
	name := viet.Clean(u.Name)
	for _, kind := range officialKinds {
		if bare, ok := strings.CutPrefix(name, kind); ok && strings.IndexAny(bare, " .:") != 0 {
			return bare
		}
	}
	_, bare := splitKind(name)
	return bare
}

// kindWord is the kind as it stands before a name, folded.
var kindWord = map[tonghop.UnitKind]string{
	tonghop.Xa: "xã", tonghop.Phuong: "phường", tonghop.ThiTran: "thị trấn", tonghop.DacKhu: "đặc khu",
}

var (
	kindPrefix = regexp.MustCompile(`^(xã|xa|x\.|x|đặc khu|dac khu|thị trấn|thi tran|tt\.|tt|phường|phuong|p\.|p)([ .:]+|$)`)
	numbering  = regexp.MustCompile(`^[-+*•.\s]*(?:[0-9]{1,3}(?:\.[0-9]{1,3})?\s*[.)/:\-]\s*|[0-9]{1,3}\s+)?[-+*•\s]*`)
	trailing   = regexp.MustCompile(`(\s*\([^()]*\)|\s*\[[^\[\]]*\]|[\s*:;,.])+$`)
)

// splitKind takes the kind off a name: "X. Long Đức" is a xã called Long Đức.
func splitKind(name string) (tonghop.UnitKind, string) {
	fold := viet.Fold(name)
	m := kindPrefix.FindString(fold)
	if m == "" {
		for _, joined := range []string{"x.", "tt.", "p."} { // "X.Long Đức"
			if strings.HasPrefix(fold, joined) {
				m = joined
			}
		}
	}
	if m == "" {
		return "", name
	}
	rest := strings.TrimSpace(dropRunes(name, len([]rune(m))))
	switch strings.Trim(m, " .:") {
	case "xã", "xa", "x":
		return tonghop.Xa, rest
	case "phường", "phuong", "p":
		return tonghop.Phuong, rest
	case "đặc khu", "dac khu":
		return tonghop.DacKhu, rest
	}
	return tonghop.ThiTran, rest
}

func dropRunes(s string, n int) string {
	r := []rune(s)
	return string(r[min(n, len(r)):])
}

// romanNumbers are those that wards bear, from one on.
var romanNumbers = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}

// plainNumber writes the number of a ward one way: 04 and IV are 4.
func plainNumber(bare string) string {
	if len(bare) <= 2*len("VIII") { // names of more letters are spared the work
		if n := slices.Index(romanNumbers, strings.ToUpper(bare)); n >= 0 {
			return strconv.Itoa(n + 1)
		}
	}
	if bare == "" || bare[0] > '9' {
		return bare
	}
	if n, err := strconv.Atoi(bare); err == nil {
		return strconv.Itoa(n)
	}
	return bare
}

// typedName is a name as a clerk typed it, taken apart.
type typedName struct {
	text      string // cleaned, without numbering and remarks
	kind      tonghop.UnitKind
	bare      string
	trimmed   bool // numbering or a remark was taken off
	shortKind bool // "X." for "Xã"
	noAccents bool // the kind is typed without its accents, and so may be the name

	whole          string // folded, as typed: "Xa Dung" and "2 Bảo Lộc" are names without a kind
	fold, iy, flat string // keys of bare
}

func parseName(text string) typedName {
	clean := viet.Clean(text)
	cut := numbering.ReplaceAllString(clean, "")
	cut = trailing.ReplaceAllString(cut, "")
	kind, bare := splitKind(cut)
	if key := viet.Key(clean[len(cut):]); kind == "" && strings.HasPrefix(clean, cut) && (key == "tt" || strings.HasPrefix(key, "thi tran")) {
		kind = tonghop.ThiTran // "Định An (TT)"
	}
	if strings.TrimSpace(bare) == "" {
		kind, bare = "", cut
	}
	bare = plainNumber(bare)
	fold := viet.Fold(cut)
	key, iy, flat := viet.Keys(bare)
	return typedName{text: cut, kind: kind, bare: bare, trimmed: cut != clean,
		shortKind: kind != "" && !strings.HasPrefix(fold, kindWord[kind]),
		noAccents: kind != "" && strings.HasPrefix(fold, viet.Plain(kindWord[kind])+" "),
		whole:     viet.Fold(clean), fold: key, iy: iy, flat: flat}
}

// telling reports whether the name can mean a unit: a bare number is a row's
// number, not ward 4.
func (t typedName) telling() bool {
	return t.bare != "" && (t.kind != "" || strings.Trim(t.bare, "0123456789 .") != "")
}

// match is what a typed name was taken for.
type match struct {
	unit     tonghop.Unit
	why      string
	runnerUp string
	doubt    bool          // two units answer to the name equally
	former   *tonghop.Unit // whose name it was, where that unit is no more

	letters   bool   // its letters may be read as the runner-up's as well
	elsewhere string // code of another office that has a commune of the name as typed
}

// match finds the commune of the office that a typed name means: by its exact
// name, then by one in which only case, blanks, tone placement or i/y differ.
func (o *office) match(t typedName) (match, bool) {
	if !t.telling() {
		return match{}, false
	}
	steps := []struct {
		why string
		key func(*commune) string
		my  string
	}{
		{"folded", func(c *commune) string { return c.fold }, t.fold},
		{"i_y", func(c *commune) string { return c.iy }, t.iy},
	}
	for _, s := range steps {
		if hits := o.answering(t, s.key, s.my); len(hits) > 0 {
			if t.noAccents && len(o.answering(t, func(c *commune) string { return c.plain }, t.flat)) > 1 {
				return match{}, false // typed without accents: it may be any of them
			}
			return o.choose(t, hits, s.why)
		}
	}
	if t.whole != t.fold { // what looks like a kind or a number may belong to the name
		t.kind, t.text = "", t.whole
		if hits := o.answering(t, func(c *commune) string { return c.fold }, t.whole); len(hits) > 0 {
			return o.choose(t, hits, "folded")
		}
	}
	return match{}, false
}

// answering lists the communes whose key equals mine, of the typed kind if one
// was typed.
func (o *office) answering(t typedName, key func(*commune) string, mine string) []*commune {
	var hits []*commune
	for i := range o.communes {
		c := &o.communes[i]
		if key(c) == mine && (t.kind == "" || t.kind == c.unit.Kind) && !hasUnit(hits, c) {
			hits = append(hits, c)
		}
	}
	return hits
}

// hasUnit reports whether a unit is among the hits already, under the name it
// bears in the other of two lists.
func hasUnit(hits []*commune, c *commune) bool {
	return slices.ContainsFunc(hits, func(h *commune) bool { return h.unit.Code == c.unit.Code })
}

// loosely finds the commune that a name without accents, or one slip away from
// its own, must mean. It is asked only after no commune elsewhere bears the
// name as typed.
func (o *office) loosely(t typedName) (match, bool) {
	if !t.telling() {
		return match{}, false
	}
	hits := o.answering(t, func(c *commune) string { return c.plain }, t.flat)
	if t.noAccents && viet.Plain(t.whole) == t.whole { // "Phuong Duc": a ward, or Phượng Dực
		whole := t
		whole.kind = ""
		named := o.answering(whole, func(c *commune) string { return c.plain }, t.whole)
		if len(hits) > 0 && len(named) > 0 {
			return match{}, false
		} else if len(named) > 0 {
			return o.choose(whole, named, "plain")
		}
	}
	if len(hits) > 0 {
		return o.choose(t, hits, "plain")
	}
	return o.slip(t)
}

// unaccented finds the commune whose whole name was typed without any accent.
func (o *office) unaccented(t typedName) (match, bool) {
	if !t.telling() || viet.Fold(t.bare) != t.flat {
		return match{}, false
	}
	hits := o.answering(t, func(c *commune) string { return c.plain }, t.flat)
	if len(hits) == 0 {
		return match{}, false
	}
	return o.choose(t, hits, "plain")
}

// choose settles a step: one hit is the answer; of several kinds the xã is,
// for the form reports on xã, with the other as runner-up.
func (o *office) choose(t typedName, hits []*commune, why string) (match, bool) {
	m := match{unit: hits[0].unit, why: why}
	kinds := map[tonghop.UnitKind]bool{}
	for _, h := range hits {
		if kinds[h.unit.Kind] {
			return match{}, false // two xã that differ in a tone only: nobody here can know
		}
		kinds[h.unit.Kind] = true
	}
	if len(hits) > 1 {
		m.doubt = true
		for _, h := range hits {
			if h.unit.Kind == tonghop.Xa {
				m.unit = h.unit
			}
		}
		for _, h := range hits {
			if h.unit.Code != m.unit.Code {
				m.runnerUp = h.unit.Code
			}
		}
	}
	if why == "folded" {
		switch {
		case t.text == viet.Clean(m.unit.Name) && !t.trimmed:
			m.why = "exact"
		case t.kind == "":
			m.why = "no_kind"
		case t.shortKind:
			m.why = "abbreviation"
		}
	}
	if m.runnerUp == "" {
		m.runnerUp = o.nearest(t, m.unit.Code)
	}
	return m, true
}

// slip finds the only commune one slip of the keyboard away.
func (o *office) slip(t typedName) (match, bool) {
	my := t.flat
	if len(my) < 5 {
		return match{}, false
	}
	var hit *commune
	for i := range o.communes {
		c := &o.communes[i]
		if (t.kind != "" && t.kind != c.unit.Kind) || levenshtein.ComputeDistance(my, c.plain) > 1 {
			continue
		}
		if hit != nil {
			return match{}, false
		}
		hit = c
	}
	if hit == nil {
		return match{}, false
	}
	return match{unit: hit.unit, why: "typo", runnerUp: o.nearest(t, hit.unit.Code)}, true
}

// nearest is the code of the unit that comes closest to a name besides the one
// taken, within three slips; "" if none does.
func (o *office) nearest(t typedName, besides string) string {
	best, code := 4, ""
	my := t.flat
	for i := range o.communes {
		c := &o.communes[i]
		if d := levenshtein.ComputeDistance(my, c.plain); c.unit.Code != besides && d < best {
			best, code = d, c.unit.Code
		}
	}
	return code
}

// elsewhere finds the communes of other offices of the same province that bear
// the name with its kind; without a kind, xã are looked for.
func (p *places) elsewhere(t typedName, from *office) []tonghop.Unit {
	kind := t.kind
	if kind == "" {
		kind = tonghop.Xa
	}
	var out []tonghop.Unit
	for _, u := range p.byName[kindWord[kind]+" "+t.fold] {
		if !from.has(u.Code) && p.byCode[u.Parent].province.Code == from.province.Code {
			out = append(out, u)
		}
	}
	return out
}
