package overlay_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/templates"
)

// element is one element of a page.
type element struct {
	name  string
	attrs map[string]string
	text  string // all text in it
	links []string
	said  strings.Builder
}

// elements reads a page as a browser would find it: every element with the text
// and the links in it. It fails on what is not nested.
func elements(t testing.TB, page []byte) []*element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all, open []*element
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := &element{name: tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open, all = append(open, e), append(all, e)
			if href := e.attrs["href"]; href != "" {
				for _, o := range open {
					o.links = append(o.links, href)
				}
			}
		case xml.EndElement:
			e := open[len(open)-1]
			e.text, open = e.said.String(), open[:len(open)-1]
		case xml.CharData:
			for _, o := range open {
				o.said.Write(tok)
			}
		}
	}
}

// byID finds the elements by id; an id that stands twice is a fault.
func byID(t testing.TB, all []*element) map[string]*element {
	t.Helper()
	out := map[string]*element{}
	for _, e := range all {
		if id := e.attrs["id"]; id != "" {
			if out[id] != nil {
				t.Errorf("id %q stands twice", id)
			}
			out[id] = e
		}
	}
	return out
}

// page is a page in the words of the letters.
func page(t testing.TB, lang string) overlay.Page {
	t.Helper()
	l, err := templates.ReadLetters(templates.FS(""), lang)
	if err != nil {
		t.Fatal(err)
	}
	p := overlay.Page{Lang: lang, Words: l.OverlayWords(), Title: "x", Verdict: "v", State: tonghop.Held, Steps: []string{"s"}}
	if p.Template, p.Style, err = templates.OverlayPage(templates.FS("")); err != nil {
		t.Fatal(err)
	}
	return p
}

// draw draws a page and reads it.
func draw(t testing.TB, book *tonghop.Book, p overlay.Page) (raw []byte, all []*element) {
	t.Helper()
	var out bytes.Buffer
	if err := overlay.Draw(&out, book, nil, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), elements(t, out.Bytes())
}

// grid makes a sheet from its cells, row by row; "" leaves one blank.
func grid(name string, rows ...[]string) tonghop.Sheet {
	s := tonghop.Sheet{Name: name}
	for i, row := range rows {
		l := tonghop.Line{Row: i + 1}
		for j, text := range row {
			if text != "" {
				l.Cells = append(l.Cells, tonghop.Cell{Row: i + 1, Col: j + 1, Kind: tonghop.CellText, Stored: text, Shown: text, Style: &tonghop.Style{}})
			}
		}
		s.Lines = append(s.Lines, l)
	}
	return s
}

// The page loads nothing and runs nothing: its policy forbids all but its own
// style sheet, and nothing in it asks for more.
func TestPageNeedsNothing(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		s := grid("Biểu 03", []string{"a", "b"})
		raw, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, page(t, lang))
		for _, e := range all {
			for name := range e.attrs {
				if name == "style" || name == "src" || strings.HasPrefix(name, "on") {
					t.Errorf("<%s> has %s", e.name, name)
				}
			}
			switch e.name {
			case "script", "link", "img", "iframe", "object", "form", "base":
				t.Errorf("there is a <%s>", e.name)
			case "html":
				if e.attrs["lang"] != lang {
					t.Errorf("lang is %q", e.attrs["lang"])
				}
			}
		}
		for _, word := range []string{"http:", "https:", "url(", "@import", "ZgotmplZ"} {
			if strings.Contains(strings.ReplaceAll(string(raw), "http-equiv", ""), word) {
				t.Errorf("the page says %s", word)
			}
		}
	}
}

// The policy allows the very style sheet that stands in the page.
func TestPolicyAllowsItsStyle(t *testing.T) {
	raw, all := draw(t, nil, page(t, "vi"))
	from, to := bytes.Index(raw, []byte("<style>")), bytes.Index(raw, []byte("</style>"))
	want := "'sha256-" + digest(raw[from+len("<style>"):to]) + "'"
	for _, e := range all {
		if e.name == "meta" && e.attrs["http-equiv"] == "Content-Security-Policy" {
			if !strings.Contains(e.attrs["content"], want) || !strings.HasPrefix(e.attrs["content"], "default-src 'none';") {
				t.Errorf("the policy is %q, the style %s", e.attrs["content"], want)
			}
			return
		}
	}
	t.Error("there is no policy")
}

// Without a book there is a page, and it says why there is no picture.
func TestPageWithoutBook(t *testing.T) {
	p := page(t, "vi")
	p.Items = []overlay.Item{{No: 1, Severity: tonghop.Reject, Weight: "! Phải sửa", Where: "Cả tệp", Message: "m", Fix: "f", Rule: "TEP-001"}}
	_, all := draw(t, nil, p)
	ids := byID(t, all)
	if ids["f1"] == nil || !strings.Contains(ids["f1"].text, "TEP-001") {
		t.Error("the finding has no line")
	}
	said := false
	for _, e := range all {
		if e.name == "table" {
			t.Error("there is a table")
		}
		said = said || e.name == "p" && e.text == p.Words["no_sheets"]
	}
	if !said {
		t.Error("nothing says why there is no picture")
	}
}
