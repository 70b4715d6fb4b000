package schedule

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	_ "time/tzdata" // machines without zone files, and containers, have the zone too

	"github.com/robfig/cron/v3"
)

// zoneName is where due times are read off the clock.
const zoneName = "Asia/Ho_Chi_Minh"

// zonePrefix stands before an expression that means another zone.
const zonePrefix = "CRON_TZ="

// mostDue ends the enumeration of due times: 400 days of every minute.
const mostDue = 400 * 24 * 60

// times are the due times of one expression.
type times struct {
	spec *cron.SpecSchedule
	zone *time.Location // in which they are given
}

// faulty says which part of an expression is not understood.
type faulty struct {
	part  string
	cause error
}

// Error is the technical form.
func (f *faulty) Error() string { return fmt.Sprintf("read %q: %v", f.part, f.cause) }

// Unwrap gives the cause.
func (f *faulty) Unwrap() error { return f.cause }

var (
	errFields = errors.New("want five fields: minute, hour, day, month, weekday")
	errEmpty  = errors.New("nothing in it")
	errEvery  = errors.New("counts from when the program starts, not by the calendar")
	errZone   = errors.New("depends on the machine")
	errNever  = errors.New("never due")
)

// tidy writes an expression with one blank between its parts, so that one which
// is only written differently is not a new one.
func tidy(expression string) string { return strings.Join(strings.Fields(expression), " ") }

// parse reads an expression of five fields or @monthly and the like; zone is
// its zone unless it names another one, and the zone in which times are given.
// The error is a *faulty.
func parse(expression string, zone *time.Location) (times, error) {
	fields, at := strings.Fields(expression), zone
	if len(fields) > 0 && strings.HasPrefix(fields[0], zonePrefix) {
		var err error
		if at, err = otherZone(strings.TrimPrefix(fields[0], zonePrefix)); err != nil {
			return times{}, &faulty{fields[0], err}
		}
		fields = fields[1:]
	}
	spec, err := parseFields(fields)
	if err != nil {
		return times{}, err
	}
	spec.Location = at
	t := times{spec, zone}
	if t.after(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() { // 2024 has a 29/2
		return times{}, &faulty{tidy(expression), errNever}
	}
	return t, nil
}

// otherZone finds a zone that is the same on every machine.
func otherZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, errZone
	}
	return time.LoadLocation(name)
}

// parseFields reads each field by itself, so as to say which one is wrong. The
// library would take the zone of the machine; the caller sets ours.
func parseFields(fields []string) (*cron.SpecSchedule, error) {
	whole := strings.Join(fields, " ")
	if strings.HasPrefix(whole, "@every") {
		return nil, &faulty{whole, errEvery}
	}
	if !strings.HasPrefix(whole, "@") {
		if len(fields) != 5 {
			return nil, &faulty{whole, errFields}
		}
		for i, field := range fields {
			if err := parseField(i, field); err != nil {
				return nil, &faulty{field, err}
			}
		}
	}
	parsed, err := cron.ParseStandard(whole)
	if err != nil {
		return nil, &faulty{whole, err}
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, &faulty{whole, errEvery}
	}
	return spec, nil
}

// parseField reads the field at a place among the five.
func parseField(place int, field string) error {
	if strings.Trim(field, ",") == "" { // the library takes it for a field that fits nothing
		return errEmpty
	}
	alone := []string{"*", "*", "*", "*", "*"}
	alone[place] = field
	_, err := cron.ParseStandard(strings.Join(alone, " "))
	return err
}

// after is the first due time after a moment; zero if there is none for ten
// years. The library gives up after five, which 29/2 may take longer than.
func (t times) after(moment time.Time) time.Time {
	for range 2 {
		if next := t.spec.Next(moment); !next.IsZero() {
			return next.In(t.zone)
		}
		moment = moment.AddDate(5, 0, 0)
	}
	return time.Time{}
}

// between runs through the due times in (from, to], at most mostDue.
func (t times) between(from, to time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		due := from
		for range mostDue {
			if due = t.after(due); due.IsZero() || due.After(to) || !yield(due) {
				return
			}
		}
	}
}
