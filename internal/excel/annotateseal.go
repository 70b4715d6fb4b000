package excel

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"
)

// sealed ends a comment with our mark and a sum of its letters. Programs forget
// who wrote a comment, and may break its lines anew; the sum holds all the same.
func sealed(text string) string {
	return text + "\n" + seal(text)
}

// unbroken reports whether a comment is one of ours as it was written. One that
// somebody changed since holds words of theirs: it is theirs now.
func unbroken(text string) bool {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	i := strings.LastIndex(text, sealHead)
	return i >= 0 && text[i:] == seal(text[:i])
}

const sealHead = "[tonghop "

// seal is the mark under a comment.
func seal(text string) string {
	h := fnv.New32a()
	for _, r := range text {
		if !unicode.IsSpace(r) {
			fmt.Fprintf(h, "%c", r)
		}
	}
	return fmt.Sprintf("%s%08x]", sealHead, h.Sum32())
}

// commentText is what a comment says.
func commentText(comment []byte) string {
	d := xml.NewDecoder(bytes.NewReader(comment))
	var out strings.Builder
	in := 0
	for {
		tok, err := d.RawToken()
		if err != nil {
			return out.String()
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "t" {
				in++
			}
		case xml.EndElement:
			if t.Name.Local == "t" {
				in--
			}
		case xml.CharData:
			if in > 0 {
				out.Write(t)
			}
		}
	}
}
