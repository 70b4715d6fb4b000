package csv

import (
	"errors"
	"math"
	"strings"

	"github.com/tonghop/tonghop"
)

// What is looked at to find the separator.
const (
	headBytes   = 1 << 17
	headRecords = 400
	narrow      = 4 // fields from which on few rows make a table
)

// dialect is how a text separates its cells.
type dialect struct {
	sep    byte
	second byte // another separator that does nearly as well; 0 for none
	width  int  // fields of a usual record; 0 if there is none
}

// separators are the candidates. The comma comes last and weighs less: it also
// stands in figures and sentences.
var separators = []byte{'\t', ';', '|', ','}

const (
	commaWeight = 0.67
	rivalShare  = 0.8 // of the best score, from which on the choice is not sure
)

// shape is what a separator makes of the head of the text.
type shape struct {
	sep     byte
	records int  // with content
	width   int  // fields that most records of several have
	usual   int  // records of that width
	filled  int  // records with several fields that are not blank
	signs   int  // separators
	blanks  int  // separators with a blank behind them
	quotes  int  // quotes inside fields, which are there for another separator
	lines   int  // records, and those of separators alone
	unlike  bool // not all of those are of one width
	inner   bool // something stands behind a separator
	lone    bool // the first record is one field
	pairs   int  // records of two fields, both digits where they meet
}

// dialectOf finds the separator by how evenly it cuts the whole head, and cuts
// the line sep= off. A text that no separator makes a table of is refused.
func dialectOf(text string) (dialect, string, error) {
	if sep, rest, ok := statedSeparator(text); ok {
		return dialect{sep: sep, width: shapeOf(rest, sep).width}, rest, nil
	}
	if why := otherText(text); why != "" {
		return dialect{}, "", tonghop.Fail("file.text", errors.New(why))
	}
	var best shape
	var top, next float64
	second := byte(0)
	for _, sep := range separators {
		s := shapeOf(text, sep)
		score := s.score()
		switch {
		case score > top:
			best, top, next, second = s, score, top, best.sep
		case score > next:
			next, second = score, sep
		}
	}
	if d, ok := oneColumn(text, best); ok {
		return d, text, nil
	}
	if why := best.noTable(); why != "" {
		return dialect{}, "", tonghop.Fail("file.text", errors.New(why))
	}
	d := dialect{sep: best.sep, width: best.width}
	if next >= rivalShare*top {
		d.second = second
	}
	return d, text, nil
}

// statedSeparator reads the line sep=; that Excel writes and obeys.
func statedSeparator(text string) (sep byte, rest string, ok bool) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 || end > 16 {
		return 0, "", false
	}
	line := strings.Trim(text[:end], `"`)
	if len(line) != 5 || !strings.EqualFold(line[:4], "sep=") || line[4] >= 0x80 {
		return 0, "", false
	}
	rest = strings.TrimPrefix(text[end:], "\r")
	return line[4], strings.TrimPrefix(rest, "\n"), true
}

// shapeOf cuts the head of the text.
func shapeOf(text string, sep byte) shape {
	s := shape{sep: sep}
	cut := len(text) > headBytes
	p := parser{text: text[:min(len(text), headBytes)], sep: sep}
	widths := map[int]int{}
	for p.more() && p.row < headRecords {
		if p.record() != nil || cut && !p.more() {
			break // a quote that does not close, or half a record
		}
		filled := p.filled()
		s.line(&p)
		if filled == 0 {
			continue
		}
		for _, f := range p.fields {
			if !p.quotes && strings.IndexByte(f, '"') >= 0 {
				s.quotes++
			}
		}
		s.records++
		s.signs += p.n - 1
		s.blanks += p.blanks
		if filled > 1 {
			s.filled++
		}
		if n := p.n; n > 1 {
			widths[n]++
			if u := widths[n]; u > s.usual || u == s.usual && n > s.width {
				s.usual, s.width = u, n
			}
		}
	}
	return s
}

// line notes how wide a record is, also one of separators alone.
func (s *shape) line(p *parser) {
	if p.n == 1 && strings.TrimSpace(p.fields[0]) == "" {
		return
	}
	if s.lines++; s.lines == 1 {
		s.lone, s.width = p.n == 1, p.n
	}
	s.unlike = s.unlike || p.n != s.width
	for _, f := range p.fields[1:] {
		s.inner = s.inner || strings.TrimSpace(f) != ""
	}
	if p.n == 2 && p.commas && !p.quotes {
		s.pairs++
	}
}

// rectangle reports whether all records are as wide, however little stands in
// them. Lines that end in a separator and have no other are a list.
func (s *shape) rectangle() bool {
	return s.lines >= 2 && !s.unlike && (s.inner || s.width > 2)
}

// score grows with the share of records that are alike and, slower, with how
// many fields they have.
func (s *shape) score() float64 {
	if s.usual == 0 || s.filled == 0 && !s.rectangle() {
		return 0
	}
	score := float64(s.usual) / float64(s.records) * math.Log2(float64(s.width))
	if s.sep == ',' {
		score *= commaWeight
	}
	return score / (1 + float64(s.quotes)/float64(s.records))
}

// noTable says why the text is no table; "" if it is one.
func (s *shape) noTable() string {
	switch {
	case s.usual > 0 && s.filled*5 < s.records && s.rectangle():
		return ""
	case s.usual == 0 || s.filled*5 < s.records:
		return "no separator"
	case s.sep == ',' && s.blanks*2 > s.signs && (s.usual*5 < s.records*4 || s.records < 3):
		return "commas of sentences"
	case s.usual*2 >= s.records:
		return ""
	case s.usual >= 2 && s.width >= narrow && s.filled*3 >= s.records:
		return "" // a few rows of a wide table under a long heading
	}
	return "rows are not alike"
}
