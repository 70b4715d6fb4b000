package normalize_test

import (
	"slices"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestZonesShareACommune puts a district's communes on two sheets, with one or
// two that stand on both: no row is set aside, also where a period is expected.
func TestZonesShareACommune(t *testing.T) {
	p := tidyPlate()
	n := newNormalizer(t)
	first := sheets(one("Cụm 1", p.rows(0, 1, 2)))
	alone, _ := n.Identify(first, normalize.Hints{})
	for name, c := range map[string]struct {
		second plate
		held   bool
	}{
		"one of three on both": {p.rows(2, 3, 4).under(), false},
		"headed by its zone":   {p.rows(2, 3, 4).under("Cụm 2"), false},
		"two of three on both": {p.rows(1, 2, 4).under(), true},
	} {
		book := sheets(one("Cụm 1", p.rows(0, 1, 2)), one("Cụm 2", c.second))
		h := normalize.Hints{Expect: alone[0].Period}
		covers, _ := n.Identify(book, h)
		found := covers[0].Findings
		if held := slices.ContainsFunc(found, func(f tonghop.Finding) bool { return f.Holds }); held != c.held {
			t.Fatalf("%s: held %t; want %t: %q", name, held, c.held, asks(found))
		}
		seen := map[string]bool{}
		for _, row := range n.Read(book, covers, h).Rows {
			seen[row.Unit] = true
		}
		if !c.held && len(seen) != len(p.names) {
			t.Errorf("%s: %d of %d communes", name, len(seen), len(p.names))
		}
	}
}
