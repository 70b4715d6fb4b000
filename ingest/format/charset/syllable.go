package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The parts of a Vietnamese syllable, and words that stand in most reports.
const (
	onsetList = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
	rimeList  = "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu " +
		"iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu " +
		"o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong " +
		"ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt " +
		"u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ " +
		"uy uya uych uyên uyêt uyn uynh uyp uyt uyu " +
		"ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yt"
	frequentList = "huyện xã tỉnh đạt chưa tiêu chí chỉ tổng số đồng hộ thị trấn phường thành phố người nhập tháng năm biểu " +
		"kết quả nông mới báo cáo ủy dân lập độ tế nước điện trường trạm dựng giao thông thủy lợi nghèo lệ thực hiện " +
		"giá ghi chú tên tịch cộng hòa xây và của các được không về có"
)

// The tone marks: grave, acute, tilde, hook above, dot below.
const (
	tones     = "\u0300\u0301\u0303\u0309\u0323"
	stopTones = "\u0301\u0323"
)

// syllables knows what a Vietnamese syllable looks like.
type syllables struct {
	onsets, rimes, frequent map[string]bool
}

func newSyllables() *syllables {
	set := func(list string) map[string]bool {
		m := map[string]bool{}
		for w := range strings.SplitSeq(list, " ") {
			m[norm.NFC.String(w)] = true
		}
		return m
	}
	s := &syllables{onsets: set(onsetList), rimes: set(rimeList), frequent: set(frequentList)}
	s.onsets[""] = true
	return s
}

// glides reports whether a syllable ends with a sound that is no vowel of its own
// and never has the tone: ai, ao, au, but not uy.
func glides(bare string) bool {
	if !strings.HasSuffix(bare, "i") && !strings.HasSuffix(bare, "o") && !strings.HasSuffix(bare, "u") && !strings.HasSuffix(bare, "y") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(bare[:len(bare)-1])
	if strings.HasSuffix(bare, "uy") || strings.HasSuffix(bare, "ui") && strings.HasPrefix(bare, "q") {
		return false
	}
	return strings.ContainsRune("aăâeêoôơuưi", before) && bare != "gi" && bare != "giu" && bare != "gio"
}

// is reports whether the word, in lower case, is shaped as one syllable: an
// onset, a rime, at most one tone, and before a final stop only acute or dot.
func (s *syllables) is(word string) bool {
	tone, last := rune(0), false
	bare := strings.Map(func(r rune) rune {
		last = last && unicode.IsMark(r)
		if !strings.ContainsRune(tones, r) {
			return r
		}
		if tone != 0 {
			tone = -1
		} else {
			tone, last = r, true
		}
		return -1
	}, norm.NFD.String(word))
	if tone < 0 {
		return false
	}
	bare = norm.NFC.String(bare)
	if last && glides(bare) {
		return false
	}
	stop := strings.HasSuffix(bare, "c") || strings.HasSuffix(bare, "ch") || strings.HasSuffix(bare, "p") || strings.HasSuffix(bare, "t")
	if stop && !strings.ContainsRune(stopTones, tone) {
		return false
	}
	for n := 0; n <= 3 && n <= len(bare); n++ {
		// đ is the only onset beyond ASCII, and stands alone.
		if rest, ok := strings.CutPrefix(bare, "đ"); ok {
			return s.rimes[rest]
		}
		if s.onsets[bare[:n]] && s.rimes[bare[n:]] {
			return true
		}
	}
	return false
}
