//go:build !race

package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// A name without accents that two communes of the office bear is asked about,
// with both of them; one of them typed in full beside it changes nothing.
func TestNameOfTwoWithoutAccents(t *testing.T) {
	n := newNormalizer(t)
	for _, name := range []string{"xa Chau Binh", "Chau Binh", "XA CHAU BINH"} {
		f := tidy()
		f.heading[0] = "UBND HUYỆN QUỲ CHÂU"
		f.names = []string{"Xã Châu Bính", name, "Xã Châu Tiến", "Xã Châu Hội"}
		r := read(t, n, f.book(), normalize.Hints{})
		var asked tonghop.Finding
		for _, q := range r.Findings {
			if q.Rule == "DV-020" {
				asked = q
			}
		}
		if r.Rows[1].Unit != "" || r.Rows[1].LeftOut == "" {
			t.Errorf("%q: taken for %s", name, r.Rows[1].Official)
		}
		if asked.Found != name || asked.Args["first_code"] != "16780" || asked.Args["second_code"] != "16804" ||
			asked.Args["second"] != "Xã Châu Bình" || asked.Args["near"] != "" || !strings.HasPrefix(asked.Cells(), r.Rows[1].NameRef.Cell()) {
			t.Errorf("%q: asked %v at %s", name, asked.Args, asked.Cells())
		}
	}
}
