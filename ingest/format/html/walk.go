package html

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/tonghop/tonghop"
)

const (
	fontsMax  = 1024 // elements with fonts inside each other
	fontsLook = 64   // of them looked at to find the one that ends
)

// fontTag is an open element and the font that holds inside it.
type fontTag struct{ tag, font string }

// frame is an open table.
type frame struct {
	t    *table
	look look // of the table
	row  look
	open bool // a row is open
	cell *openCell
}

// openCell is the cell that is being read.
type openCell struct {
	attrs attrs
	look  look
	col   int
	sink  sink
}

// walker goes through the tokens of one page.
type walker struct {
	b     *builder
	z     *html.Tokenizer
	text  string // the whole page
	font  string // of a page in a legacy encoding
	rules rules
	body  look
	notes notes
	flow  sink
	open  []*frame
	fonts []fontTag
	steps int
	hide  hiding

	tables int    // seen so far
	sheets bool   // LibreOffice made the page, and its anchors name sheets
	marks  bool   // the program marks numbers: what is not marked is text
	framed bool   // the page is a frame for others
	opened bool   // html or body began
	closed bool   // and ended
	raw    string // element whose content is no markup
}

func newWalker(text, font string, b *builder) *walker {
	w := &walker{b: b, z: html.NewTokenizer(strings.NewReader(text)), text: text, font: font, rules: rules{}}
	for _, css := range b.css {
		w.rules.add(css)
	}
	w.body = w.rules.of("body", "", "")
	return w
}

// walk reads the page to its end.
func (w *walker) walk() error {
	for {
		kind := w.z.Next()
		if w.hide.island != nil && kind != html.ErrorToken {
			w.island(kind)
			continue
		}
		var err error
		switch kind {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			w.chars()
		case html.CommentToken:
			w.notes.add(string(w.z.Raw()))
		case html.StartTagToken, html.SelfClosingTagToken:
			err = w.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := w.z.TagName()
			err = w.end(string(name))
		}
		if kind != html.TextToken && kind != html.StartTagToken {
			w.raw = ""
		}
		if err == nil {
			err = w.b.check()
		}
		if err != nil {
			return err
		}
	}
}

// chars takes character data.
func (w *walker) chars() {
	raw := w.raw
	w.raw = ""
	switch {
	case raw == "style":
		w.rules.add(string(w.z.Text()))
		w.body = w.rules.of("body", "", "").over(w.body)
	case raw != "" && raw != "textarea", w.hide.tag != "":
	case w.hide.choice != nil:
		w.hide.choice.write(w.z.Text())
	default:
		font := ""
		if n := len(w.fonts); n > 0 {
			font = w.fonts[n-1].font
		}
		w.sink().write(w.z.Text(), font)
	}
}

// sink is where text goes: to the cell, or, in a table but outside its cells,
// to whatever holds the table.
func (w *walker) sink() *sink {
	for i := len(w.open) - 1; i >= 0; i-- {
		if c := w.open[i].cell; c != nil {
			return &c.sink
		}
	}
	return &w.flow
}

// lineBreak ends a line. On the page itself every line is a row.
func (w *walker) lineBreak(always bool) {
	if s := w.sink(); s != &w.flow {
		s.lineBreak(always)
		return
	}
	w.flush(&w.flow)
}

// flush makes an item of the text that a sink has collected.
func (w *walker) flush(s *sink) {
	font := s.font
	if text := s.take(); text != "" {
		s.items = append(s.items, item{line: w.b.slab.keep(w.textCell(text, w.fontOf(font, look{}, look{})))})
		w.b.cells++
	}
}

func (w *walker) textCell(text, font string) tonghop.Cell {
	return tonghop.Cell{Kind: tonghop.CellText, Stored: text, Shown: text, Style: w.b.style(font, "")}
}

// fontOf picks the font: the nearest element's, the cell's, the table's, the
// page's.
func (w *walker) fontOf(inner string, cell, outer look) string {
	for _, f := range []string{inner, cell.font, outer.font, w.body.font} {
		if f != "" {
			return f
		}
	}
	return w.font
}

// finish checks that the page is whole and ends what is open.
func (w *walker) finish() error {
	tag := strings.LastIndexByte(w.text, '<')
	switch {
	case tag > strings.LastIndexByte(w.text, '>') && tag+1 < len(w.text) && isTagStart(w.text[tag+1]), strings.HasSuffix(w.text, "<"):
		return damaged("page ends inside a tag")
	case strings.LastIndex(w.text, "<!--") > strings.LastIndex(w.text, "-->") && !w.closed:
		return damaged("page ends inside a comment")
	case !w.closed && w.opened:
		return damaged("page has no end")
	case !w.closed && len(w.open) > 0:
		return damaged("page ends inside a table")
	}
	for len(w.open) > 0 {
		if err := w.endTable(); err != nil {
			return err
		}
	}
	w.flush(&w.flow)
	return w.b.check()
}

func isTagStart(c byte) bool {
	return c == '/' || c == '!' || c == '?' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
