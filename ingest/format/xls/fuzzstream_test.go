package xls

import (
	"bytes"
	"os"
	"testing"

	"github.com/tonghop/tonghop"
)

// FuzzStream feeds the records behind the head of a workbook, so that nothing
// is spent on the compound file around them.
func FuzzStream(f *testing.F) {
	text := [8]byte{6: 0xff, 7: 0xff}
	f.Add(sstBytes([]string{"a", "ữ", "Xã Ngọc Biên"}, 20), record(recLabelSST, 1, 2, 0, uint32(1)))
	f.Add([]byte{}, append(formulaRecord(0, 0, text, 0, 0x17, 1, 0, 'x'), record(recString, 1, []byte{0, 'x'})...))
	f.Add(record(recFormat, 164, 4, []byte("\x000.0%")), record(recMulRK, 0, 0, 0, uint32(6), 0, uint32(7), 1))
	for _, name := range []string{"testdata/both.xls", "testdata/gnumeric.xls"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		s, err := workbookStream(bytes.NewReader(b), int64(len(b)), tonghop.Limits{}.WithDefaults())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s[20:min(len(s), 3000)], s[max(0, len(s)-3000):])
	}
	f.Fuzz(func(t *testing.T, globals, sheet []byte) {
		_, err := loadStream(stream(globals, sheet), tonghop.Limits{Cells: 5000, Text: 1 << 20, Merges: 500})
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Fatalf("error without a code: %v", err)
		}
	})
}

// FuzzFormulaTokens writes any tokens: no panic, and no text beyond its limit.
func FuzzFormulaTokens(f *testing.F) {
	f.Add([]byte{0x24, 0, 0, 0, 0xc0, 0x44, 1, 0, 1, 0x40, 0x03, 0x42, 1, 4, 0}, true)
	f.Add([]byte{0x23, 1, 0, 0, 0, 0x1e, 1, 0, 0x42, 2, 0xff, 0x00}, false)
	f.Add([]byte{0x3b, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0x19, 0x10, 0, 0}, false)
	f.Fuzz(func(t *testing.T, tokens []byte, shared bool) {
		for _, biff8 := range []bool{true, false} {
			w := &workbook{biff8: biff8, budget: 1 << 20, effort: 1 << 20, charset: charsetOf(1258), sheets: []sheetEntry{{name: "Biểu 1"}}}
			w.links = links{books: []linkedBook{{self: true}, {functions: true, names: []string{"EDATE"}}}, sheets: []linkedSheets{{0, 0, 0}, {1, 0, 0}}, names: []string{"Tổng"}}
			text, _, ok := w.formulaText(tokens, place{5, 5}, shared)
			if len(text) > formulaTextMax || ok == (text == "") {
				t.Fatalf("%q %v", text, ok)
			}
		}
	})
}
