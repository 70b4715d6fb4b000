package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
)

// autumn is a tidy form for September 2025, when communes report by themselves.
func autumn(heading string, names ...string) *form {
	f := tidy()
	f.heading = []string{heading, "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "Tháng 9 năm 2025"}
	f.names = names
	return f
}

// TestCommunesReport recognises forms of communes, of the province's office,
// and of offices that are no more.
func TestCommunesReport(t *testing.T) {
	n := newNormalizer(t)
	const vpdp = "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI TỈNH VĨNH LONG"
	cases := []struct {
		name, heading string
		rows          []string
		province      string
		office, units string
		ask, notes    string
	}{
		{"its own", "UBND XÃ TẬP NGÃI", []string{"Xã Tập Ngãi"}, "86", "29365", "29365", "", ""},
		{"in full", "Ủy ban nhân dân xã Tập Ngãi", []string{"Tập Ngãi"}, "86", "29365", "29365", "", "GC-012"},
		{"abbreviated", "UBND X. TẬP NGÃI", []string{"X.Tập Ngãi"}, "86", "29365", "29365", "", "GC-012"},
		{"in every province", "UBND XÃ TẬP NGÃI", []string{"Xã Tập Ngãi"}, "", "29365", "29365", "", ""},
		{"a ward", "Ủy ban nhân dân phường Duyên Hải", []string{"Phường Duyên Hải"}, "86", "29512", "29512", "DV-042 A1", "DV-012"},
		{"no heading", "Phụ lục", []string{"Xã Tập Ngãi"}, "86", "29365", "29365", "", "GC-071"},
		{"xã or ward", "Phụ lục", []string{"Duyên Hải"}, "86", "29512", "29512", "DV-042 A4", "GC-071"},
		{"nothing tells", "Phụ lục", []string{"Xã Lạ"}, "86", "", "", "DV-001 ", ""},
		{"another's row", "UBND XÃ TẬP NGÃI", []string{"Xã Tập Ngãi", "Xã Trà Cú"}, "86", "29365", "29365 29461", "DV-049 B6:BH6", ""},
		{"another's only", "UBND XÃ TẬP NGÃI", []string{"Xã Trà Cú"}, "86", "29365", "29461", "DV-043 A1; DV-049 B5:BH5", ""},
		{"the province's", vpdp, []string{"Xã Tập Ngãi", "Xã Trà Cú", "Xã Càng Long"}, "86", "86", "29365 29461 29266", "", "GC-070"},
		{"the province's, without its name", "Phụ lục", []string{"Xã Tập Ngãi", "Xã Trà Cú"}, "86", "86", "29365 29461", "", "GC-070"},
		{"two communes", "UBND xã Tập Ngãi, UBND xã Trà Cú", []string{"Xã Lạ"}, "86", "29365", "", "DV-003 A1,A1; DV-020 B5:BH5; DV-004 ", ""},
		{"two, and the row tells", "UBND xã Tập Ngãi, UBND xã Trà Cú", []string{"Xã Trà Cú"}, "86", "29461", "29461", "", ""},
		{"a namesake elsewhere", "UBND XÃ TÂN AN", []string{"Xã Tân An"}, "", "", "", "DV-040 A1", ""},
		{"the province tells", "TỈNH VĨNH LONG - UBND XÃ TÂN AN", []string{"Xã Tân An"}, "", "29278", "29278", "", ""},
		{"another province", "UBND XÃ TẬP NGÃI", []string{"Xã Tập Ngãi"}, "04", "", "", "DV-006 A1", ""},
		{"a district that is no more", "UBND HUYỆN TRÀ CÚ", []string{"Xã Phước Hưng", "Xã Tập Sơn"}, "86", "", "", "DV-041 A1", ""},
		{"a commune that is no more", "UBND XÃ NGỌC BIÊN", []string{"Xã Ngọc Biên"}, "86", "", "", "DV-041 A1", ""},
		{"where a district was", vpdp + " (địa bàn huyện Trà Cú cũ)", []string{"Xã Trà Cú", "Xã Tập Sơn"}, "86", "86", "29461 29467", "", "GC-070"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			covers, _ := n.Identify(autumn(c.heading, c.rows...).book(), normalize.Hints{Province: c.province})
			r := n.Read(autumn(c.heading, c.rows...).book(), covers, normalize.Hints{Province: c.province})
			var units []string
			for _, row := range r.Rows {
				units = append(units, row.Unit)
			}
			if got := strings.TrimSpace(strings.Join(units, " ")); r.Cover.Office.Code != c.office || got != c.units {
				t.Errorf("office %q, rows %q; want %q, %q", r.Cover.Office.Code, got, c.office, c.units)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
			for _, rule := range strings.Fields(c.notes) {
				if !slices.ContainsFunc(r.Findings, func(f tonghop.Finding) bool { return f.Rule == rule }) {
					t.Errorf("no note %s", rule)
				}
			}
		})
	}
}

// TestFormerNames takes former names for the units of today where that is
// certain, and asks where it is not.
func TestFormerNames(t *testing.T) {
	n := newNormalizer(t)
	divided := dividedIn(t, "86")
	for _, c := range []struct{ typed, unit, left, ask string }{
		{"Xã Ngọc Biên", "29506", "", ""},        // went whole into Xã Long Hiệp
		{"Thị trấn Càng Long", "29266", "", ""},  // now Xã Càng Long, by another name on its code
		{"Xã Long Đức", "", "DV-012", ""},        // now a ward
		{divided, "", "DV-047", "DV-047 B7:BH7"}, // nobody can know which part
		{"Xã Chưa Từng Có", "", "DV-020", "DV-020 B7:BH7"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			f := autumn("VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI TỈNH VĨNH LONG", "Xã Tập Ngãi", "Xã Trà Cú", c.typed)
			r := read(t, n, f.book(), normalize.Hints{Province: "86"})
			row := r.Rows[2]
			if row.LeftOut != c.left || c.unit != "" && row.Unit != c.unit {
				t.Errorf("unit %q (%s), left out by %q; want %q, %q", row.Unit, row.Official, row.LeftOut, c.unit, c.left)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
			noted := slices.ContainsFunc(r.Findings, func(f tonghop.Finding) bool { return f.Rule == "GC-072" && f.Cells() == "B7" })
			if former := c.left == "" || c.left == "DV-012"; noted != former {
				t.Errorf("noted as a former name: %t, want %t", noted, former)
			}
		})
	}
}

// dividedIn is the name of a commune of the province that was divided and whose
// name nobody bears any more.
func dividedIn(t *testing.T, province string) string {
	register := unitsOf(t)
	for _, u := range register.Gone(3, "2025-09-30") {
		now, certain := register.Became(u, "2025-09-30")
		if certain || len(now) < 2 || now[0].Parent != province || now[1].Parent != province || u.To != "2025-06-30" {
			continue
		}
		used := func(v tonghop.Unit) bool { return v.Name == u.Name }
		if !slices.ContainsFunc(register.Children(province, "2025-09-30"), used) {
			return u.Name
		}
	}
	t.Fatal("no commune of the province was divided")
	return ""
}

// TestCodes holds a column of codes against the names.
func TestCodes(t *testing.T) {
	n := newNormalizer(t)
	names := []string{"Xã Tập Ngãi", "Xã Trà Cú", "Xã Càng Long", "Xã Hàm Giang"}
	right := []string{"29365", "29461", "29266", "29489"}
	for _, c := range []struct {
		name, label string
		code        string // of the last row
		ask, note   string
		args        string
	}{
		{"right", "Mã xã", "29489", "", "", ""},
		{"a number", "Mã xã", "29489.0", "", "", ""},
		{"no such code", "Mã xã", "99999", "DV-052 C8", "", ""},
		{"another's", "Mã đơn vị", "29461", "DV-046 C8", "", "Xã Trà Cú"},
		{"what is another's now", "Mã", "29503", "DV-046 C8", "", "Xã Ngọc Biên"},
		{"numbers of rows", "Mã số", "4", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := autumn("VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI TỈNH VĨNH LONG", names...)
			f.labels = append([]string{c.label}, f.labels...)
			for i, name := range names {
				code := right[i]
				if c.label == "Mã số" {
					code = itoa(i + 1)
				}
				if i == 3 {
					code = c.code
				}
				f.set(name, c.label, text(code))
			}
			r := read(t, n, f.book(), normalize.Hints{Province: "86"})
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
			for _, found := range r.Findings {
				if found.Rule == "DV-046" && found.Args["now"] != c.args && found.Args["before"] != c.args {
					t.Errorf("says it is %v; want %s", found.Args, c.args)
				}
			}
		})
	}
}

// TestBetweenLists takes communes of either list as written, and asks once.
func TestBetweenLists(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name, heading, month string
		rows                 []string
		units, ask           string
	}{
		{"by the earlier list", "UBND HUYỆN GIA LÂM", "Tháng 12 năm 2024", []string{"Xã Đình Xuyên", "Xã Dương Hà", "Xã Lệ Chi"}, "00538 00541 00550", "DV-044 B5; DV-044 B6"},
		{"by the later list", "UBND HUYỆN GIA LÂM", "Tháng 12 năm 2024", []string{"Xã Thiên Đức", "Xã Lệ Chi"}, "00541 00550", "DV-044 B5"},
		{"before", "UBND HUYỆN GIA LÂM", "Tháng 10 năm 2024", []string{"Xã Đình Xuyên", "Xã Lệ Chi"}, "00538 00550", ""},
		{"another code, the same name", "UBND HUYỆN HÀ QUẢNG", "Tháng 3 năm 2020", []string{"Xã Cải Viên", "Xã Nội Thôn"}, "01405 01411", "BIEU-007 ; DV-044 B5"},
		{"a new district", "UBND THỊ XÃ CHŨ", "Tháng 12 năm 2024", []string{"Xã Quý Sơn", "Xã Mỹ An"}, "07576 07600", "DV-051 A1"},
		{"a commune before communes send", "UBND XÃ TẬP NGÃI", "6 tháng đầu năm 2025", []string{"Xã Tập Ngãi"}, "", "DV-082 A1"},
		{"a commune of before", "UBND XÃ NGỌC BIÊN", "6 tháng đầu năm 2025", []string{"Xã Lạ"}, "", "DV-001 "},
		{"a province that is no more", "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI TỈNH TRÀ VINH", "Tháng 9 năm 2025", []string{"Xã Lạ"}, "", "DV-083 A1"},
		{"and while it stood", "UBND TỈNH TRÀ VINH", "Tháng 6 năm 2025", []string{"Xã Lạ"}, "", "DV-001 "},
		{"not yet a district", "UBND THỊ XÃ CHŨ", "Tháng 6 năm 2024", []string{"Xã Lạ"}, "", "DV-050 A1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := autumn(c.heading, c.rows...)
			f.heading[2] = c.month
			r := read(t, n, f.book(), normalize.Hints{})
			var units []string
			for _, row := range r.Rows {
				units = append(units, row.Unit)
			}
			if got := strings.Join(units, " "); got != c.units {
				t.Errorf("rows %q, want %q", got, c.units)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}

func unitsOf(t testing.TB) *tonghop.Register {
	t.Helper()
	register, err := templates.Units(templates.FS(""))
	if err != nil {
		t.Fatal(err)
	}
	return register
}
