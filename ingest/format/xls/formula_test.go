package xls

import (
	"bytes"
	"slices"
	"testing"
)

// Formulas are written with the brackets that their order needs, also where
// the tokens have none.
func TestFormulaText(t *testing.T) {
	a1, b2 := []byte{0x24, 0, 0, 0, 0xc0}, []byte{0x44, 1, 0, 1, 0x40}
	join := slices.Concat[[]byte]
	w := &workbook{biff8: true, budget: 1 << 20, effort: 1 << 20}
	tests := []struct {
		tokens []byte
		want   string
	}{
		{a1, "A1"}, {b2, "B$2"},
		{join(a1, b2, []byte{0x03}, a1, []byte{0x05}), "(A1+B$2)*A1"},
		{join(a1, b2, a1, []byte{0x04, 0x04}), "A1-(B$2-A1)"},
		{join(a1, b2, []byte{0x04}, a1, []byte{0x04}), "A1-B$2-A1"},
		{join(a1, b2, []byte{0x03, 0x15}, a1, []byte{0x05}), "(A1+B$2)*A1"},
		{join(a1, []byte{0x13}, b2, []byte{0x07}), "-A1^B$2"},
		{join(a1, b2, []byte{0x07, 0x13}), "-(A1^B$2)"},
		{join(a1, b2, []byte{0x03, 0x14}), "(A1+B$2)%"},
		{join(a1, []byte{0x19, 0x10, 0, 0}), "SUM(A1)"},
		{join(a1, b2, []byte{0x10, 0x42, 1, 4, 0}), "SUM((A1,B$2))"},
		{join(a1, b2, []byte{0x42, 2, 4, 0}), "SUM(A1,B$2)"},
		{join(a1, b2, []byte{0x42, 2, 0xff, 0xfe}), ""},
		{[]byte{0x25, 0, 0, 0xff, 0xff, 0, 0xc0, 1, 0x80}, "A:$B"},
		{[]byte{0x25, 2, 0, 3, 0, 0, 0xc0, 0xff, 0xc0}, "3:4"},
		{[]byte{0x1f, 0, 0, 0, 0, 0, 0, 0, 0x80}, "0"},
		{[]byte{0x1f, 0, 0, 0, 0, 0, 0, 0xf0, 0xbf}, ""},
		{[]byte{0x17, 2, 0, '"', 'a'}, `"""a"`},
		{[]byte{0x03}, ""}, {[]byte{0x24, 0}, ""}, {join(a1, a1), ""}, {[]byte{0x20, 0, 0, 0, 0, 0, 0, 0}, ""}, {[]byte{0xff}, ""},
	}
	for _, tt := range tests {
		if got, _, _ := w.formulaText(tt.tokens, place{0, 0}, false); got != tt.want {
			t.Errorf("% x: %q, want %q", tt.tokens, got, tt.want)
		}
	}
	// A formula of signs alone costs the square of its length: no text then.
	w.effort = 1 << 12
	if got, _, ok := w.formulaText(join(a1, bytes.Repeat([]byte{0x13}, 4000)), place{}, false); ok {
		t.Errorf("%d bytes of text", len(got))
	}
	wrapped, _, _ := (&workbook{biff8: true, budget: 1, effort: 1 << 10}).formulaText([]byte{0x2c, 0xff, 0xff, 0xff, 0xc0}, place{0, 0}, true)
	if wrapped != "IV65536" {
		t.Errorf("shared reference over the edge: %s", wrapped)
	}
}

// Sheets are quoted where their names need it.
func TestSheetNames(t *testing.T) {
	for name, plain := range map[string]bool{
		"Sheet1": true, "Biểu": true, "Biểu 03": false, "A1": false, "ABC123": false, "R1C1": false, "RC": false, "Sum": true,
		"2023": false, "TRUE": false, "a'b": false, "T6": false, "xã_3": true, "": false,
	} {
		if got := plainSheet(name); got != plain {
			t.Errorf("%q: %v", name, got)
		}
	}
}
