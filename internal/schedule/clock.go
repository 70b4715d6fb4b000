package schedule

import (
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
)

// Action is what a schedule is for.
type Action string

// The actions.
const (
	Pull  Action = "pull"  // look into the doors
	Close Action = "close" // close a period
)

// Schedule is something that the clock starts.
type Schedule struct {
	Name       string // unique; small letters, digits, - and _: it may be the name of a file
	Action     Action
	Expression string     // minute hour day month weekday, or @monthly…; after CRON_TZ=… in another zone
	Period     PeriodRule // which period a due time closes; "" with pull
}

// Defaults are the schedules of an office that sets none: the doors every five
// minutes, the past month and the past quarter on the 5th at six.
func Defaults() []Schedule {
	return []Schedule{
		{Name: "pull", Action: Pull, Expression: "*/5 * * * *"},
		{Name: "month", Action: Close, Expression: "0 6 5 * *", Period: PreviousMonth},
		{Name: "quarter", Action: Close, Expression: "0 6 5 1,4,7,10 *", Period: PreviousQuarter},
	}
}

// Clock knows when schedules are due. It is pure: it reads no clock and does
// not change.
type Clock struct {
	zone  *time.Location
	plans []plan
}

// plan is a schedule with its due times.
type plan struct {
	Schedule
	times times
}

// Compile makes the clock of schedules, which may be none. A schedule that
// cannot be understood is schedule.name (name), schedule.twice (name),
// schedule.action (name, found), schedule.expression (name, expression, found:
// the part that is not understood), schedule.never (name, expression), or
// schedule.period (name, found); all that are wrong come in one joined error.
func Compile(list []Schedule) (*Clock, error) {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return nil, fmt.Errorf("find zone: %w", err)
	}
	c := &Clock{zone: zone}
	var faults []error
	for _, s := range list {
		s.Expression = tidy(s.Expression)
		if err := check(s); err != nil {
			faults = append(faults, err)
			continue
		}
		if _, ok := c.find(s.Name); ok {
			faults = append(faults, tonghop.Fail("schedule.twice", nil, "name", s.Name))
			continue
		}
		t, err := parse(s.Expression, zone)
		if err != nil {
			faults = append(faults, unreadable(s, err))
			continue
		}
		c.plans = append(c.plans, plan{s, t})
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return c, nil
}

// named is what a name looks like that may be part of a file's name anywhere.
var named = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// device is a name that Windows keeps for itself.
var device = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// check looks at everything but the expression.
func check(s Schedule) error {
	switch {
	case !named.MatchString(s.Name), device.MatchString(s.Name):
		return tonghop.Fail("schedule.name", nil, "name", s.Name)
	case s.Action != Pull && s.Action != Close:
		return tonghop.Fail("schedule.action", nil, "name", s.Name, "found", string(s.Action))
	case s.Action == Close && !s.Period.fits(), s.Action == Pull && s.Period != "":
		return tonghop.Fail("schedule.period", nil, "name", s.Name, "action", string(s.Action), "found", string(s.Period))
	}
	return nil
}

// unreadable says what of a schedule's expression is wrong.
func unreadable(s Schedule, err error) error {
	if errors.Is(err, errNever) {
		return tonghop.Fail("schedule.never", err, "name", s.Name, "expression", s.Expression)
	}
	found := s.Expression
	var f *faulty
	if errors.As(err, &f) {
		found = f.part
	}
	return tonghop.Fail("schedule.expression", err, "name", s.Name, "expression", s.Expression, "found", found)
}

// find finds a schedule by its name.
func (c *Clock) find(name string) (plan, bool) {
	i := slices.IndexFunc(c.plans, func(p plan) bool { return p.Name == name })
	if i < 0 {
		return plan{}, false
	}
	return c.plans[i], true
}

// Schedules lists what the clock knows, in the order in which it was told.
func (c *Clock) Schedules() []Schedule {
	all := make([]Schedule, len(c.plans))
	for i, p := range c.plans {
		all[i] = p.Schedule
	}
	return all
}

// Schedule finds a schedule by its name.
func (c *Clock) Schedule(name string) (Schedule, bool) {
	p, ok := c.find(name)
	return p.Schedule, ok
}

// Zone is Asia/Ho_Chi_Minh, in which due times are given.
func (c *Clock) Zone() *time.Location { return c.zone }

// Next is the first due time after a moment, in [Clock.Zone]; zero if there is
// no such schedule.
func (c *Clock) Next(name string, after time.Time) time.Time {
	p, ok := c.find(name)
	if !ok {
		return time.Time{}
	}
	return p.times.after(after)
}

// Due runs through the due times of a schedule in (from, to], in order and in
// [Clock.Zone], at most 576,000: 400 days of every minute.
func (c *Clock) Due(name string, from, to time.Time) iter.Seq[time.Time] {
	p, ok := c.find(name)
	if !ok {
		return func(func(time.Time) bool) {}
	}
	return p.times.between(from, to)
}

// Period is the period that a due time of a schedule closes; zero if it closes
// none. A run carries it in its Args, as [ArgPeriod], from when it was claimed.
func (c *Clock) Period(name string, due time.Time) tonghop.Period {
	p, ok := c.find(name)
	if !ok || p.Action != Close {
		return tonghop.Period{}
	}
	return p.Period.at(due.In(c.zone))
}
