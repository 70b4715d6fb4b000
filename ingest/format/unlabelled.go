package format

import (
	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// shown is what a text in a font of Unicode shows of its encoding.
func (l *legibler) shown(text string) *charset.Evidence {
	if isASCII(text) {
		return &charset.Evidence{}
	}
	e, ok := l.shows[text]
	if !ok {
		found := l.judge.Explain(text)
		e = &found
		if len(l.shows) < memoMax && len(text) <= memoLong {
			l.shows[text] = e
		}
	}
	return e
}

// Texts are remembered up to a number and a length in bytes; longer ones are few,
// or meant to fill the memory.
const (
	memoMax  = 50_000
	memoLong = 500
)

// testify counts what a text in a font of Unicode shows.
func (l *legibler) testify(text string) side {
	e := l.shown(text)
	switch {
	case e.Sure:
		l.plain[e.Claims[0].Encoding]++
		return old
	case len(e.Claims) > 0 && e.Claims[0].Alone():
		l.torn = true
		return old
	case e.Unicode:
		return unicode
	}
	return silent
}

// usual is the encoding that most texts show that no font explains; "" if none
// does.
func (l *legibler) usual() string {
	best := ""
	for name, n := range l.plain {
		if m := l.plain[best]; n > m || n == m && (best == "" || name < best) {
			best = name
		}
	}
	return best
}

// plainRun reads a part of a cell whose font is one of Unicode, and says what is
// to be said of it, if anything.
func (l *legibler) plainRun(c *tonghop.Cell, text string) (string, *tonghop.Respelt) {
	e := l.shown(text)
	if len(e.Claims) == 0 {
		if e.Strange && l.usual() != "" {
			return text, &tonghop.Respelt{Read: text}
		}
		return text, nil
	}
	if e.Claims[0].Alone() {
		return l.alone(e)
	}
	name := l.usual()
	for _, claim := range e.Claims {
		if claim.Encoding == name && name != "" && claim.Text != text {
			return l.byNeighbours(c, text, claim)
		}
	}
	if e.Strange && name != "" {
		return text, &tonghop.Respelt{Read: text}
	}
	return text, nil
}

// alone reads a text that shows by itself what it is. Where another encoding
// makes words of it too, the one that the rest of the book has is taken; if that
// makes words of it by changing words that are ones already, it is not sure.
func (l *legibler) alone(e *charset.Evidence) (string, *tonghop.Respelt) {
	take, sure := e.Claims[0], e.Sure
	for _, claim := range e.Claims {
		if claim.Encoding == l.usual() {
			if sure = claim.Strong+claim.Shape+claim.Support > 0; sure {
				take = claim
			}
		}
	}
	var other *charset.Claim
	for i, claim := range e.Claims {
		if other == nil && claim.Text != take.Text && (claim.Alone() || claim.Encoding == l.usual()) {
			other = &e.Claims[i]
		}
	}
	said := &tonghop.Respelt{As: take.Encoding, Read: take.Text, Restored: take.Restored > 0}
	if !sure && other != nil {
		said.Other = other.Text
	}
	if again := l.shown(take.Text); again.Sure && again.Strange {
		said.Read, said.Restored = again.Claims[0].Text, said.Restored || again.Claims[0].Restored > 0
	}
	return said.Read, said
}

// byNeighbours reads a text that may be either by what its neighbours are, and
// failing them the book. A text that makes no words as it stands, and does in
// the encoding that others of the book are in, is like them.
func (l *legibler) byNeighbours(c *tonghop.Cell, text string, claim charset.Claim) (string, *tonghop.Respelt) {
	is, sure := l.around.at(c.Row, c.Col)
	odd := l.shown(text).Strange
	if claim.Strong+claim.Shape+claim.Common > 0 || claim.Support > 0 && odd && is != unicode || is == silent && !l.unicode {
		is, sure = old, true
	}
	switch {
	case is == old && sure:
		return claim.Text, &tonghop.Respelt{As: claim.Encoding, Read: claim.Text, Restored: claim.Restored > 0}
	case is == unicode && sure && !odd:
		return text, nil
	}
	return text, &tonghop.Respelt{Read: text, Other: claim.Text}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
