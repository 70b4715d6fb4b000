package tonghop

// Cover is what a region of a workbook was recognised as, and why.
type Cover struct {
	Form     string // form id
	Version  string
	Sheet    string
	Region   Area  // the part of the sheet that was looked at; zero for all of it
	Turned   bool  // communes stand side by side, criteria under one another: Columns and NameCol count rows, Last counts columns
	Half     Half  // of a turned table with two columns for each commune: those that were looked at
	Alone    Alone // of a turned table of one commune: which column was looked at, and where the commune is named
	Office   Unit  // zero if the heading names none
	Province string
	Period   Period // zero if the heading names none
	OfficeAt Ref    // the heading that names the office; zero if none does
	PeriodAt Ref    // the heading that names the period; zero if none does
	Header   Area   // the header of the table
	Last     int    // last row of the table
	Columns  []Column
	NameCol  int      // column with the names of communes
	Score    int      // how many fields were recognised
	Evidence []string // codes of what spoke for it and how often: "number:52", "name:5", "fits:30"
	RunnerUp string   // sheet or form that came second
	Findings []Finding
	Legend   []Sign // what the file says its marks mean

	Fingerprint string // of the header: what tells one office's layout of the form from another
	First       int    // first column that has a heading, from which a [Variant] counts
}

// Half is one of the two columns that each commune has in a table on its side:
// its results, or the marks beside them. Zero where a commune has one column.
type Half struct {
	Names       int // row with the names of communes
	First, Last int // first and last column of the communes
	Which       int // 0 the first of the two, 1 the second
}

// Alone is one of the columns of a list of criteria that is one commune's: its
// results, or the marks beside them. No cell of the table names the commune.
// Zero for any other table.
type Alone struct {
	Head, Body int    // row that heads the columns, and the first row of the list
	Col        int    // column with the results or the marks
	Labels     []int  // columns that name what its cells are about
	Measure    int    // column with units of measure (ĐVT); 0 = none
	Name       Ref    // cell above the table that names the commune; Row 0 = the name of the sheet does
	Text       string // the commune as named there

	Crosses []Cross // columns of which a cross in one is the mark, Col among them; nil for most
}

// Column is a column of a recognised table.
type Column struct {
	Col    int
	Role   string // one of the Col… roles, or "field"
	Field  string // of a field: indicator number, TC…, or own name
	Mark   bool   // it holds the mark beside a value column
	Header Ref    // the header cell that decided
	Label  string // as typed
	Why    string // number, name, criterion, position, content, label, crosses, answer
	Near   string // field whose name came second; "" if none came near

	Crosses []Cross // columns of which a cross in one is the mark, this one first; nil for most
}

// Cross is a column in which a cross stands for one mark: "Chưa đạt".
type Cross struct {
	Col  int
	Mark Mark
}

// Reading is what was understood of the regions of a workbook that make up one
// return.
type Reading struct {
	Cover    Cover   // of the first region
	More     []Cover // of the other regions whose values stand in the same rows, or in rows of their own
	Rows     []Row
	Totals   []Total
	Printed  []Printed // thresholds that the form prints
	Ignored  []Ignored
	Findings []Finding
}

// Known carries what a step may look up, fetched beforehand: a step never
// queries.
type Known struct {
	Register *Register
	Form     *Form
	Criteria *Criteria
	Province string // code, or "" for all
	Expect   Period // zero if nobody said
	AsOf     Date   // "" = the last day of the period
	FileName string // a hint only

	// Before is what the office of the file reported before; nil if nobody fetched
	// it.
	Before History

	// Explained is what the office has explained so far with the form, oldest
	// first, and Tolerances what may stand with it.
	Explained  []Explanation
	Tolerances []Tolerance

	// Variants are the answers that people gave about offices' layouts; those of
	// other offices and layouts are passed over.
	Variants []Variant
}

// On is the date whose rules and units apply to a period.
func (k Known) On(p Period) Date {
	if k.AsOf != "" {
		return k.AsOf
	}
	return p.AsOf()
}

// Offices lists the units of a province that must report on the date: those
// that send the form then.
func (k Known) Offices(province string, on Date) []Unit {
	return k.Register.Offices(province, on, k.Form.SenderLevel(on))
}
