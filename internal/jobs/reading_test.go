package jobs

import (
	"context"
	"errors"
	"testing"
	"time"
)

// What waits, runs or has failed is still being read; what is done is not.
func TestReading(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		add(t, q, read("TH-1"), read("TH-2"), read("TH-3"))
		reading := func() map[string]bool {
			t.Helper()
			got, err := q.Reading(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := reading(); len(got) != 3 || !got["TH-2"] {
			t.Errorf("before: %v", got)
		}
		begun, end := make(chan bool), make(chan bool)
		pace := quick()
		pace.Retry = []time.Duration{time.Hour}
		start(t, q, WorkerOptions{Pace: pace, Readers: 1, Read: func(_ context.Context, receipts []string) error {
			switch receipts[0] {
			case "TH-2":
				return errors.New("no")
			case "TH-3":
				begun <- true
				<-end
			}
			return nil
		}})
		<-begun
		until(t, "the first is done", func() bool { return !reading()["TH-1"] })
		if got := reading(); len(got) != 2 || !got["TH-2"] || !got["TH-3"] {
			t.Errorf("failed and running: %v", got)
		}
		close(end)
		until(t, "the last is done", func() bool { return len(reading()) == 1 })
	})
}
