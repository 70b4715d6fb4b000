package html

import "strings"

// start takes a start tag.
func (w *walker) start(closed bool) error {
	b, more := w.z.TagName()
	name := string(b)
	if w.hide.in(name) {
		return nil
	}
	if name != "option" && name != "optgroup" {
		w.endChoice()
	}
	a := w.attributes(more)
	switch name {
	case "html", "body":
		w.opened = true
		if name == "body" {
			w.body = w.rules.of("body", a.class, a.style).over(w.body)
		}
	case "table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "col", "colgroup":
		return w.startPart(name, &a)
	case "br":
		w.lineBreak(true)
	case "title", "script", "style", "noscript", "iframe", "noframes", "noembed", "xmp", "plaintext", "textarea":
		w.raw = name
	case "frameset", "frame":
		w.framed = true
	case "meta":
		w.sheets = w.sheets || a.generator
		w.marks = w.marks || a.generator
	case "xml":
		if !closed {
			w.hide.island = &strings.Builder{}
		}
	case "select":
		w.hide.choice = &choice{}
	case "option":
		w.hide.choice.next(a.selected)
	case "input":
		w.input(&a)
	default:
		w.inline(name, &a, closed)
	}
	return nil
}

// startPart takes the start tag of a table or a part of one.
func (w *walker) startPart(name string, a *attrs) error {
	switch name {
	case "table":
		return w.startTable(a)
	case "tr":
		return w.startRow(a)
	case "td", "th":
		return w.startCell(name, a)
	case "caption":
		w.lineBreak(false)
	case "col", "colgroup":
		w.startCol(name, a)
	default:
		if f := w.frame(); f != nil {
			err := w.endRow(f)
			f.t.endGroup()
			return err
		}
	}
	return nil
}

// inline takes an element inside a text.
func (w *walker) inline(name string, a *attrs, closed bool) {
	if isBlock(name) {
		w.lineBreak(false)
	}
	if name == "a" && w.sheets && strings.HasPrefix(a.name, "table") && len(w.open) == 0 {
		w.flush(&w.flow)
		w.flow.items = append(w.flow.items, item{start: true})
	}
	if closed || isVoid(name) {
		return
	}
	l := w.rules.of(name, a.class, a.style)
	if l.hidden && !l.shown {
		w.hide.tag = name
		return
	}
	if a.face != "" {
		l.font = family(a.face)
	}
	if n := len(w.fonts); l.font == "" && n > 0 {
		l.font = w.fonts[n-1].font
	}
	if len(w.fonts) < fontsMax {
		w.fonts = append(w.fonts, fontTag{name, l.font})
	}
}

// end takes an end tag.
func (w *walker) end(name string) error {
	if w.hide.out(name) {
		return nil
	}
	if name != "option" && name != "optgroup" {
		w.endChoice()
	}
	f := w.frame()
	switch name {
	case "html", "body":
		w.closed = true
	case "option", "optgroup":
		return nil
	case "br", "p":
		w.lineBreak(name == "br")
		w.endFont(name)
	case "table":
		if f != nil {
			return w.endTable()
		}
	case "tr":
		if f != nil {
			return w.endRow(f)
		}
	case "td", "th":
		if f != nil {
			return w.endCell(f)
		}
	case "thead", "tbody", "tfoot":
		if f != nil {
			err := w.endRow(f)
			f.t.endGroup()
			return err
		}
	case "caption":
		w.lineBreak(false)
	default:
		if isBlock(name) {
			w.lineBreak(false)
		}
		w.endFont(name)
	}
	return nil
}

// endFont ends the innermost element of the name and those inside it.
func (w *walker) endFont(name string) {
	for i := len(w.fonts) - 1; i >= max(0, len(w.fonts)-fontsLook); i-- {
		if w.fonts[i].tag == name {
			w.fonts = w.fonts[:i]
			return
		}
	}
}

func isVoid(name string) bool {
	switch name {
	case "img", "hr", "link", "base", "wbr", "area", "embed", "param", "source", "track":
		return true
	}
	return false
}

// isBlock knows the elements that begin and end lines.
func isBlock(name string) bool {
	switch name {
	case "p", "div", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "center", "pre",
		"form", "fieldset", "legend", "address", "blockquote", "article", "section", "header", "footer", "nav",
		"main", "aside", "figure", "figcaption", "details", "summary":
		return true
	}
	return false
}
