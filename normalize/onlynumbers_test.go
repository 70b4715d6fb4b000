package normalize

import "testing"

// TestColumnWithoutLabels: a column whose only label was a running number, which
// was taken away, counts for nothing and is no reason to break down.
func TestColumnWithoutLabels(t *testing.T) {
	n, h := &Normalizer{}, &header{labels: map[int][]label{3: nil}, content: map[int]mix{}}
	if n.trusted(h) || n.criteriaAlone(h) {
		t.Error("a header without a label is trusted")
	}
}
