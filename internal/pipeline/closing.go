package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
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
	OutcomeFailed    = "failed"    // detail
)

// Close closes a period that was due and issues its editions from whoever has
// reported. Doing it again gives the same.
func (c *Closer) Close(ctx context.Context, period tonghop.Period, due time.Time) (Result, error) {
	fault.Reach(ctx, fault.Closing)
	codes, err := c.provinces(ctx, period)
	if err != nil {
		return Result{}, err
	}
	result := Result{Outcome: OutcomeNothing, Args: map[string]string{"period": period.String()}}
	var files []string
	missing := 0
	for _, code := range codes {
		closing := store.Closing{Period: period, Province: code, Due: due, Closed: c.Clock()}
		if err := c.Consolidation.Ledger.ClosePeriod(ctx, closing); err != nil {
			return Result{}, fmt.Errorf("close %s of %s: %w", period, code, err)
		}
		fault.Reach(ctx, fault.Closed)
		built, name, err := c.issue(ctx, period, code)
		if tonghop.CodeOf(err) == "edition.nothing" {
			continue
		}
		if err != nil {
			return Result{}, err
		}
		files = append(files, name)
		missing += len(built.Missing)
	}
	if len(files) > 0 {
		result.Outcome = OutcomeEditions
		result.Args["editions"] = strings.Join(files, ", ")
		result.Args["missing"] = strconv.Itoa(missing)
	}
	return result, nil
}

// provinces are those whose period is closed.
func (c *Closer) provinces(ctx context.Context, period tonghop.Period) ([]string, error) {
	if c.Province != "" && c.Province != "all" {
		return []string{c.Province}, nil
	}
	return c.Consolidation.Provinces(ctx, period)
}

// Issue builds and hands out the edition of a closed period as its returns
// stand now: the next issue if something was accepted since, else the one that
// is there. Nothing accepted is no error: there is nothing to issue yet.
func (c *Closer) Issue(ctx context.Context, period tonghop.Period, province string) error {
	_, _, err := c.issue(ctx, period, province)
	if tonghop.CodeOf(err) == "edition.nothing" {
		return nil
	}
	return err
}

// issue builds an edition and hands it out; it gives the name of its file.
func (c *Closer) issue(ctx context.Context, period tonghop.Period, province string) (Built, string, error) {
	register := c.Consolidation.Reader.Known.Register
	unit, ok := register.Unit(province, c.Consolidation.Reader.Known.On(period))
	if !ok {
		return Built{}, "", tonghop.Fail("usage.province", nil, "value", province)
	}
	if err := c.Consolidation.Ledger.BeginEdition(ctx, period, province); err != nil {
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
	if err := HandOut(ctx, c.Out, strings.TrimSuffix(name, ".xlsx")+".txt", c.note(built)); err != nil {
		return Built{}, "", err
	}
	if err := HandOut(ctx, c.Out, name, built.Workbook); err != nil {
		return Built{}, "", err
	}
	fault.Reach(ctx, fault.HandedOut)
	c.Log.Info("edition", "period", period.String(), "province", province, "issue", built.Issue, "file", name,
		"sha256", built.SHA256, "returns", len(built.Returns), "missing", len(built.Missing))
	if c.Issued != nil {
		c.Issued(built.Edition)
	}
	return built, name, nil
}

// note is the text beside a workbook: what it is, and who did not report.
func (c *Closer) note(b Built) []byte {
	var names []string
	for _, u := range b.Missing {
		names = append(names, u.Name)
	}
	text := c.Letters.Talk("edition_note", "period", b.Period.String(), "issue", strconv.Itoa(b.Issue),
		"file", b.FileName(), "sha256", b.SHA256, "reported", strconv.Itoa(b.Expected-len(b.Missing)),
		"all", strconv.Itoa(b.Expected), "missing", strings.Join(names, "; "))
	return []byte("\ufeff" + strings.ReplaceAll(strings.TrimSpace(text)+"\n", "\n", "\r\n"))
}

// HandOut writes a file through a temporary one, so that nobody ever finds half
// of it under its name. A file that is there with the same content is left
// alone.
func HandOut(ctx context.Context, dir, name string, content []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return tonghop.Fail("output.write", err, "path", dir)
	}
	path := filepath.Join(dir, name)
	if there, err := os.ReadFile(path); err == nil && string(there) == string(content) {
		return nil
	}
	temp, err := os.CreateTemp(dir, "."+name+"-*")
	if err != nil {
		return tonghop.Fail("output.write", err, "path", path)
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing of that name
	defer temp.Close()
	if err := fill(temp, content); err != nil {
		return tonghop.Fail("output.write", err, "path", path)
	}
	fault.Reach(ctx, fault.HandingOut)
	if err := os.Rename(temp.Name(), path); err != nil {
		return tonghop.Fail("output.write", err, "path", path)
	}
	return nil
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
