package tonghop

// Form is a kind of report: what it is called, which columns and rows it has,
// and every spelling by which they are recognised. It is decoded from
// templates/forms. A version that was used is never edited: a change is a new
// version. Spellings stand as typed; whoever compares folds them.
type Form struct {
	ID       string `yaml:"id"`      // "xa-ntm"
	Version  string `yaml:"version"` // "2021-2025"
	Name     string `yaml:"name"`
	Criteria string `yaml:"criteria"` // id of the set whose indicators are the columns
	From     Date   `yaml:"from"`     // first and last as-of date for which the form serves
	To       Date   `yaml:"to"`

	Senders []Sender `yaml:"senders"` // who sends it; none: the districts
	Like    string   `yaml:"like"`    // "xa-ntm/2021-2025": the version whose words count where this one has none
	Owed    *bool    `yaml:"owed"`    // false: no office has to send it; nil = every office owes it

	Titles         []string             `yaml:"titles"`          // words of the title
	OwnTitles      []string             `yaml:"own_titles"`      // words of a title by which it is told from the other forms
	Others         []string             `yaml:"others"`          // words that say it is another form
	Columns        map[string][]string  `yaml:"columns"`         // columns that are no indicator, by role
	MarkLabels     []string             `yaml:"mark_labels"`     // header of a column with marks
	ValueLabels    []string             `yaml:"value_labels"`    // header of the results beside a mark
	Abbreviations  map[string]string    `yaml:"abbreviations"`   // words in headers
	CriterionNames map[string][]string  `yaml:"criterion_names"` // short names, by number
	IndicatorNames map[string][]string  `yaml:"indicator_names"` // short names, by number
	Marks          map[Mark][]string    `yaml:"marks"`           // spellings of the marks
	Doubtful       map[string][]string  `yaml:"doubtful"`        // spellings with two meanings
	Empties        map[Empty][]string   `yaml:"empties"`         // words that stand for no figure
	ZeroWords      []string             `yaml:"zero_words"`      // words for zero in a column of counts
	MeasureWords   []string             `yaml:"measure_words"`   // units of measure in a header
	Corner         []string             `yaml:"corner"`          // in a table that lies on its side: what stands over its labels, and is no commune
	VagueTotals    []string             `yaml:"vague_totals"`    // labels of a total only if counts of criteria stand below
	Rows           map[string][]string  `yaml:"rows"`            // words that tell rows apart, by role
	Plausible      map[string][2]string `yaml:"plausible"`       // figures outside are asked about
	OwnFields      map[string]OwnField  `yaml:"own_fields"`      // fields that are no indicator
}

// Key names the form and its version: "xa-ntm/2021-2025".
func (f *Form) Key() string { return f.ID + "/" + f.Version }

// Due reports whether every office has to send the form.
func (f *Form) Due() bool { return f.Owed == nil || *f.Owed }

// Sender says who sends a form in a stretch of time: the units of a level, 2
// for districts, 3 for communes.
type Sender struct {
	Level int  `yaml:"level"`
	From  Date `yaml:"from"` // first day, "" = no bound
	To    Date `yaml:"to"`   // last day, "" = no bound
}

// SenderLevel is the level of the units that send the form on the date: 2 for
// districts, where the form does not say otherwise.
func (f *Form) SenderLevel(on Date) int {
	if f != nil {
		for _, s := range f.Senders {
			if on.Within(s.From, s.To) {
				return s.Level
			}
		}
	}
	return 2
}

// OwnField is a field of the form that no criteria set defines.
type OwnField struct {
	Type    ValueType `yaml:"type"`
	Measure string    `yaml:"measure"`
}

// Roles of columns. The first few are no indicator; a RoleField column holds
// an indicator, a criterion's mark, or one of the form's own fields.
const (
	ColNumber   = "number"   // STT
	ColUnit     = "unit"     // name of the commune
	ColCode     = "code"     // its code
	ColDistrict = "district" // name of the district
	ColIgnored  = "ignored"  // known, and not used
	ColField    = "field"    //
	ColCross    = "cross"    // crosses, read with the field column before it
	ColUnknown  = "unknown"  // not understood
)

// FieldTotalMet is the form's own field for the number of criteria that the
// office claims a commune meets.
const FieldTotalMet = "total_met"

// Roles of the rows that are no commune.
const (
	RowSum     = "sum"
	RowCount   = "count"
	RowShare   = "share"
	RowAverage = "average"
	RowRequire = "require" // the thresholds, printed as a row
	RowSection = "section"
	RowEnd     = "end" // ends the table: notes, signatures
)
