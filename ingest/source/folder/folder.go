// Package folder is the door that is a folder: each office has a subfolder, in
// which it drops its files, and finds there what became of them.
//
// A file is taken when it lies still and is whole, and moves to the subfolder
// "đã nhận" of its office, under its receipt, only after the desk has it; the
// verdict comes to lie beside it as a text file. An archive of files moves as
// one, under the first of their receipts, and the verdict on each of them comes
// to lie beside it. What is not taken stays where it is, with a note. The door never opens a workbook, never follows a link,
// never leaves its folder, and deletes nothing there but its own notes and what a
// crash left of them. All that it needs to know after a restart is on the disk
// and in the ledger; what it keeps in memory only spares it work.
//
// Start reading at [Folder.Collect]; then look.go (what lies there), settle.go
// (what of it may be taken), turns.go (who has his turn), letgo.go.
package folder

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/tonghop/tonghop"
)

// Note is the kind of a note: why a file stays where it is.
type Note string

// The kinds of notes.
const (
	Outside  Note = "outside"   // it lies in the root, not in the subfolder of an office
	Unknown  Note = "unknown"   // its subfolder fits no office, or several
	TooLarge Note = "too_large" // it has more bytes than are taken
	Refused  Note = "refused"   // the desk refused it for another reason
)

// Folder is a watched folder. Its fields are set before it is used and not
// changed then; zero values are the defaults. It may be used by many goroutines
// at once, and many processes may watch the same folder.
type Folder struct {
	Door string // name of the door in the configuration
	Root string // the folder

	// Office tells which office of the register a subfolder is for; not ok if
	// its name fits none or several. nil knows none.
	Office func(subfolder string) (code string, ok bool)

	// Candidates lists the offices that a subfolder's name may mean when it fits
	// several, the code first: "850 Huyện Duyên Hải". nil knows none.
	Candidates func(subfolder string) []string

	// Notes puts into words why a file stays. The cause is a tonghop.Error:
	// door.outside (file), door.unknown (file, folder), door.ambiguous (file,
	// folder, offices, codes, first), file.too_large (file, limit, size, limit_mb,
	// size_mb), or what the desk said. Names in it are fit to be read: no sign in
	// them breaks a line. nil says the cause as the log does.
	Notes func(kind Note, cause error) string

	// State is a folder of the program's own, outside of Root and the same for
	// all instances, in which the door writes down what it is about to hand over:
	// so a file keeps its receipt when its rights or its owner change before it
	// could be moved. It is made when needed. "" = nothing is written down, and
	// such a file counts as a new arrival.
	State string

	Settle   time.Duration // between the two looks of one Collect; 3 s
	MinAge   time.Duration // a file is left alone for so long after its last change; 10 s
	Patience time.Duration // after so long without change a file that is not whole is handed over too; 15 min
	MaxFiles int           // of one delivery; 50
	MaxBytes int64         // of one delivery; 100 MB
	Limit    int64         // of one file; 20 MB; larger ones are not even read

	// Clock is the clock of the machine, never that of a rehearsal: ages of files
	// are judged by it. nil = time.Now.
	Clock func() time.Time
	Sleep func(ctx context.Context, pause time.Duration) error // nil = by the machine's clock
	Log   *slog.Logger                                         // nil = nothing is logged

	mu      sync.Mutex
	future  map[string]sighting // of files whose times lie in the future: since when they lie still
	refused map[string]sighting // of files that the desk refused: when
	trouble map[string]bool     // offices whose deliveries failed the last time
	told    map[string]string   // what the log was told the last time, by what it is about
	swept   time.Time           // when the folders for what was taken were looked through
}

// mb is the unit in which limits are given.
const mb = 1 << 20

// Name is the door's name in the configuration.
func (f *Folder) Name() string { return f.Door }

// Collect looks once, hands over what waits, and moves what the desk took. It
// takes as long as Settle at least. One file that fails does not keep the others
// back: the error tells of all of them together. A file that was taken but
// cannot be moved is such an error; it comes again next time and has its
// receipt already. A note that cannot be written is none: the log tells of it,
// and Check.
//
// Each of the errors is a tonghop.Error, or the context's:
//
//	door.open (door, path)               the folder is not to be had
//	door.list (door, folder)             a folder cannot be listed
//	door.read (door, file)               a file cannot be read
//	door.write (door, folder, file)      nothing can be written or renamed there
//	door.desk (door, folder, files)      the desk could not take so many files, and did not say why
//
// or what the desk says when its ledger or its vault is not to be had.
func (f *Folder) Collect(ctx context.Context, deliver func(context.Context, []tonghop.Parcel) ([][]tonghop.Submission, error)) error {
	root, err := f.open()
	if err != nil {
		return err
	}
	defer root.Close()
	c := &collect{Folder: f, root: root, deliver: deliver, wanted: map[string]said{}, through: map[string]bool{},
		offices: map[string]office{}, taken: map[string]string{}, trouble: map[string]bool{}, told: map[string]string{}}
	first, err := f.look(ctx, root)
	if err != nil {
		return fmt.Errorf("look into the door %q: %w", f.Door, err)
	}
	second := first
	if len(first.files) > 0 {
		if err := f.sleep(ctx, orDuration(f.Settle, 3*time.Second)); err != nil {
			return fmt.Errorf("look into the door %q again: %w", f.Door, err)
		}
		if second, err = f.look(ctx, root); err != nil {
			return fmt.Errorf("look into the door %q again: %w", f.Door, err)
		}
	}
	c.errs = second.errs
	c.turns(ctx, c.queues(f.settled(first, second)))
	c.tidy(ctx, second)
	c.forgetGone()
	f.remember(c, second)
	if len(c.errs) > 0 {
		return fmt.Errorf("collect from the door %q: %w", f.Door, errors.Join(c.errs...))
	}
	return nil
}

// collect is one run of Collect.
type collect struct {
	*Folder
	root    *os.Root
	deliver func(context.Context, []tonghop.Parcel) ([][]tonghop.Submission, error)
	offices map[string]office // by subfolder
	taken   map[string]string // by subfolder: its folder for what was taken
	wanted  map[string]said   // notes that must lie there
	through map[string]bool   // files that the desk took
	trouble map[string]bool   // offices whose deliveries failed
	told    map[string]string // what the log was told, by what it is about
	errs    []error
}

// office is what a subfolder stands for.
type office struct {
	code string
	ok   bool
}

// remember keeps what spares the next Collect work, and nothing of files that
// are gone.
func (f *Folder) remember(c *collect, seen *sight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.trouble = c.trouble
	for at := range seen.files {
		if note := notePath(at); c.told[note] == "" && f.told[note] != "" {
			c.told[note] = f.told[note] // nothing new is known about it
		}
	}
	f.told = c.told
	for at := range f.refused {
		if seen.files[at] == nil {
			delete(f.refused, at)
		}
	}
}

// news reports whether the log was told something else about this before, or
// nothing, and remembers what it is told now.
func (c *collect) news(about, text string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.told[about] == text || c.Folder.told[about] == text
	c.told[about] = text
	return !known
}

// failed notes an error; the others go on.
func (c *collect) failed(err error) { c.errs = append(c.errs, err) }

// open opens the root.
func (f *Folder) open() (*os.Root, error) {
	root, err := os.OpenRoot(f.Root)
	if err != nil {
		return nil, tonghop.Fail("door.open", err, "door", f.Door, "path", f.Root)
	}
	return root, nil
}

// now is the time by the door's clock.
func (f *Folder) now() time.Time {
	if f.Clock != nil {
		return f.Clock()
	}
	return time.Now()
}

// sleep waits, unless the context ends before.
func (f *Folder) sleep(ctx context.Context, pause time.Duration) error {
	if f.Sleep != nil {
		return f.Sleep(ctx, pause)
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// log is where the door tells what it does.
func (f *Folder) log() *slog.Logger {
	if f.Log != nil {
		return f.Log.With("door", f.Door)
	}
	return slog.New(slog.DiscardHandler)
}

// orDuration is d, or what holds where nothing is said.
func orDuration(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
