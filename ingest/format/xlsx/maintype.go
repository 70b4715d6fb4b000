package xlsx

import (
	"errors"
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

// mainTypes are the content types of the main part of a workbook or a template,
// with and without macros, in the spelling of the standard.
var mainTypes = [...]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
	"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
	"application/vnd.ms-excel.template.macroEnabled.main+xml",
	"application/vnd.ms-excel.addin.macroEnabled.main+xml",
}

// MainType tells the content type of the package's main part, such as
// "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml".
// A main part that nobody declares, but that is a workbook by its root element,
// has that type. It is "unknown" for a package without a main part, and "" for
// an archive that is no package.
func MainType(a *container.Archive) (string, error) {
	_, types := a.Find(typesPart)
	_, links := a.Find(linksRoot)
	if !types && !links {
		return "", nil
	}
	p := &opc{a: a, s: newScanner()}
	main, err := p.mainPart()
	if tonghop.CodeOf(err) == "file.not_spreadsheet" {
		return "unknown", nil
	}
	if err != nil {
		return "", err
	}
	declared, err := p.typeOf(main)
	if err != nil {
		return "", err
	}
	if kind, ok := workbookType(declared); ok {
		return kind, nil
	}
	if (declared == "" || isPlainXML(declared)) && p.rootIs(main, nsMain, "workbook") {
		return mainTypes[0], nil
	}
	return declared, nil
}

// workbookType gives the content type of a workbook in the standard's
// spelling; case and parameters do not count.
func workbookType(kind string) (string, bool) {
	kind, _, _ = strings.Cut(kind, ";")
	kind = strings.TrimSpace(kind)
	for _, known := range mainTypes {
		if strings.EqualFold(kind, known) {
			return known, true
		}
	}
	return kind, false
}

func isPlainXML(kind string) bool {
	return strings.EqualFold(kind, "application/xml") || strings.EqualFold(kind, "text/xml")
}

// rootIs reports whether the part is there and starts with the element.
func (p *opc) rootIs(part string, ns xmlscan.NS, root string) bool {
	in, err := p.a.Open(part)
	if err != nil {
		return false
	}
	defer in.Close()
	p.s.Reset(in, p.a.Size(part))
	return p.s.Root(ns, root)
}

// mainPart follows the package's own relationships to the document. Where they
// lead to none, the one part that is declared a workbook is it. Without either
// the error is file.not_spreadsheet.
func (p *opc) mainPart() (string, error) {
	links, err := p.links("")
	if err != nil {
		return "", err
	}
	main := ""
	for _, l := range links {
		if l.kind == "officeDocument" && !l.external && l.target != "" {
			if main != "" && main != l.target {
				return "", tonghop.Fail("file.damaged", errors.New("two main parts"), "part", linksRoot)
			}
			main = l.target
		}
	}
	if main == "" {
		if main, err = p.declaredMain(); err != nil {
			return "", err
		}
	}
	if main == "" {
		return "", tonghop.Fail("file.not_spreadsheet", errors.New("no main part"))
	}
	return main, nil
}

// declaredMain is the one part that the list of content types calls a
// workbook; "" if there is none or more than one.
func (p *opc) declaredMain() (string, error) {
	main, many := "", false
	err := p.types(func(s *xmlscan.Scanner, kind string) {
		if _, ok := workbookType(kind); !ok || !s.Is(nsTypes, "Override") {
			return
		}
		v, _ := s.Attr("PartName")
		if part, ok := p.a.Find(strings.TrimPrefix(string(v), "/")); ok {
			main, many = part, many || main != ""
		}
	})
	if many {
		return "", err
	}
	return main, err
}

// typeOf looks a part up in the list of content types; "" if it is not in it.
func (p *opc) typeOf(part string) (string, error) {
	byExtension, byName := "", ""
	err := p.types(func(s *xmlscan.Scanner, kind string) {
		switch {
		case s.Is(nsTypes, "Override"):
			if v, _ := s.Attr("PartName"); strings.EqualFold(strings.TrimPrefix(string(v), "/"), part) {
				byName = kind
			}
		case s.Is(nsTypes, "Default"):
			if v, _ := s.Attr("Extension"); strings.EqualFold("."+strings.TrimPrefix(string(v), "."), path.Ext(part)) {
				byExtension = kind
			}
		}
	})
	if byName != "" {
		return byName, err
	}
	return byExtension, err
}

// types calls each for every entry of the list of content types, if the
// package has one.
func (p *opc) types(each func(s *xmlscan.Scanner, kind string)) error {
	name, ok := p.a.Find(typesPart)
	if !ok {
		return nil
	}
	return p.read(name, nsTypes, "Types", func(s *xmlscan.Scanner) error {
		for s.Child() {
			kind, _ := s.Attr("ContentType")
			each(s, string(kind))
			s.Skip()
		}
		return nil
	})
}
