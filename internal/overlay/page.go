package overlay

import "github.com/tonghop/tonghop"

// Page is what the page says, in the words of the letters. All of it may be sent
// to another process.
type Page struct {
	Lang     string            // "vi", "en"
	Template string            // text of templates/pages/overlay.html
	Style    string            // text of templates/static/overlay.css
	Words    map[string]string // labels of the page

	Title   string
	Verdict string        // one sentence
	State   tonghop.State // accepted, held, rejected: how the verdict is drawn
	Steps   []string      // what to do now, three at most
	Facts   []Fact        // how the file was read
	Items   []Item        // in the order of the list, followers behind their cause
	Cut     string        // said where not all findings are listed; ""
	Taken   []Taken
	Unused  []Unused
	Left    string // said where not all that was understood is shown; ""
}

// Fact is one thing that was understood of the whole file.
type Fact struct {
	Label, Value string
	At           tonghop.Ref // the cell that says so; zero = none
}

// Item is one line of the list.
type Item struct {
	No       int // as it is numbered in the annotated workbook too, from 1
	Cause    int // No of the line from which this one follows; 0 = stands for itself
	Severity tonghop.Severity
	Weight   string // the severity in words
	Sheet    string // "" for the whole file
	Areas    []tonghop.Area
	Where    string
	Subject  string // commune and indicator in the clerk's terms
	Message  string
	Found    string
	Expected string
	Fix      string
	Rule     string
}

// Kind is what a cell was taken for.
type Kind string

// The kinds. A header cell and a name head the cells beside or below them.
const (
	KindValue  Kind = "value"
	KindName   Kind = "name"   // of a commune
	KindTotal  Kind = "total"  // a value of a row that sums up
	KindHead   Kind = "head"   // header of a column with a field
	KindSide   Kind = "side"   // header of a row with a field
	KindTitle  Kind = "title"  // office, period or form
	KindOther  Kind = "other"  // header of a column that holds no field
	KindPrints Kind = "prints" // a threshold that the form prints
)

// Taken is a cell and what it was taken for.
type Taken struct {
	Ref   tonghop.Ref
	Kind  Kind
	Label string // stands in the cell: "17.8 → 43,2 triệu đồng"
	Full  string // said where there is room: the name of the indicator
	Over  bool   // a name that heads the cells below it, not those beside it
}

// Unused is a part of the file that was not used, and why. A zero area is the
// whole sheet.
type Unused struct {
	Sheet  string
	Area   tonghop.Area
	Reason string
}

// Look is how a sheet looks beside what a reader must know of it. The zero Look
// is that of a sheet of which nothing is known.
type Look struct {
	Width func(col int) float64                        // of a column in characters; nil = not known
	Cell  func(row, col int) (bold bool, align string) // align is left, center, right or ""; nil = not known
}
