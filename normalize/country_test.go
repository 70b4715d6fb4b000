//go:build !race

package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestEveryProvince reads a form of some district of every province, and the tables
// of some provinces after the districts, by the units of the day: every commune is itself, wards and townships are left out, and nothing
// is asked but what lies between two lists.
func TestEveryProvince(t *testing.T) {
	n, register := newNormalizer(t), unitsOf(t)
	read63, read34 := 0, 0
	for i, province := range register.Children("", "2022-12-31") {
		on := []tonghop.Date{"2022-12-31", "2024-12-31", "2025-06-30"}[i%3]
		districts := register.Children(province.Code, on)
		read63 += ofOffice(t, n, register, districts[i%len(districts)], province, on, "UBND ")
	}
	for i, province := range register.Children("", "2025-09-30") {
		if i%6 == 0 { // tables of a hundred communes
			read34 += ofOffice(t, n, register, province, province, "2025-09-30", "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI ")
		}
	}
	if read63 < 50 || read34 < 6 {
		t.Errorf("only %d districts and %d provinces had communes to report on", read63, read34)
	}
}

// ofOffice reads the form of one office with all its units; 0 if none is a xã.
func ofOffice(t *testing.T, n *normalize.Normalizer, register *tonghop.Register, office, province tonghop.Unit, on tonghop.Date, body string) int {
	t.Helper()
	if len(register.Communes(office.Code, on)) == 0 {
		return 0
	}
	year, month, _ := on.Parts()
	f := tidy()
	f.heading[0], f.heading[2], f.names = strings.ToUpper(body+office.Name), fmt.Sprintf("Tháng %d năm %d", month, year), nil
	units := register.Children(office.Code, on)
	for _, u := range units {
		f.names = append(f.names, u.Name)
	}
	r := read(t, n, f.book(), normalize.Hints{Province: province.Code})
	if r.Cover.Office.Code != office.Code || len(r.Rows) != len(units) {
		t.Errorf("%s, %s: taken for %q with %d rows, want %d", on, office.Name, r.Cover.Office.Name, len(r.Rows), len(units))
		return 1
	}
	for i, row := range r.Rows {
		if xa := units[i].Kind == tonghop.Xa; row.Unit != units[i].Code || xa != (row.LeftOut == "") {
			t.Errorf("%s, %s: %s is %s, left out by %q", on, office.Name, units[i].Name, row.Official, row.LeftOut)
		}
	}
	between := map[string]bool{"DV-044": true, "DV-051": true}
	doubt := office.Presence(on) == tonghop.Perhaps || len(register.Perhaps(office.Code, on)) > 0
	for _, q := range r.Findings {
		if q.Severity != tonghop.Note && !(doubt && between[q.Rule]) {
			t.Errorf("%s, %s: asked %s %s", on, office.Name, q.Rule, q.Cells())
		}
	}
	return 1
}
