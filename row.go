package tonghop

// Row is what a form says of one unit: the unit, how it was recognised, and
// its values in the order of the form's fields.
type Row struct {
	Unit     string  // code in the register; "" if not recognised
	Name     string  // as typed
	NameRef  Ref     // the cell with the name
	Area     Area    // every cell of the row inside the table
	Match    Match   // why this unit
	Values   []Value // one for each source cell
	LeftOut  string  // rule that keeps the row out of the edition; "" = it counts
	Official string  // the register's spelling of the unit
}

// Match tells why a typed name was taken for a unit, and what else it might
// have been.
type Match struct {
	Why      string // exact, folded, abbreviation, no_kind, i_y, plain, typo, letters, former
	RunnerUp string // code of the second best; "" if none came near
}

// Value finds a field's figure or mark; the second result is false if the row
// has none. With two cells for one field (a value and its mark) mark chooses.
func (r *Row) Value(field string, mark bool) (Value, bool) {
	for _, v := range r.Values {
		if v.Field == field && (v.Mark != MarkNone && v.Mark != MarkNotApplicable) == mark && v.Empty != NotReported {
			return v, true
		}
	}
	return Value{}, false
}

// TotalKind is what a row that sums up the others says.
type TotalKind string

// The rows that are not communes but say something of them.
const (
	TotalSum     TotalKind = "sum"     // Tổng cộng: sum, or a count of communes met
	TotalCount   TotalKind = "count"   // Số xã đạt
	TotalShare   TotalKind = "share"   // Tỷ lệ (%)
	TotalAverage TotalKind = "average" // Bình quân
)

// Total is a summing row as the office wrote it. It is checked against the
// rows and never added to them.
type Total struct {
	Kind   TotalKind
	Label  Ref
	Text   string
	Values []Value
}

// Ignored is a part of the sheet that was read and deliberately not used.
type Ignored struct {
	Sheet  string
	Area   Area
	Reason string // heading, ordinals, section, text, note, after_table, column_unknown, column_ignored, other_sheet, other_table…
	Text   string // the first words that stand there
}
