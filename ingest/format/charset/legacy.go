package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// tcvn3 lists each byte of TCVN3 with its letter; vni each mark of VNI-Windows
// behind the letter that carries it, or alone. Both are given for lower case.
// The tables are UniKey's, compared with glibc's and VBKey's.
const (
	tcvn3Letters = "\xa8ă \xa9â \xaaê \xabô \xacơ \xadư \xaeđ " +
		"\xb5à \xb6ả \xb7ã \xb8á \xb9ạ \xbbằ \xbcẳ \xbdẵ \xbeắ \xc6ặ \xc7ầ \xc8ẩ \xc9ẫ \xcaấ \xcbậ " +
		"\xccè \xceẻ \xcfẽ \xd0é \xd1ẹ \xd2ề \xd3ể \xd4ễ \xd5ế \xd6ệ \xd7ì \xd8ỉ \xdcĩ \xddí \xdeị " +
		"\xdfò \xe1ỏ \xe2õ \xe3ó \xe4ọ \xe5ồ \xe6ổ \xe7ỗ \xe8ố \xe9ộ \xeaờ \xebở \xecỡ \xedớ \xeeợ " +
		"\xefù \xf1ủ \xf2ũ \xf3ú \xf4ụ \xf5ừ \xf6ử \xf7ữ \xf8ứ \xf9ự \xfaỳ \xfbỷ \xfcỹ \xfdý \xfeỵ " +
		"\xa1Ă \xa2Â \xa3Ê \xa4Ô \xa5Ơ \xa6Ư \xa7Đ"
	vniLetters = "a\xf9á a\xf8à a\xfbả a\xf5ã a\xefạ a\xe2â a\xe1ấ a\xe0ầ a\xe5ẩ a\xe3ẫ a\xe4ậ " +
		"a\xeaă a\xe9ắ a\xe8ằ a\xfaẳ a\xfcẵ a\xebặ \xf1đ " +
		"e\xf9é e\xf8è e\xfbẻ e\xf5ẽ e\xefẹ e\xe2ê e\xe1ế e\xe0ề e\xe5ể e\xe3ễ e\xe4ệ " +
		"\xedí \xecì \xe6ỉ \xf3ĩ \xf2ị " +
		"o\xf9ó o\xf8ò o\xfbỏ o\xf5õ o\xefọ o\xe2ô o\xe1ố o\xe0ồ o\xe5ổ o\xe3ỗ o\xe4ộ " +
		"\xf4ơ \xf4\xf9ớ \xf4\xf8ờ \xf4\xfbở \xf4\xf5ỡ \xf4\xefợ " +
		"u\xf9ú u\xf8ù u\xfbủ u\xf5ũ u\xefụ \xf6ư \xf6\xf9ứ \xf6\xf8ừ \xf6\xfbử \xf6\xf5ữ \xf6\xefự " +
		"y\xf9ý y\xf8ỳ y\xfbỷ y\xf5ỹ \xeeỵ"
)

// table is one 8-bit encoding: the text of a byte, and of two bytes together.
type table struct {
	one [256]string
	two map[string]string
}

// western fills a table with a Windows code page.
func western(page *charmap.Charmap) *table {
	t := &table{}
	for i := range t.one {
		t.one[i] = string(page.DecodeByte(byte(i)))
	}
	return t
}

// fontTable is an encoding of fonts: the letters of the list, upper case made
// from lower case where the encoding has it, everything else as Western.
func fontTable(list string, capitals bool) *table {
	t := western(charmap.Windows1252)
	t.two = map[string]string{}
	put := func(bytes, letter string) {
		if len(bytes) == 1 {
			t.one[bytes[0]] = letter
		} else {
			t.two[bytes] = letter
		}
	}
	for item := range strings.SplitSeq(list, " ") {
		_, n := utf8.DecodeLastRuneInString(item)
		bytes, letter := item[:len(item)-n], item[len(item)-n:]
		put(bytes, letter)
		if capitals {
			upper := []byte(bytes)
			for i, c := range upper {
				upper[i] = c - 0x20 // both ASCII and Latin-1 set capitals 32 lower
			}
			put(string(upper), strings.ToUpper(letter))
		}
	}
	return t
}

func tcvn3Table() *table { return fontTable(tcvn3Letters, false) }
func vniTable() *table   { return fontTable(vniLetters, true) }

// decode reads bytes; tones that stand as characters of their own, as in
// Windows-1258, are joined to their letters.
func (t *table) decode(raw string) string {
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/4)
	for i := 0; i < len(raw); i++ {
		if t.two != nil && i+1 < len(raw) && raw[i+1] >= 0x80 {
			if s, ok := t.two[raw[i:i+2]]; ok {
				b.WriteString(s)
				i++
				continue
			}
		}
		b.WriteString(t.one[raw[i]])
	}
	return norm.NFC.String(b.String())
}
