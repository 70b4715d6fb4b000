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
				if s.NS != nsLinks {
					s.Skip()
					continue
				}
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
				l.target = p.target(dir, string(target))
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

// target makes a part name of a target written in a part of folder dir. Where
// no part is there, the name is tried as it would be without escapes, and from
// the root, which some writers mean.
func (p *opc) target(dir, written string) string {
	written, _, _ = strings.Cut(written, "#")
	written = strings.ReplaceAll(written, `\`, "/")
	if written == "" {
		return "" // a place inside the same part
	}
	plain, err := url.PathUnescape(written)
	if err != nil {
		plain = written
	}
	first := resolveTarget(dir, plain)
	for _, name := range [...]string{first, resolveTarget(dir, written), resolveTarget("", plain)} {
		if part, ok := p.a.Find(name); ok {
			return part
		}
	}
	return first
}

// resolveTarget joins a target and the folder it is written in.
func resolveTarget(dir, target string) string {
	if target[0] == '/' {
		return path.Clean(target)[1:]
	}
	return path.Join("/", dir, target)[1:]
}
