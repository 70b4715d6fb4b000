package xlsx

import "github.com/tonghop/tonghop/ingest/format/xmlscan"

// The namespaces that matter here.
const (
	nsMain      = xmlscan.First + iota // SpreadsheetML, transitional or strict
	nsRel                              // relationship ids, transitional or strict
	nsLinks                            // relationship parts
	nsTypes                            // content types
	nsAlternate                        // one content stated in several ways
)

// newScanner makes a scanner for parts of workbooks.
func newScanner() *xmlscan.Scanner { return &xmlscan.Scanner{Namespaces: namespace} }

// namespace knows the namespaces that matter here.
func namespace(uri []byte) xmlscan.NS {
	switch string(uri) {
	case "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main":
		return nsMain
	case "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships":
		return nsRel
	case "http://schemas.openxmlformats.org/package/2006/relationships":
		return nsLinks
	case "http://schemas.openxmlformats.org/package/2006/content-types":
		return nsTypes
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return nsAlternate
	}
	return xmlscan.Other
}
