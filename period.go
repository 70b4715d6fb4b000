package tonghop

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PeriodKind tells how long a reporting period is.
type PeriodKind string

// The reporting periods that offices use.
const (
	Month      PeriodKind = "month"
	Quarter    PeriodKind = "quarter"
	HalfYear   PeriodKind = "half"
	NineMonths PeriodKind = "nine"
	Year       PeriodKind = "year"
)

// Period is a reporting period: a month 2023-06, a quarter 2023-Q2, a half
// 2023-H1, nine months 2023-9M, or a year 2023. The zero Period is "none".
type Period struct {
	Kind PeriodKind
	Year int
	N    int // month 1-12, quarter 1-4, half 1-2; 0 otherwise
}

// ParsePeriod reads the forms that [Period.String] writes.
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("read period %q: want 2023-06, 2023-Q2, 2023-H1, 2023-9M or 2023", s)
	head, tail, found := strings.Cut(s, "-")
	year, err := strconv.Atoi(head)
	if err != nil || len(head) != 4 || year < 1990 || year > 2100 {
		return Period{}, bad
	}
	if !found {
		return Period{Kind: Year, Year: year}, nil
	}
	if tail == "9M" {
		return Period{Kind: NineMonths, Year: year}, nil
	}
	kind, digits, most := Month, tail, 12
	switch {
	case strings.HasPrefix(tail, "Q"):
		kind, digits, most = Quarter, tail[1:], 4
	case strings.HasPrefix(tail, "H"):
		kind, digits, most = HalfYear, tail[1:], 2
	case len(tail) != 2:
		return Period{}, bad
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > most || (kind != Month && len(digits) != 1) {
		return Period{}, bad
	}
	return Period{Kind: kind, Year: year, N: n}, nil
}

// IsZero reports whether no period is known.
func (p Period) IsZero() bool { return p.Year == 0 }

// String writes the period as [ParsePeriod] reads it; "" for none.
func (p Period) String() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Year, p.N)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.N)
	case HalfYear:
		return fmt.Sprintf("%04d-H%d", p.Year, p.N)
	case NineMonths:
		return fmt.Sprintf("%04d-9M", p.Year)
	case Year:
		return fmt.Sprintf("%04d", p.Year)
	}
	return ""
}

// lastMonth is the last calendar month of the period, 1-12.
func (p Period) lastMonth() int {
	switch p.Kind {
	case Month:
		return p.N
	case Quarter:
		return p.N * 3
	case HalfYear:
		return p.N * 6
	case NineMonths:
		return 9
	}
	return 12
}

// AsOf is the period's last day: the date by which its rules are chosen
// unless somebody asks for another.
func (p Period) AsOf() Date {
	if p.IsZero() {
		return ""
	}
	t := time.Date(p.Year, time.Month(p.lastMonth())+1, 0, 0, 0, 0, 0, time.UTC)
	return Date(t.Format(time.DateOnly))
}

// Start is the period's first day.
func (p Period) Start() Date {
	if p.IsZero() {
		return ""
	}
	months := map[PeriodKind]int{Month: 1, Quarter: 3, HalfYear: 6, NineMonths: 9, Year: 12}[p.Kind]
	t := time.Date(p.Year, time.Month(p.lastMonth()-months+1), 1, 0, 0, 0, 0, time.UTC)
	return Date(t.Format(time.DateOnly))
}

// Previous is the period of the same length just before this one; for nine
// months, those of the year before.
func (p Period) Previous() Period {
	most := map[PeriodKind]int{Month: 12, Quarter: 4, HalfYear: 2}[p.Kind]
	if most == 0 || p.N == 1 {
		p.Year--
		p.N = most
		return p
	}
	p.N--
	return p
}
