package excel

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"
)

// parts are the parts of a workbook. What nobody changes is handed on as it is
// packed, byte for byte.
type parts struct {
	zip     *zip.Reader
	most    int64 // bytes of a part that is unpacked
	byName  map[string]*zip.File
	changed map[string][]byte // a nil text: the part is gone
	added   []string          // names of new parts, in the order of their making
}

// openParts opens the archive of a workbook whose parts were checked before.
func openParts(raw []byte, most int64) (*parts, error) {
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	p := &parts{zip: zr, most: most, byName: map[string]*zip.File{}, changed: map[string][]byte{}}
	for _, f := range zr.File {
		p.byName[f.Name] = f
	}
	return p, nil
}

// has reports whether there is such a part.
func (p *parts) has(name string) bool {
	if text, ok := p.changed[name]; ok {
		return text != nil
	}
	return p.byName[name] != nil
}

// get gives the text of a part.
func (p *parts) get(name string) ([]byte, error) {
	if text, ok := p.changed[name]; ok && text != nil {
		return text, nil
	}
	f := p.byName[name]
	if f == nil || p.changed[name] != nil || !p.has(name) {
		return nil, fmt.Errorf("there is no part %q", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %q: %w", name, err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, p.most+1))
	if err != nil {
		return nil, fmt.Errorf("read part %q: %w", name, err)
	}
	if int64(len(text)) > p.most {
		return nil, fmt.Errorf("part %q is too large", name)
	}
	return plainText(text), nil
}

// plainText gives a text in UTF-16, which a part may be written in, as UTF-8;
// every other one as it is.
func plainText(text []byte) []byte {
	var order binary.ByteOrder
	switch {
	case len(text)%2 != 0:
		return text
	case bytes.HasPrefix(text, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return text
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 2; i < len(text); i += 2 {
		units = append(units, order.Uint16(text[i:]))
	}
	plain := []byte(string(utf16.Decode(units)))
	if head := bytes.Index(plain, []byte("?>")); head > 0 && bytes.HasPrefix(plain, []byte("<?xml")) {
		plain = append([]byte(strings.TrimSpace(xmlHead)), plain[head+2:]...)
	}
	return plain
}

// set gives a part another text, or adds it.
func (p *parts) set(name string, text []byte) {
	if !p.has(name) && p.byName[name] == nil {
		p.added = append(p.added, name)
	}
	p.changed[name] = text
}

// remove takes a part out.
func (p *parts) remove(name string) { p.changed[name] = nil }

// write packs the parts again: in their old order, new ones behind.
func (p *parts) write(w io.Writer) error {
	zw := zip.NewWriter(w)
	for _, f := range p.zip.File {
		text, touched := p.changed[f.Name]
		if !touched {
			if err := zw.Copy(f); err != nil {
				return fmt.Errorf("copy part %q: %w", f.Name, err)
			}
			continue
		}
		if text == nil {
			continue
		}
		if err := writePart(zw, &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified}, text); err != nil {
			return err
		}
	}
	for _, name := range p.added {
		if text := p.changed[name]; text != nil {
			if err := writePart(zw, &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: fixedTime}, text); err != nil {
				return err
			}
		}
	}
	return zw.Close()
}

func writePart(zw *zip.Writer, head *zip.FileHeader, text []byte) error {
	to, err := zw.CreateHeader(head)
	if err == nil {
		_, err = to.Write(text)
	}
	if err != nil {
		return fmt.Errorf("write part %q: %w", head.Name, err)
	}
	return nil
}

// link is one relationship of a part.
type link struct{ id, kind, target string }

// relsOf is the name of the part with the relationships of a part.
func relsOf(name string) string {
	dir, file := path.Split(name)
	return dir + "_rels/" + file + ".rels"
}

// links reads the relationships of a part; their targets are names of parts.
func (p *parts) links(name string) ([]link, error) {
	rels := relsOf(name)
	if !p.has(rels) {
		return nil, nil
	}
	text, err := p.get(rels)
	if err != nil {
		return nil, err
	}
	_, kids, err := outline(text)
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", rels, err)
	}
	var out []link
	for _, k := range kids {
		if k.attr("TargetMode") == "External" {
			continue
		}
		target := k.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(name), target)
		}
		out = append(out, link{k.attr("Id"), path.Base(k.attr("Type")), strings.TrimPrefix(path.Clean(target), "/")})
	}
	return out, nil
}

// linkTo finds the first relationship of a kind.
func linkTo(links []link, kind string) (string, bool) {
	for _, l := range links {
		if l.kind == kind {
			return l.target, true
		}
	}
	return "", false
}

// Namespaces of the parts.
const (
	nsMain      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage   = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsTypes     = "http://schemas.openxmlformats.org/package/2006/content-types"
	typePrefix  = "application/vnd.openxmlformats-officedocument."
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// relate adds a relationship from a part to another one.
func (p *parts) relate(name, id, kind, target string) error {
	rels := relsOf(name)
	text := []byte(xmlHead + `<Relationships xmlns="` + nsPackage + `"></Relationships>`)
	if p.has(rels) {
		var err error
		if text, err = p.get(rels); err != nil {
			return err
		}
	}
	root, kids, err := outline(text)
	if err != nil {
		return fmt.Errorf("part %q: %w", rels, err)
	}
	for _, k := range kids {
		if k.attr("Id") == id {
			return fmt.Errorf("part %q has a relationship %s", rels, id)
		}
	}
	line := fmt.Sprintf(`<%sRelationship Id="%s" Type="%s/%s" Target="/%s"/>`, root.prefix, id, nsRelations, kind, esc(target))
	p.set(rels, apply(text, addTo(text, root, line)))
	return nil
}

// unrelate takes the relationships of a part out whose ids are ours; a part
// without any is removed if it was ours alone.
func (p *parts) unrelate(name string, ours func(link) bool) error {
	rels := relsOf(name)
	if !p.has(rels) {
		return nil
	}
	text, err := p.get(rels)
	if err != nil {
		return err
	}
	_, kids, err := outline(text)
	if err != nil {
		return fmt.Errorf("part %q: %w", rels, err)
	}
	var edits []edit
	for _, k := range kids {
		if ours(link{id: k.attr("Id"), kind: path.Base(k.attr("Type")), target: k.attr("Target")}) {
			edits = append(edits, edit{from: k.from, to: k.to})
		}
	}
	if len(edits) == len(kids) && len(edits) > 0 {
		p.remove(rels)
		return nil
	}
	if len(edits) > 0 {
		p.set(rels, apply(text, edits))
	}
	return nil
}

const contentTypes = "[Content_Types].xml"

// declare says what type a new part has.
func (p *parts) declare(name, kind string) error {
	text, err := p.get(contentTypes)
	if err != nil {
		return err
	}
	root, _, err := outline(text)
	if err != nil {
		return fmt.Errorf("part %q: %w", contentTypes, err)
	}
	line := fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, root.prefix, esc(name), kind)
	p.set(contentTypes, apply(text, addTo(text, root, line)))
	return nil
}

// forget takes parts and their types out.
func (p *parts) forget(names ...string) error {
	text, err := p.get(contentTypes)
	if err != nil {
		return err
	}
	_, kids, err := outline(text)
	if err != nil {
		return fmt.Errorf("part %q: %w", contentTypes, err)
	}
	gone := map[string]bool{}
	for _, n := range names {
		p.remove(n)
		gone["/"+n] = true
	}
	var edits []edit
	for _, k := range kids {
		if gone[k.attr("PartName")] {
			edits = append(edits, edit{from: k.from, to: k.to})
		}
	}
	if len(edits) > 0 {
		p.set(contentTypes, apply(text, edits))
	}
	return nil
}

// errShape says that a workbook is built in a way that is not annotated in
// place: a copy of its values is.
var errShape = errors.New("this workbook is not annotated in place")

// mainPart finds the workbook. One of another kind than a plain .xlsx, with
// macros, in the strict form or signed, is errShape.
func (p *parts) mainPart() (string, error) {
	links, err := p.links("")
	if err != nil {
		return "", err
	}
	main, ok := linkTo(links, "officeDocument")
	if !ok || !p.has(main) {
		return "", fmt.Errorf("no main part: %w", errShape)
	}
	for name := range p.byName {
		lower := strings.ToLower(name)
		if strings.HasPrefix(lower, "_xmlsignatures/") || strings.HasSuffix(lower, "vbaproject.bin") {
			return "", fmt.Errorf("part %q: %w", name, errShape)
		}
	}
	text, err := p.get(contentTypes)
	if err != nil {
		return "", err
	}
	_, kids, err := outline(text)
	if err != nil {
		return "", err
	}
	for _, k := range kids {
		if k.attr("PartName") == "/"+main && k.attr("ContentType") != typePrefix+"spreadsheetml.sheet.main+xml" {
			return "", fmt.Errorf("type %q: %w", k.attr("ContentType"), errShape)
		}
	}
	return main, nil
}
