package xmlscan

// NS stands for a namespace. Callers name theirs from First on.
type NS uint8

// The namespaces that any document may have.
const (
	None  NS = iota // no namespace
	Other           // one that is of no interest
	XML             // of the prefix xml
	First           // the first of the caller's own
)

// bind is a namespace prefix in force.
type bind struct {
	prefix string
	ns     NS
}

// namespace tells a namespace by its name.
func (s *Scanner) namespace(uri []byte) NS {
	switch {
	case len(uri) == 0:
		return None
	case string(uri) == "http://www.w3.org/XML/1998/namespace":
		return XML
	case s.Namespaces == nil:
		return Other
	}
	return s.Namespaces(uri)
}

// bindAttrs puts the xmlns attributes in force and sees that the prefixes of
// the others are.
func (s *Scanner) bindAttrs() bool {
	prefixed, bound := false, len(s.binds)
	for i := range s.Attrs {
		a := &s.Attrs[i]
		switch {
		case a.colon < 0 && string(a.Name) == "xmlns":
			s.binds = append(s.binds, bind{"", s.namespace(s.Value(a))})
		case a.colon == 5 && string(a.Name[:5]) == "xmlns":
			a.NS = Other
			s.binds = append(s.binds, bind{string(a.Name[6:]), s.namespace(s.Value(a))})
		case a.colon >= 0:
			prefixed = true
		}
	}
	if len(s.binds) != bound {
		clear(s.recent[:])
	}
	if !prefixed {
		return s.Err == nil
	}
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if a.colon < 0 || a.NS == Other { // no prefix, or a declaration
			continue
		}
		ok := false
		if a.NS, ok = s.resolve(a.Name, a.colon); !ok {
			return false
		}
	}
	return s.Err == nil
}

// DefaultNS is the namespace of elements without prefix.
func (s *Scanner) DefaultNS() NS {
	ns, _ := s.resolve(nil, -1)
	return ns
}

// resolve finds the namespace of a qualified name.
func (s *Scanner) resolve(name []byte, colon int) (NS, bool) {
	if colon > 0 {
		return s.resolvePrefix(name[:colon])
	}
	for i := len(s.binds) - 1; i >= 0; i-- {
		if s.binds[i].prefix == "" {
			return s.binds[i].ns, true
		}
	}
	if colon < 0 {
		return None, true
	}
	s.failf("name without a prefix before its colon")
	return None, false
}

// resolvePrefix finds the namespace of a prefix. Some documents declare
// dozens, so the answers are kept until the declarations change.
func (s *Scanner) resolvePrefix(prefix []byte) (NS, bool) {
	known := &s.recent[(len(prefix)*5+int(prefix[0]))%len(s.recent)]
	if known.prefix == string(prefix) {
		return known.ns, true
	}
	for i := len(s.binds) - 1; i >= 0; i-- {
		if b := &s.binds[i]; b.prefix == string(prefix) {
			*known = *b
			return b.ns, true
		}
	}
	s.failf("prefix %s is not declared", prefix)
	return None, false
}
