package format

import (
	"reflect"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset/charsettest"
)

// twice is what is said of a text that was converted twice, with all its ways.
func twice(ways ...string) tonghop.Respelt {
	return tonghop.Respelt{As: "tcvn3 twice", Ways: ways}
}

// oneColumn makes a book of texts below each other, in pairs of font and text.
func oneColumn(pairs ...string) *tonghop.Book {
	var s tonghop.Sheet
	for i := 0; i < len(pairs); i += 2 {
		s.Lines = append(s.Lines, tonghop.Line{Row: i/2 + 1, Cells: []tonghop.Cell{{Row: i/2 + 1, Col: 1, Kind: tonghop.CellText,
			Stored: pairs[i+1], Shown: pairs[i+1], Style: &tonghop.Style{Font: pairs[i]}}}})
	}
	return &tonghop.Book{Sheets: []tonghop.Sheet{s}}
}

func TestLegible(t *testing.T) {
	tests := []struct {
		name  string
		pairs []string // font, stored
		want  []string
		taken []tonghop.Taken
	}{
		{"TCVN3 in a font of Unicode", []string{"Times New Roman", "X· Long §øc"}, []string{"Xã Long Đức"}, nil},
		{"TCVN3", []string{".VnTime", "X· Long §øc", ".VnArial", "12,5", ".VnTimeH", "tØnh trµ vinh", ".VnTime", "§¹t", ".VnTime", "§G", ".VnTime", "C§", ".VnTime", "Sè: 16/BC-BC§"},
			[]string{"Xã Long Đức", "12,5", "TỈNH TRÀ VINH", "Đạt", "ĐG", "CĐ", "Số: 16/BC-BCĐ"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "tcvn3", Sure: true, Cells: 6}}},
		{"VNI", []string{"VNI-Times", "Xaõ Long Ñöùc", "VNI-Helve", "Huyeän Caàu Keø"}, []string{"Xã Long Đức", "Huyện Cầu Kè"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "vni", Sure: true, Cells: 2}}},
		{"Unicode in an old font", []string{".VnTime", "Huyện Trà Cú", ".VnTime", "Xã Đại An", ".VnTime", "Xã"},
			[]string{"Huyện Trà Cú", "Xã Đại An", "Xã"}, nil},
		{"may be either, and the rest is old", []string{".VnTime", "HuyÖn Trµ Có", ".VnTime", "Xã"}, []string{"Huyện Trà Cú", "Xó"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "tcvn3", Sure: true, Cells: 2}}},
		{"words of the highlands", []string{".VnTime", "X· Kr«ng Bé", ".VnTime", "Kr«ng Bóc, Kr«ng P¾k, Bé", ".VnTime", "x· Kr«ng Ana, tê tr×nh", ".VnTime", "x· §¾k Br«ng Bé",
			".VnTime", "V¨n B¶n sè 5 Bé NN, Kr«ng N¨ng"}, []string{"Xã Krông Bộ", "Krông Búc, Krông Pắk, Bộ", "xã Krông Ana, tờ trình", "xã Đắk Brông Bộ", "Văn Bản số 5 Bộ NN, Krông Năng"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "tcvn3", Sure: true, Cells: 5}}},
		{"nothing tells, TCVN3", []string{".VnTime", "Phú Tân", ".VnTimeH", "TONG SO"}, []string{"Phỳ Tõn", "TONG SO"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "tcvn3", Sure: false, Cells: 1}}},
		{"nothing tells, VNI", []string{"VNI-Times", "Hoà Tân"}, []string{"Hồ Tân"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "vni", Sure: false, Cells: 1}}},
		{"half converted", []string{".VnTime", "HuyÖn Trµ Có", ".VnTime", "X· Long §øc", ".VnTime", "Xã Đại An", ".VnTime", "Xã"},
			[]string{"Huyện Trà Cú", "Xã Long Đức", "Xã Đại An", "Xó"},
			[]tonghop.Taken{{What: tonghop.TakenFont, As: "tcvn3", Sure: false, Cells: 3}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := oneColumn(tt.pairs...)
			legible(b)
			for i, want := range tt.want {
				if c := b.Sheets[0].Cell(i+1, 1); c.Stored != want || c.Shown != want {
					t.Errorf("%q: stored %q, shown %q, want %q", tt.pairs[2*i+1], c.Stored, c.Shown, want)
				}
			}
			if len(b.Taken) != len(tt.taken) || len(b.Taken) > 0 && b.Taken[0] != tt.taken[0] {
				t.Errorf("taken %v, want %v", b.Taken, tt.taken)
			}
		})
	}
}

// A text with several fonts is decoded part by part, and parts that cells share
// are not changed under the other cell.
func TestLegibleRuns(t *testing.T) {
	rich := &tonghop.Rich{Runs: []tonghop.Run{{Text: "X· ", Font: ".VnTime"}, {Text: "Trà Cú", Font: "Times New Roman"}, {Text: " (míi)"}}}
	cell := tonghop.Cell{Row: 1, Col: 1, Kind: tonghop.CellText, Stored: "X· Trà Cú (míi)", Shown: "X· Trà Cú (míi)",
		Style: &tonghop.Style{Font: ".VnTime"}, Rich: rich}
	other := cell
	other.Col = 2
	b := &tonghop.Book{Sheets: []tonghop.Sheet{{Lines: []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{cell, other}}}}}}
	legible(b)
	for col := 1; col <= 2; col++ {
		if c := b.Sheets[0].Cell(1, col); c.Stored != "Xã Trà Cú (mới)" || c.Shown != c.Stored || c.Rich.Runs[2].Text != " (mới)" {
			t.Errorf("column %d: %q %q %v", col, c.Stored, c.Shown, c.Rich)
		}
	}
}

// What no font explains is read by its words, else by its neighbours; what they
// cannot settle is named.
func TestUnlabelled(t *testing.T) {
	const font = "Times New Roman"
	tests := []struct {
		name         string
		stored, want []string
		said         map[int]tonghop.Respelt // by row; without the texts it has
	}{
		{"TCVN3, with a name that reads well as it is", []string{"X· Long §øc", "Phó T©n", "Phó Minh", "Ch\u00ada ®¹t"},
			[]string{"Xã Long Đức", "Phú Tân", "Phú Minh", "Chưa đạt"},
			map[int]tonghop.Respelt{1: {As: "tcvn3"}, 2: {As: "tcvn3"}, 3: {As: "tcvn3"}, 4: {As: "tcvn3"}}},
		{"VNI", []string{"Ñaït", "Chöa ñaït", "Xaõ Hoaø AÂn"}, []string{"Đạt", "Chưa đạt", "Xã Hoà Ân"},
			map[int]tonghop.Respelt{1: {As: "vni"}, 2: {As: "vni"}, 3: {As: "vni"}}},
		{"the ư lost", []string{"X· Mêng Kh¬ng", "Trêng häc", "X· Hng Mü", "Cha ®¹t"}, []string{"Xã Mường Khương", "Trường học", "Xã Hưng Mỹ", "Chưa đạt"},
			map[int]tonghop.Respelt{1: {As: "tcvn3", Restored: true}, 2: {As: "tcvn3", Restored: true}, 3: {As: "tcvn3", Restored: true}, 4: {As: "tcvn3", Restored: true}}},
		{"half converted, and the neighbours agree", []string{"Xã Đại An", "Xã Phú Minh", "Xã Đức Mỹ", "X· Long §øc", "Phó Minh", "X· §Þnh An"},
			[]string{"Xã Đại An", "Xã Phú Minh", "Xã Đức Mỹ", "Xã Long Đức", "Phú Minh", "Xã Định An"},
			map[int]tonghop.Respelt{4: {As: "tcvn3"}, 5: {As: "tcvn3"}, 6: {As: "tcvn3"}}},
		{"half converted, and the neighbours differ", []string{"Xã Đại An", "Phó Minh", "X· Long §øc"},
			[]string{"Xã Đại An", "Phó Minh", "Xã Long Đức"},
			map[int]tonghop.Respelt{2: {Other: "Phú Minh"}, 3: {As: "tcvn3"}}},
		{"both in one cell", []string{"X· Long §øc, huyện Trà Cú, đạt"}, []string{"Xã Long Đức, huyện Trà Cú, đạt"},
			map[int]tonghop.Respelt{1: {As: "tcvn3"}}},
		{"read as Western twice", []string{charsettest.Western(charsettest.Western("Xã Long Đức")), "Trà Cú"}, []string{"Xã Long Đức", "Trà Cú"},
			map[int]tonghop.Respelt{1: {As: "utf-8 twice"}}},
		{"converted from TCVN3 twice", []string{"Tổng số tiờu chớ đạt", "Đỏnh giỏ", "Giỏo dục", "Xó Đụng Phương", "Đạt", "Hộ nghốo", "rà soát"},
			[]string{"Tổng số tiêu chí đạt", "Đánh giá", "Giáo dục", "Xã Đông Phương", "Đạt", "Hộ nghèo", "rà soát"},
			map[int]tonghop.Respelt{1: twice("Tổng số tiêu chí đạt", "Tổng số tiêu chớ đạt", "Tổng sè tiêu chí đạt", "Tổng sè tiêu chớ đạt"), 2: twice("Đánh giá", "Đánh giỏ"), 3: twice("Giáo dục"),
				4: twice("Xã Đông Phương", "Xã Đụng Phương"), 6: twice("Hộ nghèo", "Hé nghèo")}},
		{"converted twice but for half", []string{"Cỏc tiờu chớ", "Xó Tõn An", "Xã Hòa Bình", "Đông Phương", "Đụng Phương", "Huyện Tân Châu"},
			[]string{"Các tiêu chí", "Xã Tân An", "Xã Hòa Bình", "Đông Phương", "Đụng Phương", "Huyện Tân Châu"},
			map[int]tonghop.Respelt{1: twice("Các tiêu chí", "Các tiêu chớ"), 2: twice("Xã Tân An"), 5: {Ways: []string{"Đụng Phương", "Đông Phương", "Đụng Phương"}}}},
		{"slips", []string{"Xã Liờn Hà", "Huyện Đông Anh", "Tổng số tiêu chí"}, []string{"Xã Liờn Hà", "Huyện Đông Anh", "Tổng số tiêu chí"}, nil},
		{"UTF-8 with blanks lost", []string{"TrÃ Vinh", strings.ReplaceAll(charsettest.Western("làng Đại An"), "\u00a0", " "), "XÃ HÀM TÂN"}, []string{"Trà Vinh", "làng Đại An", "XÃ HÀM TÂN"},
			map[int]tonghop.Respelt{1: {As: "utf-8 twice", Restored: true}, 2: {As: "utf-8 twice", Restored: true}}},
		{"numbers, codes and other languages", []string{"1.234,5", "25°C", "m²", "QĐ-UBND", "Café Zürich", "Noël", "§ 5", "“Xanh – sạch”", "Ba¹", "Krông Ana", "Ea H’leo", "Ðông Hà", "± 0,5", "XÃ HÀM"},
			[]string{"1.234,5", "25°C", "m²", "QĐ-UBND", "Café Zürich", "Noël", "§ 5", "“Xanh – sạch”", "Ba¹", "Krông Ana", "Ea H’leo", "Ðông Hà", "± 0,5", "XÃ HÀM"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var pairs []string
			for _, text := range tt.stored {
				pairs = append(pairs, font, text)
			}
			b := oneColumn(pairs...)
			legible(b)
			for i, want := range tt.want {
				if c := b.Sheets[0].Cell(i+1, 1); c.Stored != want || c.Shown != want {
					t.Errorf("%q: stored %q, shown %q, want %q", tt.stored[i], c.Stored, c.Shown, want)
				}
			}
			for _, r := range b.Respelt {
				if at := r.Ref.Row - 1; r.Stored != tt.stored[at] || r.Read != tt.want[at] {
					t.Errorf("said %+v", r)
				}
				r.Stored, r.Read = "", ""
				want, ok := tt.said[r.Ref.Row]
				if want.Ref = r.Ref; !ok || !reflect.DeepEqual(r, want) {
					t.Errorf("said %+v, want %+v", r, want)
				}
				delete(tt.said, r.Ref.Row)
			}
			if len(tt.said) > 0 {
				t.Errorf("not said: %v", tt.said)
			}
		})
	}
}
