package templates

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

func register(t testing.TB) *tonghop.Register {
	t.Helper()
	r, err := Units(FS(""))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tally counts the units of the country by level, and of a province by kind.
func tally(r *tonghop.Register, on tonghop.Date) (levels [4]int, kinds map[string]map[tonghop.UnitKind]int) {
	kinds = map[string]map[tonghop.UnitKind]int{}
	var walk func(province, parent string)
	walk = func(province, parent string) {
		for _, u := range r.Children(parent, on) {
			levels[u.Kind.Level()]++
			p := province
			if p == "" {
				p = u.Code
				kinds[p] = map[tonghop.UnitKind]int{}
			}
			kinds[p][u.Kind]++
			walk(p, u.Code)
		}
	}
	walk("", "")
	return levels, kinds
}

func TestUnitsOnEachDate(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		on   tonghop.Date
		want [3]int // provinces, districts, communes
	}{
		{"2019-12-01", [3]int{63, 713, 11053}}, {"2020-05-31", [3]int{63, 713, 11053}},
		{"2020-06-01", [3]int{63, 707, 10614}}, {"2020-11-01", [3]int{63, 707, 10614}},
		{"2021-11-01", [3]int{63, 705, 10599}}, {"2022-04-10", [3]int{63, 705, 10599}},
		{"2022-10-01", [3]int{63, 705, 10599}}, {"2023-04-10", [3]int{63, 705, 10598}},
		{"2023-06-30", [3]int{63, 705, 10598}}, {"2024-01-31", [3]int{63, 705, 10598}},
		{"2024-02-01", [3]int{63, 705, 10598}}, {"2024-05-01", [3]int{63, 705, 10595}},
		{"2024-09-01", [3]int{63, 704, 10542}}, {"2024-11-01", [3]int{63, 704, 10472}},
		{"2025-01-01", [3]int{63, 696, 10045}}, {"2025-03-01", [3]int{63, 696, 10035}},
		{"2025-06-30", [3]int{63, 696, 10035}}, {"2025-07-01", [3]int{34, 0, 3321}},
		{"2026-05-01", [3]int{34, 0, 3321}},
	} {
		levels, _ := tally(r, c.on)
		if got := [3]int(levels[1:]); got != c.want {
			t.Errorf("%s: %v units, want %v", c.on, got, c.want)
		}
	}
}

func TestUnitsOfTheProvinces(t *testing.T) {
	r := register(t)
	_, kinds := tally(r, "2023-06-30")
	for code, want := range map[string]map[tonghop.UnitKind]int{
		"84": {tonghop.Tinh: 1, tonghop.ThanhPho: 1, tonghop.ThiXa: 1, tonghop.Huyen: 7, tonghop.Xa: 85, tonghop.Phuong: 11, tonghop.ThiTran: 10},
		"04": {tonghop.Tinh: 1, tonghop.ThanhPho: 1, tonghop.Huyen: 9, tonghop.Xa: 139, tonghop.Phuong: 8, tonghop.ThiTran: 14},
		"12": {tonghop.Tinh: 1, tonghop.ThanhPho: 1, tonghop.Huyen: 7, tonghop.Xa: 94, tonghop.Phuong: 5, tonghop.ThiTran: 7},
	} {
		if diff := cmp.Diff(want, kinds[code]); diff != "" {
			t.Errorf("province %s on 30/6/2023 (-want +got):\n%s", code, diff)
		}
	}
	_, kinds = tally(r, "2019-12-01")
	if got := kinds["84"][tonghop.Xa]; got != 85 {
		t.Errorf("Trà Vinh had %d xã on 01/12/2019, want 85", got)
	}
	if got := kinds["04"][tonghop.Xa]; got <= 139 {
		t.Errorf("Cao Bằng had %d xã on 01/12/2019, want more than after the mergers of 2020", got)
	}
	_, kinds = tally(r, "2025-07-01")
	for code, want := range map[string]int{"86": 124, "04": 56, "12": 38} {
		got := kinds[code][tonghop.Xa] + kinds[code][tonghop.Phuong]
		if got != want {
			t.Errorf("province %s on 01/7/2025: %d communes, want %d", code, got, want)
		}
	}
}

func TestUnitsOfTraVinhCity(t *testing.T) {
	r := register(t)
	names := func(on tonghop.Date) (out []string) {
		for _, u := range r.Children("842", on) {
			out = append(out, u.Name)
		}
		return out
	}
	before, after := names("2024-12-31"), names("2025-01-01")
	if len(before) != 10 || len(after) != 8 {
		t.Errorf("wards and communes of TP Trà Vinh: %v before 2025, %v after", before, after)
	}
	ward, ok := r.Unit("29245", "2024-12-31")
	if !ok || ward.To != "2024-12-31" || ward.ToAfter != "2024-11-01" {
		t.Errorf("Phường 2 = %+v, want an end between 01/11/2024 and 31/12/2024", ward)
	}
	if got := len(r.Offices("84", "2023-06-30", 2)); got != 9 {
		t.Errorf("Trà Vinh has %d reporting offices, want 9", got)
	}
}

func TestUnitsKeepCodesApart(t *testing.T) {
	r := register(t)
	old, _ := r.Unit("29242", "2025-06-30")
	now, _ := r.Unit("29242", "2025-07-01")
	if old.Name != "Phường 3" || now.Name != "Phường Trà Vinh" || now.Parent != "86" || now.From != "2025-07-01" || now.FromAfter != "" {
		t.Errorf("29242: %+v, then %+v", old, now)
	}
	if u, ok := r.Unit("84", "2025-07-01"); ok {
		t.Errorf("Trà Vinh still stands after 30/6/2025: %+v", u)
	}
	city, _ := r.Unit("75", "2026-04-30")
	if city.Name != "Thành phố Đồng Nai" || city.Kind != tonghop.ThanhTW {
		t.Errorf("75 on 30/4/2026 = %+v", city)
	}
}

func TestUnitsRegions(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		code string
		on   tonghop.Date
		want string
	}{
		{"84", "2023-06-30", "DBSCL"}, {"29263", "2023-06-30", "DBSCL"}, {"04", "2023-06-30", "TDMNPB"},
		{"12", "2025-08-01", "TDMNPB"}, {"64", "2023-06-30", "TN"}, {"86", "2025-08-01", "DBSCL"}, {"52", "2025-08-01", ""},
	} {
		if got, _ := r.Region(c.code, c.on); got != c.want {
			t.Errorf("region of %s on %s = %q, want %q", c.code, c.on, got, c.want)
		}
	}
	c, err := Criteria(FS(""), "xa-ntm-2021-2025")
	if err != nil {
		t.Fatal(err)
	}
	regions := map[string]bool{"": true}
	for _, th := range mustIndicator(t, c, "15.3").Thresholds {
		regions[th.Region] = true
	}
	for _, p := range r.Children("", "2023-06-30") {
		if p.Region == "" || !regions[p.Region] {
			t.Errorf("%s has region %q, unknown to the criteria", p.Name, p.Region)
		}
	}
	for _, p := range r.Children("", "2025-07-01") {
		for _, u := range r.Communes(p.Code, "2025-07-01") {
			if region, _ := r.Region(u.Code, "2025-07-01"); region == "" {
				t.Errorf("%s, %s: no region", u.Name, p.Name)
			}
		}
	}
}

func TestUnitsRefuses(t *testing.T) {
	head := strings.Join(unitColumns, ",") + "\n"
	for name, c := range map[string]struct{ rows, want string }{
		"header":   {"code,name\n", "line 1: want the columns"},
		"fields":   {head + "84,Tỉnh\n", "line 2"},
		"kind":     {head + "84,Tỉnh Trà Vinh,province,,,,,,,\n", `line 2: unknown kind "province"`},
		"code":     {head + "842,Tỉnh Trà Vinh,tinh,,,,,,,\n", "line 2: code \"842\": want 2 digits"},
		"name":     {head + "84,,tinh,,,,,,,\n", "line 2: unit 84 has no name"},
		"day":      {head + "84,Tỉnh Trà Vinh,tinh,,2023-02-30,,,,,\n", "line 2: unit 84: read date"},
		"order":    {head + "84,Tỉnh Trà Vinh,tinh,,2023-02-28,2023-01-01,,,,\n", "line 2: unit 84: its dates"},
		"reused":   {head + "84,A,tinh,,,2025-06-30,,,,\n84,B,tinh,,2025-06-30,,,,,\n", "line 3: code 84 is in use at the same time on line 2"},
		"orphan":   {head + "842,Huyện A,huyen,84,,,,,,\n", "line 2: parent 84"},
		"too late": {head + "84,A,tinh,,,2025-06-30,,,,\n842,Huyện A,huyen,84,2025-07-01,,,,,\n", "line 3: parent 84"},
		"no sure":  {head + "84,A,tinh,,,,DBSCL,,,\n", "line 2: unit 84: region and region_sure"},
	} {
		quoted := strings.Replace(c.rows, "code", `"code"`, 1) // files with quotation marks are read another way
		for _, rows := range []string{c.rows, quoted, strings.ReplaceAll(c.rows, "\n", "\r\n")} {
			_, err := Units(fstest.MapFS{unitsFile: {Data: []byte(rows)}})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), unitsFile) {
				t.Errorf("%s: error %v, want one with %q", name, err, c.want)
			}
		}
	}
	if _, err := Units(fstest.MapFS{}); err == nil {
		t.Error("no error without a file")
	}
}

// A file is read the same with quotation marks, as a spreadsheet saves it.
func TestUnitsQuoted(t *testing.T) {
	raw, err := fs.ReadFile(FS(""), unitsFile)
	if err != nil {
		t.Fatal(err)
	}
	quoted := strings.Replace(string(raw), "Phường Phúc Xá", `"Phường Phúc Xá"`, 1)
	plain, _, err := unitRows(raw)
	if err != nil {
		t.Fatal(err)
	}
	units, _, err := unitRows([]byte(strings.ReplaceAll(quoted, "\n", "\r\n")))
	if diff := cmp.Diff(plain, units); diff != "" || err != nil || quoted == string(raw) {
		t.Errorf("read otherwise with quotation marks: %v\n%s", err, diff)
	}
}

func TestUnitsFast(t *testing.T) {
	best := time.Hour
	for range 5 {
		start := time.Now()
		register(t)
		best = min(best, time.Since(start))
	}
	t.Logf("decoded in %v", best)
	if best > time.Second {
		t.Errorf("decoding took %v", best)
	}
}

func BenchmarkUnits(b *testing.B) {
	for b.Loop() {
		register(b)
	}
}

// Names are matched inside one office: there, every key but [viet.Plain] must
// keep all names of all times apart.
func TestUnitsNamesStayApart(t *testing.T) {
	r := register(t)
	for _, on := range []tonghop.Date{"2019-12-01", "2023-06-30", "2025-06-30", "2025-07-01"} {
		for _, p := range r.Children("", on) {
			offices := r.Children(p.Code, on)
			if on >= "2025-07-01" {
				offices = []tonghop.Unit{p}
			}
			for _, office := range offices {
				for name, key := range map[string]func(string) string{"Fold": viet.Fold, "FoldIY": viet.FoldIY} {
					if a, b := meet(r.Children(office.Code, on), key); a != "" {
						t.Errorf("%s, %s, %s: %s and %s are one under %s", on, p.Name, office.Name, a, b, name)
					}
				}
			}
		}
	}
}

// meet returns two names with one key, "" if there are none.
func meet(units []tonghop.Unit, key func(string) string) (a, b string) {
	seen := map[string]string{}
	for _, u := range units {
		k := key(u.Name)
		if other := seen[k]; other != "" {
			return other, u.Name
		}
		seen[k] = u.Name
	}
	return "", ""
}
