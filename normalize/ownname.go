package normalize

import (
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// ownName finds the commune that a list of criteria is about: named in a text
// above it, or by the sheet.
func (n *Normalizer) ownName(g *grid, top int) (headingText, bool) {
	var found []headingText
	for _, t := range readHeading(g, top).texts {
		if name, ok := n.communeIn(t.text); ok {
			t.text = name
			if len(found) == 0 || viet.Key(found[0].text) != viet.Key(name) {
				found = append(found, t)
			}
		}
	}
	switch {
	case len(found) > 1:
		return headingText{}, false
	case len(found) == 1:
		return found[0], true
	case n.isCommune(n.name(g.sheet.Name)):
		return headingText{text: g.sheet.Name}, true
	}
	return n.paperLine(g, top)
}

// tabAgainst asks where a sheet bears the name of another commune than the one
// that its heading names.
func (n *Normalizer) tabAgainst(g *grid, name headingText) []tonghop.Finding {
	tab := n.name(g.sheet.Name)
	if name.ref.Row == 0 || !n.isCommune(tab) || tab.fold == n.name(name.text).fold {
		return nil
	}
	f := tonghop.Finding{Rule: "BIEU-044", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: name.text}.At(turnRef(name.ref))
	return []tonghop.Finding{f.Arg("name", g.sheet.Name)}
}

// mostNameWords is how many words the name of a commune has at most.
const mostNameWords = 5

// communeIn finds a commune's name with its kind in a text, the longest that
// begins there.
func (n *Normalizer) communeIn(text string) (string, bool) {
	words := strings.Fields(text)
	for i, w := range words {
		if !communeKind(w) || i > 0 && viet.Fold(w) == "xã" && viet.Fold(words[i-1]) == "thị" { // a town of the district level
			continue
		}
		for last := min(len(words), i+1+mostNameWords); last > i+1; last-- {
			name := strings.Trim(strings.Join(words[i:last], " "), " ,;.:-–()")
			if t := n.name(name); t.kind != "" && n.isCommune(t) {
				return name, true
			}
		}
	}
	return "", false
}

// communeKind tells the word that stands before a commune's name.
func communeKind(word string) bool {
	switch strings.TrimRight(viet.Fold(word), ".:") {
	case "xã", "x", "phường", "thị", "tt", "đặc":
		return true
	}
	return false
}

// paperOf begins a line that says whose paper it is.
var paperOf = regexp.MustCompile(`^(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|tên đơn vị|đơn vị báo cáo|đơn vị|tên xã)[ :]*)*(xã[ :]+[^,;:–-]+)`)

// paperLine takes the name on the line that says whose paper it is, known or not:
// whoever typed it is asked about that very name.
func (n *Normalizer) paperLine(g *grid, top int) (headingText, bool) {
	for _, t := range readHeading(g, top).texts {
		fold := viet.Fold(t.text)
		m := paperOf.FindStringSubmatchIndex(fold)
		if m == nil {
			continue
		}
		name, _, _ := strings.Cut(fold[m[2]:m[3]], "huyện")
		if n.name(name).bare == "" || strings.Contains(name, "nông thôn") {
			continue
		}
		words, before := strings.Fields(t.text), len(strings.Fields(fold[:m[2]]))
		t.text = strings.Trim(strings.Join(words[before:before+len(strings.Fields(name))], " "), " .")
		return t, true
	}
	return headingText{}, false
}

// forgetOwnNames takes the commune's name out of the headings of lists where there
// are lists of several communes: the report is then whoever's that keeps them.
func forgetOwnNames(tables []*candidate) {
	names := map[string]bool{}
	for _, c := range tables {
		if c.alone.Col > 0 {
			names[viet.Key(c.alone.Text)] = true
		}
	}
	if len(names) < 2 {
		return
	}
	for _, c := range tables {
		for i, t := range c.head.texts {
			if c.alone.Col > 0 && turnRef(t.ref) == c.alone.Name {
				c.head.texts[i].text = strings.Replace(t.text, c.alone.Text, "", 1)
			}
		}
	}
}

// otherCommunes lists the lists of a return that are other communes' than that of
// its first table, one of each sheet.
func (gr group) otherCommunes() []*candidate {
	first := gr.tables[0]
	seen := map[string]bool{first.sheet.Name: true}
	var out []*candidate
	for _, c := range gr.tables[1:] {
		if first.alone.Col > 0 && c.alone.Col > 0 && !seen[c.sheet.Name] {
			seen[c.sheet.Name] = true
			out = append(out, c)
		}
	}
	return out
}
