package normalize

import (
	"regexp"
	"sort"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// heading is the text around a table that says whose it is and for when.
type heading struct {
	texts []headingText
}

type headingText struct {
	ref  tonghop.Ref
	text string
}

// readHeading collects every text above the header.
func readHeading(g *grid, above int) heading {
	var h heading
	for row := 1; row < above; row++ {
		h.texts = append(h.texts, pieces(g, row)...)
	}
	return h
}

// officeMention is an office that the heading names.
type officeMention struct {
	office *office
	also   []*office // of the same name in other provinces, and nothing tells which is meant
	ref    tonghop.Ref
	text   string
}

var (
	cityShort   = regexp.MustCompile(`(^|[\s,.(;:-])t\.?\s?p\.?\s+`)
	townShort   = regexp.MustCompile(`(^|[\s,.(;:-])t\.?\s?x\.?\s+`)
	ruralShort  = regexp.MustCompile(`(^|[\s,.(;:-])h\.\s*`)
	kindColon   = regexp.MustCompile(`(huyện|thị xã|thành phố|quận|tỉnh)\s*[:.-]\s*`)
	urbanShort  = regexp.MustCompile(`(^|[\s,.(;:-])q\.\s*`)
	documentary = regexp.MustCompile(`(kính gửi|nơi nhận|gửi:)`)
)

// longKinds writes abbreviated kinds out, so that "TX. Duyên Hải" names the
// same office as "thị xã Duyên Hải".
func longKinds(fold string) string {
	fold = cityShort.ReplaceAllString(fold, "${1}thành phố ")
	fold = townShort.ReplaceAllString(fold, "${1}thị xã ")
	fold = ruralShort.ReplaceAllString(fold, "${1}huyện ")
	fold = urbanShort.ReplaceAllString(fold, "${1}quận ")
	return kindColon.ReplaceAllString(fold, "${1} ")
}

// offices lists the offices that the heading names, each once, in the order
// they stand. Of names that contain one another the longest counts.
func (h heading) offices(p *places) []officeMention {
	var out []officeMention
	seen := map[string]bool{}
	for _, t := range h.texts {
		fold := longKinds(viet.Fold(t.text))
		if documentary.MatchString(fold) {
			continue
		}
		if p.level == 3 {
			fold = longCommunes(fold)
		}
		for _, o := range namedIn(fold, p.offices) {
			if !seen[o.unit.Code] {
				seen[o.unit.Code] = true
				out = append(out, officeMention{office: o, ref: t.ref, text: t.text})
			}
		}
	}
	return out
}

func namedIn(fold string, offices []*office) []*office {
	type hit struct {
		o        *office
		from, to int
	}
	var hits []hit
	for _, o := range offices {
		if i := wordIndex(fold, o.name); i >= 0 {
			hits = append(hits, hit{o, i, i + len(o.name)})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].to-hits[i].from > hits[j].to-hits[j].from })
	var out []*office
	var kept []hit
	for _, h := range hits {
		inside := false
		for _, k := range kept {
			inside = inside || k.from <= h.from && h.to <= k.to && k.o.name != h.o.name
		}
		if !inside {
			kept = append(kept, h)
			out = append(out, h.o)
		}
	}
	return out
}

// wordIndex finds a name that is not the beginning or end of longer words.
func wordIndex(text, name string) int {
	from := 0
	for {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(name)
		if (i == 0 || !isLetter(text[:i], true)) && (end == len(text) || !isLetter(text[end:], false)) {
			return i
		}
		from = end
	}
}

func isLetter(s string, last bool) bool {
	r := []rune(s)
	c := r[0]
	if last {
		c = r[len(r)-1]
	}
	return viet.Key(string(c)) != ""
}

// provinces lists the provinces that the heading names.
func (h heading) provinces(r *tonghop.Register, on tonghop.Date) []string {
	var out []string
	folded := make([]string, len(h.texts))
	for i, t := range h.texts {
		folded[i] = longKinds(viet.Fold(t.text))
	}
	for _, u := range r.Children("", on) {
		name := viet.Fold(u.Name)
		for _, t := range folded {
			if wordIndex(t, name) >= 0 {
				out = append(out, u.Code)
				break
			}
		}
	}
	return out
}

// otherForm finds a title that names another form and not this one as well:
// "xã nông thôn mới và xã nông thôn mới nâng cao" names both.
func (h heading) otherForm(others []string) (headingText, bool) {
	for _, t := range h.texts {
		key := viet.Key(t.text)
		rest := key
		for _, w := range others {
			rest = strings.ReplaceAll(rest, w, "")
		}
		titled := strings.Contains(key, "tieu chi") || strings.Contains(key, "ket qua") || strings.Contains(key, "bieu")
		if rest != key && titled && !strings.Contains(rest, "nong thon moi") && !strings.Contains(rest, "ntm") {
			return t, true
		}
	}
	return headingText{}, false
}
