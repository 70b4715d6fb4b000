package xlsx

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const (
	typesPart = "[Content_Types].xml"
	linksRoot = "_rels/.rels"
)

// link is a relationship from one part to another.
type link struct {
	kind     string // last element of the type: "worksheet"
	target   string // name of the part it leads to
	external bool
}

// opc reads the packaging: which part is what, and what leads where.
type opc struct {
	a      *container.Archive
	s      *xmlscan.Scanner
	proven map[string]bool // parts read to their end, checksum and all; may be nil
}

// read scans one part with f, which starts at the root element's children.
func (p *opc) read(part string, ns xmlscan.NS, root string, f func(s *xmlscan.Scanner) error) error {
	in, err := p.a.Open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	p.s.Reset(in, p.a.Size(part))
	if p.s.Root(ns, root) {
		if err := f(p.s); err != nil {
			return partError(err, part)
		}
	}
	err = p.s.Finish()
	if err == nil && p.proven != nil {
		p.proven[part] = true
	}
	return partError(err, part)
}

// partError puts a scanner's or a reader's fault into words' keeping: a code
// and the part. Errors that have a code keep it.
func partError(err error, part string) error {
	switch {
	case err == nil:
		return nil
	case tonghop.CodeOf(err) != "":
		return err
	case errors.Is(err, xmlscan.ErrDTD):
		return tonghop.Fail("file.unsafe_xml", err, "part", part)
	}
	return tonghop.Fail("file.damaged", err, "part", part)
}

// MainType tells the content type of the package's main part, such as
// "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml".
// It is "" for an archive that is no such package.
func MainType(a *container.Archive) (string, error) {
	if _, ok := a.Find(typesPart); !ok {
		return "", nil
	}
	if _, ok := a.Find(linksRoot); !ok {
		return "", nil
	}
	p := &opc{a: a, s: newScanner()}
	main, err := p.mainPart()
	if err != nil {
		return "", err
	}
	return p.typeOf(main)
}

// mainPart follows the package's own relationships to the document.
func (p *opc) mainPart() (string, error) {
	links, err := p.links("")
	if err != nil {
		return "", err
	}
	main := ""
	for _, l := range links {
		if l.kind == "officeDocument" && !l.external {
			if main != "" && main != l.target {
				return "", tonghop.Fail("file.damaged", errors.New("two main parts"), "part", linksRoot)
			}
			main = l.target
		}
	}
	if main == "" {
		return "", tonghop.Fail("file.damaged", errors.New("no main part"), "part", linksRoot)
	}
	return main, nil
}

// typeOf looks a part up in the list of content types.
func (p *opc) typeOf(part string) (string, error) {
	name, _ := p.a.Find(typesPart)
	byExtension, byName := "", ""
	err := p.read(name, nsTypes, "Types", func(s *xmlscan.Scanner) error {
		for s.Child() {
			kind, _ := s.Attr("ContentType")
			switch {
			case s.Is(nsTypes, "Override"):
				if v, _ := s.Attr("PartName"); strings.EqualFold(strings.TrimPrefix(string(v), "/"), part) {
					byName = string(kind)
				}
			case s.Is(nsTypes, "Default"):
				if v, _ := s.Attr("Extension"); strings.EqualFold("."+string(v), path.Ext(part)) {
					byExtension = string(kind)
				}
			}
			s.Skip()
		}
		return nil
	})
	if byName != "" {
		return byName, err
	}
	return byExtension, err
}

// links reads the relationships of a part by their ids; the part "" is the
// package itself. A part without relationships has none.
func (p *opc) links(part string) (map[string]link, error) {
	dir, base := path.Split(part)
	name, ok := p.a.Find(dir + "_rels/" + base + ".rels")
	if !ok {
		return nil, nil
	}
	links := map[string]link{}
	err := p.read(name, nsLinks, "Relationships", func(s *xmlscan.Scanner) error {
		for s.Child() {
			if !s.Is(nsLinks, "Relationship") {
				return fmt.Errorf("unknown element %s", s.Local)
			}
			id, ok := s.Attr("Id")
			if _, twice := links[string(id)]; twice || !ok {
				return fmt.Errorf("relationship %q is not unique", id)
			}
			key := string(id)
			kind, _ := s.Attr("Type")
			mode, _ := s.Attr("TargetMode")
			l := link{kind: linkKind(string(kind)), external: string(mode) == "External"}
			if target, _ := s.Attr("Target"); !l.external {
				if l.target, ok = resolveTarget(dir, string(target)); !ok {
					return fmt.Errorf("bad target of relationship %q", key)
				}
			}
			links[key] = l
			s.Skip()
		}
		return nil
	})
	return links, err
}

// linkKind shortens the two families of official relationship types to their
// last word; others are kept whole and match nothing.
func linkKind(uri string) string {
	for _, prefix := range [...]string{
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
		"http://purl.oclc.org/ooxml/officeDocument/relationships/",
	} {
		if kind, ok := strings.CutPrefix(uri, prefix); ok {
			return kind
		}
	}
	return uri
}

// resolveTarget makes a part name of a target written in a part of folder dir.
func resolveTarget(dir, target string) (string, bool) {
	target, _, _ = strings.Cut(target, "#")
	if name, err := url.PathUnescape(target); err == nil {
		target = name
	}
	if target == "" {
		return "", true // a place inside the same part
	}
	full := path.Join("/", dir, target)
	if target[0] == '/' {
		full = path.Clean(target)
	}
	return full[1:], len(full) > 1
}
