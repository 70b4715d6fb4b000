package overlay_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/internal/overlay/overlaytest"
	"github.com/tonghop/tonghop/templates"
)

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
func draw(t testing.TB, book *tonghop.Book, p overlay.Page) (raw []byte, all []*overlaytest.Element) {
	t.Helper()
	var out bytes.Buffer
	if err := overlay.Draw(&out, book, nil, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), overlaytest.Elements(t, out.Bytes())
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
			for name := range e.Attrs {
				if name == "style" || name == "src" || strings.HasPrefix(name, "on") {
					t.Errorf("<%s> has %s", e.Name, name)
				}
			}
			switch e.Name {
			case "script", "link", "img", "iframe", "object", "form", "base":
				t.Errorf("there is a <%s>", e.Name)
			case "html":
				if e.Attrs["lang"] != lang {
					t.Errorf("lang is %q", e.Attrs["lang"])
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
		if e.Name == "meta" && e.Attrs["http-equiv"] == "Content-Security-Policy" {
			if !strings.Contains(e.Attrs["content"], want) || !strings.HasPrefix(e.Attrs["content"], "default-src 'none';") {
				t.Errorf("the policy is %q, the style %s", e.Attrs["content"], want)
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
	ids := overlaytest.ByID(t, all)
	if ids["f1"] == nil || !strings.Contains(ids["f1"].Text, "TEP-001") {
		t.Error("the finding has no line")
	}
	said := false
	for _, e := range all {
		if e.Name == "table" {
			t.Error("there is a table")
		}
		said = said || e.Name == "p" && e.Text == p.Words["no_sheets"]
	}
	if !said {
		t.Error("nothing says why there is no picture")
	}
}
