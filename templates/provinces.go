package templates

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/tonghop/tonghop"
)

// IsProvince reports whether a unit directly under the state bears the code on
// one of the dates. Every command asks at its start, so of the register that the
// program was built with only the lines of provinces are decoded, for tests hold
// the others; an office's own is decoded whole, with the errors of [Units].
func IsProvince(fsys fs.FS, code string, dates ...tonghop.Date) (bool, error) {
	provinces, err := provincesOf(fsys)
	if err != nil {
		return false, err
	}
	for _, p := range provinces {
		for _, on := range dates {
			if p.Code == code && on.Within(p.From, p.To) {
				return true, nil
			}
		}
	}
	return false, nil
}

// provincesOf lists the provinces of all times.
func provincesOf(fsys fs.FS) ([]tonghop.Unit, error) {
	if !builtIn(fsys, path.Dir(unitsFile)) {
		if _, err := Units(fsys); err != nil {
			return nil, err
		}
	}
	raw, err := fs.ReadFile(fsys, unitsFile)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	next := csvRows(withoutMark(raw), len(unitColumns))
	days := map[tonghop.Date]bool{"": true}
	var out []tonghop.Unit
	for {
		row, _, err := next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read units %q: %w", unitsFile, err)
		}
		if len(row[0]) != codeLength(1) {
			continue
		}
		u, err := unitRow(row, days)
		if err != nil {
			return nil, fmt.Errorf("read units %q: %w", unitsFile, err)
		}
		out = append(out, u)
	}
}

// builtIn reports whether all files of a folder are those that the program was
// built with.
func builtIn(fsys fs.FS, folder string) bool {
	if o, ok := fsys.(overlay); ok {
		_, err := fs.Stat(o.over, folder)
		return errors.Is(err, fs.ErrNotExist) && builtIn(o.under, folder)
	}
	return fsys == fs.FS(embedded)
}
