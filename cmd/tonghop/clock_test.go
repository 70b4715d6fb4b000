package main

import (
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// A rehearsal begins when it is told, runs, stands or hurries as it is told,
// and what is no moment is refused.
func TestClock(t *testing.T) {
	start := time.Date(2023, 7, 5, 5, 59, 30, 0, time.FixedZone("", 7*3600))
	for value, speed := range map[string]float64{
		"2023-07-05T05:59:30+07:00": 1, "2023-07-04T22:59:30Z": 1,
		"2023-07-05T05:59:30+07:00 stopped": 0, "2023-07-05T05:59:30+07:00 x60": 60,
	} {
		c, err := newClock(value)
		if err != nil || !c.rehearsal {
			t.Fatalf("%q: %v, rehearsal %v", value, err, c.rehearsal)
		}
		first, begun := c.now(), time.Now()
		if d := first.Sub(start); d < 0 || d > time.Minute {
			t.Errorf("%q begins at %s", value, first)
		}
		time.Sleep(50 * time.Millisecond)
		real, own := time.Since(begun).Seconds(), c.now().Sub(first).Seconds()
		if own < real*speed*0.5 || own > real*speed*2 {
			t.Errorf("%q: %.3f s in %.3f s, want about %v times as much", value, own, real, speed)
		}
	}
	if c, err := newClock(""); err != nil || c.rehearsal || time.Since(c.now()).Abs() > time.Minute {
		t.Errorf("no rehearsal: %v, %v", c.rehearsal, err)
	}
	for _, value := range []string{"tomorrow", "2023-07-05", "2023-07-05T05:59:30", "2023-07-05T05:59:30Z slow",
		"2023-07-05T05:59:30Z x0", "2023-07-05T05:59:30Z x1000", "2023-07-05T05:59:30Z x", "2023-07-05T05:59:30Z x6 0"} {
		if _, err := newClock(value); tonghop.CodeOf(err) != "usage.clock" {
			t.Errorf("%q: %v", value, err)
		}
	}
}
