package jobs

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// The clocks of the offices stand seven hours before UTC. SQLite compares times
// as text, so a time that is written as the office's clock shows it comes seven
// hours late.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("ICT", 7*60*60)
	if place := os.Getenv("JOBS_TEST_CHILD"); place != "" {
		child(place)
		return
	}
	os.Exit(m.Run())
}

// database is a new one for a test, SQLite or PostgreSQL.
type database struct {
	t     *testing.T
	place string
}

// onEach runs a test on a new database of each sort, side by side.
func onEach(t *testing.T, test func(*testing.T, database)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, onSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, onPostgres(t)) })
}

func onSQLite(t *testing.T) database {
	return database{t, filepath.Join(t.TempDir(), "ledger.db")}
}

// open gives the ledger and its queue, with connections of their own, as each
// process has them.
func (d database) open() (*store.DB, *Queue) {
	d.t.Helper()
	db, err := store.Open(d.t.Context(), d.place)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { db.Close() })
	q, err := Open(d.t.Context(), db)
	if err != nil {
		d.t.Fatal(err)
	}
	db.SetQueue(q)
	return db, q
}

// journal keeps what is logged, for a test to look at.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(j, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// lines gives the lines that contain a text.
func (j *journal) lines(with string) []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []string
	for line := range strings.Lines(j.text.String()) {
		if strings.Contains(line, with) {
			out = append(out, line)
		}
	}
	return out
}

// quick is a pace for tests.
func quick() Pace {
	return Pace{Poll: 40 * time.Millisecond, Beat: 100 * time.Millisecond, Dead: 15 * time.Second,
		Retry: []time.Duration{50 * time.Millisecond}, Give: 2 * time.Second}
}

// start starts a worker for the length of the test.
func start(t *testing.T, q *Queue, opts WorkerOptions) *Worker {
	t.Helper()
	if opts.Pace.Poll == 0 {
		opts.Pace = quick()
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	w := q.Worker(opts)
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, w, 5*time.Second) })
	return w
}

func stop(t *testing.T, w *Worker, patience time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := w.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// add adds tasks, each in a transaction of its own.
func add(t *testing.T, q *Queue, tasks ...store.Task) {
	t.Helper()
	for _, task := range tasks {
		in(t, q, func(tx *sql.Tx) error { return q.Add(t.Context(), tx, task) })
	}
}

func in(t *testing.T, q *Queue, work func(*sql.Tx) error) {
	t.Helper()
	tx, err := q.db.SQL().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// read is a task to read one delivery.
func read(receipt string) store.Task {
	return store.Task{Kind: store.TaskRead, Receipts: []string{receipt}, Names: []string{receipt + ".xlsx"}, Office: "84001"}
}

// tally counts what handlers are called for.
type tally struct {
	mu    sync.Mutex
	order []string
	times []time.Time
}

func (y *tally) note(what string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.order, y.times = append(y.order, what), append(y.times, time.Now())
}

func (y *tally) all() ([]string, []time.Time) {
	y.mu.Lock()
	defer y.mu.Unlock()
	return append([]string(nil), y.order...), append([]time.Time(nil), y.times...)
}

func (y *tally) count() int {
	order, _ := y.all()
	return len(order)
}

// until waits for something to come true, long enough for a machine that has
// much else to do.
func until(t *testing.T, what string, come func() bool) {
	t.Helper()
	const patience = 4 * time.Minute
	for end := time.Now().Add(patience); !come(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v still not: %s", patience, what)
		}
	}
}

// left counts the jobs that are not done.
func left(t *testing.T, q *Queue) int {
	t.Helper()
	waiting, err := q.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, w := range waiting {
		n += w.Count
	}
	return n
}

func receipts(prefix string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s-%03d", prefix, i))
	}
	return out
}
