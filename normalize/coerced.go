package normalize

import (
	"regexp"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// coerced asks about a cell that a spreadsheet program shows as a date: 5/8 and
// 12.5 typed into a common cell become one, and so does a figure typed into a
// cell that was formatted for dates. The sentence shows what was probably
// typed: day first and month first where they differ, or the figure.
func coerced(v tonghop.Value, figure string, p *profile) (tonghop.Value, []tonghop.Finding) {
	if d, err := decimal.NewFromString(figure); err == nil && d.LessThan(decimal.NewFromInt(leftoverFormat)) && p.fits(d) {
		return unreadable(v, "O-031", "first", comma(d))
	}
	day, ok := serialDay(figure, p.date1904)
	if !ok {
		return unreadable(v, "O-009", "stored", figure)
	}
	return askDay(v, day.Day(), int(day.Month()))
}

// leftoverFormat is the serial number below which nobody means a day: 1902.
const leftoverFormat = 1000

// askDay shows a day as the two ratios that it may have been.
func askDay(v tonghop.Value, day, month int) (tonghop.Value, []tonghop.Finding) {
	d, m := strconv.Itoa(day), strconv.Itoa(month)
	first, second := d+"/"+m, m+"/"+d
	if first == second {
		second = ""
	}
	return unreadable(v, "O-031", "first", first, "second", second)
}

var (
	writtenDay = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-]\d{4}( 0?0:00(:00)?)?$`)
	isoDay     = regexp.MustCompile(`^\d{4}-(\d{1,2})-(\d{1,2})([T ]00:00(:00(\.0+)?)?)?$`)
)

// textDay reads a day typed or exported as text: 05/08/2023, 2023-08-05.
func textDay(text string) (day, month int, ok bool) {
	m := writtenDay.FindStringSubmatch(text)
	if m == nil {
		if m = isoDay.FindStringSubmatch(text); m != nil {
			m[1], m[2] = m[2], m[1]
		}
	}
	if m == nil {
		return 0, 0, false
	}
	day, _ = strconv.Atoi(m[1])
	month, _ = strconv.Atoi(m[2])
	return day, month, day >= 1 && day <= 31 && month >= 1 && month <= 31
}

// serialDay is the day that a serial number without a time of day stands for.
// Serials up to 60 of the 1900 system lie before the day that never was.
func serialDay(figure string, date1904 bool) (time.Time, bool) {
	d, err := decimal.NewFromString(figure)
	if err != nil || !d.Equal(d.Truncate(0)) || d.LessThan(decimal.NewFromInt(1)) || d.GreaterThan(decimal.NewFromInt(2_958_465)) {
		return time.Time{}, false
	}
	base, n := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), int(d.IntPart())
	switch {
	case date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 60:
		return time.Time{}, false
	case n < 60:
		base = base.AddDate(0, 0, 1)
	}
	return base.AddDate(0, 0, n), true
}
