package format

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/ods"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// Kinds of files that have a reader here. All other kinds are the codes of
// their refusals.
const (
	kindXLSX      = "xlsx"
	kindODS       = "ods"
	kindXLS       = "xls"
	kindHTML      = "html"
	kindText      = "text"
	kindXML       = "xml"
	kindEncrypted = "encrypted"
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// zipKind tells what an archive is: a kind, or the code of its refusal.
func zipKind(a *container.Archive) (string, error) {
	kind, err := ods.MainType(a)
	switch {
	case err != nil:
		return "", err
	case strings.Contains(kind, "opendocument.spreadsheet"):
		return kindODS, nil
	case strings.Contains(kind, "opendocument"):
		return "file.not_spreadsheet", nil
	}
	if kind, err = xlsx.MainType(a); err != nil {
		return "", err
	}
	switch {
	case kind == "":
		return "file.zip", nil
	case strings.Contains(kind, "ms-excel.sheet.binary"):
		return "file.xlsb", nil
	case isWorkbook(kind):
		return kindXLSX, nil
	case strings.Contains(kind, "wordprocessingml"), strings.Contains(kind, "ms-word."):
		return "file.docx", nil
	case strings.Contains(kind, "presentationml"), strings.Contains(kind, "ms-powerpoint."):
		return "file.pptx", nil
	}
	return "file.not_spreadsheet", nil
}

// isWorkbook knows the main parts of workbooks and templates, with and without
// macros.
func isWorkbook(kind string) bool {
	switch kind {
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
		"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
		"application/vnd.ms-excel.template.macroEnabled.main+xml",
		"application/vnd.ms-excel.addin.macroEnabled.main+xml":
		return true
	}
	return false
}

// signatures of files that are neither archives nor text. The last are those of
// workbooks without a compound file around them.
var signatures = []struct{ code, at0 string }{
	{"file.pdf", "%PDF-"},
	{"file.rtf", "{\\rtf"},
	{"file.image", "\x89PNG\r\n\x1a\n"},
	{"file.image", "\xff\xd8\xff"},
	{"file.image", "GIF8"},
	{"file.image", "BM"},
	{"file.image", "II*\x00"},
	{"file.image", "MM\x00*"},
	{"file.archive", "Rar!\x1a\x07"},
	{"file.archive", "7z\xbc\xaf\x27\x1c"},
	{"file.archive", "\x1f\x8b"},
	{kindXLS, "\x09\x08\x10\x00"},
	{kindXLS, "\x09\x08\x08\x00"},
	{kindXLS, "\x09\x04\x06\x00"},
	{kindXLS, "\x09\x02\x06\x00"},
	{kindXLS, "\x09\x00\x04\x00"},
}

// sniff tells by its first bytes what a file is that is no zip archive: a kind,
// or the code of its refusal.
func sniff(r io.ReaderAt, size int64, head []byte, lim tonghop.Limits) (string, error) {
	if compound.Is(head) {
		return oleKind(r, size, lim)
	}
	if isOwnerFile(head, size) {
		return "file.owner", nil
	}
	return headKind(head), nil
}

// isOwnerFile knows the small file that Office keeps beside one that is open,
// named ~$…: who has it open, once in a byte a letter and once in UTF-16, each
// behind its length and filled up with blanks.
func isOwnerFile(head []byte, size int64) bool {
	const name8, name16 = 0, 55 // where the two lengths stand in Excel's
	if size != 165 || int64(len(head)) < size {
		return false
	}
	n := int(head[name8])
	if n == 0 || n > 54 || int(head[name16]) != n || head[name16+1] != 0 {
		return false
	}
	for i := n + 1; i < name16; i++ {
		if head[i] != ' ' && head[i] != 0 {
			return false
		}
	}
	return true
}

// headKind is sniff by the first bytes alone.
func headKind(head []byte) string {
	if len(head) == 0 {
		return "file.empty"
	}
	text := strings.TrimLeft(asText(head), "\ufeff \t\r\n")
	for _, s := range signatures {
		if s.at0 == "BM" && text != "" {
			continue // two letters that may start a text
		}
		if bytes.HasPrefix(head, []byte(s.at0)) {
			return s.code
		}
	}
	if len(head) >= 12 && (string(head[4:8]) == "ftyp" || string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP") {
		return "file.image"
	}
	switch {
	case text == "" && len(bytes.Trim(head, "\x00")) == 0:
		return "file.empty" // an upload that was cut off, or blanks
	case text == "" && len(bytes.TrimSpace(head)) == 0:
		return "file.empty"
	case text == "":
		return "file.unknown"
	}
	return textKind(strings.ToLower(text))
}

// page matches what a page starts with: markup of HTML, also without its head,
// as programs write that name their reports .xls.
var page = regexp.MustCompile(`^(<!doctype html|<(html|head|body|meta|title|style|script|link|table|tr|div|span|p|h[1-6]|font|center|form|b|br)[\s/>])`)

// mailed matches the first lines of a web archive (.mht).
var mailed = regexp.MustCompile(`(?s)^(mime-version:|from:.{0,900}\nmime-version:)`)

// textKind tells what a text is by how it starts, in small letters.
func textKind(low string) string {
	for strings.HasPrefix(low, "<!--") {
		_, rest, ended := strings.Cut(low, "-->")
		if !ended {
			return kindHTML
		}
		low = strings.TrimLeft(rest, " \t\r\n")
	}
	switch {
	case page.MatchString(low), mailed.MatchString(low):
		return kindHTML
	case strings.HasPrefix(low, "<?xml") && strings.Contains(low, "<html"):
		return kindHTML
	case strings.HasPrefix(low, "<?xml"), strings.HasPrefix(low, "<workbook"), strings.HasPrefix(low, "<office:document"),
		strings.HasPrefix(low, "<?mso-application"):
		return kindXML
	}
	return kindText
}

// asText gives the head as text, in UTF-8 or an older one-byte encoding or
// UTF-16; "" if it is none.
func asText(head []byte) string {
	if order := utf16Order(head); order != nil {
		u := make([]uint16, len(head)/2)
		for i := range u {
			u[i] = order.Uint16(head[2*i:])
		}
		return string(utf16.Decode(u))
	}
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			control++
		}
	}
	if control > 0 && !utf8.Valid(head) || control > len(head)/50 {
		return ""
	}
	return string(head)
}

// utf16Order is the byte order of a text in UTF-16, by its mark or because every
// second byte of much of it is zero; nil if it is none.
func utf16Order(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	units := len(head) / 2
	switch {
	case zeros[0]+zeros[1] < 4:
		return nil
	case zeros[1]*4 >= units && zeros[0]*10 <= zeros[1]:
		return binary.LittleEndian
	case zeros[0]*4 >= units && zeros[1]*10 <= zeros[0]:
		return binary.BigEndian
	}
	return nil
}
