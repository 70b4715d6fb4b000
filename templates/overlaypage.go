package templates

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/tonghop/tonghop"
)

// The page that shows how a file was understood.
const (
	overlayPage  = "pages/overlay.html"
	overlayStyle = "static/overlay.css"
)

// OverlayPage reads the page that shows how a file was understood, and its style.
func OverlayPage(fsys fs.FS) (page, style string, err error) {
	for name, into := range map[string]*string{overlayPage: &page, overlayStyle: &style} {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", "", fmt.Errorf("read page %q: %w", name, err)
		}
		*into = string(raw)
	}
	return page, style, nil
}

// Overlay is a text of the page that shows how a file was understood, with its
// placeholders filled; args come in pairs of name and value. A key without a text
// is "".
func (l *Letters) Overlay(key string, args ...string) string {
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	return l.fill(l.overlay[key], values)
}

// OverlayWords are the texts of that page as they stand, with those of the
// annotated workbook that it shares.
func (l *Letters) OverlayWords() map[string]string {
	words := maps.Clone(l.annotate)
	maps.Copy(words, l.overlay)
	return words
}

// Lang is the language of the letters, as pages name it.
func (l *Letters) Lang() string { return []string{"vi", "en"}[l.lang] }

// Figure is the number of a value as the language writes it; "" where there is
// none.
func (l *Letters) Figure(v tonghop.Value) string {
	if l.lang == 0 {
		return strings.Replace(v.Figure(), ".", ",", 1)
	}
	return v.Figure()
}

// Evidence says by what a form was recognised, a sentence for each code.
func (l *Letters) Evidence(codes []string) string {
	var out []string
	for _, c := range codes {
		code, count, _ := strings.Cut(c, ":")
		out = append(out, l.Say("evidence", code, "n", count))
	}
	return strings.Join(out, "; ")
}
