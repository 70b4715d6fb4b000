package tonghop

import "github.com/shopspring/decimal"

// Edition is the province's consolidated workbook for a period, laid out but
// not yet written: its sheets cell by cell, and for each figure where it comes
// from. Nothing in it depends on the clock or the machine.
type Edition struct {
	Form     string
	Period   Period
	AsOf     Date
	Province Unit
	Issue    int
	Title    string
	Inputs   []Input          // the returns it was made from, in register order
	Criteria string           // id of the set
	Rules    string           // digest of the templates in force
	Program  string           // version
	Marks    map[Mark]string  // how the sheets show each mark
	Signs    map[Empty]string // how they show each kind of empty
	Sheets   []EditionSheet
}

// Input names one return that an edition was made from.
type Input struct {
	Receipt string `json:"submission"`
	SHA256  string `json:"sha256"`
	File    string `json:"file"`
	Office  string `json:"office"`
	Version int    `json:"version"`
}

// EditionSheet is one sheet of an edition.
type EditionSheet struct {
	Name      string
	Widths    []float64       // of the columns, in characters
	Rows      []EditionRow    //
	Merges    []Area          //
	Freeze    [2]int          // rows and columns that stay in view
	Repeat    [2]int          // header rows repeated on each printed page: first, last
	RepeatCol int             // columns repeated on each printed page
	Breaks    []int           // columns after which a printed page ends
	Landscape bool            //
	Paper     string          // A4 or A3
	Scale     int             // percent of a printed page at most; 0 = 100
	Keep      [][2]int        // rows, first and last, that stay together on a printed page
	Footer    string          // {page} and {pages} stand for the numbers
	Filter    Area            // area with filter buttons; zero for none
	Bands     []ConditionRule // conditional formats
	Protected bool            // without a password; only cells whose look is open can be changed
	Checks    []InputCheck    // what may be typed, and what is said about it
}

// InputCheck is what a spreadsheet program says when a cell of the areas is
// chosen, and what it lets through. With a list it offers the words; with
// bounds it asks for a number between them. Excel shows at most 32 letters of
// a title and 255 of a text.
type InputCheck struct {
	Areas       []Area
	List        []string // words to choose from
	Whole       bool     // of numbers: no fractions
	Min, Max    string   // bounds of a number, both included; "" = no number is asked for
	Strict      bool     // nothing else is let through; otherwise the program asks again
	Title       string   // over the prompt and over the error
	Prompt      string   // when the cell is chosen
	ErrorPrompt string   // when something else is typed
}

// EditionRow is one row of an edition; Height 0 lets the program choose.
type EditionRow struct {
	Height float64
	Cells  []EditionCell
}

// ConditionRule tints the cells of an area that equal a text or lie between
// two numbers.
type ConditionRule struct {
	Area     Area
	Equals   string
	Min, Max string
	Style    string // name of a tint in templates/editions
}

// EditionCell is one cell: text, a number, or a formula with its cached
// result, and its trace.
type EditionCell struct {
	Text    string
	Number  decimal.NullDecimal
	Formula string // without "="; Text or Number is the cached result
	Format  string // number format; "" = that of the look
	Style   string // name of a look in templates/editions
	Trace   *Trace // nil for labels
}

// Operation tells how a figure follows from its sources.
type Operation string

// The operations. Each is defined so that a reader can recompute the value
// from the sources alone.
const (
	OpCopy       Operation = "copy"       // the value of the only source
	OpCount      Operation = "count"      // the number of sources
	OpSum        Operation = "sum"        // the sum of the sources' values
	OpAverage    Operation = "average"    // their mean
	OpPart       Operation = "part"       // "n/N": number of sources / Of
	OpShare      Operation = "share"      // number of sources / Of × 100
	OpMean       Operation = "mean"       // sum of the sources / Of; a mark that is met counts 1
	OpDifference Operation = "difference" // sum of the sources less sum of Less; a mark that is met counts 1
	OpRegister   Operation = "register"   // a count of units in the register
	OpJudge      Operation = "judge"      // our judgement from the sources by the criteria in force
	OpLedger     Operation = "ledger"     // a fact of the ledger: a receipt, a date, a state
)

// Source is one cell of one file that a figure follows from.
type Source struct {
	File       string `json:"file"`
	Sheet      string `json:"sheet"`
	Cell       string `json:"cell"`
	Raw        string `json:"raw"`
	Value      string `json:"value"`
	Submission string `json:"submission"`
}

// Trace leads from a figure of an edition to its sources.
type Trace struct {
	Operation Operation
	Sources   []Source
	Less      []Source // what a difference takes away
	Of        int      // denominator of a share
	Basis     string   // legal basis of a judgement
}
