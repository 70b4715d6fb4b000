package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/tonghop/tonghop"
)

// joinsFile says which communes of one day took the place of which of the day
// before; its columns are explained in units/README.md.
const joinsFile = "units/joins.csv"

const joinsHeader = "from,new,whole,part"

// joins decodes what became of the communes that ended; no file means that
// nothing is written down. A wrong line is an error that names the file and the
// line: a day that does not exist, a unit that the register does not have then,
// one that is said to be joined whole into two.
func joins(fsys fs.FS, r *tonghop.Register) ([]tonghop.Join, error) {
	raw, err := fs.ReadFile(fsys, joinsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read joins: %w", err)
	}
	out := make([]tonghop.Join, 0, len(raw)/8)
	entire, parts := map[string]bool{}, map[string]bool{}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			if line != joinsHeader {
				return nil, fmt.Errorf("read joins %q: line 1: want the columns %s", joinsFile, joinsHeader)
			}
			continue
		}
		found, err := joinLine(line, r)
		if err != nil {
			return nil, fmt.Errorf("read joins %q: line %d: %w", joinsFile, n, err)
		}
		for _, j := range found {
			key := string(j.From) + j.Old
			if entire[key] || j.Whole && parts[key] {
				return nil, fmt.Errorf("read joins %q: line %d: %s is joined whole and again", joinsFile, n, j.Old)
			}
			entire[key], parts[key] = j.Whole, true
		}
		out = append(out, found...)
	}
	return out, nil
}

// joinLine decodes the units that were joined into one.
func joinLine(line string, r *tonghop.Register) ([]tonghop.Join, error) {
	cells := strings.Split(line, ",")
	if len(cells) != 4 {
		return nil, fmt.Errorf("%d cells, want 4", len(cells))
	}
	from, code := tonghop.Date(cells[0]), cells[1]
	if _, err := tonghop.ParseDate(cells[0]); err != nil {
		return nil, err
	}
	if u, ok := r.Unit(code, from); !ok || u.Kind.Level() != 3 {
		return nil, fmt.Errorf("no commune %q on %q", code, from)
	}
	var out []tonghop.Join
	for i, list := range cells[2:] {
		for _, old := range strings.Fields(list) {
			if !endedBy(r.Lines(old), from) {
				return nil, fmt.Errorf("no commune %q ended before %s", old, from)
			}
			out = append(out, tonghop.Join{From: from, Old: old, New: code, Whole: i == 0})
		}
	}
	return out, nil
}

// endedBy reports whether one of the lines of a code ended before the day.
func endedBy(lines []tonghop.Unit, day tonghop.Date) bool {
	for _, u := range lines {
		if u.Kind.Level() == 3 && u.To != "" && u.To < day {
			return true
		}
	}
	return false
}
