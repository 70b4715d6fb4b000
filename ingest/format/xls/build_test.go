package xls

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/tonghop/tonghop"
)

// record writes one record.
func record(id uint16, parts ...any) []byte {
	var d bytes.Buffer
	for _, p := range parts {
		if n, ok := p.(int); ok {
			p = uint16(n)
		}
		if err := binary.Write(&d, le, p); err != nil {
			panic(err)
		}
	}
	head := le.AppendUint16(nil, id)
	return append(le.AppendUint16(head, uint16(d.Len())), d.Bytes()...)
}

// stream writes a workbook with one sheet, without a compound file around it.
func stream(globals, sheet []byte) []byte {
	head := record(recBOF, version8, streamGlobals, 0, 0, 0, 0, 0, 0)
	name := record(recBoundSheet, uint32(len(head)+len(globals)+4+12+4), uint16(0), []byte{4, 0}, []byte("Bieu"))
	out := slices.Concat(head, globals, name, record(recEOF))
	out = append(out, record(recBOF, version8, streamCells, 0, 0, 0, 0, 0, 0)...)
	return slices.Concat(out, sheet, record(recEOF))
}

func loadStream(b []byte, lim tonghop.Limits) (*tonghop.Book, error) {
	return Load(bytes.NewReader(b), int64(len(b)), lim)
}

// sstBytes writes the texts of a table in pieces of at most limit bytes, cut
// wherever the format allows: between any two bytes, but for the characters,
// which are cut whole and go on behind a new flag byte.
func sstBytes(texts []string, limit int) []byte {
	var pieces [][]byte
	piece := le.AppendUint32(le.AppendUint32(nil, uint32(len(texts))), uint32(len(texts)))
	room := func() int { return limit - len(piece) }
	next := func() { pieces, piece = append(pieces, piece), nil }
	raw := func(b ...byte) {
		for _, c := range b {
			if room() <= 0 {
				next()
			}
			piece = append(piece, c)
		}
	}
	for i, text := range texts {
		u := utf16.Encode([]rune(text))
		wide := slices.ContainsFunc(u, func(c uint16) bool { return c > 0xff })
		flags := byte(0)
		if wide {
			flags |= flagWide
		}
		rich, phonetic := i%3 == 1, i%4 == 2
		if rich {
			flags |= flagRich
		}
		if phonetic {
			flags |= flagPhonetic
		}
		raw(le.AppendUint16(nil, uint16(len(u)))...)
		raw(flags)
		if rich {
			raw(2, 0)
		}
		if phonetic {
			raw(5, 0, 0, 0)
		}
		for k, c := range u {
			need := 1
			if wide {
				need = 2
			}
			if room() < need {
				next()
				// The rest may be written narrow if it is.
				wide = slices.ContainsFunc(u[k:], func(c uint16) bool { return c > 0xff })
				piece = []byte{0}
				if wide {
					piece[0] = 1
				}
			}
			piece = append(piece, byte(c))
			if wide {
				piece = append(piece, byte(c>>8))
			}
		}
		if rich {
			raw(1, 2, 3, 4, 5, 6, 7, 8)
		}
		if phonetic {
			raw(9, 9, 9, 9, 9)
		}
	}
	next()
	out := record(recSST, pieces[0])
	for _, p := range pieces[1:] {
		out = append(out, record(recContinue, p)...)
	}
	return out
}

// Texts are read wherever the records cut them.
func TestTextsCutAnywhere(t *testing.T) {
	texts := []string{"", "a", "Xã Ngọc Biên", "plain text", "ữữữ", strings.Repeat("dài ", 30), "é£", "😀x😀", "Đạt thenplain", ""}
	var cells []byte
	for i := range texts {
		cells = append(cells, record(recLabelSST, i, 0, 0, uint32(i))...)
	}
	for limit := 12; limit < 420; limit++ {
		book, err := loadStream(stream(sstBytes(texts, limit), cells), tonghop.Limits{})
		if err != nil {
			t.Fatalf("pieces of %d bytes: %v", limit, err)
		}
		for i, want := range texts {
			if got := book.Sheets[0].Cell(i+1, 1); got == nil || got.Stored != want {
				t.Fatalf("pieces of %d bytes: text %d is %v, not %q", limit, i, got, want)
			}
		}
	}
}

func number(row, col int, x float64) []byte {
	return record(recNumber, row, col, 0, math.Float64bits(x))
}

func formulaRecord(row, col int, result [8]byte, flags int, tokens ...byte) []byte {
	return record(recFormula, row, col, 0, result, flags, uint32(0), len(tokens), tokens)
}

// What is damaged or asks for too much is refused with its code.
func TestRefused(t *testing.T) {
	sst := sstBytes([]string{"a", "b"}, 8000)
	longer := bytes.Clone(sst)
	longer[8]++ // says three texts
	shorter := bytes.Clone(sst)
	shorter[8]--
	huge := bytes.Clone(sst)
	le.PutUint32(huge[8:], 0x7fffffff)
	whole := stream(nil, number(0, 0, 1))
	var many []byte
	for i := range 200 {
		many = append(many, number(i, 0, 1)...)
	}
	merges := record(recMergeCells, append([]any{100}, slices.Repeat([]any{0, 0, 0, 1}, 100)...)...)
	tests := []struct {
		name string
		file []byte
		lim  tonghop.Limits
		code string
	}{
		{"honest", stream(sst, record(recLabelSST, 0, 0, 0, uint32(1))), tonghop.Limits{}, ""},
		{"filled up with zeros", append(stream(nil, number(0, 0, 1)), make([]byte, 100)...), tonghop.Limits{}, ""},
		{"more behind the end", append(stream(nil, number(0, 0, 1)), number(1, 1, 1)...), tonghop.Limits{}, "file.damaged"},
		{"password", stream(record(recFilePass, 0), nil), tonghop.Limits{}, "file.encrypted"},
		{"Excel 4, cut", record(0x0409, 0, 0x10, 0), tonghop.Limits{}, "file.damaged"},
		{"Excel 2, a chart", slices.Concat(record(0x0009, 2, 0x20), record(0x0a)), tonghop.Limits{}, "file.no_sheets"},
		{"Excel 2, a short cell", slices.Concat(record(0x0009, 2, 0x10), record(0x0003, 1, 1), record(0x0a)), tonghop.Limits{}, "file.damaged"},
		{"Excel 3, a short formula", slices.Concat(record(0x0209, 3, 0x10, 0), record(0x0206, 1, 1, 0), record(0x0a)), tonghop.Limits{}, "file.damaged"},
		{"Excel 4, more behind the end", slices.Concat(record(0x0409, 4, 0x10, 0), record(0x0a), record(0x0203, 0, 0, 0, 0, 0, 0, 0)), tonghop.Limits{}, "file.damaged"},
		{"no workbook", []byte("PK\x03\x04 something else"), tonghop.Limits{}, "file.not_spreadsheet"},
		{"empty", nil, tonghop.Limits{}, "file.not_spreadsheet"},
		{"no sheets", append(record(recBOF, version8, streamGlobals), record(recEOF)...), tonghop.Limits{}, "file.no_sheets"},
		{"text does not exist", stream(sst, record(recLabelSST, 0, 0, 0, uint32(2))), tonghop.Limits{}, "file.damaged"},
		{"too few texts", stream(longer, nil), tonghop.Limits{}, "file.damaged"},
		{"too many texts", stream(shorter, nil), tonghop.Limits{}, "file.damaged"},
		{"two billion texts", stream(huge, nil), tonghop.Limits{}, "file.damaged"},
		{"column 256", stream(nil, number(0, 256, 1)), tonghop.Limits{}, "file.damaged"},
		{"two cells at one place", stream(nil, slices.Concat(number(0, 0, 1), number(0, 1, 1), number(0, 0, 2))), tonghop.Limits{}, "file.damaged"},
		{"one cell written twice", stream(nil, slices.Concat(number(0, 0, 1), number(0, 1, 1), number(0, 0, 1))), tonghop.Limits{}, ""},
		{"number cut", stream(nil, record(recNumber, 0, 0, 0, uint32(1))), tonghop.Limits{}, "file.damaged"},
		{"cells cut", stream(nil, record(recMulRK, 0, 0, 0, uint32(1), 5)), tonghop.Limits{}, "file.damaged"},
		{"cells backwards", stream(nil, record(recMulRK, 0, 5, 0, uint32(1), 0, 4)), tonghop.Limits{}, "file.damaged"},
		{"number with another name", stream(nil, record(0x0303, 0, 0, 0, math.Float64bits(1))), tonghop.Limits{}, "file.damaged"},
		{"text with another name", stream(sst, record(0x10fd, 0, 0, 0, uint32(1))), tonghop.Limits{}, ""}, // a chart's record
		{"unknown record", stream(nil, append(record(0x0101, 1, 2, 3), number(0, 0, 1)...)), tonghop.Limits{}, ""},
		{"record that cannot be", stream(nil, record(0x0777, 1, 2, 3)), tonghop.Limits{}, "file.damaged"},
		{"condition that only LibreOffice knows", stream(nil, append(record(0xffff), number(0, 0, 1)...)), tonghop.Limits{}, ""},
		{"the same with content", stream(nil, append(record(0xffff, 1), number(0, 0, 1)...)), tonghop.Limits{}, "file.damaged"},
		{"size that cannot be", stream(nil, record(0x0055, 1, 2, 3)), tonghop.Limits{}, "file.damaged"},
		{"unknown style", stream(record(recXF, make([]byte, 20)), record(recNumber, 0, 0, 1, math.Float64bits(1))), tonghop.Limits{}, "file.damaged"},
		{"result without formula", stream(nil, record(recString, 1, []byte{0, 'a'})), tonghop.Limits{}, "file.damaged"},
		{"merged backwards", stream(nil, record(recMergeCells, 1, 5, 4, 0, 0)), tonghop.Limits{}, "file.damaged"},
		{"merges cut", stream(nil, record(recMergeCells, 2, 4, 5, 0, 0)), tonghop.Limits{}, "file.damaged"},
		{"too many merges", stream(nil, merges), tonghop.Limits{Merges: 99}, "file.too_many_merges"},
		{"as many merges", stream(nil, merges), tonghop.Limits{Merges: 100}, ""},
		{"too many cells", stream(nil, many), tonghop.Limits{Cells: 199}, "file.too_many_cells"},
		{"cells in one record, as many", stream(nil, record(recMulRK, 0, 0, 0, uint32(2), 0, uint32(2), 1)), tonghop.Limits{Cells: 2}, ""},
		{"cells in one record, too many", stream(nil, record(recMulRK, 0, 0, 0, uint32(2), 0, uint32(2), 1)), tonghop.Limits{Cells: 1}, "file.too_many_cells"},
		{"too much text", stream(sst, nil), tonghop.Limits{Text: 1}, "file.too_large"},
		{"one text in many cells", stream(sst, slices.Concat(record(recLabelSST, 0, 0, 0, uint32(1)), record(recLabelSST, 0, 1, 0, uint32(1)),
			record(recLabelSST, 0, 2, 0, uint32(1)))), tonghop.Limits{Text: 2}, "file.too_large"},
		{"too long", whole, tonghop.Limits{Part: int64(len(whole)) - 1}, "file.too_large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := loadStream(tt.file, tt.lim)
			if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
		})
	}
	for n := range whole {
		if _, err := loadStream(whole[:n], tonghop.Limits{}); tonghop.CodeOf(err) == "" {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(whole), err)
		}
	}
}

// Numbers are the shortest decimals that are the same float.
func TestNumbers(t *testing.T) {
	tests := []struct {
		x             float64
		stored, shown string
	}{
		{0, "0", "0"}, {math.Copysign(0, -1), "0", "0"}, {0.1, "0.1", "0.1"}, {0.30000000000000004, "0.30000000000000004", "0.3"}, {43.2, "43.2", "43.2"},
		{1e20, "100000000000000000000", "1E+20"}, {1e22, "1E+22", "1E+22"}, {-1.5e-7, "-1.5E-07", "-0.00000015"}, {123456789012345, "123456789012345", "1.23457E+14"},
	}
	for _, tt := range tests {
		book, err := loadStream(stream(nil, number(3, 2, tt.x)), tonghop.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		c := book.Sheets[0].Cell(4, 3)
		if c == nil || c.Kind != tonghop.CellNumber || c.Stored != tt.stored || c.Shown != tt.shown {
			t.Errorf("%g: %+v", tt.x, c)
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(-1)} {
		book, err := loadStream(stream(nil, number(0, 0, x)), tonghop.Limits{})
		if err != nil || book.Sheets[0].Cell(1, 1).Kind != tonghop.CellError {
			t.Errorf("%g: %v", x, err)
		}
	}
	for rk, want := range map[uint32]float64{
		1234<<2 | 3: 12.34, 1234<<2 | 2: 1234, 0xfffffffe: -1, 0xffffffff: -0.01, 0x3ff00000: 1, 0x3ff00001: 0.01, 0x80000002: -536870912,
	} {
		if got := rkValue(rk); got != want {
			t.Errorf("%#08x: %g, want %g", rk, got, want)
		}
	}
}

// Results of formulas, with the text behind whatever stands between.
func TestResults(t *testing.T) {
	text := [8]byte{6: 0xff, 7: 0xff}
	one := []byte{0x1e, 1, 0}
	shared := []byte{0x01, 0, 0, 0, 0}
	sheet := slices.Concat(
		formulaRecord(0, 0, text, 0, shared...),
		record(recShared, 0, 3, []byte{0, 0, 0, 4}, 10, []byte{0x4c, 0, 0, 0xff, 0xc0, 0x17, 1, 0, 'x', 0x08}),
		record(recString, 2, []byte{0, 'a', 'b'}),
		formulaRecord(1, 0, text, 0, shared...),
		record(recString, 1, []byte{1}, 0x1eef),
		formulaRecord(2, 0, [8]byte{0: 1, 2: 1, 6: 0xff, 7: 0xff}, 0, one...),
		formulaRecord(3, 0, [8]byte{0: 2, 2: 0x2a, 6: 0xff, 7: 0xff}, 0, one...),
		formulaRecord(4, 0, [8]byte{0: 3, 6: 0xff, 7: 0xff}, 0, 0x24, 0, 0, 0, 0),
		formulaRecord(5, 0, [8]byte{0: 3, 6: 0xff, 7: 0xff}, 2, 0x24, 0, 0, 0, 0),
		formulaRecord(6, 0, [8]byte{}, 2, one...),
		formulaRecord(7, 0, text, 0, one...), // its text never comes
		number(8, 0, 1),
	)
	// Java programs write formulas under the numbers that Excel 3 and 4 used.
	for _, number := range []uint16{recFormula, oldFormula3, oldFormula4} {
		checkResults(t, renumbered(sheet, number))
	}
}

// renumbered gives formula records another number.
func renumbered(sheet []byte, number uint16) []byte {
	sheet = bytes.Clone(sheet)
	for at := 0; at < len(sheet); at += 4 + int(le.Uint16(sheet[at+2:])) {
		if le.Uint16(sheet[at:]) == recFormula {
			le.PutUint16(sheet[at:], number)
		}
	}
	return sheet
}

func checkResults(t *testing.T, sheet []byte) {
	t.Helper()
	book, err := loadStream(stream(nil, sheet), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	type result struct {
		kind    tonghop.CellKind
		stored  string
		formula string
		cached  bool
	}
	want := []result{
		{tonghop.CellText, "ab", `IV1&"x"`, true}, // a reference before the first column goes on at the last
		{tonghop.CellText, "ữ", `IV2&"x"`, true},
		{tonghop.CellBool, "TRUE", "1", true},
		{tonghop.CellError, "#N/A", "1", true},
		{tonghop.CellText, "", "$A$1", true},
		{tonghop.CellBlank, "", "$A$1", false},
		{tonghop.CellBlank, "", "1", false},
		{tonghop.CellBlank, "", "1", false},
	}
	for i, w := range want {
		c := book.Sheets[0].Cell(i+1, 1)
		if got := (result{c.Kind, c.Stored, c.Formula, c.Cached}); got != w || !c.HasForm {
			t.Errorf("row %d: %+v, want %+v", i+1, got, w)
		}
	}
}

// A stream reads the same bare and in a compound file.
func TestBareStream(t *testing.T) {
	file, err := os.ReadFile("testdata/xlwt.xls")
	if err != nil {
		t.Fatal(err)
	}
	bare, err := workbookStream(bytes.NewReader(file), int64(len(file)), tonghop.Limits{}.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	first, err1 := loadStream(bare, tonghop.Limits{})
	second, err2 := loadStream(file, tonghop.Limits{})
	if err1 != nil || err2 != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("%v %v", err1, err2)
	}
}
