//go:build !race

package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestRivalHasItsColumn takes a name that is near to two indicators for the one
// that no other column holds, also where a column of the criterion is not there;
// where both lack a column it is asked about.
func TestRivalHasItsColumn(t *testing.T) {
	const named, at = "TL chất thải rắn được thu gom", 46 // AT: 17.6, and near to 17.7
	n := newNormalizer(t)
	for _, c := range []struct {
		without int // column
		field   string
	}{
		{44, "17.6"}, // 17.4
		{52, "17.6"}, // 17.12
		{47, ""},     // 17.7, as near as 17.6
	} {
		b := sampleBooks(t)["tiểu cần ntm thang 6 (sửa).xlsx"]
		there := false
		for i := range b.Sheets[0].Lines {
			l := &b.Sheets[0].Lines[i]
			l.Cells = slices.DeleteFunc(l.Cells, func(cell tonghop.Cell) bool {
				there = there || cell.Col == at && cell.Stored == named
				return cell.Col == c.without && cell.Row >= 10
			})
		}
		r := read(t, n, b, normalize.Hints{})
		field, asked := "", strings.Contains(asks(r.Findings), "COT-006")
		for _, col := range r.Cover.Columns {
			if col.Col == at && col.Role == tonghop.ColField {
				field = col.Field
			}
		}
		if !there || field != c.field || asked != (c.field == "") {
			t.Errorf("without column %d: %q (found: %t) is %q, asked %t; want %q", c.without, named, there, field, asked, c.field)
		}
	}
}
