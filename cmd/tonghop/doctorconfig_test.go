package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// inOrder fails unless the parts stand in a text one after the other.
func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, p := range parts {
		_, after, ok := strings.Cut(rest, p)
		if !ok {
			t.Fatalf("no %q where it should be:\n%s", p, text)
		}
		rest = after
	}
}

// A subfolder that is given to a code that no office has would make its files
// nobody's: it is refused with its line before anything is taken.
func TestWrongOffices(t *testing.T) {
	t.Parallel()
	i := traVinh(t)
	i.edit("settle: 1ms, min_age: 1ms}", "settle: 1ms, min_age: 1ms, offices: {\n"+
		"      lạ: \"999\",\n      xã: \"29269\",\n      hà-nội: \"001\",\n      đúng: \"849\"}}")
	file := filepath.Join(i.dir, "tonghop.yaml")
	for _, command := range []string{"work", "pull", "schedule", "doctor"} {
		out, talk := i.tonghop(exitFailed, command)
		inOrder(t, out+talk, file+":7:", "999", file+":8:", "29269", "Xã Mỹ Cẩm", file+":9:", "001", "Quận Ba Đình")
		if strings.Contains(out+talk, file+":10:") {
			t.Errorf("%s refuses what is right:\n%s%s", command, out, talk)
		}
	}
	i.tonghop(exitDone, "facts", "--period", june) // needs no door
}

// Faults in the schedules come with the other faults of the file, in the order
// of their lines.
func TestEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	for name, schedules := range map[string]string{
		"hour": "- {name: a, action: pull, cron: \"* 25 * * *\"}",
		"also": "- {name: a, action: pull, cron: \"* 25 * * *\"}\n- {name: b, action: close, cron: \"* * * * *\"}\n- {name: a, cron: \"99 * * * *\"}",
	} {
		dir := t.TempDir()
		file := put(t, dir, "tonghop.yaml", []byte(fmt.Sprintf(`hoem: x
province: "84"
doors: [{name: d, folder: d, offices: {x: "999"}}]
schedules:
%s
late_wait: long
`, schedules)))
		code, _, talk := command(t.Context(), dir, "--config", file, "schedule")
		if code != exitFailed {
			t.Fatalf("%s: exit %d", name, code)
		}
		inOrder(t, talk, file+":1:", "hoem", file+":3:", "999", file+":5:", "25", "late_wait")
		if got := strings.Count(talk, file+":5:"); got != 1 {
			t.Errorf("%s: line 5 is told %d times:\n%s", name, got, talk)
		}
	}
}
