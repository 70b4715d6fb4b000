package tonghop

// Place is a cell of a heading or of a header, and what it was taken for.
type Place struct {
	Ref   Ref
	What  string // office, period or form of a heading; of a header the role of its column, one of the Col… roles
	Field string // of a field: indicator number, TC…, or own name
	Mark  bool   // the column holds the mark beside a value
	Side  bool   // the header stands beside its cells, not above them
	Why   string // by what a column was known, as Column has it
}
