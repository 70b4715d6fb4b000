package tonghop

import (
	"fmt"
	"time"
)

// Date is a calendar day without a time zone, written YYYY-MM-DD. Dates
// compare as strings. The empty Date means "no bound".
type Date string

// ParseDate reads YYYY-MM-DD and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("read date %q: want YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// DateOf builds a Date from its parts; ok is false if the day does not exist.
func DateOf(year, month, day int) (d Date, ok bool) {
	d = Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	_, err := ParseDate(string(d))
	return d, err == nil
}

// Parts returns year, month and day; zeros for the empty Date.
func (d Date) Parts() (year, month, day int) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, 0, 0
	}
	return t.Year(), int(t.Month()), t.Day()
}

// Vietnamese prints the day as offices write it: 30/6/2023, 08/3/2022.
func (d Date) Vietnamese() string {
	y, m, day := d.Parts()
	if y == 0 {
		return ""
	}
	if m < 3 {
		return fmt.Sprintf("%02d/%02d/%d", day, m, y)
	}
	return fmt.Sprintf("%02d/%d/%d", day, m, y)
}

// Next is the day after; "" for the empty Date.
func (d Date) Next() Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(0, 0, 1).Format(time.DateOnly))
}

// Within reports whether d lies in [from, to], an empty bound being open.
func (d Date) Within(from, to Date) bool {
	return (from == "" || from <= d) && (to == "" || d <= to)
}

// Vietnam is the time of the country, without the zone files that a small
// machine may lack: seven hours ahead of UTC, the whole year.
func Vietnam() *time.Location { return time.FixedZone("+07", 7*60*60) }

// DayOf is the day in Vietnam at a moment; "" for no moment.
func DayOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(Vietnam()).Format(time.DateOnly))
}
