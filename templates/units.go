package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// unitsFile is the dated register of administrative units; its columns are
// explained in units/README.md.
const unitsFile = "units/units.csv"

// unitColumns is the header that the file must have.
var unitColumns = []string{"code", "name", "kind", "parent", "from", "to", "region", "region_sure", "from_after", "to_after"}

// Units decodes the register of administrative units, what became of those that
// ended, and the zones that provinces have written down. A wrong row is an
// error that names the file and the line: an unknown kind, a code of the wrong
// length, a day that does not exist, a unit that starts after it ends, a code
// that two units bear at one time, a parent that the file does not have.
func Units(fsys fs.FS) (*tonghop.Register, error) {
	raw, err := fs.ReadFile(fsys, unitsFile)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	units, lines, err := unitRows(raw)
	if err == nil {
		err = checkUnits(units, lines)
	}
	if err != nil {
		return nil, fmt.Errorf("read units %q: %w", unitsFile, err)
	}
	r := tonghop.NewRegister(units)
	joined, err := joins(fsys, r)
	if err != nil {
		return nil, err
	}
	special, err := zones(fsys, r)
	if err != nil {
		return nil, err
	}
	return r.WithJoins(joined).WithZones(special), nil
}

// unitRows decodes the rows, each with its line.
func unitRows(raw []byte) (units []tonghop.Unit, lines []int, err error) {
	next := csvRows(withoutMark(raw), len(unitColumns))
	header, _, err := next()
	if err != nil || !slices.Equal(header, unitColumns) {
		return nil, nil, fmt.Errorf("line 1: want the columns %s", strings.Join(unitColumns, ","))
	}
	days := map[tonghop.Date]bool{"": true}
	most := bytes.Count(raw, []byte("\n"))
	units, lines = make([]tonghop.Unit, 0, most), make([]int, 0, most)
	for {
		row, line, err := next()
		if errors.Is(err, io.EOF) {
			return units, lines, nil
		}
		if err != nil {
			return nil, nil, err // names its line
		}
		u, err := unitRow(row, days)
		if err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", line, err)
		}
		units, lines = append(units, u), append(lines, line)
	}
}

// withoutMark takes off the mark of the byte order that spreadsheets put first.
func withoutMark(raw []byte) []byte { return bytes.TrimPrefix(raw, []byte("\ufeff")) }

// unitRow decodes one row. days remembers the days that were checked: the file
// has few different ones.
func unitRow(row []string, days map[tonghop.Date]bool) (tonghop.Unit, error) {
	u := tonghop.Unit{
		Code: row[0], Name: row[1], Kind: tonghop.UnitKind(row[2]), Parent: row[3],
		From: tonghop.Date(row[4]), To: tonghop.Date(row[5]),
		Region: row[6], RegionSure: tonghop.Certainty(row[7]),
		FromAfter: tonghop.Date(row[8]), ToAfter: tonghop.Date(row[9]),
	}
	level := u.Kind.Level()
	switch {
	case level == 0:
		return u, fmt.Errorf("unknown kind %q", u.Kind)
	case len(u.Code) != codeLength(level) || strings.Trim(u.Code, "0123456789") != "":
		return u, fmt.Errorf("code %q: want %d digits for a %s", u.Code, codeLength(level), u.Kind)
	case u.Name == "":
		return u, fmt.Errorf("unit %s has no name", u.Code)
	case (u.Parent == "") != (level == 1):
		return u, fmt.Errorf("unit %s (%s) with parent %q", u.Code, u.Kind, u.Parent)
	case (u.Region == "") != (u.RegionSure == ""):
		return u, fmt.Errorf("unit %s: region and region_sure go together", u.Code)
	case u.RegionSure != "" && !known(u.RegionSure):
		return u, fmt.Errorf("unit %s: unknown certainty %q", u.Code, u.RegionSure)
	}
	for _, d := range []tonghop.Date{u.From, u.To, u.FromAfter, u.ToAfter} {
		if days[d] {
			continue
		}
		if _, err := tonghop.ParseDate(string(d)); err != nil {
			return u, fmt.Errorf("unit %s: %w", u.Code, err)
		}
		days[d] = true
	}
	if u.To != "" && u.From > u.To || u.FromAfter != "" && u.FromAfter >= u.From || u.ToAfter != "" && u.ToAfter > u.To {
		return u, fmt.Errorf("unit %s: its dates are out of order", u.Code)
	}
	return u, nil
}

// codeLength is the number of digits of a code of the level.
func codeLength(level int) int { return []int{0, 2, 3, 5}[level] }

// checkUnits holds the rows against each other.
func checkUnits(units []tonghop.Unit, lines []int) error {
	last := make(map[string]int, len(units)) // the latest row of a code
	before := make([]int, len(units))        // the row of the same code before this one; -1 = none
	for i, u := range units {
		before[i] = -1
		if j, ok := last[u.Code]; ok {
			before[i] = j
		}
		for j := before[i]; j >= 0; j = before[j] {
			if overlap(u, units[j]) {
				return fmt.Errorf("line %d: code %s is in use at the same time on line %d", lines[i], u.Code, lines[j])
			}
		}
		last[u.Code] = i
	}
	for i, u := range units {
		if u.Parent == "" {
			continue
		}
		above, ok := last[u.Parent]
		for ok && above >= 0 && !overlap(u, units[above]) {
			above = before[above]
		}
		if !ok || above < 0 {
			return fmt.Errorf("line %d: parent %s of unit %s does not exist in its time", lines[i], u.Parent, u.Code)
		}
	}
	return nil
}

// overlap reports whether the two stand on some common day.
func overlap(a, b tonghop.Unit) bool {
	return (a.To == "" || b.From <= a.To) && (b.To == "" || a.From <= b.To)
}

// known reports whether c is one of the certainties.
func known(c tonghop.Certainty) bool {
	switch c {
	case tonghop.Verified, tonghop.PartlyVerified, tonghop.FromMemory, tonghop.Doubtful, tonghop.Delegated, tonghop.Unknown:
		return true
	}
	return false
}
