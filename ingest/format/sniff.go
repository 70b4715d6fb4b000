package format

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// zipKind tells what an archive is: "" for a workbook that can be read, else
// the code of the refusal.
func zipKind(a *container.Archive) (string, error) {
	if name, ok := a.Find("mimetype"); ok && a.Size(name) < 200 {
		return openDocument(a, name)
	}
	kind, err := xlsx.MainType(a)
	switch {
	case err != nil:
		return "", err
	case kind == "":
		return "file.zip", nil
	case strings.Contains(kind, "ms-excel.sheet.binary"):
		return "file.xlsb", nil
	case isWorkbook(kind):
		return "", nil
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

// openDocument reads the mimetype entry of an OpenDocument file.
func openDocument(a *container.Archive, name string) (string, error) {
	in, err := a.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	kind, err := io.ReadAll(in)
	if err != nil {
		return "", err
	}
	switch {
	case bytes.Contains(kind, []byte("opendocument.spreadsheet")):
		return "file.ods", nil
	case bytes.Contains(kind, []byte("opendocument")):
		return "file.not_spreadsheet", nil
	}
	return "file.zip", nil
}

// signatures of files that are no spreadsheet we read.
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
	{"file.xls", "\x09\x08\x10\x00"},
	{"file.xls", "\x09\x08\x08\x00"},
	{"file.xls", "\x09\x04\x06\x00"},
	{"file.xls", "\x09\x02\x06\x00"},
	{"file.xls", "\x09\x00\x04\x00"},
}

// sniff tells by its first bytes what a file is that is no zip archive.
func sniff(r io.ReaderAt, size int64, head []byte) string {
	if len(head) == 0 {
		return "file.empty"
	}
	if bytes.HasPrefix(head, oleMark) {
		return oleKind(r, size)
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
	low := strings.ToLower(text)
	switch {
	case text == "" && len(bytes.Trim(head, "\x00")) == 0:
		return "file.empty" // an upload that was cut off, or blanks
	case text == "" && len(bytes.TrimSpace(head)) == 0:
		return "file.empty"
	case text == "":
		return "file.unknown"
	case strings.HasPrefix(low, "<!doctype html"), strings.HasPrefix(low, "<html"), strings.HasPrefix(low, "<table"), strings.HasPrefix(low, "<head"), strings.HasPrefix(low, "<meta"), strings.HasPrefix(low, "mime-version:"):
		return "file.html"
	case strings.HasPrefix(low, "<?xml") && strings.Contains(low, "<html"):
		return "file.html"
	case strings.HasPrefix(low, "<?xml"), strings.HasPrefix(low, "<workbook"):
		return "file.xml"
	}
	return "file.text"
}

// asText gives the head as text, in UTF-8 or an older one-byte encoding or
// UTF-16; "" if it is none.
func asText(head []byte) string {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		// Enough to recognise markup: the ASCII half of each character.
		return string(bytes.ReplaceAll(head[2:], []byte{0}, nil))
	}
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			control++
		}
	}
	if control > 0 && !utf8.Valid(head) || control > len(head)/50 {
		return ""
	}
	return string(head)
}
