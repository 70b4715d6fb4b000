package charset

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
)

const sample = "UBND huyện Trà Cú\nBiểu tổng hợp kết quả thực hiện bộ tiêu chí xã nông thôn mới\n" +
	"Xã Long Hiệp;đạt;85,5\nXã Ngọc Biên;chưa đạt;72,1\nXã Hàm Giang;đạt;19\n"

// backward makes bytes of text: the reverse of a table, longest letters first.
func backward(t *testing.T, of *table, text string) string {
	t.Helper()
	bytes := map[string]string{}
	for i, s := range of.one {
		if _, ok := bytes[s]; !ok || i < 0x80 {
			bytes[s] = string([]byte{byte(i)})
		}
	}
	for pair, s := range of.two {
		bytes[s] = pair
	}
	var b strings.Builder
	for _, r := range text {
		s, ok := bytes[string(r)]
		if !ok {
			t.Fatalf("no byte for %q", r)
		}
		b.WriteString(s)
	}
	return b.String()
}

// windows1258 makes bytes: the circumflex, breve and horn in the letter, the
// tone behind it.
func windows1258(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for _, r := range text {
		s := string(r)
		if _, ok := charmap.Windows1258.EncodeRune(r); !ok {
			d := []rune(norm.NFD.String(s))
			for i := len(d) - 1; i > 0; i-- { // ộ is o, dot below, circumflex
				if strings.ContainsRune(tones, d[i]) {
					s = norm.NFC.String(string(append(append([]rune{}, d[:i]...), d[i+1:]...))) + string(d[i])
				}
			}
		}
		for _, r := range s {
			c, ok := charmap.Windows1258.EncodeRune(r)
			if !ok {
				t.Fatalf("no byte for %q", r)
			}
			b.WriteByte(c)
		}
	}
	return b.String()
}

func units(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestDecode(t *testing.T) {
	legacy := func(s string) string { return western(charmap.Windows1252).decode(s) }
	small := strings.ReplaceAll(strings.ToLower(sample), "ð", "đ")
	tcvn3, vni := backward(t, tcvn3Table(), small), backward(t, vniTable(), sample)
	tests := []struct {
		name, raw, encoding, text string
		sure                      bool
		lost                      int
	}{
		{"ascii", "a;b", UTF8, "a;b", true, 0},
		{"nothing", "", UTF8, "", true, 0},
		{"utf-8", sample, UTF8, sample, true, 0},
		{"utf-8 marked", markUTF8 + sample, UTF8, sample, true, 0},
		{"decomposed", norm.NFD.String(sample), UTF8, norm.NFD.String(sample), true, 0},
		{"utf-8 with a damaged byte", "\xfa" + sample, UTF8, "\ufffd" + sample, true, 1},
		{"utf-16le marked", markUTF16LE + units(sample, binary.LittleEndian), UTF16LE, sample, true, 0},
		{"utf-16be marked", markUTF16BE + units(sample, binary.BigEndian), UTF16BE, sample, true, 0},
		{"utf-16le", units(sample, binary.LittleEndian), UTF16LE, sample, true, 0},
		{"utf-16be", units(sample, binary.BigEndian), UTF16BE, sample, true, 0},
		{"half a pair", markUTF16LE + "a\x00\x00\xd8b\x00", UTF16LE, "a\ufffdb", true, 1},
		{"windows-1258", windows1258(t, sample), Windows1258, sample, true, 0},
		{"tcvn3", tcvn3, TCVN3, legacy(tcvn3), true, 0},
		{"vni", vni, VNI, legacy(vni), true, 0},
		{"other language", "caf\xe9;pr\xeat-\xe0-porter;gar\xe7on\nStra\xdfe;M\xfcnchen;gr\xfcn", Windows1252, "café;prêt-à-porter;garçon\nStraße;München;grün", false, 0},
		{"signs only", "10 m\xb2;37 \xb0C", Windows1252, "10 m²;37 °C", true, 0},
		{"one word", "X\xb7;1", TCVN3, "X·;1", false, 0},
		{"nul characters", strings.Repeat("abc;", 50) + "\x00;Xã", UTF8, strings.Repeat("abc;", 50) + ";Xã", true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(tt.raw)
			if err != nil {
				t.Fatal(err)
			}
			if got.Encoding != tt.encoding || got.Text != tt.text || got.Sure != tt.sure || got.Lost != tt.lost {
				t.Errorf("got %+v", got)
			}
			if !got.Sure && got.Second == "" {
				t.Error("not sure, but of nothing else")
			}
		})
	}
}

func TestUnicode(t *testing.T) {
	for _, tt := range []struct{ font, in, want string }{
		{FontTCVN3, "X· Long §øc", "Xã Long Đức"},
		{FontTCVN3, "Trµ Vinh", "Trà Vinh"},
		{FontTCVN3, "M\u00adêng", "Mường"},
		{FontTCVN3, "M\u00adêng 中", "M\u00adêng 中"},
		{FontVNI, "Huyeän Traø Cuù", "Huyện Trà Cú"},
		{FontVNI, "TÆNH", "TỈNH"},
		{"Times New Roman", "X· Long", "X· Long"},
	} {
		if got := Unicode(tt.font, tt.in); got != tt.want {
			t.Errorf("%s %q: %q, want %q", tt.font, tt.in, got, tt.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, raw, code string }{
		{"half a character", sample + "Xã Đ\u1ea1"[:len("Xã Đ\u1ea1")-1], "file.damaged"},
		{"half a unit", markUTF16LE + "a\x00b", "file.damaged"},
		{"binary", "\x01\x02\x03\xfe\xfa\xc0\x01\x02", "file.unknown"},
		{"zeros", "ab\x00\x00\x00\x00\x00cdef", "file.unknown"},
	} {
		if got, err := Decode(tt.raw); tonghop.CodeOf(err) != tt.code {
			t.Errorf("%s: got %+v, %v", tt.name, got, err)
		}
	}
}

func TestSyllables(t *testing.T) {
	s := newSyllables()
	for _, w := range strings.Fields("huyện xã tỉnh đạt chưa nghiệp quốc quyết giếng gì giá khuỷu thuở yên yếu ươm đắk nguyễn phường hoà hòa thuý ốc quỳnh xoắn") {
		if !s.is(w) {
			t.Errorf("%s is a syllable", w)
		}
	}
	for _, w := range strings.Fields("été øc zà bàc ngx huyeän đ đđa ầt càp áà münchen") {
		if s.is(w) {
			t.Errorf("%s is none", w)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(sample)
	f.Add(markUTF16LE + units(sample, binary.LittleEndian))
	f.Add("X\xb7 Long \xa7\xf8c")
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := Decode(raw)
		if err != nil {
			if code := tonghop.CodeOf(err); code != "file.unknown" && code != "file.damaged" {
				t.Fatal(err)
			}
			return
		}
		if got.Encoding == "" || strings.ToValidUTF8(got.Text, "") != got.Text {
			t.Fatalf("%q: %+v", raw, got)
		}
	})
}
