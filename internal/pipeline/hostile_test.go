//go:build !race

package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// hostile is a file made to break a reader, or an honest one that is as big as
// anybody's.
type hostile struct {
	name string
	file func(t testing.TB) []byte
	says string // code with which it is refused; "" = it is read, and no form is found
	cost cost
}

// cost tells when a file is read.
type cost int

const (
	cheap cost = iota // always
	dear              // always, in a child of its own
	huge              // only where TONGHOP_LONG is set
)

// due reports whether files of this cost are read in this run.
func (c cost) due() bool { return long() || c < huge }

// hostileMemory is what a file may cost, in MB. The child has the same limit, and
// one of the time that it computes: a file that needs more is held and fails the
// test. What it waits for a busy machine is none of the file's.
const hostileMemory = 512

// long reports whether tests may take minutes.
func long() bool { return os.Getenv("TONGHOP_LONG") != "" }

// Every file goes the way that it goes in the service: to a child with the
// default limits. No file costs the child, or more than its time and memory.
func TestHostile(t *testing.T) {
	letters, reader := readLetters(t), newReader(t)
	shared := pipeline.NewJailed(reader, childPool(t), 1)
	for _, group := range []struct {
		format string
		files  []hostile
	}{
		{"xlsx", hostileXLSX()}, {"xls", hostileXLS()}, {"ods", hostileODS()},
		{"csv", hostileCSV()}, {"html", hostileHTML()}, {"xmlss", hostileXMLSS()},
	} {
		for _, h := range group.files {
			if !h.cost.due() {
				continue
			}
			t.Run(group.format+"/"+h.name, func(t *testing.T) {
				readers := shared
				if long() || h.cost > cheap { // a child of its own: what one has read stays in its memory
					readers = pipeline.NewJailed(reader, childPool(t), 1)
				}
				letters.judge(t, h, h.file(t), readers)
			})
		}
	}
}

// judge reads a file in a child and says what is wrong with the verdict, the
// time and the memory.
func (l letters) judge(t *testing.T, h hostile, file []byte, readers *pipeline.Jailed) {
	t.Helper()
	if len(file) > 20*tonghop.MB {
		t.Errorf("%d bytes: the desk would not take it", len(file))
	}
	p := parcel("báo cáo", file)
	p.Office = "849"
	watch := watchChildren(t)
	start := time.Now()
	got, err := readers.Read(t.Context(), p)
	took, peak := time.Since(start), watch()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB, %.1f s, %d MB: %s", len(file)>>10, took.Seconds(), peak, verdictOf(got))
	if peak > hostileMemory {
		t.Errorf("took %d MB", peak)
	}
	if got.State != tonghop.Rejected || len(got.Rows) != 0 {
		t.Fatalf("%s with %d rows: %s", got.State, len(got.Rows), verdictOf(got))
	}
	last := got.Findings[len(got.Findings)-1]
	if last.Rule == "TEP-001" && len(got.Findings) != 1 {
		t.Errorf("refused with %d findings", len(got.Findings))
	}
	if code := last.Args["code"]; h.says == "" && last.Rule != "BIEU-001" ||
		h.says != "" && (last.Rule != "TEP-001" || code != h.says) {
		t.Errorf("%s, want %q", verdictOf(got), h.says)
	}
	for _, f := range got.Findings {
		l.check(t, f)
	}
}

// verdictOf is a return in short.
func verdictOf(r tonghop.Return) string {
	said := make([]string, 0, 4)
	for _, f := range r.Findings {
		if said = append(said, f.Rule+" "+f.Args["code"]+f.Args["fault"]); len(said) > 3 {
			break
		}
	}
	return fmt.Sprintf("%s, %d findings: %s", r.State, len(r.Findings), strings.Join(said, ", "))
}

// letters are the sentences in both languages.
type letters []*templates.Letters

func readLetters(t *testing.T) letters {
	t.Helper()
	var all letters
	for _, lang := range []string{"vi", "en"} {
		l, err := templates.ReadLetters(templates.FS(""), lang)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// check wants a sentence for the finding in every language, with nothing left
// to fill in.
func (l letters) check(t *testing.T, f tonghop.Finding) {
	t.Helper()
	for _, in := range l {
		message, _, fix := in.Finding(f)
		if message == "" || fix == "" || strings.ContainsAny(message+fix, "{}[]") {
			t.Errorf("%s %s says %q and %q", f.Rule, f.Args["code"], message, fix)
		}
	}
}

// childPool starts children of this test, with the default limits.
func childPool(t *testing.T) *jail.Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool := &jail.Pool{Command: []string{self, child}}
	t.Cleanup(pool.Close)
	return pool
}

// watchChildren looks at the children of this process until it is called; it
// gives the most memory, in MB, that any one of them had. A child that breaks
// down is gone at once, so they are looked at all the while.
func watchChildren(t *testing.T) (stop func() int) {
	t.Helper()
	end, most := make(chan struct{}), make(chan int)
	go func() {
		peak := 0
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			peak = max(peak, peakOfChildren())
			select {
			case <-end:
				most <- max(peak, peakOfChildren())
				return
			case <-tick.C:
			}
		}
	}()
	return func() int {
		close(end)
		peak := <-most
		if peak == 0 {
			t.Error("no child was seen")
		}
		return peak
	}
}

// peakOfChildren is the largest peak of memory of a living child, in MB.
func peakOfChildren() int {
	peak := 0
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		raw, _ := os.ReadFile(list)
		for _, pid := range strings.Fields(string(raw)) {
			line, _ := os.ReadFile("/proc/" + pid + "/cmdline")
			if !strings.Contains(string(line), child) {
				continue // still this program, which starts it
			}
			status, _ := os.ReadFile("/proc/" + pid + "/status")
			_, rest, _ := strings.Cut(string(status), "VmHWM:")
			if kb, _, ok := strings.Cut(strings.TrimSpace(rest), " "); ok {
				n, _ := strconv.Atoi(kb)
				peak = max(peak, n>>10)
			}
		}
	}
	return peak
}
