package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop/ingest/format/charset/charsettest"
)

// registerNames are the names of all units that the register has, each once:
// with their kind, and without.
func registerNames(t *testing.T) (whole, bare []string) {
	t.Helper()
	whole = charsettest.Names(t, "../../../templates/units/units.csv")
	seen := map[string]bool{}
	for _, name := range whole {
		short := name
		for _, kind := range []string{"Thành phố ", "Thị trấn ", "Thị xã ", "Đặc khu ", "Phường ", "Huyện ", "Quận ", "Tỉnh ", "Xã "} {
			short = strings.TrimPrefix(short, kind)
		}
		if !seen[short] {
			seen[short] = true
			bare = append(bare, short)
		}
	}
	return whole, bare
}

// encoder turns Unicode into Western characters of an encoding.
func encoder(t *testing.T, name string) func(string) string {
	t.Helper()
	switch name {
	case UTF8Twice:
		return charsettest.Western
	case Windows1258:
		return func(s string) string { return charsettest.Western(windows1258(t, s)) }
	}
	table := named(name).table
	bytes := map[string]string{}
	for i, s := range table.one {
		if _, ok := bytes[s]; !ok || i < 0x80 && s == string(rune(i)) {
			bytes[s] = string([]byte{byte(i)})
		}
	}
	for pair, s := range table.two {
		bytes[s] = pair
	}
	return func(text string) string {
		var b strings.Builder
		for _, r := range text {
			s, ok := bytes[string(r)]
			if !ok {
				s, ok = bytes[strings.ToLower(string(r))]
			}
			if !ok {
				t.Fatalf("%s: no byte for %q", name, r)
			}
			b.WriteString(s)
		}
		return charsettest.Western(b.String())
	}
}

var oldEncodings = []string{TCVN3, VNI, VPS, VISCII, Windows1258, UTF8Twice}

// tally is how the names of one encoding are read without a font.
type tally struct{ all, sure, wrong, another, several, open int }

func readNames(j *Judge, names []string, encode func(string) string) tally {
	var n tally
	register := map[string]bool{}
	for _, name := range names {
		register[folded(name)] = true
	}
	for _, name := range names {
		text := encode(name)
		if folded(text) == folded(name) {
			continue // the same characters, or Đ as its look-alike
		}
		n.all++
		switch e := j.Explain(text); {
		case e.Sure && folded(e.Claims[0].Text) == folded(name):
			n.sure++
		case e.Sure:
			n.wrong++
			if register[folded(e.Claims[0].Text)] {
				n.another++
			}
		case len(e.Claims) > 0 && e.Claims[0].Alone():
			n.several++
		default:
			n.open++
		}
	}
	return n
}

func everyThird(names []string) (some []string) {
	for i := 0; i < len(names); i += 3 {
		some = append(some, names[i])
	}
	return some
}

func folded(s string) string { return strings.ToLower(sameLetters(norm.NFC.String(s))) }

// A name that stands alone, in a font that says nothing, is read where it shows
// what it is; nowhere is it surely read as the name of another unit. Names with
// their kind show more. The floors are what was found, rounded down.
func TestNamesWithoutFont(t *testing.T) {
	whole, bare := registerNames(t)
	floors := map[string][2]int{ // percent of whole and bare names
		TCVN3: {99, 60}, VNI: {90, 70}, VPS: {70, 60}, VISCII: {70, 60}, Windows1258: {90, 40}, UTF8Twice: {99, 95},
	}
	judge := NewJudge()
	for _, name := range oldEncodings {
		for i, names := range [][]string{whole, bare} {
			if i == 1 {
				names = everyThird(names)
			}
			n := readNames(judge, names, encoder(t, name))
			t.Logf("%s: %+v", name, n)
			if n.sure*100 < n.all*floors[name][i] || n.wrong*100 > n.all || n.another > 0 {
				t.Errorf("%s: %+v", name, n)
			}
		}
	}
}

// By their fonts all names are read, up to the case of capitals that an encoding
// does not have.
func TestNamesByFont(t *testing.T) {
	whole, _ := registerNames(t)
	for font, name := range map[string]string{FontTCVN3: TCVN3, FontVNI: VNI, FontVPS: VPS, FontVISCII: VISCII} {
		encode := encoder(t, name)
		for _, unit := range whole {
			if got := Unicode(font, encode(unit)); folded(got) != folded(unit) {
				t.Errorf("%s %q: %q", font, unit, got)
			}
		}
	}
}

// What is Unicode already stays, in any case and in pieces.
func TestUnicodeNamesStay(t *testing.T) {
	whole, bare := registerNames(t)
	for _, way := range []func(string) string{func(s string) string { return s }, strings.ToUpper, strings.ToLower, norm.NFD.String} {
		j := NewJudge()
		for _, name := range append(whole, bare...) {
			if e := j.Explain(way(name)); len(e.Claims) > 0 && e.Claims[0].Alone() {
				t.Errorf("%q is read as %q", way(name), e.Claims[0].Text)
			}
		}
	}
}
