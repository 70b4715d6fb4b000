package xlsx

// nsID stands for a namespace.
type nsID uint8

const (
	nsNone nsID = iota
	nsOther
	nsXML
	nsMain  // SpreadsheetML, transitional or strict
	nsRel   // relationship ids, transitional or strict
	nsLinks // relationship parts
	nsTypes // content types
)

// bind is a namespace prefix in force.
type bind struct {
	prefix string
	ns     nsID
}

// namespace knows the namespaces that matter here.
func namespace(uri []byte) nsID {
	switch string(uri) {
	case "":
		return nsNone
	case "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main":
		return nsMain
	case "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships":
		return nsRel
	case "http://schemas.openxmlformats.org/package/2006/relationships":
		return nsLinks
	case "http://schemas.openxmlformats.org/package/2006/content-types":
		return nsTypes
	case "http://www.w3.org/XML/1998/namespace":
		return nsXML
	}
	return nsOther
}

// bindAttrs puts the xmlns attributes in force and sees that the prefixes of
// the others are.
func (s *scanner) bindAttrs() bool {
	prefixed := false
	for i := range s.attrs {
		a := &s.attrs[i]
		switch {
		case a.colon < 0 && string(a.name) == "xmlns":
			s.binds = append(s.binds, bind{"", namespace(s.value(a))})
		case a.colon == 5 && string(a.name[:5]) == "xmlns":
			s.binds = append(s.binds, bind{string(a.name[6:]), namespace(s.value(a))})
		case a.colon >= 0:
			prefixed = true
		}
	}
	if prefixed {
		for i := range s.attrs {
			if a := &s.attrs[i]; a.colon >= 0 && string(a.name[:a.colon]) != "xmlns" {
				if _, ok := s.resolve(a.name, a.colon); !ok {
					return false
				}
			}
		}
	}
	return s.err == nil
}

// defaultNS is the namespace of elements without prefix.
func (s *scanner) defaultNS() nsID {
	ns, _ := s.resolve(nil, -1)
	return ns
}

// resolve finds the namespace of a qualified name.
func (s *scanner) resolve(name []byte, colon int) (nsID, bool) {
	prefix := name[:max(colon, 0)]
	for i := len(s.binds) - 1; i >= 0; i-- {
		if s.binds[i].prefix == string(prefix) {
			return s.binds[i].ns, true
		}
	}
	if colon < 0 {
		return nsNone, true
	}
	s.failf("prefix %s is not declared", prefix)
	return nsNone, false
}
