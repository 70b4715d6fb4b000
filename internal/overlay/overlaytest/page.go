// Package overlaytest reads pages that show how a file was understood as a
// browser finds them, for tests. It draws nothing.
package overlaytest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// Element is one element of a page.
type Element struct {
	Name  string
	Attrs map[string]string
	Text  string // all text in it
	Links []string
	said  strings.Builder
}

// Elements reads a page as a browser would find it: every element with the text
// and the links in it. It fails on what is not nested.
func Elements(t testing.TB, page []byte) []*Element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all, open []*Element
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
			e := &Element{Name: tok.Name.Local, Attrs: map[string]string{}}
			for _, a := range tok.Attr {
				e.Attrs[a.Name.Local] = a.Value
			}
			open, all = append(open, e), append(all, e)
			if href := e.Attrs["href"]; href != "" {
				for _, o := range open {
					o.Links = append(o.Links, href)
				}
			}
		case xml.EndElement:
			e := open[len(open)-1]
			e.Text, open = e.said.String(), open[:len(open)-1]
		case xml.CharData:
			for _, o := range open {
				o.said.Write(tok)
			}
		}
	}
}

// ByID finds the elements by id; an id that stands twice is a fault.
func ByID(t testing.TB, all []*Element) map[string]*Element {
	t.Helper()
	out := map[string]*Element{}
	for _, e := range all {
		if id := e.Attrs["id"]; id != "" {
			if out[id] != nil {
				t.Errorf("id %q stands twice", id)
			}
			out[id] = e
		}
	}
	return out
}
