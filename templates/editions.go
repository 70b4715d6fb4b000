package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

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

// Blank decodes the words, columns and looks of the blank form that goes out to
// offices, from forms/<form>/<version>/blank.yaml. A version without one is the
// error form.blank; an unknown key names the file and the line.
func Blank(fsys fs.FS, f tonghop.Form) (tonghop.Layout, error) {
	var l tonghop.Layout
	name := path.Join("forms", f.ID, f.Version, blankFile)
	raw, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return l, tonghop.Fail("form.blank", err, "form", f.Name)
	}
	if err != nil {
		return l, fmt.Errorf("read blank form %q: %w", name, err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&l); err != nil {
		return tonghop.Layout{}, fmt.Errorf("read blank form %q: %w", name, err)
	}
	return l, nil
}

// blankFile is the blank form's layout beside each version of a form.
const blankFile = "blank.yaml"
