package tonghop

import "github.com/shopspring/decimal"

// Certainty says how sure a figure of a criteria set is. Only Verified and
// PartlyVerified figures may decide anything; the others are shown as not
// verified and never do more than raise a query.
type Certainty string

// How sure a figure is.
const (
	Verified       Certainty = "verified"        // read in a source
	PartlyVerified Certainty = "partly_verified" // read for part of the regions
	FromMemory     Certainty = "memory"          // remembered, not read
	Doubtful       Certainty = "doubtful"        // remembered with doubt
	Delegated      Certainty = "delegated"       // the decision leaves it to the province
	Unknown        Certainty = "unknown"         // not known
)

// Sure reports whether a figure of this certainty may decide.
func (c Certainty) Sure() bool { return c == Verified || c == PartlyVerified }

// ValueType is what an indicator's result is, in the terms of the decision.
type ValueType string

// The types of results.
const (
	TypeMark    ValueType = "mark"    // Đạt / chưa đạt
	TypePercent ValueType = "percent" // percent points
	TypeNumber  ValueType = "number"  // with a unit of measure
	TypeCount   ValueType = "count"   // whole things
	TypeGrade   ValueType = "grade"   // đạt / khá / tốt
)

// Threshold is what one region must reach in one year.
type Threshold struct {
	Region    string          // DBSCL, TDMNPB…; "" = general
	Year      int             // 0 = every year of the set
	Zone      ZoneKind        // of communes with this status, in every region; "" = of all others
	Figure    decimal.Decimal // percent points or the indicator's unit
	Word      string          // instead of a figure: "Đạt", "Không"
	Certainty Certainty       // of this figure; the indicator's unless the file says more
}

// Indicator (chỉ tiêu) is one requirement of a criterion.
type Indicator struct {
	No         string      // "17.10"; of a criterion with a single indicator the criterion's own "10"
	Name       string      // as the decision words it, as far as known
	Type       ValueType   //
	Unit       string      // unit of measure: "%", "triệu đồng/người/năm"
	Operator   string      // ">=", "<=", "="
	Optional   bool        // "(nếu có)": blank or not applicable is no omission
	ByProvince bool        // the decision leaves the figure to the province
	Certainty  Certainty   // of the thresholds
	NameSure   Certainty   // of the wording
	Basis      string      // decision, date and annex
	Note       string      //
	Thresholds []Threshold //
}

// Criterion (tiêu chí) is one of the numbered criteria of a set.
type Criterion struct {
	No         int
	Name       string
	Group      string // key of one of Criteria.Groups
	Indicators []Indicator
}

// CriteriaGroup is a heading over several criteria; print set-up follows it.
type CriteriaGroup struct {
	Key, Name string
	From, To  int // criterion numbers, both included
}

// Criteria is one national set: what a commune must reach, from when to when,
// and how sure each figure is.
type Criteria struct {
	ID       string // "xa-ntm-2021-2025"
	Name     string
	Basis    string // "QĐ 318/QĐ-TTg ngày 08/3/2022, Phụ lục I"
	From, To Date
	Groups   []CriteriaGroup
	Criteria []Criterion
	Amended  Date   // from here on the set stands amended by a text not held; "" = never
	Comment  string // what the amendment is, and how sure
}

// Indicator finds an indicator by number.
func (c *Criteria) Indicator(no string) (Indicator, Criterion, bool) {
	for _, cr := range c.Criteria {
		for _, in := range cr.Indicators {
			if in.No == no {
				return in, cr, true
			}
		}
	}
	return Indicator{}, Criterion{}, false
}

// Threshold picks what region and year ask for: the region before the general
// figure, the year before "every year". ok is false where none is known.
func (in Indicator) Threshold(region string, year int) (t Threshold, ok bool) {
	best := -1
	for _, c := range in.Thresholds {
		if c.Zone != "" || (c.Region != "" && c.Region != region) || (c.Year != 0 && c.Year != year) {
			continue
		}
		score := 0
		if c.Region != "" {
			score += 2
		}
		if c.Year != 0 {
			score++
		}
		if score > best {
			best, t, ok = score, c, true
		}
	}
	return t, ok
}

// ZoneThreshold picks what is asked of communes with a status of their own, the
// year before "every year". ok is false where the set has no figure for them.
func (in Indicator) ZoneThreshold(kind ZoneKind, year int) (t Threshold, ok bool) {
	for _, c := range in.Thresholds {
		if c.Zone == kind && (c.Year == year || c.Year == 0 && !ok) {
			t, ok = c, true
		}
	}
	return t, ok
}
