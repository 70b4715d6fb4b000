package xmlscan_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const nsOwn = xmlscan.First

func namespace(uri []byte) xmlscan.NS {
	if string(uri) == "own" {
		return nsOwn
	}
	return xmlscan.Other
}

// walk writes the document as the scanner tells it.
func walk(doc string, doctype, drip bool) (string, error) {
	var in interface{ Read([]byte) (int, error) } = strings.NewReader(doc)
	if drip {
		in = iotest.OneByteReader(in)
	}
	s := &xmlscan.Scanner{Namespaces: namespace, Doctype: doctype}
	s.Reset(in, int64(len(doc)))
	var out strings.Builder
	mark := func(ns xmlscan.NS) string { return [...]string{"", "?", "xml:", "own:"}[ns] }
	for {
		switch s.Next() {
		case xmlscan.Start:
			out.WriteString("<" + mark(s.NS) + string(s.Local))
			for i := range s.Attrs {
				a := &s.Attrs[i]
				out.WriteString(" " + mark(a.NS) + string(a.Local()) + "=" + string(s.Value(a)))
			}
			out.WriteString(">")
		case xmlscan.End:
			out.WriteString("</>")
		case xmlscan.Chars:
			out.Write(s.Text)
		case xmlscan.EOF:
			return out.String(), nil
		default:
			return out.String(), s.Err
		}
	}
}

// Documents as they are told, whole and byte by byte; "" for a refusal.
func TestScanner(t *testing.T) {
	tests := []struct{ doc, want string }{
		{`<a/>`, `<a></>`},
		{`<?xml version="1.0" encoding="UTF-8"?><!-- c --><a b='&lt;&#7843;'>x&amp;y<![CDATA[<z>]]></a>`, `<a b=<ả>x&y<z></>`},
		{`<p:a xmlns:p="own" p:b="1" c="2"><q:d xmlns:q="own" p:e="3"/></p:a>`, `<own:a ?p=own own:b=1 c=2><own:d ?q=own own:e=3></></>`},
		// A prefix means something else inside, and the same again behind.
		{`<p:a xmlns:p="own"><p:b xmlns:p="x"><p:c/></p:b><p:d p:e=""/></p:a>`, `<own:a ?p=own><?b ?p=x><?c></></><own:d own:e=></></>`},
		{`<a xmlns="own"><b xmlns=""/><c d="1" xml:space="preserve"/></a>`, `<own:a xmlns=own><b xmlns=></><own:c d=1 xml:space=preserve></></>`},
		{`<a p:b="1"/>`, ""}, {`<p:a/>`, ""}, {`<a xmlns:p="own"><p:b/></a><p:c/>`, ""},
		{`<p:a xmlns:p="own"></p:a><p:b/>`, ""}, {`<a><b></a>`, ""}, {`<a b="1" b="2"/>`, ""}, {`<a>&x;</a>`, ""}, {`<a>`, ""}, {``, ""},
		{`x<a/>`, ""}, {"<a>\x01</a>", ""}, {"<a>\xff</a>", ""}, {`<a>]]></a>`, ""}, {`<a b="<"/>`, ""}, {`<!DOCTYPE a><a/>`, ""},
	}
	for _, tt := range tests {
		for _, drip := range []bool{false, true} {
			got, err := walk(tt.doc, false, drip)
			if (err != nil) != (tt.want == "") || err == nil && got != tt.want {
				t.Errorf("%s (byte by byte %v): %s %v, want %s", tt.doc, drip, got, err, tt.want)
			}
		}
	}
}

// A document type that declares nothing itself may be allowed.
func TestDoctype(t *testing.T) {
	for doc, ok := range map[string]bool{
		`<!DOCTYPE a PUBLIC "-//X//DTD Y//EN" "y.dtd"><a/>`: true,
		`<!DOCTYPE a><a/>`:                            true,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`:    false,
		`<!DOCTYPE a [ ]><a/>`:                        false,
		`<!DOCTYPE a SYSTEM "x>y" [<!ENTITY b "c">]>`: false,
		`<a><!DOCTYPE a></a>`:                         false,
		`<!DOCTYPE a`:                                 false,
	} {
		if _, err := walk(doc, true, false); (err == nil) != ok {
			t.Errorf("%s: %v", doc, err)
		}
		if _, err := walk(doc, false, true); err == nil || strings.HasPrefix(doc, "<!DOCTYPE a>") && !errors.Is(err, xmlscan.ErrDTD) {
			t.Errorf("not allowed, but %s: %v", doc, err)
		}
	}
}

// Encodings but UTF-8 are decoded, whole and byte by byte, or refused; "" for a
// refusal.
func TestEncodings(t *testing.T) {
	le := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	be := func(s string) string { return "\x00" + strings.Join(strings.Split(s, ""), "\x00") }
	decl := func(name string) string { return `<?xml version="1.0" encoding="` + name + `"?>` }
	tests := []struct{ doc, want string }{
		{"\xff\xfe" + le("<a>x</a>"), "<a>x</>"},
		{"\xfe\xff" + be("<a>x</a>"), "<a>x</>"},
		{le(decl("utf-16") + "<a/>"), "<a></>"},
		{be(decl("UTF-16BE") + "<a/>"), "<a></>"},
		{"\xff\xfe" + le(decl("utf-8")+"<a/>"), "<a></>"},
		{"\xff\xfe" + le("<a>") + "\xa3\x1e\x3d\xd8\x00\xde" + le("</a>"), "<a>\u1ea3\U0001f600</>"},
		{"\xff\xfe" + le("<a>") + "\x3d\xd8" + le("</a>"), ""}, // half a pair
		{"\xff\xfe" + le("<a>") + "\x00\xde" + le("</a>"), ""},
		{"\xff\xfe" + le("<a></a>") + " ", ""}, // half a character
		{"\xff\xfe" + le("<a>"), ""},
		{decl("utf-16") + "<a>\u1ea3</a>", "<a>\u1ea3</>"},
		{decl("US-ASCII") + "<a>x</a>", "<a>x</>"},
		{decl("ISO-8859-1") + "<a b='\xe0'>\xe1</a>", "<a b=\u00e0>\u00e1</>"},
		{decl("iso-8859-1") + "<a>" + strings.Repeat("\xe1", 70_000) + "</a>", "<a>" + strings.Repeat("\u00e1", 70_000) + "</>"},
		{decl("windows-1258") + "<a>e\xea\xec</a>", "<a>e\u00ea\u0301</>"},
		{decl("windows-1252") + "<a>\x80</a>", "<a>\u20ac</>"},
		{decl("windows-1252") + "<a>\x81</a>", ""},
		{decl("iso-8859-1") + "<a>\x85</a>", ""},
		{decl("gb2312") + "<a/>", ""},
		{decl("utf-8") + "<a>\xe1</a>", ""},
		{"\xef\xbb\xbf" + decl("iso-8859-1") + "<a/>", ""}, // two answers
		{"<?xml version='1.0' encoding=?><a/>", ""},
	}
	for _, tt := range tests {
		for _, drip := range []bool{false, true} {
			got, err := walk(tt.doc, false, drip)
			if (err != nil) != (tt.want == "") || err == nil && got != tt.want {
				t.Errorf("%.60q (byte by byte %v): %.60q %v, want %.60q", tt.doc, drip, got, err, tt.want)
			}
		}
	}
}
