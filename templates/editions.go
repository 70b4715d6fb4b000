package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Layout decodes the words, sheets and looks of the edition of a form from
// editions/<form>. An unknown key or one given twice is an error that names
// the file and the line.
func Layout(fsys fs.FS, form string) (tonghop.Layout, error) {
	var l tonghop.Layout
	return l, layer(fsys, form, &l, true)
}

// LayoutOf is Layout for a form that may be like another one: what it does not
// write itself is that of the other.
func LayoutOf(fsys fs.FS, form tonghop.Form) (tonghop.Layout, error) {
	base, _, _ := strings.Cut(form.Like, "/")
	if base == "" || base == form.ID {
		return Layout(fsys, form.ID)
	}
	var l tonghop.Layout
	if err := layer(fsys, base, &l, true); err != nil {
		return l, err
	}
	return l, layer(fsys, form.ID, &l, false)
}

// layer decodes the files of a form over what stands in a layout; all says that
// none may be absent.
func layer(fsys fs.FS, form string, l *tonghop.Layout, all bool) error {
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
		if errors.Is(err, fs.ErrNotExist) && !all {
			continue
		}
		if err != nil {
			return fmt.Errorf("read layout %q: %w", name, err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(raw))
		dec.KnownFields(true)
		if err := dec.Decode(p.into); err != nil {
			return fmt.Errorf("read layout %q: %w", name, err)
		}
	}
	return nil
}

// Blank decodes the words, columns and looks of the blank form that goes out to
// offices, from forms/<form>/<version>/blank.yaml. Words and looks that it does
// not write are those of the version that the form is like; sheets never, for
// the numbers of indicators mean other things there. A version without a file of
// its own is the error form.blank; an unknown key names the file and the line.
func Blank(fsys fs.FS, f tonghop.Form) (tonghop.Layout, error) {
	own, err := fs.ReadFile(fsys, path.Join("forms", f.Key(), blankFile))
	if errors.Is(err, fs.ErrNotExist) {
		return tonghop.Layout{}, tonghop.Fail("form.blank", err, "form", f.Name)
	}
	if err != nil {
		return tonghop.Layout{}, fmt.Errorf("read blank form of %s: %w", f.Key(), err)
	}
	var l tonghop.Layout
	if f.Like != "" {
		base, err := fs.ReadFile(fsys, path.Join("forms", f.Like, blankFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return tonghop.Layout{}, fmt.Errorf("read blank form of %s: %w", f.Like, err)
		}
		if err := decodeBlank(f.Like, base, &l); err != nil {
			return tonghop.Layout{}, err
		}
		l.Sheets = nil
	}
	return l, decodeBlank(f.Key(), own, &l)
}

// decodeBlank decodes the file of a version over what stands in a layout.
func decodeBlank(version string, raw []byte, l *tonghop.Layout) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(l); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read blank form of %s: %w", version, err)
	}
	return nil
}

// blankFile is the blank form's layout beside each version of a form.
const blankFile = "blank.yaml"
