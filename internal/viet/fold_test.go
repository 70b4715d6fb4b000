package viet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                                   "",
		"Xã Long Đức":                        "Xã Long Đức",
		"  Xã\u00a0\u202fLong\n\tĐức ":       "Xã Long Đức",
		"Xã\u3000Long Ðức":                   "Xã Long Đức",
		"ðường Ɖông ɖi":                      "đường Đông đi",
		"Mường\u200b\ufeff Tè\u00ad":         "Mường Tè",
		"\u200b \u200b":                      "",
		"a \u200b b":                         "a b",
		norm.NFD.String("Huỳnh Thúc Kháng"):  "Huỳnh Thúc Kháng",
		"hie\u0302\u0301n":                   "hiến",
		"hie\u0301\u0302n":                   "hiến",
		"ho\u0300\u0300a, \u1ea5\u0301p":     "hòa, ấp",
		"đa\u0323\u0323t\ufe0f\u3164x\u2800": "đạt x",
		"Xã Тһạnh":                           "Xã Thạnh",
		"Хa Long Đức":                        "Xa Long Đức",
		"ХА":                                 "XA",
		"х":                                  "x",
		"Москва":                             "Москва",
		"ΤΡA VINH":                           "TPA VINH",
		"5 ≥ 3":                              "5 ≥ 3",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldSame(t *testing.T) {
	for _, c := range [][2]string{
		{"Xã Hòa An", "XÃ HOÀ AN"},
		{"khỏe", "Khoẻ"}, {"Xã Thúy Sơn", "xã thuý sơn"}, {"Thủy", "Thuỷ"}, {"Tòa", "Toà"},
		{"hóan", "hoán"}, {"hùynh", "huỳnh"}, {"qúy", "quý"},
		{"Ia H' Drai", "Ia H’Drai"}, {"Ch'ơm", "Chʼơm"}, {"Phan Rang-Tháp Chàm", "Phan Rang – Tháp Chàm"},
		{"2021 - 2025", "2021–2025"}, {"m²", "m2"}, {"ＸÃ", "xã"}, {"“a”", `"A"`}, {"TỔNG SỐ", "Tổng số"},
		{"TRIỆU ẨU", "Triệu ẩu"},
	} {
		if Fold(c[0]) != Fold(c[1]) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q: want the same", c[0], Fold(c[0]), c[1], Fold(c[1]))
		}
	}
}

func TestFoldKeeps(t *testing.T) {
	for _, w := range []string{"toán", "hoàn", "huỳnh", "quý", "quỳ", "hòa", "thúy", "ngoài", "xoáy", "khuỷu", "loè loẹt", "đồng", "nậm chà"} {
		want := w
		if w == "loè loẹt" {
			want = "lòe loẹt"
		}
		if got := Fold(w); got != want {
			t.Errorf("Fold(%q) = %q, want %q", w, got, want)
		}
	}
	for _, c := range [][2]string{{"Nậm Cha", "Nậm Chà"}, {"Lý", "Lí"}, {"Đông", "Dong"}, {"Xã 1", "Xã 2"}} {
		if Fold(c[0]) == Fold(c[1]) {
			t.Errorf("Fold(%q) == Fold(%q)", c[0], c[1])
		}
	}
}

func TestFoldIY(t *testing.T) {
	for _, c := range [][2]string{
		{"Hồng Sỹ", "Hồng Sĩ"}, {"Lục Sỹ Thành", "Lục Sĩ Thành"}, {"Sơn Quy", "Sơn Qui"}, {"Mỹ", "Mĩ"}, {"Lý", "Lí"},
		{"Kỳ Anh", "Kì Anh"}, {"Ty", "Ti"}, {"quý", "quí"},
	} {
		if FoldIY(c[0]) != FoldIY(c[1]) {
			t.Errorf("FoldIY(%q) = %q, FoldIY(%q) = %q", c[0], FoldIY(c[0]), c[1], FoldIY(c[1]))
		}
	}
	for _, w := range []string{"tây", "thúy", "duy", "uy", "huỳnh", "yên"} {
		if got := FoldIY(w); got != w {
			t.Errorf("FoldIY(%q) = %q, want it unchanged", w, got)
		}
	}
}

func TestPlainAndKey(t *testing.T) {
	for in, want := range map[string][2]string{
		"Xã Đông Hải":           {"xa dong hai", "xa dong hai"},
		"Tỷ lệ (%)":             {"ty le (%)", "ty le"},
		"Cơ sở VC\nvăn hóa":     {"co so vc van hoa", "co so vc van hoa"},
		"(3)=(1)+(2)":           {"(3)=(1)+(2)", "3 1 2"},
		"17.10. Tỷ lệ":          {"17.10. ty le", "17 10 ty le"},
		"Thành phố Hồ Chí Minh": {"thanh pho ho chi minh", "thanh pho ho chi minh"},
		"ĐVT: m²":               {"dvt: m2", "dvt m2"},
		"":                      {"", ""},
	} {
		if got := [2]string{Plain(in), Key(in)}; got != want {
			t.Errorf("Plain, Key(%q) = %q, want %q", in, got, want)
		}
	}
}

// text draws strings rich in what offices type: Vietnamese letters composed
// and in pieces, blanks, look-alikes, marks.
func text() *rapid.Generator[string] {
	return rapid.StringOf(rapid.OneOf(
		rapid.RuneFrom([]rune("aăâeêioôơuưyđoaoeuyqhnt AĂĐÐÔ")),
		rapid.RuneFrom([]rune("àáảãạèéẻẽẹìíòóỏõọùúủũụỳýỷỹỵộữẩ")),
		rapid.RuneFrom([]rune("\u0300\u0301\u0302\u0306\u0323\u031b\u00a0\u200b\u00ad\u202f\n-–'’ʼ…²１Хо")),
		rapid.Rune(),
	))
}

func TestKeysSettle(t *testing.T) {
	keys := map[string]func(string) string{"Clean": Clean, "Fold": Fold, "FoldIY": FoldIY, "Plain": Plain, "Key": Key}
	for name, key := range keys {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			s := text().Draw(t, "s")
			once := key(s)
			if twice := key(once); twice != once {
				t.Fatalf("%q -> %q -> %q", s, once, twice)
			}
			if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
				t.Fatalf("%q -> %q is not tidy", s, once)
			}
		}))
	}
}

func TestKeysIgnoreDecomposition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "s")
		if a, b := Fold(s), Fold(norm.NFD.String(s)); a != b {
			t.Fatalf("Fold(%q) = %q composed, %q in pieces", s, a, b)
		}
		if fold, iy, flat := Keys(s); fold != Fold(s) || iy != FoldIY(s) || flat != Plain(s) {
			t.Fatalf("Keys(%q) = %q, %q, %q", s, fold, iy, flat)
		}
		if a, b := Key(s), Key(Fold(s)); a != b {
			t.Fatalf("Key(%q) = %q, of its fold %q", s, a, b)
		}
	})
}

func TestNumbersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789.,% -≥xãm2 ")), 0, 24, -1).Draw(t, "s")
		checkReadings(t, s)
	})
}

func checkReadings(t interface{ Fatalf(string, ...any) }, s string) {
	for _, r := range Numbers(s) {
		figure, ok := Canonical(r.Figure)
		if !ok || figure != r.Figure {
			t.Fatalf("Numbers(%q): figure %q is not canonical (%q, %v)", s, r.Figure, figure, ok)
		}
		if again := Numbers(r.Figure); len(again) == 0 {
			t.Fatalf("Numbers(%q): its own figure %q is no number", s, r.Figure)
		}
		if r.Why == "" {
			t.Fatalf("Numbers(%q): no ground", s)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"85,5", "1.234", "≥ 90 %", "29 789,5 hộ", "12.34,5", "từ 80% trở lên", "\xff5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkReadings(t, s)
		Ratio(s)
		Canonical(s)
	})
}
