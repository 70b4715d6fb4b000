package validate_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// A commune's total is wrong, and so the district's seems to be, which is right:
// only the commune's is to be changed. A district's total that is wrong by another
// number stays a question of its own.
func TestFoldTotals(t *testing.T) {
	total := func(rule string, row int, found, want string) tonghop.Finding {
		f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Field: tonghop.FieldTotalMet, Found: found, Expected: want}
		return f.At(tonghop.Ref{Sheet: "S", Row: row, Col: 81})
	}
	for _, c := range []struct {
		communes [][2]string
		district [2]string
		folded   bool
	}{
		{[][2]string{{"17", "19"}}, [2]string{"94", "92"}, true},
		{[][2]string{{"17", "19"}, {"16", "15"}}, [2]string{"93", "92"}, true},
		{[][2]string{{"17", "19"}}, [2]string{"95", "92"}, false},
		{[][2]string{{"17", "18 – 19"}}, [2]string{"94", "92"}, false},
		{nil, [2]string{"94", "92"}, false},
	} {
		var all []tonghop.Finding
		for i, w := range c.communes {
			all = append(all, total("TONG-001", 7+i, w[0], w[1]))
		}
		all = append(all, total("TONG-010", 14, c.district[0], c.district[1]))
		got := validate.Fold(all, &tonghop.Return{})
		if last := got[len(got)-1]; (last.Cause != "") != c.folded {
			t.Errorf("%v, %v: follows from %q", c.communes, c.district, last.Cause)
		}
	}
}
