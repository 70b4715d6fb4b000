package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// drop puts a sample into the folder of an office.
func (i *ill) drop(office, start string) (name string) {
	i.t.Helper()
	name, raw := mustSample(i.t, start)
	put(i.t, i.dir, filepath.Join("drop", office, name), raw)
	return name
}

// traVinh is an installation of the samples' province.
func traVinh(t *testing.T) *ill {
	t.Helper()
	i := newIll(t, "schedules: []")
	i.edit(`"86"`, `"84"`)
	return i
}

// Files that were dropped just now are not taken yet, and whoever waits for
// them is told so.
func TestPullTooEarly(t *testing.T) {
	t.Parallel()
	i := traVinh(t)
	i.edit("min_age: 1ms", "min_age: 1h")
	i.drop("842", "TP Trà Vinh")
	out, talk := i.tonghop(exitDone, "pull")
	if out != "" || strings.Contains(talk, "Không thấy tệp nào") || !strings.Contains(talk, "1 tệp") || !strings.Contains(talk, "drop") ||
		!strings.Contains(talk, "chạy lại tonghop pull") {
		t.Errorf("%s%s", out, talk)
	}
	if out, _ := i.tonghop(exitDone, "pull", "--json"); strings.TrimSpace(out) != "[]" {
		t.Errorf("%s", out)
	}
}

// What comes behind a delivery that cannot be settled is not waited for, and
// what is behind nobody is.
func TestPullBehindWhatFails(t *testing.T) {
	t.Parallel()
	i := traVinh(t)
	i.receive(i.ledger(), "842", "trước.xlsx", strings.Repeat("0", 64)) // its original is nowhere
	name, other := i.drop("842", "TP Trà Vinh"), i.drop("851", "TX Duyên Hải")
	begun := time.Now()
	out, talk := i.tonghop(exitFailed, "pull")
	if took := time.Since(begun); took >= longest {
		t.Errorf("took %s", took)
	}
	for _, part := range []string{"đã tới\t", name, "đã nhận\t", other} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in\n%s", part, out)
		}
	}
	if !strings.Contains(talk, "1 tệp") || !strings.Contains(talk, name) || !strings.Contains(talk, "tonghop doctor") {
		t.Errorf("talk: %s", talk)
	}
}

// Pull is done when the letters are written; that one cannot be is told.
func TestPullWaitsForLetters(t *testing.T) {
	t.Parallel()
	i := traVinh(t)
	name := i.drop("842", "TP Trà Vinh")
	letter := filepath.Join(i.dir, "drop", "842", "đã nhận", "TH-000001 "+name+".txt")
	if err := os.MkdirAll(filepath.Join(letter, "in the way"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, talk := i.tonghop(exitFailed, "pull")
	if !strings.Contains(out, "TH-000001") || !strings.Contains(talk, "thư trả lời") || !strings.Contains(talk, name) {
		t.Errorf("%s%s", out, talk)
	}
}
