package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop/ingest/format/charset"
)

// declaredIn is how much of a page is searched for its encoding.
const declaredIn = 8192

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9._:-]+)`)
var xmlCharset = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-z0-9._:-]+)`)

// decode reads the bytes of a page: as what they prove to be, else as
// declared, else by the evidence of their words. Font is the one that makes
// Vietnamese of a page that declares nothing.
func decode(raw, declared string) (charset.Text, error) {
	t, err := charset.Decode(raw)
	if err != nil || t.Encoding == charset.UTF8 || strings.HasPrefix(t.Encoding, "utf-16") {
		return t, err
	}
	if m := xmlCharset.FindStringSubmatch(raw[:min(len(raw), declaredIn)]); m != nil {
		declared = m[1]
	}
	if m := metaCharset.FindStringSubmatch(raw[:min(len(raw), declaredIn)]); m != nil {
		declared = m[1]
	}
	e, err := htmlindex.Get(declared)
	if err != nil || strings.HasPrefix(strings.ToLower(declared), "utf-") || e == encoding.Replacement {
		return t, nil
	}
	out, err := e.NewDecoder().String(raw)
	if err != nil || !utf8.ValidString(out) {
		return t, nil
	}
	name, err := htmlindex.Name(e)
	if err != nil {
		name = declared
	}
	if name == "windows-1258" {
		out = norm.NFC.String(out) // tones stand behind their letters there
	}
	return charset.Text{Text: strings.ReplaceAll(out, "\x00", ""), Encoding: name, Sure: true,
		Lost: strings.Count(out, "\ufffd")}, nil
}
