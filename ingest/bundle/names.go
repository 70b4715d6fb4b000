package bundle

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/filename"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// file is a file of an archive.
type file struct {
	*entry
	name string // fit to be read, parts joined by "/"
	skip filename.Skip
}

// document reports whether a zip is one document in many parts, not an archive
// of files: what only programs put where these stand.
func document(entries []*entry) bool {
	for _, e := range entries {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(e.raw, `\`, "/"), "/"))
		switch {
		case name == "[content_types].xml", name == "_rels/.rels": // Office
		case strings.HasPrefix(name, "xl/workbook."): // what a bad program left of one
		case name == "mimetype", name == "meta-inf/manifest.xml": // OpenDocument
		case name == "index/document.iwa": // Numbers, Pages
		default:
			continue
		}
		return true
	}
	return false
}

// mostName is how many bytes of a name are taken: more than any system gives a
// path in a folder.
const mostName = 1024

// listFiles gives the files of an archive by name, folders left out.
func listFiles(entries []*entry) ([]file, error) {
	var files []file
	for _, e := range entries {
		name, why := clean(spelled(e))
		folder := strings.HasSuffix(name, "/")
		if why == "" && folder && e.content {
			why = "a folder with content"
		}
		if why != "" {
			return nil, tonghop.Fail("file.zip_names", errors.New(why), "file", shown(spelled(e)))
		}
		if !folder {
			files = append(files, file{e, shown(name), judge(name)})
		}
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	for i, f := range files {
		if i > 0 && files[i-1].name == f.name && f.skip == filename.None {
			return nil, tonghop.Fail("file.zip_names", errors.New("two files of one name"), "file", f.name)
		}
	}
	return files, nil
}

// spelled is the name of an entry in Unicode. What is valid UTF-8 is UTF-8,
// whether it says so or not, for few programs say so.
func spelled(e *entry) string {
	switch {
	case e.unicode != "":
		return norm.NFC.String(e.unicode)
	case utf8.ValidString(e.raw):
		return norm.NFC.String(e.raw)
	}
	return norm.NFC.String(old(e.raw))
}

// old reads a name that is not Unicode. Zip names are in code page 437 by the
// book, whose letters with marks all come before 0xA9; the letters of the
// Vietnamese code pages, in which Windows of old wrote them, come later.
func old(raw string) string {
	if slices.ContainsFunc([]byte(raw), func(c byte) bool { return c >= 0xa9 }) {
		t, err := charset.Decode(raw)
		if text := charset.Unicode(t.Font, t.Text); err == nil && t.Lost == 0 && shown(text) == text {
			return text
		}
	}
	text, err := charmap.CodePage437.NewDecoder().String(raw)
	if err != nil {
		return strings.ToValidUTF8(raw, "_")
	}
	return text
}

// clean makes a name a plain path below the archive, with "/" at the end of a
// folder; why not, if it is none. Programs of Windows write "\" for "/".
func clean(name string) (path, why string) {
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return "", "a path of another machine"
	}
	if len(name) > mostName {
		return "", "a name too long"
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
		case "..":
			return "", "a path that leads out"
		default:
			parts = append(parts, part)
		}
	}
	switch path = strings.Join(parts, "/"); {
	case strings.HasSuffix(name, "/"):
		path += "/"
	case path == "":
		return "", "no name"
	}
	return path, ""
}

// judge tells whether a file can be a report, as a walk through folders does.
func judge(name string) filename.Skip {
	parts := strings.Split(name, "/")
	for _, folder := range parts[:len(parts)-1] {
		switch {
		case folder == "__MACOSX": // what macOS puts beside every file
			return filename.System
		case filename.Judge(folder) == filename.Hidden:
			return filename.Hidden
		}
	}
	base := parts[len(parts)-1]
	if base == "Icon\r" { // of a folder in macOS
		return filename.System
	}
	return filename.Judge(base)
}

// shown is a name as a person may read it: what would break the line or turn
// the direction of writing is a sign that can be seen.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar {
			return '_'
		}
		return r
	}, name)
}
