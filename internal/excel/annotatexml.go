package excel

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

// node is one element of a part, by its places in the bytes.
type node struct {
	name     string // local name
	prefix   string // "x:" or ""
	attrs    []xml.Attr
	from, to int // the whole element
	in, out  int // what stands between its tags; of <a/> both are to
}

// attr is the value of an attribute by its local name; "" if it is not there.
func (n node) attr(local string) string {
	for _, a := range n.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// empty reports whether the element is written as <a/>.
func (n node) empty() bool { return n.in == n.to && n.out == n.to }

// outline gives the root of an XML text and its children. Only their places are
// kept: what is not understood is never written anew, so nothing of it can be
// lost.
func outline(b []byte) (root node, kids []node, err error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		at := int(d.InputOffset())
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return root, nil, fmt.Errorf("read markup: %w", err)
		}
		after := int(d.InputOffset())
		switch t := tok.(type) {
		case xml.StartElement:
			if depth <= 1 {
				n := node{name: t.Name.Local, attrs: append([]xml.Attr(nil), t.Attr...), from: at, to: after, in: after, out: after}
				if t.Name.Space != "" {
					n.prefix = t.Name.Space + ":"
				}
				if depth == 0 {
					root = n
				} else {
					kids = append(kids, n)
				}
			}
			depth++
		case xml.EndElement:
			depth--
			if depth == 0 {
				root.out, root.to = at, after
			} else if depth == 1 {
				k := &kids[len(kids)-1]
				k.out, k.to = at, after
			}
		}
	}
	if depth != 0 || root.name == "" {
		return root, nil, errors.New("read markup: it breaks off")
	}
	return root, kids, nil
}

// inside gives the children of an element of a part; their places count from
// the beginning of the part.
func inside(b []byte, n node) ([]node, error) {
	_, kids, err := outline(b[n.from:n.to])
	for i := range kids {
		k := &kids[i]
		k.from, k.to, k.in, k.out = k.from+n.from, k.to+n.from, k.in+n.from, k.out+n.from
	}
	return kids, err
}

// headElement finds an element of a sheet that stands before its cells, without
// reading those.
func headElement(b []byte, name string) (n node, ok bool, err error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		at := int(d.InputOffset())
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return n, false, nil
		}
		if err != nil {
			return n, false, fmt.Errorf("read markup: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth == 1 && t.Name.Local == "sheetData" {
				return n, false, nil
			}
			if depth == 1 && t.Name.Local == name {
				n.from = at
			}
			depth++
		case xml.EndElement:
			depth--
			if depth == 1 && t.Name.Local == name {
				n.to = int(d.InputOffset())
				return n, true, nil
			}
		}
	}
}

// find gives the first element of a name.
func find(nodes []node, name string) (node, bool) {
	for _, n := range nodes {
		if n.name == name {
			return n, true
		}
	}
	return node{}, false
}

// edit puts a text in the place of some bytes.
type edit struct {
	from, to int
	text     string
}

// apply makes all edits, none of which may overlap; what is put at one place
// keeps its order.
func apply(b []byte, edits []edit) []byte {
	sort.SliceStable(edits, func(i, j int) bool {
		if edits[i].from != edits[j].from {
			return edits[i].from < edits[j].from
		}
		return edits[i].to < edits[j].to // what is put in goes before what is taken out
	})
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(b[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(b[at:])
	return out.Bytes()
}

// addTo puts a text behind the last child of an element.
func addTo(b []byte, n node, text string) []edit {
	if !n.empty() {
		return []edit{{n.out, n.out, text}}
	}
	tag := bytes.TrimRight(bytes.TrimSuffix(b[n.from:n.to], []byte("/>")), " \t\r\n")
	return []edit{{n.from, n.to, string(tag) + ">" + text + "</" + n.prefix + n.name + ">"}}
}

// recount says the new number of children in an element's count, where it has
// one.
func recount(b []byte, n node, count int) []edit {
	return setAttr(b, n, "count", strconv.Itoa(count))
}

// setAttr changes the value of an attribute that is there.
func setAttr(b []byte, n node, local, value string) []edit {
	from, to, ok := attrPlace(b, n, local)
	if !ok {
		return nil
	}
	return []edit{{from, to, value}}
}

// attrPlace finds the value of an attribute without prefix in the start tag of
// an element.
func attrPlace(b []byte, n node, local string) (from, to int, ok bool) {
	end := n.in
	i := n.from
	for i < end {
		eq := bytes.IndexByte(b[i:end], '=')
		if eq < 0 {
			return 0, 0, false
		}
		eq += i
		name := strings.TrimRight(string(b[i:eq]), " \t\r\n")
		name = name[strings.LastIndexAny(name, " \t\r\n")+1:]
		q := eq + 1
		for q < end && b[q] != '"' && b[q] != '\'' {
			q++
		}
		if q >= end {
			return 0, 0, false
		}
		close := bytes.IndexByte(b[q+1:end], b[q])
		if close < 0 {
			return 0, 0, false
		}
		if name == local {
			return q + 1, q + 1 + close, true
		}
		i = q + 1 + close + 1
	}
	return 0, 0, false
}

// namespaceOf is the namespace that a root element stands in.
func namespaceOf(root node) string {
	want := strings.TrimSuffix(root.prefix, ":")
	for _, a := range root.attrs {
		if want == "" && a.Name.Space == "" && a.Name.Local == "xmlns" || want != "" && a.Name.Space == "xmlns" && a.Name.Local == want {
			return a.Value
		}
	}
	return ""
}

// esc writes a text for XML: what the standard does not allow is left out, line
// breaks stay.
func esc(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n':
			b.WriteString("&#10;")
		case r == '\t' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF:
			b.WriteRune(r)
		}
	}
	return b.String()
}
