package normalize

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// columnHead is what stands over a column, from top to bottom.
type columnHead struct {
	col   int
	texts []string
}

// headsOf lists the columns of a header that have a heading, from left to right.
func headsOf(h *header) []columnHead {
	var out []columnHead
	for col, labels := range h.labels {
		labels = dropCarried(labels)
		head := columnHead{col: col}
		for _, l := range labels {
			head.texts = append(head.texts, viet.Fold(l.text))
		}
		if len(labels) > 0 {
			out = append(out, head)
		}
	}
	slices.SortFunc(out, func(a, b columnHead) int { return a.col - b.col })
	return out
}

// fingerprint tells one layout of the form from another: the headings in their
// order and distance, under this version of the form. Letters count, with their
// accents; case, blanks and line breaks do not, nor how far from the edge of the
// sheet the table begins. The period of the report and the one before stand in
// many headings, and are named by what they are to the report: next month's
// form has the same layout. first is the first column with a heading.
func (n *Normalizer) fingerprint(h *header, p tonghop.Period) (print string, first int) {
	if len(h.heads) == 0 {
		return "", 0
	}
	first = h.heads[0].col
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n", n.known.Form.ID, n.known.Form.Version)
	for _, head := range h.heads {
		fmt.Fprintf(sum, "%d", head.col-first)
		for _, text := range head.texts {
			fmt.Fprintf(sum, "\x1f%s", sinceReport(text, p))
		}
		fmt.Fprint(sum, "\n")
	}
	return hex.EncodeToString(sum.Sum(nil)), first
}

// fingerprints fills in the layouts of the tables of a return.
func (n *Normalizer) fingerprints(covers []tonghop.Cover, gr group) {
	for i := range covers {
		covers[i].Fingerprint, covers[i].First = n.fingerprint(gr.tables[i].h, covers[0].Period)
	}
}

// The ways in which a heading names a time, in the order in which they are
// looked for.
var (
	quarterIn = regexp.MustCompile(`quý\s*(iv|i{1,3}|[1-4])\b(?:\s*(?:/|năm|-)?\s*(20[0-9]{2})\b)?`)
	dayIn     = regexp.MustCompile(`\b[0-9]{1,2}\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*(20[0-9]{2})\b`)
	monthIn   = regexp.MustCompile(`(?:ngày\s*[0-9]{1,2}\s*)?\btháng\s*([0-9]{1,2})\b(?:\s*(?:/|\.|-|năm)?\s*(20[0-9]{2})\b)?`)
	shortIn   = regexp.MustCompile(`\b(?:t\.?)?([0-9]{1,2})\s*/\s*(20[0-9]{2})\b`)
	yearOf    = regexp.MustCompile(`\b20[0-9]{2}\b`)
)

// sinceReport names the times in a heading by what they are to the report:
// its own period, the one before, the same one a year before. Any other time
// stays as it is typed, and makes another layout when it changes.
func sinceReport(text string, p tonghop.Period) string {
	if p.IsZero() || !strings.ContainsAny(text, "0123456789iI") {
		return text
	}
	r := relation{p: p}
	text = replaceParts(quarterIn, text, r.quarter)
	text = replaceParts(dayIn, text, r.month)
	text = replaceParts(monthIn, text, r.month)
	text = replaceParts(shortIn, text, r.month)
	return yearOf.ReplaceAllStringFunc(text, r.year)
}

// replaceParts replaces what is found by what its parts make of it; "" leaves it.
func replaceParts(re *regexp.Regexp, text string, by func(parts []string) string) string {
	return re.ReplaceAllStringFunc(text, func(found string) string {
		if made := by(re.FindStringSubmatch(found)); made != "" {
			return made
		}
		return found
	})
}

// relation names times by what they are to a period.
type relation struct{ p tonghop.Period }

// month names a month; without a year the one of the period is meant.
func (r relation) month(parts []string) string {
	month, _ := strconv.Atoi(parts[1])
	return r.months(month, month, parts[2])
}

// quarter names a quarter likewise.
func (r relation) quarter(parts []string) string {
	n, ok := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}[parts[1]]
	if !ok {
		n, _ = strconv.Atoi(parts[1])
	}
	return r.months(n*3-2, n*3, parts[2])
}

// months names a span of months of a year; "" if it is none of those that move
// with the report.
func (r relation) months(first, last int, year string) string {
	if first < 1 || last > 12 {
		return ""
	}
	before, yearBefore := r.p.Previous(), r.p
	yearBefore.Year--
	for _, c := range []struct {
		name   string
		period tonghop.Period
	}{{"{period}", r.p}, {"{before}", before}, {"{year before}", yearBefore}} {
		y := year
		if y == "" && c.name != "{year before}" {
			y = string(c.period.AsOf()[:4])
		}
		from, to := fmt.Sprintf("%s-%02d", y, first), fmt.Sprintf("%s-%02d", y, last)
		if from >= string(c.period.Start()[:7]) && to <= string(c.period.AsOf()[:7]) {
			if year == "" {
				return c.name + "*" // a year is or is not typed
			}
			return c.name
		}
	}
	return ""
}

// year names a year that stands alone.
func (r relation) year(text string) string {
	switch text {
	case strconv.Itoa(r.p.Year):
		return "{year}"
	case strconv.Itoa(r.p.Year - 1):
		return "{year before}"
	}
	return text
}
