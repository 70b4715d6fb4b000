//go:build !race

package normalize

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// ways are the ways in which clerks write a name that may change nothing; of
// some, each name is written in one.
func ways(u tonghop.Unit, i int) map[string]string {
	kind, bare := splitKind(u.Name)
	short := map[tonghop.UnitKind]string{tonghop.Xa: "X", tonghop.ThiTran: "TT", tonghop.Phuong: "P"}[kind]
	out := map[string]string{"as it is": u.Name, "capitals": strings.ToUpper(u.Name), "decomposed": norm.NFD.String(u.Name)}
	if other := otherTone(u.Name); other != u.Name {
		out["other tone"] = other
	}
	if short != "" {
		out["short"] = short + ". " + bare
		out["joined"] = short + "." + bare
	}
	switch i % 5 {
	case 0:
		out["small"] = strings.ToLower(u.Name)
	case 1:
		out["numbered"] = "12. " + u.Name
	case 2:
		out["remark"] = u.Name + " (ĐBKK)"
	case 3:
		out["blanks"] = "  " + strings.ReplaceAll(u.Name, " ", "  ") + " "
	case 4:
		if short != "" {
			out["short in capitals"] = short + ". " + strings.ToUpper(bare)
		}
	}
	return out
}

// otherTone moves the tone of oa, oe and uy to the other of the two letters on
// which it is written, in syllables that end there.
func otherTone(name string) string {
	var pairs []string
	for _, p := range []string{"òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ", "òe oè", "óe oé", "ỏe oẻ", "õe oẽ", "ọe oẹ", "ùy uỳ", "úy uý", "ủy uỷ", "ũy uỹ", "ụy uỵ"} {
		a, b, _ := strings.Cut(p, " ")
		pairs = append(pairs, a, b, b, a)
	}
	moved := strings.NewReplacer(pairs...)
	words := strings.Split(name, " ")
	for i, w := range words {
		if len(norm.NFD.String(w)) > 0 && !strings.HasPrefix(strings.ToLower(viet.Plain(w)), "qu") {
			words[i] = moved.Replace(w)
		}
	}
	return strings.Join(words, " ")
}

// Every commune, ward and township of the lists of 2023 and of 2025 is itself
// in its own office, however it is written; what is written so that several
// could be meant is not guessed.
func TestEveryName(t *testing.T) {
	n := New(Shipped(t))
	for _, on := range []tonghop.Date{"2023-06-30", "2025-09-30"} {
		p := n.placesOn("", on)
		names := 0
		for _, o := range p.heads { // the districts; then the provinces with all their communes
			for i := range o.communes {
				if !on.Within(o.communes[i].unit.From, o.communes[i].unit.To) || !on.Within(o.unit.From, o.unit.To) {
					continue // of a later list
				}
				names++
				checkName(t, o, &o.communes[i], names)
			}
		}
		if want := map[tonghop.Date]int{"2023-06-30": 10598, "2025-09-30": 3321}[on]; names != want {
			t.Errorf("%s: %d names, want %d", on, names, want)
		}
	}
}

func checkName(t *testing.T, o *office, c *commune, n int) {
	for way, typed := range ways(c.unit, n) {
		if m, ok := o.match(parseName(typed)); !ok || m.unit.Code != c.unit.Code || m.doubt {
			t.Errorf("%s, %s, %q: taken for %q (%t, doubt %t)", o.unit.Name, way, typed, m.unit.Name, ok, m.doubt)
		}
	}
	_, bare := splitKind(c.unit.Name)
	if got := bareName(c.unit); got != bare {
		t.Errorf("%s: bare name %q, want %q", c.unit.Name, got, bare)
	}
	checkUnique(t, o, c, "without its kind", bare, func(d *commune) bool { return d.fold == c.fold })
	small := strings.ToLower(c.unit.Name)
	iy := strings.NewReplacer("y", "i", "ý", "í", "ỳ", "ì", "ỷ", "ỉ", "ỹ", "ĩ", "ỵ", "ị").Replace(small)
	if iy != small && viet.FoldIY(iy) == viet.FoldIY(small) {
		checkUnique(t, o, c, "i for y", iy, func(d *commune) bool { return d.iy == c.iy && d.unit.Kind == c.unit.Kind })
	}
	plain := viet.Plain(c.unit.Name)
	checkUnique(t, o, c, "without accents", plain, func(d *commune) bool { return d.plain == c.plain && d.unit.Kind == c.unit.Kind })
	if bare := viet.Plain(bare); strings.HasPrefix(bare, "phuong ") { // no ward, if the office has none of that name
		ward := strings.TrimPrefix(bare, "phuong ")
		checkUnique(t, o, c, "without accents, like a ward", bare, func(d *commune) bool {
			return d.plain == c.plain || d.plain == ward && d.unit.Kind == tonghop.Phuong
		})
	}
}

// checkUnique matches a typed name: it is the unit if no other one answers to
// it, and else no unit without a doubt.
func checkUnique(t *testing.T, o *office, c *commune, way, typed string, answers func(*commune) bool) {
	rivals := map[string]bool{}
	for i := range o.communes {
		if answers(&o.communes[i]) {
			rivals[o.communes[i].unit.Code] = true
		}
	}
	name := parseName(typed)
	if !name.telling() {
		return // a number alone is a row's number
	}
	m, ok := o.match(name)
	if !ok {
		m, ok = o.loosely(name)
	}
	switch {
	case len(rivals) == 1 && (!ok || m.unit.Code != c.unit.Code || m.doubt):
		t.Errorf("%s, %s, %q: taken for %q (%t, doubt %t), want %s", o.unit.Name, way, typed, m.unit.Name, ok, m.doubt, c.unit.Name)
	case len(rivals) > 1 && ok && !m.doubt:
		t.Errorf("%s, %s, %q: taken for %q without a doubt, %d answer to it", o.unit.Name, way, typed, m.unit.Name, len(rivals))
	}
}
