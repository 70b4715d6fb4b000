package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/schedule"
)

// compile makes a clock.
func compile(t testing.TB, list ...schedule.Schedule) *schedule.Clock {
	t.Helper()
	c, err := schedule.Compile(list)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pulling and closing are schedules of one expression.
func pulling(expression string) schedule.Schedule {
	return schedule.Schedule{Name: "pull", Action: schedule.Pull, Expression: expression}
}

func closing(expression string) schedule.Schedule {
	return schedule.Schedule{Name: "month", Action: schedule.Close, Expression: expression, Period: schedule.PreviousMonth}
}

// at reads a time of the test: in Việt Nam unless it says otherwise.
func at(text string) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t
	}
	form := "2006-01-02 15:04:05"
	t, err := time.ParseInLocation(form[:len(text)], text, time.FixedZone("", 7*3600))
	if err != nil {
		panic(err)
	}
	return t
}

// Due times are those of the calendar in Việt Nam, in whatever zone the
// question is put.
func TestDue(t *testing.T) {
	for name, c := range map[string]struct {
		expression, from, to string
		want                 []string
	}{
		"the 5th":           {"0 6 5 * *", "2023-06-01", "2023-08-31", []string{"2023-06-05T06:00", "2023-07-05T06:00", "2023-08-05T06:00"}},
		"over new year":     {"0 6 5 * *", "2023-12-05 06:00", "2024-02-05 05:59", []string{"2024-01-05T06:00"}},
		"quarters":          {"0 6 5 1,4,7,10 *", "2023-01-01", "2024-01-06", []string{"2023-01-05T06:00", "2023-04-05T06:00", "2023-07-05T06:00", "2023-10-05T06:00", "2024-01-05T06:00"}},
		"from is not in it": {"0 6 5 * *", "2023-06-05 06:00", "2023-07-05 05:59:59", nil},
		"to is in it":       {"0 6 5 * *", "2023-06-05 05:59:59", "2023-06-05 06:00", []string{"2023-06-05T06:00"}},
		"asked in UTC":      {"0 6 5 * *", "2023-06-04T22:59:59.9Z", "2023-06-04T23:00:00Z", []string{"2023-06-05T06:00"}},
		"month ends":        {"0 0 31 * *", "2023-01-31 00:00", "2023-08-01", []string{"2023-03-31T00:00", "2023-05-31T00:00", "2023-07-31T00:00"}},
		"30th":              {"30 23 30 * *", "2024-01-31", "2024-04-01", []string{"2024-03-30T23:30"}},
		"29/2":              {"0 6 29 2 *", "2023-01-01", "2029-01-01", []string{"2024-02-29T06:00", "2028-02-29T06:00"}},
		"29/2 over 2100":    {"0 6 29 2 *", "2092-03-01", "2109-01-01", []string{"2096-02-29T06:00", "2104-02-29T06:00", "2108-02-29T06:00"}},
		"28/2 and 29/2":     {"0 6 28-29 2 *", "2023-01-01", "2024-12-01", []string{"2023-02-28T06:00", "2024-02-28T06:00", "2024-02-29T06:00"}},
		"weekday":           {"0 7 * * MON", "2023-06-01", "2023-06-14", []string{"2023-06-05T07:00", "2023-06-12T07:00"}},
		"@monthly":          {"@monthly", "2023-11-02", "2024-02-01", []string{"2023-12-01T00:00", "2024-01-01T00:00", "2024-02-01T00:00"}},
		"own zone":          {"CRON_TZ=UTC 0 23 4 * *", "2023-06-01", "2023-06-30", []string{"2023-06-05T06:00"}},
		"summer time elsewhere": {"CRON_TZ=Europe/Berlin 0 1 * * *", "2023-03-25 00:00", "2023-03-27 12:00",
			[]string{"2023-03-25T07:00", "2023-03-26T07:00", "2023-03-27T06:00"}},
		"backwards": {"* * * * *", "2023-06-02", "2023-06-01", nil},
	} {
		t.Run(name, func(t *testing.T) {
			clock := compile(t, closing(c.expression))
			var got []string
			for due := range clock.Due("month", at(c.from), at(c.to)) {
				if _, offset := due.Zone(); offset != 7*3600 {
					t.Errorf("due %s is not in the zone", due)
				}
				got = append(got, due.Format("2006-01-02T15:04"))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			for _, zone := range []*time.Location{time.UTC, time.FixedZone("", -5*3600)} {
				next := clock.Next("month", at(c.from).In(zone))
				if len(c.want) > 0 && next.Format("2006-01-02T15:04") != c.want[0] {
					t.Errorf("next after %s is %s", at(c.from).In(zone), next)
				}
			}
		})
	}
}

// A year has all its five minutes, and so has a leap year; no hour is left out
// or comes twice.
func TestDueCount(t *testing.T) {
	clock := compile(t, pulling("*/5 * * * *"))
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2023-01-01", "2024-01-01", 105120},
		{"2024-01-01", "2025-01-01", 105408},
	} {
		count, before := 0, at(c.from)
		for due := range clock.Due("pull", at(c.from), at(c.to)) {
			if due.Sub(before) != 5*time.Minute {
				t.Fatalf("%s after %s", due, before)
			}
			before = due
			count++
		}
		if count != c.want {
			t.Errorf("%s to %s: %d, want %d", c.from, c.to, count, c.want)
		}
	}
	for range clock.Due("nobody", at("2023-01-01"), at("2024-01-01")) {
		t.Fatal("a schedule that is not there is due")
	}
}

// Every rule closes the latest period of its kind that was over.
func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		rule schedule.PeriodRule
		due  string
		want string
	}{
		{schedule.PreviousMonth, "2023-07-05 06:00", "2023-06"},
		{schedule.PreviousMonth, "2024-01-05 06:00", "2023-12"},
		{schedule.PreviousMonth, "2024-03-31 23:59", "2024-02"},
		{schedule.PreviousMonth, "2023-06-30T18:00:00Z", "2023-06"}, // 1/7, 01:00 in Việt Nam
		{schedule.PreviousMonth, "2023-06-30T16:59:59Z", "2023-05"},
		{schedule.PreviousQuarter, "2023-07-05 06:00", "2023-Q2"},
		{schedule.PreviousQuarter, "2023-09-30 06:00", "2023-Q2"},
		{schedule.PreviousQuarter, "2023-01-05 06:00", "2022-Q4"},
		{schedule.PreviousQuarter, "2023-12-31T17:00:00Z", "2023-Q4"},
		{schedule.PreviousHalf, "2023-07-05 06:00", "2023-H1"},
		{schedule.PreviousHalf, "2023-06-30 06:00", "2022-H2"},
		{schedule.PreviousHalf, "2024-01-05 06:00", "2023-H2"},
		{schedule.NineMonths, "2023-10-05 06:00", "2023-9M"},
		{schedule.NineMonths, "2023-12-31 06:00", "2023-9M"},
		{schedule.NineMonths, "2023-09-30 06:00", "2022-9M"},
		{schedule.PreviousYear, "2024-01-05 06:00", "2023"},
		{schedule.PreviousYear, "2023-12-31 23:59", "2022"},
		{"2023-06", "2025-01-05 06:00", "2023-06"},
		{"2023-9M", "2025-01-05 06:00", "2023-9M"},
	} {
		s := closing("0 6 5 * *")
		s.Period = c.rule
		if got := compile(t, s).Period("month", at(c.due)).String(); got != c.want {
			t.Errorf("%s due %s closes %s, want %s", c.rule, c.due, got, c.want)
		}
	}
	clock := compile(t, schedule.Defaults()...)
	if p := clock.Period("pull", at("2023-07-05")); !p.IsZero() {
		t.Errorf("a pull closes %s", p)
	}
	for _, r := range schedule.Rules() {
		s := closing("@monthly")
		s.Period = r
		compile(t, s)
	}
}

// Whatever is wrong with a schedule is said, with its name and the part.
func TestCompileRefuses(t *testing.T) {
	change := func(edit func(*schedule.Schedule)) schedule.Schedule {
		s := closing("0 6 5 * *")
		edit(&s)
		return s
	}
	expression := func(e string) schedule.Schedule {
		return change(func(s *schedule.Schedule) { s.Expression = e })
	}
	for name, c := range map[string]struct {
		s           schedule.Schedule
		code, found string
	}{
		"no name":        {change(func(s *schedule.Schedule) { s.Name = "" }), "schedule.name", ""},
		"path":           {change(func(s *schedule.Schedule) { s.Name = "../x" }), "schedule.name", ""},
		"blank":          {change(func(s *schedule.Schedule) { s.Name = "a b" }), "schedule.name", ""},
		"accents":        {change(func(s *schedule.Schedule) { s.Name = "tháng" }), "schedule.name", ""},
		"device":         {change(func(s *schedule.Schedule) { s.Name = "nul" }), "schedule.name", ""},
		"long":           {change(func(s *schedule.Schedule) { s.Name = strings.Repeat("a", 41) }), "schedule.name", ""},
		"line break":     {change(func(s *schedule.Schedule) { s.Name = "month\n" }), "schedule.name", ""},
		"action":         {change(func(s *schedule.Schedule) { s.Action = "push" }), "schedule.action", "push"},
		"no action":      {change(func(s *schedule.Schedule) { s.Action = "" }), "schedule.action", ""},
		"no period":      {change(func(s *schedule.Schedule) { s.Period = "" }), "schedule.period", ""},
		"period":         {change(func(s *schedule.Schedule) { s.Period = "last-month" }), "schedule.period", "last-month"},
		"period 13":      {change(func(s *schedule.Schedule) { s.Period = "2023-13" }), "schedule.period", "2023-13"},
		"pull a period":  {change(func(s *schedule.Schedule) { s.Action = schedule.Pull }), "schedule.period", "previous-month"},
		"nothing":        {expression(""), "schedule.expression", ""},
		"four":           {expression("0 6 5 *"), "schedule.expression", "0 6 5 *"},
		"six":            {expression("0 0 6 5 * *"), "schedule.expression", "0 0 6 5 * *"},
		"minute":         {expression("60 6 5 * *"), "schedule.expression", "60"},
		"day":            {expression("0 6 32 * *"), "schedule.expression", "32"},
		"month":          {expression("0 6 5 13 *"), "schedule.expression", "13"},
		"weekday":        {expression("0 6 * * 7"), "schedule.expression", "7"},
		"comma":          {expression("0 , 5 * *"), "schedule.expression", ","},
		"step":           {expression("*/0 * * * *"), "schedule.expression", "*/0"},
		"every":          {expression("@every 5m"), "schedule.expression", "@every 5m"},
		"descriptor":     {expression("@sometimes"), "schedule.expression", "@sometimes"},
		"zone alone":     {expression("CRON_TZ=UTC"), "schedule.expression", ""},
		"zone":           {expression("CRON_TZ=Nowhere/X 0 6 5 * *"), "schedule.expression", "CRON_TZ=Nowhere/X"},
		"this machine":   {expression("CRON_TZ=Local 0 6 5 * *"), "schedule.expression", "CRON_TZ=Local"},
		"no zone":        {expression("CRON_TZ= 0 6 5 * *"), "schedule.expression", "CRON_TZ="},
		"the other sign": {expression("TZ=UTC"), "schedule.expression", "TZ=UTC"},
		"31/2":           {expression("0 6 31 2 *"), "schedule.never", ""},
		"31/4":           {expression("0 6 31 4,6,9,11 *"), "schedule.never", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := schedule.Compile([]schedule.Schedule{c.s})
			var e *tonghop.Error
			if !errors.As(err, &e) || e.Code != c.code || e.Args["name"] != c.s.Name || e.Args["found"] != c.found {
				t.Errorf("want %s of %q, found %v", c.code, c.found, err)
			}
		})
	}
	_, err := schedule.Compile([]schedule.Schedule{closing("61 * * * *"), pulling("@hourly"), pulling("@daily")})
	for _, want := range []string{"schedule.expression", "name=month", "schedule.twice name=pull"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s among all that is wrong, found %v", want, err)
		}
	}
}

// The defaults are fit, blanks do not matter, and no schedule is no fault.
func TestCompile(t *testing.T) {
	got := compile(t, append(schedule.Defaults(), schedule.Schedule{
		Name: "half", Action: schedule.Close, Expression: " CRON_TZ=UTC  0 6\t5 1,7 * ", Period: schedule.PreviousHalf,
	})...).Schedules()
	want := append(schedule.Defaults(), schedule.Schedule{
		Name: "half", Action: schedule.Close, Expression: "CRON_TZ=UTC 0 6 5 1,7 *", Period: schedule.PreviousHalf,
	})
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	none := compile(t)
	if next := none.Next("pull", at("2023-06-01")); !next.IsZero() {
		t.Errorf("next is %s", next)
	}
	if _, ok := none.Schedule("pull"); ok {
		t.Error("found what is not there")
	}
	if name := none.Zone().String(); name != "Asia/Ho_Chi_Minh" {
		t.Errorf("zone is %s", name)
	}
}

// No expression makes the program stop or depends on where the question
// starts.
func FuzzExpression(f *testing.F) {
	for _, e := range []string{"*/5 * * * *", "0 6 5 * *", "0 6 29 2 1", "@weekly", "CRON_TZ=America/Havana 30 0 * 3,11 0", "CRON_TZ=", "TZ=", "1-59/7 , 5 * ?"} {
		f.Add(e, int64(1685984400))
	}
	f.Fuzz(func(t *testing.T, expression string, from int64) {
		clock, err := schedule.Compile([]schedule.Schedule{closing(expression)})
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("no code: %v", err)
			}
			return
		}
		start := time.Unix(from%(1<<33), 0)
		next := clock.Next("month", start)
		if !next.After(start) {
			t.Fatalf("after %s comes %s", start, next)
		}
		if again := clock.Next("month", next.Add(-time.Second)); !again.Equal(next) {
			t.Fatalf("after %s comes %s, a second before it %s", start, next, again)
		}
	})
}
