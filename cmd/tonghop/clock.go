package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// clockVariable is the variable of the environment that sets the program's
// clock for a rehearsal: a month's work can be tried on any day.
const clockVariable = "TONGHOP_CLOCK"

// clock tells the time by which the program works.
type clock struct {
	now       func() time.Time
	rehearsal bool
}

// fastest is how many times faster than the machine's a rehearsal's clock may
// run: above that, a look at it every second would miss too much.
const fastest = 120

// newClock reads the clock of a rehearsal: "2023-07-05T05:59:30+07:00" begins
// at that moment and goes on from there; with " stopped" behind it, it stands
// still; with " x60", a minute passes every second. Empty is the machine's own
// clock.
func newClock(value string) (clock, error) {
	if value == "" {
		return clock{now: time.Now}, nil
	}
	at, pace, _ := strings.Cut(strings.TrimSpace(value), " ")
	start, err := time.Parse(time.RFC3339, at)
	speed := 1
	if digits, ok := strings.CutPrefix(pace, "x"); ok && err == nil {
		speed, err = strconv.Atoi(digits)
	}
	if err != nil || speed < 1 || speed > fastest || pace != "" && pace != "stopped" && pace != "x"+strconv.Itoa(speed) {
		return clock{now: time.Now}, tonghop.Fail("usage.clock", err, "value", value)
	}
	if pace == "stopped" {
		speed = 0
	}
	begun := time.Now()
	return clock{func() time.Time { return start.Add(time.Since(begun) * time.Duration(speed)) }, true}, nil
}
