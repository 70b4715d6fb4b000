package templates

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
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
		if out, err = joinLine(out, line, r); err != nil {
			return nil, fmt.Errorf("read joins %q: line %d: %w", joinsFile, n, err)
		}
	}
	slices.SortStableFunc(out, func(a, b tonghop.Join) int {
		return cmp.Or(strings.Compare(a.Old, b.Old), strings.Compare(string(a.From), string(b.From)))
	})
	for i := 1; i < len(out); i++ {
		if a, b := out[i-1], out[i]; a.Old == b.Old && a.From == b.From && (a.Whole || b.Whole) {
			return nil, fmt.Errorf("read joins %q: %s is joined whole into %s, and again into %s", joinsFile, a.Old, a.New, b.New)
		}
	}
	return out, nil
}

// joinLine adds the units that were joined into one.
func joinLine(out []tonghop.Join, line string, r *tonghop.Register) ([]tonghop.Join, error) {
	var cells [4]string
	rest, more := line, true
	for i := range cells {
		if !more {
			return nil, fmt.Errorf("%d cells, want 4", i)
		}
		cells[i], rest, more = strings.Cut(rest, ",")
	}
	from, code := tonghop.Date(cells[0]), cells[1]
	if len(out) == 0 || out[len(out)-1].From != from {
		if _, err := tonghop.ParseDate(cells[0]); err != nil {
			return nil, err
		}
	}
	if more || !slices.ContainsFunc(r.Lines(code), func(u tonghop.Unit) bool { return u.Kind.Level() == 3 && from.Within(u.From, u.To) }) {
		return nil, fmt.Errorf("no commune %q on %q", code, from)
	}
	for i, list := range cells[2:] {
		for old := range strings.FieldsSeq(list) {
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
