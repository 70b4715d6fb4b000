package charset

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop/ingest/format/charset/charsettest"
)

func convertedTwice(s string) string {
	return charsettest.Twice(s, func(s string) string { return Unicode(FontTCVN3, s) })
}

// A name that was converted twice can be read as itself, in any case; where it
// is read as another, that one has become the same letters.
func TestNamesConvertedTwice(t *testing.T) {
	whole, _ := registerNames(t)
	whole = everyThird(whole)
	j := NewJudge()
	for _, way := range []func(string) string{func(s string) string { return s }, strings.ToUpper} {
		first := 0
		for _, name := range whole {
			name = norm.NFC.String(way(name))
			got := j.BeforeTwice(convertedTwice(name))
			if got.Text == name {
				first++
			}
			if got.Ways != nil && !slices.Contains(got.Ways, name) {
				t.Errorf("%q: %q", name, got.Ways)
			}
			if len(got.Right) > 0 {
				t.Errorf("%q: %q have letters that none can have", name, got.Right)
			}
			if convertedTwice(got.Text) != convertedTwice(name) && !strings.EqualFold(got.Text, name) {
				t.Errorf("%q is read as %q", name, got.Text)
			}
		}
		t.Logf("%d of %d", first, len(whole))
		if first*100 < 95*len(whole) {
			t.Errorf("%d of %d names are read at first", first, len(whole))
		}
	}
}

// Words of Unicode text hardly ever tell of a second conversion.
func TestUnicodeIsNotConverted(t *testing.T) {
	whole, _ := registerNames(t)
	j := NewJudge()
	made, right := map[string]bool{}, map[string]bool{}
	for _, name := range whole {
		c := j.BeforeTwice(name)
		for _, w := range c.Made {
			made[w] = true
		}
		for _, w := range c.Right {
			right[w] = true
		}
	}
	if len(made)*100 > len(right) {
		t.Errorf("%d words tell for it, %d against it: %v", len(made), len(right), made)
	}
}
