package tonghop

import (
	"fmt"
	"strings"
)

// CellKind tells what a cell stores, before anybody asks what was meant.
type CellKind uint8

// The kinds of stored content.
const (
	CellBlank  CellKind = iota // nothing stored
	CellNumber                 // a number, also a date (see Style.Date)
	CellText                   // text, shared or inline
	CellBool                   // TRUE or FALSE
	CellError                  // #REF! and its kind
)

// Style is what a reader must know of a cell's looks. Cells share Styles;
// nobody changes one after it is made.
type Style struct {
	NumberFormat string // format code, "" or "General" for none
	Percent      bool   // the format shows the number times 100
	Date         bool   // the format shows the number as a date or a time
	Font         string // font name as stored: "Times New Roman", ".VnTime"
	Struck       bool   // the font strikes the text out
}

// Cell is one cell as the file stores it. Row and column count from 1.
type Cell struct {
	Row, Col int
	Kind     CellKind
	Stored   string // stored text, shared strings resolved; numbers exactly as in the file
	Shown    string // what a spreadsheet program displays
	Formula  string // without "="; "" when the cell has none
	HasForm  bool   // a formula stands here (a shared one may have no text)
	Cached   bool   // a value is stored beside the formula
	Computed bool   // no value was stored: Stored and Shown are what we computed (see Cached, which stays false)
	Style    *Style // never nil
	Rich     *Rich  // fonts inside the text, where it has several; else nil
}

// Rich is a text whose parts have fonts of their own.
type Rich struct{ Runs []Run }

// Run is a part of a text in one font; "" is that of the cell's style. The
// texts of all runs together are the cell's text.
type Run struct{ Text, Font string }

// Blank reports whether nothing can be read from the cell: no content, or
// text of blanks only. A formula without a cached value is not blank.
func (c *Cell) Blank() bool {
	if c == nil {
		return true
	}
	if c.HasForm && !c.Cached && !c.Computed {
		return false
	}
	return c.Kind == CellBlank || c.Kind == CellText && strings.TrimSpace(c.Stored) == ""
}

// Line is one row of a sheet: its cells by rising column. Blank cells may be
// absent.
type Line struct {
	Row    int
	Hidden bool
	Cells  []Cell
}

// At returns the cell in the column, or nil.
func (l *Line) At(col int) *Cell {
	lo, hi := 0, len(l.Cells)
	for lo < hi {
		mid := (lo + hi) / 2
		if l.Cells[mid].Col < col {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(l.Cells) && l.Cells[lo].Col == col {
		return &l.Cells[lo]
	}
	return nil
}

// Area is a rectangle of cells, both corners included.
type Area struct{ Top, Left, Bottom, Right int }

// Contains reports whether the cell lies in the area.
func (a Area) Contains(row, col int) bool {
	return a.Top <= row && row <= a.Bottom && a.Left <= col && col <= a.Right
}

// Sheet is one worksheet as a neutral grid, whatever the file format.
type Sheet struct {
	Name       string
	Hidden     bool
	Lines      []Line       // rising rows; rows without content may be absent
	Merges     []Area       //
	HiddenCols map[int]bool //
	Arrays     []Area       // of formulas that fill several cells, as far as the format tells
}

// Line returns the row, or nil if nothing is stored in it.
func (s *Sheet) Line(row int) *Line {
	lo, hi := 0, len(s.Lines)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.Lines[mid].Row < row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.Lines) && s.Lines[lo].Row == row {
		return &s.Lines[lo]
	}
	return nil
}

// Cell returns the cell at row and column, or nil.
func (s *Sheet) Cell(row, col int) *Cell {
	if l := s.Line(row); l != nil {
		return l.At(col)
	}
	return nil
}

// Book is an open workbook.
type Book struct {
	Format   string // "xlsx", "xls", "ods", "fods", "csv", "html", "xmlss"
	Sheets   []Sheet
	Date1904 bool    // dates count from 1904
	Taken    []Taken // what had to be chosen because the file does not say it
	Respelt  []Respelt
	Own      []Sheet // that the program put there, and that were set aside
}

// Respelt is a text whose letters were not plain from the file: it stands in an
// old Vietnamese encoding without a font that says so, or letters of it were
// lost, or it may be read in two ways, or in none. It comes in the order of
// sheets and cells.
type Respelt struct {
	Ref      Ref
	As       string   // the encoding it was read by; "" if it was left as typed
	Stored   string   // as the file holds it
	Read     string   // as it was taken
	Other    string   // the other way to read it; "" where there is none
	Ways     []string // all ways to read it, where a list of names can tell which; nil for Read and Other
	Restored bool     // letters that the file has lost were put back
}

// TakenAs names a choice.
type TakenAs string

// The choices.
const (
	TakenEncoding  TakenAs = "encoding"  // As, Second: names of encodings, "utf-8", "tcvn3"
	TakenFont      TakenAs = "font"      // As: encoding that the font of Cells texts stands for, "tcvn3", "vni"
	TakenSeparator TakenAs = "separator" // As, Second: the sign between two cells
	TakenPassword  TakenAs = "password"  // opened with a password that the operator holds
	TakenConverted TakenAs = "converted" // As: the format that another program converted, "xlsb"
)

// Taken is a choice that reading a file took because the file itself does not
// say. One that is not sure becomes a question to the sender.
type Taken struct {
	What   TakenAs
	As     string // what was chosen
	Second string // the runner-up where it is not sure
	Sure   bool
	Lost   int // characters that could not be read this way
	Cells  int // cells that were read this way, where not all of them
}

// Ref is the address of a cell as Excel shows it. It travels with every value
// and finding from the reader on and is never recomputed.
type Ref struct {
	Sheet    string
	Row, Col int
}

// Cell is the address without the sheet: F14.
func (r Ref) Cell() string {
	if r.Row == 0 {
		return ""
	}
	return fmt.Sprintf("%s%d", ColumnName(r.Col), r.Row)
}

// String is the full address: Biểu 03!F14.
func (r Ref) String() string {
	if r.Row == 0 {
		return r.Sheet
	}
	return r.Sheet + "!" + r.Cell()
}

// ColumnName turns 1 into A, 27 into AA.
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// ColumnNumber turns A into 1, AA into 27; 0 if name is no column.
func ColumnNumber(name string) int {
	n := 0
	for _, c := range strings.ToUpper(name) {
		if c < 'A' || c > 'Z' || n > 20000 {
			return 0
		}
		n = n*26 + int(c-'A'+1)
	}
	return n
}
