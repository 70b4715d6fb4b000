package normalize

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// coerced asks about a cell that a spreadsheet program turned into a date: 5/8
// and 12.5 typed into a common cell become one. The sentence shows what was
// probably typed, day first and month first where they differ.
func coerced(v tonghop.Value, figure string, p *profile) (tonghop.Value, []tonghop.Finding) {
	day, ok := serialDay(figure, p.date1904)
	if !ok {
		return unreadable(v, "O-009", "stored", figure)
	}
	d, m := strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month()))
	first, second := d+"/"+m, m+"/"+d
	if first == second {
		second = ""
	}
	return unreadable(v, "O-031", "first", first, "second", second)
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
