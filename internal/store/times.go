package store

import (
	"fmt"
	"time"
)

// timeForm is how the tables of 00002_work.sql write a time: in UTC, to the
// second, always as long, so that texts sort as times do.
const timeForm = "2006-01-02T15:04:05Z"

// writeTime writes a time; "" for none.
func writeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeForm)
}

// readTimes reads what writeTime wrote, each text into its time.
func readTimes(texts []string, into ...*time.Time) error {
	for i, text := range texts {
		*into[i] = time.Time{}
		if text == "" {
			continue
		}
		t, err := time.Parse(timeForm, text)
		if err != nil {
			return fmt.Errorf("read time %q: %w", text, err)
		}
		*into[i] = t
	}
	return nil
}
