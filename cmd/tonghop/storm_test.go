//go:build !race

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// storm is how hard TestStorm is; TONGHOP_STORM=26,27,100 makes it 26 months of
// 27 offices, about 700 files, and 100 kills.
type storm struct{ months, offices, kills int }

// strength reads TONGHOP_STORM.
func strength(t *testing.T) storm {
	t.Helper()
	s := storm{2, 12, 8}
	if v := os.Getenv("TONGHOP_STORM"); v != "" {
		if _, err := fmt.Sscanf(v, "%d,%d,%d", &s.months, &s.offices, &s.kills); err != nil {
			t.Fatalf("TONGHOP_STORM=%s: %v", v, err)
		}
	}
	return s
}

// report is a random form of an office.
type report struct {
	office, name string
	raw          []byte
}

// reports makes the forms of some months up to June 2023.
func reports(t *testing.T, s storm) []report {
	t.Helper()
	interpreter := python(t, "openpyxl", "xlsxwriter")
	var all []report
	for m := range s.months {
		period := fmt.Sprintf("%04d-%02d", 2023-(m+6)/12, 12-(m+6)%12)
		dir := t.TempDir()
		script(t, interpreter, "make_forms.py", "--seed", fmt.Sprint(900+m), "--level", "messy", "--count", fmt.Sprint(s.offices),
			"--period", period, "--out", dir)
		whose := map[string]string{}
		for _, l := range csvFile(t, filepath.Join(dir, "truth.csv")) {
			whose[l["file"]] = l["office"]
		}
		for name, office := range whose {
			raw, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, report{office, period + " " + name, raw})
		}
	}
	return all
}

// Two processes on PostgreSQL take in hundreds of files while one of them is
// killed again and again at random. Afterwards every receipt has its file and
// its verdict, the facts are those of an undisturbed run, and each province has
// one edition.
func TestStorm(t *testing.T) {
	t.Parallel()
	s := strength(t)
	files := reports(t, s)
	patience := 2*time.Minute + time.Duration(len(files))*2*time.Second
	settings := func(r *rig) {
		r.edit(`province: "84"`, "province: all")
		r.edit("late_wait: 500ms", "late_wait: 1h")
	}

	calm := newRig(t, "").quick()
	settings(calm)
	for _, f := range files {
		calm.drop(f.office, f.name, f.raw)
	}
	p := calm.start(ordinary, "")
	calm.until("every file is answered", patience, calm.answered)
	p.stop()

	r := newRig(t, pgtest.Database(t)).quick()
	settings(r)
	random := rand.New(rand.NewPCG(2023, 6))
	two := []*atWork{r.start(ordinary, ""), r.start(ordinary, "")}
	killed := 0
	strike := func() {
		i := random.IntN(2)
		two[i].kill()
		two[i] = r.start(ordinary, "")
		killed++
	}
	pause := func() { time.Sleep(time.Duration(random.IntN(900)) * time.Millisecond) }
	each := max(1, len(files)/max(1, s.kills*2/3))
	for i, f := range files {
		r.drop(f.office, f.name, f.raw)
		if i%each == each-1 && killed < s.kills {
			pause()
			strike()
		}
	}
	for killed < s.kills {
		pause()
		strike()
	}
	r.until("every file is answered", patience, r.answered)
	for _, p := range two {
		p.stop()
	}
	db := r.ledger()
	r.whole(db)
	if diff := cmp.Diff(understood(t, calm.ledger()), understood(t, db)); diff != "" {
		t.Errorf("understood otherwise after %d kills: %s", killed, diff)
	}
	r.closeInStorm(random, db)
	t.Logf("%d files, %d kills", len(files), killed)
}

// closeInStorm closes June with two processes that are killed on the way.
func (r *rig) closeInStorm(random *rand.Rand, db *store.DB) {
	r.t.Helper()
	two := []*atWork{r.start(closing, ""), r.start(closing, "")}
	for range 4 {
		time.Sleep(time.Duration(1000+random.IntN(1500)) * time.Millisecond)
		i := random.IntN(2)
		two[i].kill()
		two[i] = r.start(closing, "")
	}
	r.until("June is closed", 3*time.Minute, func() bool {
		month := r.runs(after)["month"]
		return len(month.Runs) == 1 && month.Unfinished == 0
	})
	for _, p := range two {
		p.stop()
	}
	provinces := map[string]bool{}
	for ret, err := range db.Returns(r.t.Context(), store.Filter{Period: mustPeriod(r.t, june), Current: true, States: []tonghop.State{tonghop.Accepted}}) {
		if err != nil {
			r.t.Fatal(err)
		}
		provinces[ret.Province] = true
	}
	for code := range provinces {
		editions, err := db.Editions(r.t.Context(), mustPeriod(r.t, june), code, "xa-ntm")
		if err != nil || len(editions) != 1 {
			r.t.Errorf("province %s has %d editions, %v", code, len(editions), err)
		}
	}
	if files := r.glob("out/*.xlsx"); len(files) != len(provinces) || len(files) == 0 {
		r.t.Errorf("editions of %d provinces: %v", len(provinces), files)
	}
}

// understood is what a ledger holds of each file, without when and in which
// order the files came.
func understood(t *testing.T, db *store.DB) map[string]tonghop.Return {
	t.Helper()
	out := map[string]tonghop.Return{}
	for ret, err := range db.Returns(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		name := ret.Submission.Name
		if _, twice := out[name]; twice {
			t.Errorf("%s has two returns", name)
		}
		ret.Submission = tonghop.Submission{SHA256: ret.Submission.SHA256, State: ret.Submission.State}
		out[name] = ret
	}
	return out
}
