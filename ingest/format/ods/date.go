package ods

import (
	"strconv"
	"strings"
	"time"
)

// parseDate turns a date into the serial number that a spreadsheet holds: days
// since 30/12/1899, or 1/1/1904. January and February of 1900 count one less,
// as in Excel, which knows a 29/2/1900. It tells whether there is a time of
// day.
func parseDate(v []byte, date1904 bool) (serial float64, timed, ok bool) {
	for _, layout := range [...]string{
		"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04",
	} {
		t, err := time.Parse(layout, string(v))
		if err != nil {
			continue
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case date1904:
			base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		case t.Year() == 1900 && t.Month() < time.March:
			base = base.AddDate(0, 0, 1)
		}
		days := (t.Unix() - base.Unix()) / 86400
		secs := float64((t.Unix()-base.Unix())%86400) + float64(t.Nanosecond())/1e9
		return float64(days) + secs/86400, secs != 0, true
	}
	return 0, false, false
}

// parseDuration turns a length of time such as PT36H30M00.5S into days. Years
// and months are of no certain length and not taken.
func parseDuration(v []byte) (days float64, ok bool) {
	s, negative := strings.CutPrefix(string(v), "-")
	s, ok = strings.CutPrefix(s, "P")
	if !ok || s == "" || len(s) > 60 {
		return 0, false
	}
	secs, clock := 0.0, false
	for s != "" {
		if s[0] == 'T' && !clock && len(s) > 1 {
			s, clock = s[1:], true
			continue
		}
		i := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
		if i <= 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(strings.Replace(s[:i], ",", ".", 1), 64)
		unit := map[byte]float64{'D': 86400}
		if clock {
			unit = map[byte]float64{'H': 3600, 'M': 60, 'S': 1}
		}
		if unit[s[i]] == 0 || err != nil {
			return 0, false
		}
		secs += n * unit[s[i]]
		s = s[i+1:]
	}
	if negative {
		secs = -secs
	}
	return secs / 86400, true
}
