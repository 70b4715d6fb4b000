package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// Closer closes periods by the calendar and issues their editions. It may be
// used by many goroutines and processes at once; the same inputs are one issue
// and one file.
type Closer struct {
	Consolidation *Consolidation
	Province      string // code; "" or "all" = every province that has reported
	Out           string // folder for the editions
	Letters       *templates.Letters
	Clock         func() time.Time
	Log           *slog.Logger

	// Issued is told of every edition that was handed out here; nil = nobody.
	Issued func(store.Edition)
}

// Result is what came of a run: a code for the record of due runs, and what it
// names.
type Result struct {
	Outcome string
	Args    map[string]string
}

// The outcomes of runs.
const (
	OutcomeCollected = "collected" // a pull: files
	OutcomeEditions  = "editions"  // a closing: period, editions (file names), missing (how many offices)
	OutcomeNothing   = "nothing"   // a closing for which nobody reported: period
	// A closing of a province that was none then: period, province.
	OutcomeNoProvince = "no_province"
	OutcomeFailed     = "failed" // detail
)

// Close closes a period that was due and issues its editions from whoever has
// reported. Doing it again gives the same. Every province is closed before the
// first edition is built, and one whose edition fails keeps no other one back.
func (c *Closer) Close(ctx context.Context, period tonghop.Period, due time.Time) (Result, error) {
	fault.Reach(ctx, fault.Closing)
	units := c.provinces(period)
	args := map[string]string{"period": period.String()}
	if len(units) == 0 {
		args["province"] = c.Province
		return Result{OutcomeNoProvince, args}, nil
	}
	for _, unit := range units {
		closing := store.Closing{Period: period, Province: unit.Code, Due: due, Closed: c.Clock()}
		if err := c.Consolidation.Ledger.ClosePeriod(ctx, closing); err != nil {
			return Result{}, fmt.Errorf("close %s of %s: %w", period, unit.Code, err)
		}
	}
	fault.Reach(ctx, fault.Closed)
	var files, others []string
	var faults []error
	missing := 0
	for _, unit := range units {
		built, name, err := c.issue(ctx, period, unit)
		more, othersErr := c.issueOthers(ctx, period, unit)
		if othersErr != nil {
			faults = append(faults, fmt.Errorf("issue %s of %s: %w", period, unit.Code, othersErr))
		}
		others = append(others, more...)
		if tonghop.CodeOf(err) == "edition.nothing" {
			err = c.nothing(ctx, period, unit)
		} else if err == nil {
			files = append(files, name)
			missing += len(built.Missing)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("issue %s of %s: %w", period, unit.Code, err))
		}
	}
	if len(faults) > 0 {
		return Result{}, errors.Join(faults...)
	}
	if files = append(files, others...); len(files) == 0 {
		return Result{OutcomeNothing, args}, nil
	}
	args["editions"], args["missing"] = strings.Join(files, ", "), strconv.Itoa(missing)
	return Result{OutcomeEditions, args}, nil
}

// provinces are those whose period is closed: the one that is configured, or
// every one there was, for somebody may report later. None if the configured
// one was no province then.
func (c *Closer) provinces(period tonghop.Period) []tonghop.Unit {
	known := c.Consolidation.Reader.Known
	all := known.Register.Children("", known.On(period))
	if c.Province == "" || c.Province == "all" {
		return all
	}
	return slices.DeleteFunc(all, func(u tonghop.Unit) bool { return u.Code != c.Province })
}

// nothing leaves a note of a closing for which nobody has reported, in the
// place of the first issue. Of all provinces together only those are noted that
// ever report here, or every closing would leave dozens.
func (c *Closer) nothing(ctx context.Context, period tonghop.Period, unit tonghop.Unit) error {
	if c.Province == "" || c.Province == "all" {
		return nil
	}
	b := Built{Edition: store.Edition{Period: period, Province: unit.Code, Form: c.Consolidation.form()}}
	if err := c.Consolidation.missing(ctx, &b, nil); err != nil {
		return err
	}
	_, err := HandOut(ctx, c.Out, noteName(b), c.note("edition_nothing", b))
	return err
}

// Issue builds and hands out the edition of a closed period as its returns
// stand now: the next issue if something was accepted since, else the one that
// is there. Nothing accepted is no error: there is nothing to issue yet.
func (c *Closer) Issue(ctx context.Context, period tonghop.Period, province string) error {
	if err := c.Consolidation.Ledger.BeginEdition(ctx, period, province); err != nil {
		return fmt.Errorf("begin edition: %w", err)
	}
	unit, ok := c.Consolidation.Reader.Known.Register.Unit(province, c.Consolidation.Reader.Known.On(period))
	if !ok {
		c.Log.Warn("no edition: no such province then", "period", period.String(), "province", province)
		return nil
	}
	_, _, err := c.issue(ctx, period, unit)
	if tonghop.CodeOf(err) == "edition.nothing" {
		err = nil
	}
	_, others := c.issueOthers(ctx, period, unit)
	return errors.Join(err, others)
}

// issueOthers hands out the editions of the forms that no office owes, of
// whoever has sent one, and gives their files.
func (c *Closer) issueOthers(ctx context.Context, period tonghop.Period, unit tonghop.Unit) ([]string, error) {
	var files []string
	var faults []error
	for _, form := range c.Consolidation.Reader.Forms() {
		if form == c.Consolidation.form() {
			continue
		}
		other := *c
		other.Consolidation = c.Consolidation.of(form)
		switch _, name, err := other.issue(ctx, period, unit); {
		case err == nil:
			files = append(files, name)
		case tonghop.CodeOf(err) != "edition.nothing":
			faults = append(faults, fmt.Errorf("%s: %w", form, err))
		}
	}
	return files, errors.Join(faults...)
}

// issue builds an edition and hands it out; it gives the name of its file.
func (c *Closer) issue(ctx context.Context, period tonghop.Period, unit tonghop.Unit) (Built, string, error) {
	if err := c.Consolidation.Ledger.BeginEdition(ctx, period, unit.Code); err != nil {
		return Built{}, "", fmt.Errorf("begin edition: %w", err)
	}
	built, err := c.Consolidation.Build(ctx, period, unit)
	for range 3 { // another process has issued one meanwhile: build on that
		if tonghop.CodeOf(err) != "ledger.issue" {
			break
		}
		built, err = c.Consolidation.Build(ctx, period, unit)
	}
	if err != nil {
		return Built{}, "", err
	}
	fault.Reach(ctx, fault.EditionKept)
	name := built.FileName()
	// The note first: whoever sees the workbook finds the note beside it.
	if _, err := HandOut(ctx, c.Out, noteName(built), c.note("edition_note", built)); err != nil {
		return Built{}, "", err
	}
	fresh, err := HandOut(ctx, c.Out, name, built.Workbook)
	if err != nil {
		return Built{}, "", err
	}
	fault.Reach(ctx, fault.HandedOut)
	if !fresh { // it was there already
		return built, name, nil
	}
	c.Log.Info("edition", "period", period.String(), "province", unit.Code, "issue", built.Issue, "file", name,
		"sha256", built.SHA256, "returns", len(built.Returns), "missing", len(built.Missing))
	if c.Issued != nil {
		c.Issued(built.Edition)
	}
	return built, name, nil
}

// noteName is the name of the text beside a workbook.
func noteName(b Built) string { return strings.TrimSuffix(b.FileName(), ".xlsx") + ".txt" }

// note is the text beside a workbook: what it is, and who did not report.
func (c *Closer) note(key string, b Built) []byte {
	sent := map[string]bool{}
	for _, u := range b.Sent {
		sent[u.Code] = true
	}
	var silent, open []string
	for _, u := range b.Missing {
		if sent[u.Code] {
			open = append(open, u.Name)
		} else {
			silent = append(silent, u.Name)
		}
	}
	text := c.Letters.Talk(key, "period", b.Period.String(), "issue", strconv.Itoa(b.Issue),
		"file", b.FileName(), "sha256", b.SHA256, "reported", strconv.Itoa(b.Expected-len(b.Missing)),
		"all", strconv.Itoa(b.Expected), "missing", strings.Join(silent, "; "), "sent", strings.Join(open, "; "))
	return []byte("\ufeff" + strings.ReplaceAll(strings.TrimSpace(text)+"\n", "\n", "\r\n"))
}

// HandOut writes a file through a temporary one, so that nobody ever finds half
// of it under its name. A file that is there with the same content is left
// alone; wrote says whether it was written.
func HandOut(ctx context.Context, dir, name string, content []byte) (wrote bool, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return false, tonghop.Fail("output.write", err, "path", dir)
	}
	path := filepath.Join(dir, name)
	if there, err := os.ReadFile(path); err == nil && string(there) == string(content) {
		return false, nil
	}
	temp, err := os.CreateTemp(dir, "."+name+"-*")
	if err != nil {
		return false, tonghop.Fail("output.write", err, "path", path)
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing of that name
	defer temp.Close()
	if err := fill(temp, content); err != nil {
		return false, tonghop.Fail("output.write", err, "path", path)
	}
	fault.Reach(ctx, fault.HandingOut)
	if err := os.Rename(temp.Name(), path); err != nil {
		return false, tonghop.Fail("output.write", err, "path", path)
	}
	if err := syncFolder(dir); err != nil { // or a power cut forgets the name
		return false, tonghop.Fail("output.write", err, "path", path)
	}
	return true, nil
}

// syncFolder brings the names in a folder to the disk. Windows does that by
// itself and cannot be asked.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// fill brings the content to the disk and closes the file.
func fill(f *os.File, content []byte) error {
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Chmod(fs.FileMode(0o644)); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}
