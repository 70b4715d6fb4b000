package tonghop

// Layout is what an office may change about its edition without a programmer:
// the words and the looks. It is decoded from templates/editions.
type Layout struct {
	Look   Look
	Words  map[string]string      // sentences and labels by key; {name} stands for a value
	Sheets map[string]SheetLayout // by the sheet's key: summary, commune, indicator…
}

// SheetLayout is one sheet's name, headings and page.
type SheetLayout struct {
	Name      string                  // as the tab shows it
	Title     string                  // over the table
	Paper     string                  // A4 or A3
	Upright   bool                    // portrait; landscape otherwise
	Scale     int                     // percent of a printed page at most; 0 = 100
	State     bool                    // the heading block of a state body stands on it
	Signature bool                    // the signature block stands under it
	PageEnds  []int                   // criteria after which a printed page ends; none = after each group
	Columns   map[string]ColumnLayout // by the column's key
	Groups    map[string]string       // labels over several columns
	Legend    []string                // lines under the table
}

// ColumnLayout is one column's header text and width in characters.
type ColumnLayout struct {
	Label string
	Width float64
}

// Look is how cells are drawn.
type Look struct {
	Font    string
	Size    float64             // points
	Locale  string              // of number formats: "[$-42A]"
	Margins [4]float64          // of a page in inches: left, top, right, bottom
	Styles  map[string]CellLook // by the name that an EditionCell bears
	Tints   map[string]CellLook // by the name that a ConditionRule bears
}

// CellLook is one named look; empty fields keep the program's default.
type CellLook struct {
	Bold, Italic, Underline bool
	Size                    float64 // points; 0 = the look's own
	Color, Fill             string  // RRGGBB
	Align                   string  // left, center, right
	Vertical                string  // top, center, bottom
	Wrap                    bool    //
	Shrink                  bool    // smaller letters where the cell is too narrow; not with Wrap
	Turn                    int     // degrees, counter-clockwise
	Indent                  int     //
	Border                  string  // "", thin, hair, medium: on all four sides
	Format                  string  // number format where the cell gives none
	Open                    bool    // may be changed on a protected sheet
}
