package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/store/pgtest"
	"github.com/tonghop/tonghop/internal/vault"
)

// rig is an installation that works by itself: a configuration, a drop folder
// and processes of the program.
type rig struct {
	t        *testing.T
	dir      string
	database string // "" = SQLite
	program  string // that works; "" = the code under test, with its race detector if it has one
	dropped  int
	served   bool // its part of the test is over: a later failure is not its own

	mu  sync.Mutex
	log bytes.Buffer // what the processes wrote
}

// newRig makes an installation over a database; settings are further lines of
// its configuration.
func newRig(t *testing.T, database string, settings ...string) *rig {
	t.Helper()
	r := &rig{t: t, dir: t.TempDir(), database: database}
	config := `home: home
province: "84"
output: out
listen: ""
late_wait: 500ms
readers: 2
doors:
  - {name: drop, folder: drop, settle: 50ms, min_age: 50ms}
schedules:
  - {name: pull, action: pull, cron: "* * * * *"}
  - {name: month, action: close, period: previous-month, cron: "0 6 5 * *"}
` + strings.Join(settings, "\n") + "\n"
	put(t, r.dir, "tonghop.yaml", []byte(config))
	if err := os.MkdirAll(filepath.Join(r.dir, "drop"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() && !r.served {
			r.mu.Lock()
			defer r.mu.Unlock()
			// Short: whoever shows the end of a test's output shall show what failed, too.
			t.Logf("what the processes wrote:\n%s", tail(r.log.String(), 4_000))
		}
	})
	return r
}

// plainProgram is the program as it is handed out, built once for all tests.
var plainProgram = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "bin", "tonghop")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// quick lets the rig work with the program as it is handed out: for tests that
// start it hundreds of times.
func (r *rig) quick() *rig {
	r.t.Helper()
	var err error
	if r.program, err = plainProgram(); err != nil {
		r.t.Fatal(err)
	}
	return r
}

// edit changes the configuration.
func (r *rig) edit(before, after string) {
	r.t.Helper()
	path := filepath.Join(r.dir, "tonghop.yaml")
	raw, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(raw, []byte(before)) {
		r.t.Fatalf("no %q in the configuration, %v", before, err)
	}
	put(r.t, r.dir, "tonghop.yaml", bytes.Replace(raw, []byte(before), []byte(after), 1))
}

// tail is the end of a text.
func tail(s string, most int) string { return s[max(0, len(s)-most):] }

// databases runs a test over SQLite and over a real PostgreSQL.
func databases(t *testing.T, run func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); run(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); run(t, pgtest.Database(t)) })
}

// Write takes what processes write.
func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(p)
}

// drop puts a file into the folder of an office, whole at once.
func (r *rig) drop(office, name string, raw []byte) {
	r.t.Helper()
	temp := put(r.t, r.dir, "temp-"+filepath.Base(name), raw)
	folder := filepath.Join(r.dir, "drop", office)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.Rename(temp, filepath.Join(folder, name)); err != nil {
		r.t.Fatal(err)
	}
	r.dropped++
}

// dropSamples puts sample forms into the folders of their offices: two good
// ones, one of another office, in an archive, and beside two of them a file that
// is no workbook.
func (r *rig) dropSamples() {
	for office, start := range map[string]string{"842": "TP Trà Vinh", "851": "TX Duyên Hải", "844": "BC NTM T6 - Càng Long"} {
		name, raw := mustSample(r.t, start)
		r.drop(office, name, raw)
	}
	r.drop("842", "ghi chép.xlsx", []byte("đây không phải là sổ tính"))
	name, raw := mustSample(r.t, "Cầu Kè")
	r.dropArchive("845 Cầu Kè", "BC tháng 6.zip", zipped{name, raw}, zipped{"ghi chép.xlsx", []byte("đây cũng không phải là sổ tính")})
}

// atWork is one process of the program at work.
type atWork struct {
	r    *rig
	cmd  *exec.Cmd
	done chan error

	working atomic.Bool // it has said so
}

// Write takes what the process writes.
func (p *atWork) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("msg=working ")) {
		p.working.Store(true)
	}
	return p.r.Write(b)
}

// start starts a process: clock as TONGHOP_CLOCK, strike as TONGHOP_STRIKE.
func (r *rig) start(clock, strike string) *atWork {
	r.t.Helper()
	program := r.program
	if program == "" {
		program = "tonghop"
	}
	cmd := exec.Command(program, "--config", filepath.Join(r.dir, "tonghop.yaml"), "work")
	cmd.Env = append(os.Environ(), "TONGHOP_CLOCK="+clock, strikeVariable+"="+strike, "TONGHOP_DATABASE="+r.database)
	p := &atWork{r: r, cmd: cmd}
	cmd.Stdout, cmd.Stderr = p, p
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	p.done = make(chan error, 1)
	go func() { p.done <- cmd.Wait() }()
	r.t.Cleanup(p.kill)
	return p
}

// kill ends a process as a power cut would.
func (p *atWork) kill() {
	_ = p.cmd.Process.Kill()
	p.wait(time.Minute)
}

// stop ends a process in order, which must succeed. One that is told to end
// before it is at work says that it was interrupted, and is right.
func (p *atWork) stop() {
	p.r.t.Helper()
	p.r.until("the process works", 30*time.Second, p.working.Load)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.r.t.Fatal(err)
	}
	if err := p.wait(30 * time.Second); err != nil {
		p.r.t.Errorf("stopping: %v", err)
	}
}

// wait waits for the end of a process.
func (p *atWork) wait(most time.Duration) error {
	select {
	case err := <-p.done:
		p.done <- err
		return err
	case <-time.After(most):
		return fmt.Errorf("still running after %s", most)
	}
}

// died waits until a process has been struck dead.
func (p *atWork) died() {
	p.r.t.Helper()
	err := p.wait(90 * time.Second)
	if p.cmd.ProcessState == nil {
		p.r.t.Fatalf("the process was not struck: %v", err)
	}
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); err == nil || !ok || status.Signal() != syscall.SIGKILL {
		p.r.t.Fatalf("the process was not struck: %v", err)
	}
}

// until waits for something to become true: four times as long as it may take
// on a machine that does nothing else. It asks less often the longer it lasts, for
// asking may start a process that the others have to wait for.
func (r *rig) until(what string, most time.Duration, true func() bool) {
	r.t.Helper()
	pause := 50 * time.Millisecond
	for end := time.Now().Add(4 * most); !true(); time.Sleep(pause) {
		if time.Now().After(end) {
			r.t.Fatalf("after %s still not: %s", most, what)
		}
		pause = min(pause*5/4, 300*time.Millisecond)
	}
}

// glob lists files of the installation.
func (r *rig) glob(pattern string) []string {
	files, err := filepath.Glob(filepath.Join(r.dir, pattern))
	if err != nil {
		r.t.Fatal(err)
	}
	slices.Sort(files)
	return files
}

// answered reports whether every dropped file has its letter beside it.
func (r *rig) answered() bool { return len(r.glob("drop/*/đã nhận/*.xlsx.txt")) >= r.dropped }

// issued reports whether an issue of June is in the output folder.
func (r *rig) issued(number int) bool {
	return len(r.glob(fmt.Sprintf("out/tong-hop-xa-ntm-84-2023-06-%d.xlsx", number))) == 1
}

// tonghop runs a command line over the installation, in a process of its own; one
// that only looks runs as the program is handed out, for many are waited for.
func (r *rig) tonghop(clock string, args ...string) string {
	r.t.Helper()
	program := r.program
	if program == "" {
		program = "tonghop"
		if args[0] != "pull" && args[0] != "ingest" {
			var err error
			if program, err = plainProgram(); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	cmd := exec.Command(program, append([]string{"--config", filepath.Join(r.dir, "tonghop.yaml")}, args...)...)
	cmd.Env = append(os.Environ(), "TONGHOP_CLOCK="+clock, "TONGHOP_DATABASE="+r.database)
	var talk bytes.Buffer
	cmd.Stderr = &talk
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("tonghop %v: %v\n%s", args, err, talk.String())
	}
	return string(out)
}

// runs gives the schedules with all of their runs, by name.
func (r *rig) runs(clock string) map[string]scheduled {
	r.t.Helper()
	var list []scheduled
	if err := json.Unmarshal([]byte(r.tonghop(clock, "schedule", "--json", "--runs", "1000")), &list); err != nil {
		r.t.Fatal(err)
	}
	byName := map[string]scheduled{}
	for _, s := range list {
		byName[s.Name] = s
	}
	return byName
}

// ledger opens the ledger of the installation.
func (r *rig) ledger() *store.DB {
	r.t.Helper()
	database := r.database
	if database == "" {
		database = filepath.Join(r.dir, "home", "tonghop.db")
	}
	db, err := store.Open(r.t.Context(), database)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { db.Close() })
	return db
}

// submissions lists what the ledger has taken.
func (r *rig) submissions(db *store.DB) []tonghop.Submission {
	r.t.Helper()
	var all []tonghop.Submission
	for sub, err := range db.Submissions(r.t.Context(), store.Filter{}) {
		if err != nil {
			r.t.Fatal(err)
		}
		all = append(all, sub)
	}
	return all
}

// whole sees that nothing was lost or doubled: every dropped file is one
// submission with a verdict, its bytes in the vault, itself and its letter in
// the folder of what was taken, and nothing else is left.
func (r *rig) whole(db *store.DB) {
	r.t.Helper()
	originals, err := vault.Open(filepath.Join(r.dir, "home", "vault"))
	if err != nil {
		r.t.Fatal(err)
	}
	subs := r.submissions(db)
	if len(subs) != r.dropped {
		r.t.Errorf("%d submissions of %d files", len(subs), r.dropped)
	}
	for i, sub := range subs {
		if want := fmt.Sprintf("TH-%06d", i+1); sub.Receipt != want || sub.State == tonghop.Received {
			r.t.Errorf("%s is %s, want %s with a verdict", sub.Receipt, sub.State, want)
		}
		raw, err := originals.Get(r.t.Context(), sub.SHA256)
		if err != nil {
			r.t.Errorf("original of %s: %v", sub.Receipt, err)
		}
		office, name := filepath.Split(sub.Name)
		if strings.HasSuffix(office, ".zip/") {
			r.wholeInArchive(sub, raw)
			continue
		}
		moved := filepath.Join(r.dir, "drop", office, "đã nhận", sub.Receipt+" "+name)
		if there, err := os.ReadFile(moved); err != nil || !bytes.Equal(there, raw) {
			r.t.Errorf("%s is not there as it was sent: %v", moved, err)
		}
		if letter, err := os.ReadFile(moved + ".txt"); err != nil || !strings.Contains(string(letter), sub.Receipt) {
			r.t.Errorf("the letter on %s: %v", sub.Receipt, err)
		}
	}
	if left := append(r.glob("drop/*/*.xlsx"), r.glob("drop/*/*.zip")...); len(left) > 0 {
		r.t.Errorf("still in the door: %v", left)
	}
}

// figures are the cells of the edition's sheets that hold figures.
func (r *rig) figures(number int) map[string][]string {
	r.t.Helper()
	raw, err := os.ReadFile(filepath.Join(r.dir, "out", fmt.Sprintf("tong-hop-xa-ntm-84-2023-06-%d.xlsx", number)))
	if err != nil {
		r.t.Fatal(err)
	}
	book := openBook(r.t, raw)
	out := map[string][]string{}
	for _, name := range []string{"Xã", "Chỉ tiêu", "Tiêu chí"} {
		for _, l := range sheet(r.t, book, name).Lines {
			for _, cell := range l.Cells {
				out[name] = append(out[name], cell.Stored)
			}
		}
	}
	return out
}

// mustPeriod reads a period.
func mustPeriod(t *testing.T, s string) tonghop.Period {
	t.Helper()
	p, err := tonghop.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
