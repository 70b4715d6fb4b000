package html

import (
	"strings"

	"golang.org/x/net/html"
)

// hiding is what the walker is in whose content is not, or not as it stands,
// text of the page.
type hiding struct {
	tag    string           // a hidden element
	depth  int              // of the same element inside it
	choice *choice          // a drop-down list
	island *strings.Builder // of XML, to be read as notes
}

// in reports whether a start tag lies in a hidden element. A table, or a part
// of one, ends an element that was never closed.
func (h *hiding) in(name string) bool {
	switch {
	case h.tag == "":
		return false
	case isStructure(name):
		h.tag, h.depth = "", 0
		return false
	case name == h.tag:
		h.depth++
	}
	return true
}

// out is in for an end tag.
func (h *hiding) out(name string) bool {
	switch {
	case h.tag == "":
		return false
	case isStructure(name):
		h.tag, h.depth = "", 0
		return false
	case name == h.tag && h.depth == 0:
		h.tag = ""
	case name == h.tag:
		h.depth--
	}
	return true
}

func isStructure(name string) bool {
	switch name {
	case "table", "tr", "td", "th", "thead", "tbody", "tfoot", "body", "html":
		return true
	}
	return false
}

// choice is a drop-down list: what it shows is the selected entry, or the
// first.
type choice struct {
	shown    string
	buf      []byte
	selected bool // the entry being read
	any      bool // shown is set
}

// next begins an entry.
func (c *choice) next(selected bool) {
	if c == nil {
		return
	}
	c.end()
	c.selected = selected
}

func (c *choice) end() {
	if text := strings.TrimSpace(string(c.buf)); text != "" && (!c.any || c.selected) {
		c.shown, c.any = text, true
	}
	c.buf = c.buf[:0]
}

func (c *choice) write(text []byte) { c.buf = append(c.buf, text...) }

// endChoice writes what an open list shows.
func (w *walker) endChoice() {
	if c := w.hide.choice; c != nil {
		w.hide.choice = nil
		c.end()
		w.sink().write([]byte(c.shown), "")
	}
}

// input writes what a field of a form shows.
func (w *walker) input(a *attrs) {
	switch strings.ToLower(a.kind) {
	case "", "text", "number", "date", "tel", "email":
		if l := w.rules.of("input", a.class, a.style); !l.hidden && !a.hidden {
			w.sink().write([]byte(a.value), "")
		}
	}
}

// island collects the XML of an island and reads it at its end.
func (w *walker) island(kind html.TokenType) {
	w.hide.island.Write(w.z.Raw())
	if kind != html.EndTagToken {
		return
	}
	if name, _ := w.z.TagName(); string(name) == "xml" {
		w.notes.add(w.hide.island.String())
		w.hide.island = nil
	}
}
