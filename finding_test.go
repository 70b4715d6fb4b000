package tonghop_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
)

// However findings name their causes, each is given once: by itself, or under
// one that is there.
func TestFoldedKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{"A", "B", "C"})
		found := rapid.SliceOf(rapid.Custom(func(t *rapid.T) tonghop.Finding {
			f := tonghop.Finding{Rule: rule.Draw(t, "rule")}
			if rapid.Bool().Draw(t, "follows") {
				f.Cause = tonghop.Finding{Rule: rule.Draw(t, "cause")}.Key()
			}
			return f
		})).Draw(t, "found")
		first, follow := tonghop.Folded(found)
		given := len(first)
		keys := map[string]bool{}
		for _, f := range first {
			keys[f.Key()] = true
		}
		for key, under := range follow {
			if given += len(under); len(under) > 0 && !keys[key] {
				t.Errorf("%d findings under %s, which is not there", len(under), key)
			}
		}
		if given != len(found) {
			t.Errorf("%d of %d findings are given", given, len(found))
		}
	})
}
