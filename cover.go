package tonghop

// Cover is what a region of a workbook was recognised as, and why.
type Cover struct {
	Form     string // form id
	Version  string
	Sheet    string
	Office   Unit // zero if the heading names none
	Province string
	Period   Period // zero if the heading names none
	Header   Area   // the header of the table
	Last     int    // last row of the table
	Columns  []Column
	NameCol  int      // column with the names of communes
	Score    int      // how many fields were recognised
	Evidence []string // codes of what spoke for it and how often: "number:52", "name:5", "fits:30"
	RunnerUp string   // sheet or form that came second
	Findings []Finding
}

// Column is a column of a recognised table.
type Column struct {
	Col    int
	Role   string // one of the Col… roles, or "field"
	Field  string // of a field: indicator number, TC…, or own name
	Mark   bool   // it holds the mark beside a value column
	Header Ref    // the header cell that decided
	Label  string // as typed
	Why    string // number, name, criterion, position, content, label, crosses
	Near   string // field whose name came second; "" if none came near

	Crosses []Cross // columns of which a cross in one is the mark, this one first; nil for most
}

// Cross is a column in which a cross stands for one mark: "Chưa đạt".
type Cross struct {
	Col  int
	Mark Mark
}

// Reading is what was understood of one region of a workbook.
type Reading struct {
	Cover    Cover
	Rows     []Row
	Totals   []Total
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
}

// On is the date whose rules and units apply to a period.
func (k Known) On(p Period) Date {
	if k.AsOf != "" {
		return k.AsOf
	}
	return p.AsOf()
}
