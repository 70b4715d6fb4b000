package tonghop

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Variant is one office's own layout of a version of a form, with what people
// answered about its columns. Its answers count for tables of this very layout
// and for no other.
type Variant struct {
	Office      string // code
	Form        string // form id
	Version     string // of the form: a new version begins without answers
	Fingerprint string // of the header, as [Cover] has it
	Answers     []Answer
}

// Answer says what one column of a variant holds, as a person knows it.
type Answer struct {
	Place int    // columns from the first one that has a heading; in a table on its side, rows
	Label string // its heading in the file of the receipt, as typed
	Field string // indicator number, TC…, or own name; "" = it is no field and not to be read
	Mark  bool   // it holds the mark beside the field's values

	By      string // who answered
	At      time.Time
	Receipt string // of the submission that was asked about; "" of a file that was never handed in
	Ref     Ref    // the header cell there

	WithdrawnBy string // "" = it counts
	WithdrawnAt time.Time
}

// Open reports whether the answer counts: nobody has withdrawn it.
func (a Answer) Open() bool { return a.WithdrawnBy == "" }

// ID is a short name of the variant that never changes: twelve letters and
// digits that follow from its office, form, version and fingerprint.
func (v Variant) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{v.Office, v.Form, v.Version, v.Fingerprint}, "\n")))
	return hex.EncodeToString(sum[:6])
}

// Same reports whether two variants are the same layout of the same office.
func (v Variant) Same(o Variant) bool {
	return v.Office == o.Office && v.Form == o.Form && v.Version == o.Version && v.Fingerprint == o.Fingerprint
}

// Of reports whether the variant is of a version of a form as an office has it.
func (v Variant) Of(office, form, version string) bool {
	return v.Office == office && v.Form == form && v.Version == version
}

// Answer is the answer that counts for a column; ok is false if there is none.
func (v Variant) Answer(place int) (a Answer, ok bool) {
	for i := len(v.Answers) - 1; i >= 0; i-- {
		if a = v.Answers[i]; a.Place == place && a.Open() {
			return a, true
		}
	}
	return Answer{}, false
}

// Answered reports whether any answer of the variant counts.
func (v Variant) Answered() bool { return slices.ContainsFunc(v.Answers, Answer.Open) }

// With is the variants with others put in the place of the same ones.
func With(variants, others []Variant) []Variant {
	out := slices.Clone(variants)
	for _, o := range others {
		if i := slices.IndexFunc(out, o.Same); i >= 0 {
			out[i] = o
		} else {
			out = append(out, o)
		}
	}
	return out
}

// VariantTable is a table as its columns were recognised, for somebody who is asked
// about them.
type VariantTable struct {
	Variant Variant // what it is a variant of, with the answers that were used
	Period  Period
	Sheet   string
	Turned  bool // it lies on its side: its columns are rows of the sheet
	First   int  // first column that has a heading
	Columns []VariantColumn
}

// VariantColumn is a column of a recognised table: what it was taken for, what
// else it may be, and what stands in it.
type VariantColumn struct {
	Column
	At      Ref      // the cell by which it is named: in the header, and in this column
	Guesses []string // fields whose names come near, the nearest first
	Samples []string // the first contents below the header, as shown
	Asked   []string // rules of the questions about it
	Open    bool     // it was not understood, was guessed, or is asked about
}

// Column is the column of the table in which a cell lies; ok is false if the
// cell is in none of them.
func (l VariantTable) Column(at Ref) (c VariantColumn, ok bool) {
	col := at.Col
	if l.Turned {
		col = at.Row
	}
	for _, c := range l.Columns {
		if at.Sheet == l.Sheet && c.Col == col {
			return c, true
		}
	}
	return VariantColumn{}, false
}
