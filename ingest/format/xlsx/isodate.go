package xlsx

import (
	"fmt"
	"strconv"
	"time"

	"github.com/tonghop/tonghop"
)

// isoDate turns a date written out, as strict files may hold it, into the
// serial number that all other files hold.
func (w *sheetReader) isoDate(c *tonghop.Cell, p *pending, look *look, v string) error {
	for _, layout := range [...]string{
		"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02", "15:04:05.999999999",
	} {
		t, err := time.Parse(layout, v)
		if err != nil {
			continue
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case layout[0] == '1':
			base = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
		case w.r.date1904:
			base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		case t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)):
			base = base.AddDate(0, 0, 1)
		}
		days := (t.Unix() - base.Unix()) / 86400
		secs := float64((t.Unix()-base.Unix())%86400) + float64(t.Nanosecond())/1e9
		from := len(w.text)
		w.text = strconv.AppendFloat(w.text, float64(days)+secs/86400, 'f', -1, 64)
		p.stored = spanFrom(from, w.text)
		return w.showNumber(c, p, look, w.text[from:])
	}
	return fmt.Errorf("date %q", v)
}
