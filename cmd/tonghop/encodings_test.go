//go:build !race

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/charset/charsettest"
)

// The sample reports with their texts in the old Vietnamese encodings are
// understood to the same last cell: with the font that says so, and where
// somebody gave all of them Times New Roman. Nobody is asked about letters that
// were made out.
func TestSameInEveryEncoding(t *testing.T) {
	reader, files := sampleReader(t), sampleFiles(t)
	const none = "Times New Roman"
	ways := []struct {
		name, font, rule string
		encode           func(string) string
		every            int // of how many samples one is looked at
	}{
		{"TCVN3", charset.FontTCVN3, "TEP-007", letters(charset.FontTCVN3), 3},
		{"VNI", charset.FontVNI, "TEP-007", letters(charset.FontVNI), 3},
		{"VPS", charset.FontVPS, "TEP-007", letters(charset.FontVPS), 3},
		{"VISCII", charset.FontVISCII, "TEP-007", letters(charset.FontVISCII), 3},
		{"TCVN3 without font", none, "TEP-020", letters(charset.FontTCVN3), 1},
		{"VNI without font", none, "TEP-020", letters(charset.FontVNI), 3},
		{"VPS without font", none, "TEP-020", letters(charset.FontVPS), 3},
		{"VISCII without font", none, "TEP-020", letters(charset.FontVISCII), 3},
		{"Windows-1258", none, "TEP-020", windows1258, 3},
		{"UTF-8", none, "TEP-020", charsettest.Western, 3},
		{"converted twice", none, "GC-110", convertedTwice, 3},
	}
	for i, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			for j := i % way.every; j < len(files); j += way.every {
				name := strings.TrimSuffix(filepath.Base(files[j]), ".xlsx")
				want := readFile(t, reader, files[j], name)
				got := reader.Read(tonghop.Parcel{Name: name, Bytes: reencoded(t, files[j], way.font, way.encode)})
				if got.State != want.State || got.Office != want.Office || got.Period != want.Period || len(got.Rows) != len(want.Rows) {
					t.Fatalf("%s: %s of %s, %s, %d rows", name, got.State, got.Office.Name, got.Period, len(got.Rows))
				}
				for k := range want.Rows {
					sameFacts(t, got, want.Rows[k], got.Rows[k])
				}
				said := rulesOf(got)
				// Results of formulas stay Unicode: where there are any the fonts hold both.
				if !said[way.rule] && !said["TEP-008"] || asks(got) != asks(want) {
					t.Errorf("%s: %v\n%s, want %s", name, said, asks(got), asks(want))
				}
			}
		})
	}
}

// sameFacts compares two rows but for what depends on the case of letters, which
// some encodings do not keep.
func sameFacts(t *testing.T, ret tonghop.Return, want, got tonghop.Row) {
	t.Helper()
	if got.Unit != want.Unit || got.NameRef != want.NameRef || len(got.Values) != len(want.Values) {
		t.Fatalf("row %s: %s, %d values; want %s, %d", want.Area, got.Unit, len(got.Values), want.Unit, len(want.Values))
	}
	for i, v := range want.Values {
		w := got.Values[i]
		if w.Ref != v.Ref || w.Field != v.Field || !w.Number.Decimal.Equal(v.Number.Decimal) || w.Number.Valid != v.Number.Valid || w.Mark != v.Mark || w.Empty != v.Empty {
			t.Errorf("%s: %+v, want %+v", v.Ref, w, v)
		}
	}
}

// asks lists what is asked, by rule and cells.
func asks(ret tonghop.Return) string {
	var b strings.Builder
	for _, f := range ret.Findings {
		if f.Severity != tonghop.Note {
			fmt.Fprintf(&b, "%s %s %s\n", f.Rule, f.Sheet, f.Cells())
		}
	}
	return b.String()
}

// letters makes an encoder of a font.
func letters(font string) func(string) string {
	return charsettest.Encoder(func(s string) string { return charset.Unicode(font, s) })
}

// convertedTwice is a text after a conversion from TCVN3 that it did not need.
func convertedTwice(text string) string {
	return charsettest.Twice(text, func(s string) string { return charset.Unicode(charset.FontTCVN3, s) })
}

// windows1258 gives the bytes of Windows-1258 as Western characters; a text with
// signs that it does not have stays.
func windows1258(text string) string {
	const tones = "\u0300\u0301\u0303\u0309\u0323"
	var raw []byte
	for _, r := range norm.NFC.String(text) {
		parts := []rune{r}
		if _, ok := charmap.Windows1258.EncodeRune(r); !ok {
			bare := strings.Map(func(r rune) rune {
				if strings.ContainsRune(tones, r) {
					parts[0] = r
					return -1
				}
				return r
			}, norm.NFD.String(string(r)))
			parts = append([]rune(norm.NFC.String(bare)), parts[0])
		}
		for _, r := range parts {
			c, ok := charmap.Windows1258.EncodeRune(r)
			if !ok {
				return text
			}
			raw = append(raw, c)
		}
	}
	return charsettest.Western(string(raw))
}

var (
	storedText = regexp.MustCompile(`(<t(?: [^>]*)?>)([^<]*)(</t>)`)
	storedFont = regexp.MustCompile(`(<(?:name|rFont) val=")[^"]*(")`)
)

// reencoded is a workbook with all its texts encoded, in one font.
func reencoded(t *testing.T, file, font string, encode func(string) string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	from, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/") && strings.HasSuffix(f.Name, ".xml") && !strings.HasPrefix(f.Name, "xl/theme/") {
			part = storedText.ReplaceAllFunc(part, func(m []byte) []byte {
				s := storedText.FindSubmatch(m)
				return []byte(string(s[1]) + escaped(encode(html.UnescapeString(string(s[2])))) + string(s[3]))
			})
			part = storedFont.ReplaceAll(part, []byte("${1}"+font+"${2}"))
		}
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// escaped is a text as a workbook stores it.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			fmt.Fprintf(&b, "_x%04X_", r)
		} else {
			b.WriteString(html.EscapeString(string(r)))
		}
	}
	return b.String()
}
