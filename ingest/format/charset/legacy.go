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

// vpsLetters lists the bytes of VPS. Its one source is UniKey's table; no other
// was found to compare it with. visciiLetters lists those of VISCII: UniKey's
// table and glibc's, which agree; six capitals stand at control characters
// (RFC 1456), for which some programs use the byte of the small letter. Where a
// byte stands for both cases it is read as the small letter.
const (
	vpsLetters = "\x80À \x81Ả \x82Ã \x83Ấ \x84Ầ \x85Ẩ \x86Ọ \x86ọ \x87ỗ \x88Ă \x89ế \x8aề \x8bể \x8cỆ \x8cệ \x8dẮ \x8eẰ \x8fẲ \x90Ế \x93Ề \x94Ể " +
		"\x95Ễ \x96Ố \x97Ồ \x98Ổ \x99Ỗ \x9aý \x9bỷ \x9cỴ \x9cỵ \x9dỚ \x9eỜ \x9fỞ \xa1ắ \xa2ằ \xa3ẳ \xa4ẵ \xa5Ặ \xa5ặ \xa6Ỡ \xa7ớ \xa8Ù " +
		"\xa9ờ \xaaở \xabỡ \xacŨ \xadỨ \xaeỢ \xaeợ \xafỪ \xb0ổ \xb1Ử \xb2Ỳ \xb3Ỹ \xb4Í \xb5Ì \xb6Ộ \xb6ộ \xb7Ỉ \xb8Ĩ \xb9Ó \xbaử \xbbỮ " +
		"\xbbữ \xbcÒ \xbdỎ \xbeÕ \xbfỰ \xbfự \xc0ầ \xc1Á \xc2Â \xc3ấ \xc4ẩ \xc5Ẫ \xc5ẫ \xc6Ậ \xc6ậ \xc7đ \xc8ẻ \xc9É \xcaÊ \xcbẸ \xcbẹ " +
		"\xccỉ \xcdễ \xceỊ \xceị \xcfỹ \xd0Ư \xd1Ủ \xd2ồ \xd3ố \xd4Ô \xd5ỏ \xd6ơ \xd7È \xd8ừ \xd9ứ \xdaÚ \xdbũ \xdcư \xddÝ \xdeẺ \xe0à " +
		"\xe1á \xe2â \xe3ã \xe4ả \xe5Ạ \xe5ạ \xe6ă \xe8è \xe9é \xeaê \xebẽ \xecì \xedí \xefĩ \xf0Ẵ \xf1Đ \xf2ò \xf3ó \xf4ô \xf5õ \xf7Ơ " +
		"\xf8Ụ \xf8ụ \xf9ù \xfaú \xfbủ \xfdỶ \xfeẼ \xffỳ"
	visciiLetters = "\x02Ẳ \x05Ẵ \x06Ẫ \x14Ỷ \x19Ỹ \x1eỴ \x80Ạ \x81Ắ \x82Ằ \x83Ặ \x84Ấ \x85Ầ \x86Ẩ \x87Ậ \x88Ẽ \x89Ẹ \x8aẾ \x8bỀ \x8cỂ \x8dỄ \x8eỆ " +
		"\x8fỐ \x90Ồ \x91Ổ \x92Ỗ \x93Ộ \x94Ợ \x95Ớ \x96Ờ \x97Ở \x98Ị \x99Ỏ \x9aỌ \x9bỈ \x9cỦ \x9dŨ \x9eỤ \x9fỲ \xa1ắ \xa2ằ \xa3ặ \xa4ấ " +
		"\xa5ầ \xa6ẩ \xa7ậ \xa8ẽ \xa9ẹ \xaaế \xabề \xacể \xadễ \xaeệ \xafố \xb0ồ \xb1ổ \xb2ỗ \xb3Ỡ \xb4Ơ \xb5ộ \xb6ờ \xb7ở \xb8ị \xb9Ự " +
		"\xbaỨ \xbbỪ \xbcỬ \xbdơ \xbeớ \xbfƯ \xc0À \xc1Á \xc2Â \xc3Ã \xc4Ả \xc5Ă \xc6Ẳ \xc6ẳ \xc7Ẵ \xc7ẵ \xc8È \xc9É \xcaÊ \xcbẺ \xccÌ " +
		"\xcdÍ \xceĨ \xcfỳ \xd0Đ \xd1ứ \xd2Ò \xd3Ó \xd4Ô \xd5ạ \xd6Ỷ \xd6ỷ \xd7ừ \xd8ử \xd9Ù \xdaÚ \xdbỸ \xdbỹ \xdcỴ \xdcỵ \xddÝ \xdeỡ " +
		"\xdfư \xe0à \xe1á \xe2â \xe3ã \xe4ả \xe5ă \xe6ữ \xe7Ẫ \xe7ẫ \xe8è \xe9é \xeaê \xebẻ \xecì \xedí \xeeĩ \xefỉ \xf0đ \xf1ự \xf2ò " +
		"\xf3ó \xf4ô \xf5Õ \xf5õ \xf6ỏ \xf7ọ \xf8ụ \xf9ù \xfaú \xfbũ \xfcủ \xfdý \xfeợ \xffỮ"
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

func tcvn3Table() *table  { return fontTable(tcvn3Letters, false) }
func vniTable() *table    { return fontTable(vniLetters, true) }
func vpsTable() *table    { return fontTable(vpsLetters, false) }
func visciiTable() *table { return fontTable(visciiLetters, false) }

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
