package templates

import (
	"bytes"
	"fmt"
	"io/fs"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Layout decodes the words, sheets and looks of the edition of a form from
// editions/<form>. An unknown key or one given twice is an error that names
// the file and the line.
func Layout(fsys fs.FS, form string) (tonghop.Layout, error) {
	var l tonghop.Layout
	parts := []struct {
		file string
		into any
	}{
		{"words.yaml", &l.Words},
		{"sheets.yaml", &l.Sheets},
		{"look.yaml", &l.Look},
	}
	for _, p := range parts {
		name := "editions/" + form + "/" + p.file
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return tonghop.Layout{}, fmt.Errorf("read layout %q: %w", name, err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(raw))
		dec.KnownFields(true)
		if err := dec.Decode(p.into); err != nil {
			return tonghop.Layout{}, fmt.Errorf("read layout %q: %w", name, err)
		}
	}
	return l, nil
}
