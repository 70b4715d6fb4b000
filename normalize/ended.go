package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// gone is an office that the heading names and that does not stand on the date.
type gone struct {
	unit  tonghop.Unit
	heirs []tonghop.Unit
	ref   tonghop.Ref
	rows  int // rows that name one of its heirs
}

// endedOffice asks about a heading that names an office which is no more on the
// date of the report, or not yet. What became of it is named, if it is known.
func (n *Normalizer) endedOffice(c candidate, hints Hints, on tonghop.Date, t tally) (tonghop.Finding, bool) {
	found := n.goneIn(c.head, hints, on, t)
	if len(found) == 0 {
		return n.otherSender(c, hints, on)
	}
	best := found[0]
	for _, g := range found[1:] {
		if len(g.unit.Name) > len(best.unit.Name) || g.rows > best.rows {
			best = g
		}
	}
	f := hold("DV-041").At(best.ref).Arg("office", best.unit.Name).Arg("date", on.Vietnamese())
	if best.unit.From > on {
		f.Rule = "DV-050"
		return f.Arg("day", best.unit.From.Vietnamese()), true
	}
	var names []string
	for _, h := range best.heirs {
		names = append(names, h.Name)
	}
	return f.Arg("day", best.unit.To.Next().Vietnamese()).Arg("after", best.unit.ToAfter.Vietnamese()).
		Arg("heirs", few(slices.Compact(names))), true
}

// goneIn lists the offices that the heading names and that do not stand.
func (n *Normalizer) goneIn(h heading, hints Hints, on tonghop.Date, t tally) []gone {
	r, level := n.known.Register, n.known.Form.SenderLevel(on)
	units := r.Gone(2, on)
	if level == 3 {
		units = append(units, r.Gone(3, on)...)
	}
	var out []gone
	for _, text := range h.texts {
		fold := longCommunes(longKinds(viet.Fold(text.text)))
		if documentary.MatchString(fold) {
			continue
		}
		for _, u := range units {
			if !sentBy(fold, u) {
				continue
			}
			g := gone{unit: u, ref: text.ref}
			if u.To != "" && u.To < on {
				g.heirs = r.Heirs(u, on, level)
			}
			if !n.concernsProvince(g, hints.Province) {
				continue
			}
			for _, heir := range g.heirs {
				g.rows += t.counts[heir.Code]
			}
			out = append(out, g)
		}
	}
	return out
}

// sentBy reports whether a heading names the unit as one that stands: "huyện
// Trà Cú cũ" only says where.
func sentBy(fold string, u tonghop.Unit) bool {
	name := viet.Fold(u.Name)
	i := wordIndex(fold, name)
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(fold[i+len(name):], " ,(")
	return !strings.HasPrefix(rest, "cũ") && !strings.HasPrefix(rest, "trước đây")
}

// otherSender asks about a heading that names one who sends at another time: a
// commune where districts still send, or the office of a province that is no
// more.
func (n *Normalizer) otherSender(c candidate, hints Hints, on tonghop.Date) (tonghop.Finding, bool) {
	r, level := n.known.Register, n.known.Form.SenderLevel(on)
	if level == 3 {
		return n.endedProvince(c, hints, on)
	}
	for _, text := range c.head.texts {
		fold := longCommunes(viet.Fold(text.text))
		if documentary.MatchString(fold) {
			continue
		}
		for _, u := range r.Gone(3, on) {
			if u.From <= on || n.known.Form.SenderLevel(u.From) != 3 || !sentBy(fold, u) || !n.concernsProvince(gone{unit: u}, hints.Province) {
				continue
			}
			return hold("DV-082").At(text.ref).Arg("office", u.Name).Arg("day", u.From.Vietnamese()).Arg("date", on.Vietnamese()), true
		}
	}
	return tonghop.Finding{}, false
}

// endedProvince asks about the table of a province's own office where the
// province is no more; the one that took its place is named.
func (n *Normalizer) endedProvince(c candidate, hints Hints, on tonghop.Date) (tonghop.Finding, bool) {
	r := n.known.Register
	for _, text := range c.head.texts {
		fold := viet.Fold(text.text)
		if documentary.MatchString(fold) {
			continue
		}
		for _, u := range r.Gone(1, on) {
			if u.To == "" || u.To >= on || !sentBy(fold, u) {
				continue
			}
			if now, ok := r.Unit(u.Code, on); ok && now.Name == u.Name {
				continue // larger than it was, and still there
			}
			var heirs []string
			ours := hints.Province == "" || hints.Province == "all"
			for _, d := range r.Children(u.Code, u.To) {
				for _, h := range r.Heirs(d, on, 3) {
					if p, ok := r.Province(h.Code, on); ok && !slices.Contains(heirs, p.Name) {
						heirs, ours = append(heirs, p.Name), ours || p.Code == hints.Province
					}
				}
			}
			if !ours {
				continue
			}
			return hold("DV-083").At(text.ref).Arg("office", u.Name).Arg("date", on.Vietnamese()).
				Arg("day", u.To.Next().Vietnamese()).Arg("heirs", few(heirs)), true
		}
	}
	return tonghop.Finding{}, false
}

// concernsProvince reports whether an office was of the province, or is now.
func (n *Normalizer) concernsProvince(g gone, province string) bool {
	if province == "" || province == "all" {
		return true
	}
	day := g.unit.From
	if g.unit.To != "" {
		day = g.unit.To
	}
	if p, ok := n.known.Register.Province(g.unit.Code, day); ok && p.Code == province {
		return true
	}
	for _, h := range g.heirs {
		if h.Parent == province {
			return true
		}
	}
	return false
}
