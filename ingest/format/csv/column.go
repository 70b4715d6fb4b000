package csv

import (
	"regexp"
	"strings"
)

// figure matches what programs write in a column of figures or dates.
var figure = regexp.MustCompile(`^[-+(]?[0-9][0-9.,/:%) -]{0,30}$`)

// oneColumn takes a text as a single column: every line is quoted, or most are
// figures. Lines of words alone may as well be a letter and are not taken. best
// is the separator that comes nearest to cutting it.
//
// Where all that a comma cuts is a figure under a heading of one cell, it may
// be the decimal sign: 85 and 5, or 85,5. Then the column keeps what was typed,
// and the choice is not sure.
func oneColumn(text string, best shape) (dialect, bool) {
	d := dialect{sep: '\t', width: 1}
	if strings.Contains(text, "\t") {
		return d, false
	}
	if best.sep == ',' && best.lone && best.pairs > 0 && best.pairs == best.lines-1 {
		d.second = ','
		return d, true
	}
	if best.usual > 0 {
		return d, false
	}
	records, quoted, figures := 0, 0, 0
	p := parser{text: text[:min(len(text), headBytes)], sep: d.sep}
	for p.more() && p.row < headRecords {
		if p.record() != nil {
			return d, false
		}
		if p.filled() == 0 {
			continue
		}
		records++
		if p.quotes {
			quoted++
		}
		if figure.MatchString(strings.TrimSpace(p.fields[0])) {
			figures++
		}
	}
	return d, records >= 2 && (quoted == records || figures*2 >= records)
}
