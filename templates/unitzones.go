package templates

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// zoneFiles are what provinces write down of their communes, a file a province;
// the columns are explained in units/README.md.
const zoneFiles = "units/overlays/*.csv"

var zoneColumns = []string{"code", "kind", "decision", "from", "to"}

// zones decodes the communes with a status of their own. A wrong line is an
// error that names the file and the line: an unknown kind, no decision, a day
// that does not exist, a code that is no commune of the province in all the
// time, the same status twice at one time.
func zones(fsys fs.FS, r *tonghop.Register) ([]tonghop.Zone, error) {
	files, err := fs.Glob(fsys, zoneFiles)
	if err != nil {
		return nil, fmt.Errorf("list overlays of units: %w", err)
	}
	var all []tonghop.Zone
	for _, name := range files {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read overlay: %w", err)
		}
		found, err := zoneRows(raw, strings.TrimSuffix(path.Base(name), ".csv"), r)
		if err != nil {
			return nil, fmt.Errorf("read overlay %q: %w", name, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// zoneRows decodes the file of one province.
func zoneRows(raw []byte, province string, r *tonghop.Register) ([]tonghop.Zone, error) {
	rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	header, err := rows.Read()
	if err != nil || !slices.Equal(header, zoneColumns) {
		return nil, fmt.Errorf("line 1: want the columns %s", strings.Join(zoneColumns, ","))
	}
	var out []tonghop.Zone
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err // names its line
		}
		z := tonghop.Zone{Code: row[0], Kind: tonghop.ZoneKind(row[1]), Decision: strings.TrimSpace(row[2]),
			From: tonghop.Date(row[3]), To: tonghop.Date(row[4])}
		err = checkZone(z, province, r)
		if err == nil && slices.ContainsFunc(out, func(o tonghop.Zone) bool { return sameTime(z, o) }) {
			err = fmt.Errorf("commune %s has the status %s twice at one time", z.Code, z.Kind)
		}
		if err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		out = append(out, z)
	}
}

// checkZone holds a status against the register: the code must be that of one
// commune of the province in all its time, for codes were given anew.
func checkZone(z tonghop.Zone, province string, r *tonghop.Register) error {
	if z.Kind != tonghop.ZoneDBKK && z.Kind != tonghop.ZoneATK {
		return fmt.Errorf("unknown kind %q: want %s or %s", z.Kind, tonghop.ZoneDBKK, tonghop.ZoneATK)
	}
	if z.Decision == "" {
		return fmt.Errorf("commune %s: the number of the decision is missing", z.Code)
	}
	for _, d := range []tonghop.Date{z.From, z.To} {
		if _, err := tonghop.ParseDate(string(d)); err != nil && (d != "" || z.From == "") {
			return fmt.Errorf("commune %s: %w", z.Code, err)
		}
	}
	if z.To != "" && z.To < z.From {
		return fmt.Errorf("commune %s: its dates are out of order", z.Code)
	}
	u, ok := r.Unit(z.Code, z.From)
	if above, _ := r.Province(z.Code, z.From); !ok || u.Kind.Level() != 3 || above.Code != province {
		return fmt.Errorf("%q is no commune of province %s on %s", z.Code, province, z.From)
	}
	for _, v := range r.Lines(z.Code) {
		if v.From > z.From && (z.To == "" || v.From <= z.To) && v.From >= "2025-07-01" {
			return fmt.Errorf("code %s is another commune's (%s) from %s on: end the line before and begin a new one", z.Code, v.Name, v.From)
		}
	}
	return nil
}

// sameTime reports whether two lines give a commune one status on one day.
func sameTime(a, b tonghop.Zone) bool {
	return a.Code == b.Code && a.Kind == b.Kind && (a.To == "" || b.From <= a.To) && (b.To == "" || a.From <= b.To)
}
