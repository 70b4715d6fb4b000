package ods

import "github.com/tonghop/tonghop/ingest/format/xmlscan"

// The namespaces that matter here.
const (
	nsOffice   = xmlscan.First + iota
	nsStyle    //
	nsText     //
	nsTable    //
	nsNumber   // data styles
	nsFo       // formatting
	nsSVG      //
	nsCalcExt  // LibreOffice's own, for cells
	nsLoExt    // LibreOffice's own, for everything
	nsManifest //
)

const oasis = "urn:oasis:names:tc:opendocument:xmlns:"

func namespace(uri []byte) xmlscan.NS {
	switch string(uri) {
	case oasis + "office:1.0":
		return nsOffice
	case oasis + "style:1.0":
		return nsStyle
	case oasis + "text:1.0":
		return nsText
	case oasis + "table:1.0":
		return nsTable
	case oasis + "datastyle:1.0":
		return nsNumber
	case oasis + "xsl-fo-compatible:1.0":
		return nsFo
	case oasis + "svg-compatible:1.0":
		return nsSVG
	case oasis + "manifest:1.0":
		return nsManifest
	case "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0":
		return nsCalcExt
	case "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0":
		return nsLoExt
	}
	return xmlscan.Other
}

func newScanner() *xmlscan.Scanner { return &xmlscan.Scanner{Namespaces: namespace} }
