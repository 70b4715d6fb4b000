//go:build !race

package normalize_test

import (
	"slices"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// A column under a heading over several, with nothing in its own cell, is asked
// about at that cell; what is answered is named there too.
func TestOwnHeadOfColumn(t *testing.T) {
	book := func() *tonghop.Book {
		b := sampleBooks(t)[traCuSample]
		s := &b.Sheets[slices.IndexFunc(b.Sheets, func(s tonghop.Sheet) bool { return s.Name == "Biểu 03" })]
		*s.Cell(17, 17) = tonghop.Cell{Row: 17, Col: 17} // 4.2, under the merged heading of criterion 4
		return b
	}
	n := newNormalizer(t)
	at := func(n *normalize.Normalizer, rule string) string {
		for _, f := range read(t, n, book(), normalize.Hints{}).Findings {
			if f.Rule == rule && f.Args["column"] == "Q" {
				return f.Areas[0].String()
			}
		}
		return "nowhere"
	}
	if got := at(n, "COT-004"); got != "Q17" {
		t.Errorf("asked at %s", got)
	}
	covers, _ := n.Identify(book(), normalize.Hints{})
	v := tonghop.Variant{Office: covers[0].Office.Code, Form: covers[0].Form, Version: covers[0].Version, Fingerprint: covers[0].Fingerprint}
	v.Answers = []tonghop.Answer{{Place: 17 - covers[0].First, Label: "Tiêu chí 4", Field: "4.2", By: "Văn phòng Điều phối"}}
	if got := at(n.Answered([]tonghop.Variant{v}), "COT-050"); got != "Q17" {
		t.Errorf("answered at %s", got)
	}
}
