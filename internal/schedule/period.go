package schedule

import (
	"time"

	"github.com/tonghop/tonghop"
)

// PeriodRule says which period a due time closes: one of the rules below, or a
// period as [tonghop.ParsePeriod] reads it, such as 2023-06.
type PeriodRule string

// The rules. Each means the latest period of its kind that was over on the day
// of the due time, by the calendar in Asia/Ho_Chi_Minh.
const (
	PreviousMonth   PeriodRule = "previous-month"   // due 5/7/2023: 2023-06
	PreviousQuarter PeriodRule = "previous-quarter" // due 5/7/2023: 2023-Q2
	PreviousHalf    PeriodRule = "previous-half"    // due 5/7/2023: 2023-H1
	NineMonths      PeriodRule = "nine-months"      // due 5/10/2023: 2023-9M; before October those of last year
	PreviousYear    PeriodRule = "previous-year"    // due 5/1/2024: 2023
)

// Rules lists the rules that count from the due time.
func Rules() []PeriodRule {
	return []PeriodRule{PreviousMonth, PreviousQuarter, PreviousHalf, NineMonths, PreviousYear}
}

// fits reports whether the rule is one.
func (r PeriodRule) fits() bool {
	return !r.at(time.Date(2023, 7, 5, 6, 0, 0, 0, time.UTC)).IsZero()
}

// at is the period that a due time closes, whose zone is that of the calendar;
// the zero Period if the rule is none.
func (r PeriodRule) at(due time.Time) tonghop.Period {
	year, month := due.Year(), int(due.Month())
	switch r {
	case PreviousMonth:
		return tonghop.Period{Kind: tonghop.Month, Year: year, N: month}.Previous()
	case PreviousQuarter:
		return tonghop.Period{Kind: tonghop.Quarter, Year: year, N: (month + 2) / 3}.Previous()
	case PreviousHalf:
		return tonghop.Period{Kind: tonghop.HalfYear, Year: year, N: (month + 5) / 6}.Previous()
	case NineMonths:
		if month < 10 {
			year--
		}
		return tonghop.Period{Kind: tonghop.NineMonths, Year: year}
	case PreviousYear:
		return tonghop.Period{Kind: tonghop.Year, Year: year - 1}
	}
	fixed, err := tonghop.ParsePeriod(string(r))
	if err != nil {
		return tonghop.Period{}
	}
	return fixed
}
