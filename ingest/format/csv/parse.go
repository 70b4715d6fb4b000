package csv

import (
	"errors"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// parser cuts a text into records. Each byte is looked at a bounded number of
// times, whatever the quotes do.
type parser struct {
	text   string
	sep    byte
	width  int // fields of a usual record, 0 while that is not known
	pos    int
	row    int      // number of the record, blank ones counted
	fields []string // of the record, as many as a sheet has columns
	n      int      // number of its fields
	beyond bool     // there is text in those that a sheet has no columns for
	commas bool     // the record has an unquoted separator between two digits
	quotes bool     // a field of the record was quoted
	stray  bool     // an unquoted field has an odd number of quotes
	blanks int      // separators with a blank behind them
}

func (p *parser) more() bool { return p.pos < len(p.text) }

// record reads the next record into fields. The error is file.quotes.
func (p *parser) record() error {
	p.row++
	p.fields, p.n, p.blanks = p.fields[:0], 0, 0
	p.beyond, p.commas, p.quotes, p.stray = false, false, false, false
	for {
		f, err := p.field()
		if err != nil {
			return err
		}
		p.add(f)
		if !p.more() {
			return nil
		}
		switch c := p.text[p.pos]; {
		case c == p.sep:
			p.separator()
			if !p.more() { // a separator at the end of the text
				p.add("")
				return nil
			}
		default: // the field ended at a line break
			p.pos++
			if c == '\r' && p.more() && p.text[p.pos] == '\n' {
				p.pos++
			}
			return nil
		}
	}
}

// add keeps a field.
func (p *parser) add(f string) {
	if p.n++; p.n <= colsMax {
		p.fields = append(p.fields, f)
	} else {
		p.beyond = p.beyond || strings.TrimSpace(f) != ""
	}
}

// filled counts the fields that are not blank.
func (p *parser) filled() int {
	n := 0
	for _, f := range p.fields {
		if strings.TrimSpace(f) != "" {
			n++
		}
	}
	return n
}

// separator steps over it and notes what stands around.
func (p *parser) separator() {
	digit := func(i int) bool { return i >= 0 && i < len(p.text) && p.text[i] >= '0' && p.text[i] <= '9' }
	p.commas = p.commas || digit(p.pos-1) && digit(p.pos+1)
	p.pos++
	if p.more() && p.text[p.pos] == ' ' {
		p.blanks++
	}
}

// ends reports whether a field ends at the place.
func (p *parser) ends(at int) bool {
	return at >= len(p.text) || p.text[at] == p.sep || p.text[at] == '\n' || p.text[at] == '\r'
}

// field reads one field up to its separator or line break.
func (p *parser) field() (string, error) {
	open := p.skipBlanks(p.pos)
	if open < len(p.text) && p.text[open] == '"' {
		text, ok, err := p.quoted(open)
		if ok || err != nil {
			return text, err
		}
	}
	from := p.pos
	p.pos = p.plainEnd(from)
	text := p.text[from:p.pos]
	p.stray = p.stray || strings.Count(text, `"`)%2 == 1
	return text, nil
}

// plainEnd is where an unquoted text from there ends.
func (p *parser) plainEnd(at int) int {
	for !p.ends(at) {
		at++
	}
	return at
}

// skipBlanks is the first place that holds no blank.
func (p *parser) skipBlanks(at int) int {
	for at < len(p.text) && (p.text[at] == ' ' || p.text[at] == '\t') && p.text[at] != p.sep {
		at++
	}
	return at
}

// quoted reads a field whose quote stands at open. It is not ok where the
// quote, behind blanks, turns out to be a letter.
func (p *parser) quoted(open int) (text string, ok bool, err error) {
	end, doubled := open+1, false
	for {
		i := strings.IndexByte(p.text[end:], '"')
		if i < 0 {
			if open > p.pos {
				return "", false, nil
			}
			return "", false, p.unbalanced("never closed")
		}
		end += i
		if end+1 >= len(p.text) || p.text[end+1] != '"' {
			break
		}
		doubled, end = true, end+2
	}
	text = p.text[open+1 : end]
	after := p.skipBlanks(end + 1)
	if !p.ends(after) {
		switch {
		case open > p.pos:
			return "", false, nil
		case strings.ContainsAny(text, "\r\n"):
			return "", false, p.unbalanced("closed amid another field")
		}
		after = p.plainEnd(end + 1)
		text += p.text[end+1 : after]
	}
	if p.swallows(text) {
		return "", false, p.unbalanced("takes in other rows")
	}
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	p.pos, p.quotes = after, true
	return text, true, nil
}

// swallowWidth is the width from which on the number of separators in a text
// tells something: fewer stand in remarks.
const swallowWidth = 6

// swallows reports whether a quoted text has line breaks and as many
// separators as a row: two cells of which each has one quote.
func (p *parser) swallows(text string) bool {
	if p.width < swallowWidth || !strings.ContainsAny(text, "\r\n") {
		return false
	}
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i] == p.sep && (i+1 == len(text) || text[i+1] != ' ') {
			n++
		}
	}
	return n >= p.width-1
}

func (p *parser) unbalanced(why string) error {
	return tonghop.Fail("file.quotes", errors.New("quote "+why), "row", strconv.Itoa(p.row))
}
