// Package csv reads delimited text (.csv, .txt, .tsv and text named .xls) as a
// workbook of one sheet.
//
// Encoding and separator are told by the content. Every cell holds its text as
// typed. Its kind is a number only where that takes no guess and changes
// nothing: the text is exactly how a program writes a number without a format,
// and no other number can be read from it. Such are 12 and 85.5, and a header
// 17.1, which may have been 17.10 before, as in any workbook. All else stays
// text, for normalize to read by the evidence of its column: 85,5 and 17.10 as
// typed, 1.234, which has two readings, 05, 72%. Rows count as Excel counts them: blank
// lines too, a line break in quotes not, the line sep= not.
//
// Quotes are read as Excel reads them: a field that begins with one ends with
// one, two stand for one, a quote inside an unquoted field is a letter, what
// follows a closing quote belongs to the field. Blanks may stand around quotes.
// Where a quote that is open takes in other lines without clearly ending, the
// file is refused: reading on would lose rows. So is a file in which one row
// among equal ones has more or fewer cells, because its figures would slip into
// other columns, and a text that is no table at all. A text without a separator
// is a table of one column where its lines are figures, or quoted; words may as
// well be a letter. Where the only commas may be decimal signs, 85,5 under a
// heading of one cell, it is one column too, and the choice is not sure.
//
// It never changes a text beyond what quoting demands, never computes, never
// asks for the file's name. Start reading at [Read], then separator.go (which
// sign separates), column.go (a single one), parse.go (fields) and even.go (rows that slipped).
package csv

import (
	"fmt"
	"io"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/internal/viet"
)

// The size of a worksheet. A larger table cannot be what a clerk looked at.
const (
	rowsMax = 1 << 20
	colsMax = 1 << 14
)

// sheetName is what programs call the only sheet of a text.
const sheetName = "Sheet1"

// Choice tells how a text was taken, for the finding that says so.
type Choice struct {
	Encoding        string // a name of package charset
	EncodingSure    bool
	EncodingSecond  string // the runner-up, if not sure
	Font            string // font of the 8-bit Vietnamese encoding; "" for Unicode
	Lost            int    // characters that could not be read
	Separator       byte   // ',' ';' '\t' '|' or what the line sep= names; '\t' too of a single column
	SeparatorSure   bool
	SeparatorSecond byte // the runner-up, if not sure
}

// Load reads the text in r, which is size bytes long; see [Read]. What had to
// be chosen stands in the book's Taken; of a legacy Vietnamese encoding every
// cell's Style.Font tells, too.
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	b, c, err := Read(r, size, lim)
	if err != nil {
		return nil, err
	}
	b.Taken = c.taken()
	return b, nil
}

// taken is the choice as a book notes it.
func (c Choice) taken() []tonghop.Taken {
	t := charset.Text{Encoding: c.Encoding, Second: c.EncodingSecond, Sure: c.EncodingSure, Lost: c.Lost}
	out := t.Taken()
	if !c.SeparatorSure {
		out = append(out, tonghop.Taken{What: tonghop.TakenSeparator, As: string(rune(c.Separator)), Second: string(rune(c.SeparatorSecond))})
	}
	return out
}

// Read reads the text in r, which is size bytes long, and says how it was
// taken. Errors: file.empty, file.text for a text that is no table,
// file.quotes, file.ragged, file.beyond_sheet, file.unknown, file.damaged,
// file.too_large, file.too_many_cells, file.unreadable.
func Read(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, Choice, error) {
	lim = lim.WithDefaults()
	if size > lim.Part {
		return nil, Choice{}, tonghop.TooLarge(lim.Part, size)
	}
	var raw strings.Builder
	raw.Grow(int(size))
	if n, err := io.Copy(&raw, io.NewSectionReader(r, 0, size)); err != nil || n < size {
		return nil, Choice{}, tonghop.Fail("file.unreadable", err)
	}
	t, err := charset.Decode(raw.String())
	if err != nil {
		return nil, Choice{}, err
	}
	text := strings.TrimRight(t.Text, "\x1a") // the mark of the end in old programs
	if strings.TrimSpace(text) == "" {
		return nil, Choice{}, tonghop.Fail("file.empty", nil)
	}
	c := Choice{Encoding: t.Encoding, EncodingSure: t.Sure, EncodingSecond: t.Second, Font: t.Font, Lost: t.Lost}
	d, rest, err := dialectOf(text)
	if err != nil {
		return nil, c, err
	}
	if strings.TrimSpace(rest) == "" {
		return nil, c, tonghop.Fail("file.empty", nil)
	}
	c.Separator, c.SeparatorSure, c.SeparatorSecond = d.sep, d.second == 0, d.second
	lines, err := readLines(rest, d, &tonghop.Style{Font: t.Font}, lim)
	if err != nil {
		return nil, c, err
	}
	return &tonghop.Book{Format: "csv", Sheets: []tonghop.Sheet{{Name: sheetName, Lines: lines}}}, c, nil
}

// slabCells is how many cells one allocation holds.
const slabCells = 1024

// readLines reads all records.
func readLines(text string, d dialect, style *tonghop.Style, lim tonghop.Limits) ([]tonghop.Line, error) {
	p := parser{text: text, sep: d.sep, width: d.width}
	var (
		lines []tonghop.Line
		slab  []tonghop.Cell
		even  evenness
		cells int
		bytes int64
	)
	for p.more() {
		if err := p.record(); err != nil {
			return nil, err
		}
		even.add(&p)
		n := p.filled()
		if p.beyond || n > 0 && p.row > rowsMax {
			return nil, tonghop.Fail("file.beyond_sheet", nil, "rows", fmt.Sprint(rowsMax), "columns", fmt.Sprint(colsMax))
		}
		if n == 0 {
			continue
		}
		if cap(slab)-len(slab) < n {
			slab = make([]tonghop.Cell, 0, max(n, slabCells))
		}
		from := len(slab)
		for i, f := range p.fields {
			if strings.TrimSpace(f) != "" {
				slab = append(slab, cell(p.row, i+1, f, style))
				bytes += int64(len(f))
			}
		}
		lines = append(lines, tonghop.Line{Row: p.row, Cells: slab[from:len(slab):len(slab)]})
		cells += n
		if cells > lim.Cells {
			return nil, tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(lim.Cells))
		}
		if bytes > lim.Text {
			return nil, tonghop.TooLarge(lim.Text, 0)
		}
	}
	if err := even.check(d); err != nil {
		return nil, err
	}
	return lines, nil
}

// cell is text as typed, see the package comment. Two texts are formulas to every spreadsheet program:
// ="0123", by which systems protect leading zeros, stands for the text in it,
// and a formula proper has no value here, which the reader must be told.
func cell(row, col int, text string, style *tonghop.Style) tonghop.Cell {
	c := tonghop.Cell{Row: row, Col: col, Kind: tonghop.CellText, Stored: text, Shown: text, Style: style}
	formula, ok := strings.CutPrefix(text, "=")
	if !ok || formula == "" {
		if numfmt.PlainGeneral([]byte(text)) && len(viet.Numbers(text)) == 1 {
			c.Kind = tonghop.CellNumber
		} else if isError(text) {
			c.Kind = tonghop.CellError
		}
		return c
	}
	if n := len(formula); n >= 2 && formula[0] == '"' && formula[n-1] == '"' && strings.Count(formula, `"`) == 2 {
		c.Stored = formula[1 : n-1]
		c.Shown, c.Formula, c.HasForm, c.Cached = c.Stored, formula, true, true
	} else if isFormula(formula) {
		c.Kind, c.Stored, c.Shown, c.Formula, c.HasForm = tonghop.CellBlank, "", "", formula, true
	}
	return c
}

// isError knows the errors that spreadsheet programs show.
func isError(s string) bool {
	switch s {
	case "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!":
		return true
	}
	return false
}

// isFormula reports whether text behind an equals sign begins as a formula: a
// function with its bracket, or the address of a cell. "=> 90" and "= 5" are
// how people write.
func isFormula(s string) bool {
	s = strings.TrimLeft(s, "+-($")
	letters := 0
	for letters < len(s) && (s[letters] >= 'A' && s[letters] <= 'Z' || letters > 0 && s[letters] == '.') {
		letters++
	}
	if letters == 0 || letters == len(s) {
		return false
	}
	s = strings.TrimPrefix(s[letters:], "$")
	return s != "" && (s[0] == '(' || letters <= 3 && s[0] >= '1' && s[0] <= '9')
}
