package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/ingest/source/folder"
	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// service is everything that works without anybody at the keyboard, wired
// together and not yet started.
type service struct {
	log       *slog.Logger
	ledger    *store.DB
	queue     *jobs.Queue
	clock     *schedule.Clock
	reception *pipeline.Reception
	closer    *pipeline.Closer
	duty      *pipeline.Duty
	fileTime  time.Duration // that one file of a delivery may take
}

// conversion is how long a file may wait for another program and be converted.
const conversion = 90 * time.Second

// newService opens the ledger, brings its queue up to date and wires doors,
// jobs and schedule.
func (a *app) newService(ctx context.Context) (*service, error) {
	// A file is read again to be converted, and with what was reported last: before
	// it and in its own delivery.
	s := &service{log: a.logger(), fileTime: 5*a.config.Limits.WithDefaults().Time + conversion}
	var err error
	if s.clock, err = scheduleClock(a.config); err != nil {
		return nil, err
	}
	con, err := a.consolidation(ctx, "")
	if err != nil {
		return nil, err
	}
	in, err := a.intake(ctx, "")
	if err != nil {
		return nil, err
	}
	s.ledger, s.queue = in.Ledger, a.queue
	doors := a.doors(in.Reader.Known.Register, s.log)
	s.reception = &pipeline.Reception{Intake: in, Readers: in.Readers, Originals: con.Vault, Doors: doors,
		Letters: a.letters, Log: s.log}
	s.closer = &pipeline.Closer{Consolidation: con, Province: a.config.Province, Out: a.config.OutputFolder(), Letters: a.letters,
		Clock: a.clock.now, Log: s.log}
	s.duty = &pipeline.Duty{Clock: s.clock, Closer: s.closer, Desk: in.Desk, Ledger: s.ledger, Doors: doors,
		Sweep: s.queue.Sweep, Now: a.clock.now, Log: s.log}
	return s, nil
}

// atOnce is how many files are read at once.
func (a *app) atOnce() int {
	if a.config.Readers > 0 {
		return a.config.Readers
	}
	return runtime.NumCPU()
}

// doors opens the configured doors.
func (a *app) doors(register *tonghop.Register, log *slog.Logger) map[string]ingest.Source {
	offices := a.offices(register)
	doors := map[string]ingest.Source{}
	for _, d := range a.config.Doors {
		doors[d.Name] = a.folder(d, offices, log)
	}
	return doors
}

// offices knows which office the name of a subfolder stands for.
func (a *app) offices(register *tonghop.Register) *pipeline.Offices {
	today := tonghop.Date(a.clock.now().In(tonghop.Vietnam()).Format(time.DateOnly))
	return pipeline.NewOffices(register, a.config.Province, today)
}

// folder is one drop folder as it is configured.
func (a *app) folder(d templates.DoorConfig, offices *pipeline.Offices, log *slog.Logger) *folder.Folder {
	return &folder.Folder{Door: d.Name, Root: d.Folder, Settle: d.Settle, MinAge: d.MinAge, Patience: d.Patience, Limit: a.config.Limits.Bytes, Log: log,
		Office: offices.Finder(d.Offices), Candidates: offices.Candidates, State: filepath.Join(a.config.Home, "doors"),
		Notes: func(_ folder.Note, cause error) string {
			message, hint := a.letters.Error(cause)
			return message + "\n" + hint + "\n"
		}}
}

// worker does the jobs of the queue. observe is told what came of each; nil =
// nobody.
func (s *service) worker(readers int, observe func(store.TaskKind, string, time.Duration)) *jobs.Worker {
	return s.queue.Worker(jobs.WorkerOptions{Read: s.read, Edition: s.closer.Issue, Run: s.run,
		Readers: readers, Log: s.log, Observe: observe,
		Pace: jobs.Pace{Give: 2 * time.Second, File: s.fileTime}})
}

// read settles a delivery, or puts it off while an earlier one of the same
// office waits.
func (s *service) read(ctx context.Context, receipts []string) error {
	return putOff(s.reception.Settle(ctx, receipts[0]))
}

// run does a due run, or puts it off while something must come before it.
func (s *service) run(ctx context.Context, name string, due time.Time) error {
	return putOff(s.duty.Run(ctx, name, due))
}

// putOff tells the queue of work whose turn has not come that this is no
// failure.
func putOff(err error) error {
	var notYet *pipeline.NotYetError
	if errors.As(err, &notYet) {
		return jobs.Later(notYet.After)
	}
	return err
}

// strikeVariable is the variable of the environment by which a test kills the
// program at a point: see internal/fault.
const strikeVariable = "TONGHOP_STRIKE"

// struck plans the strike that a test asks for.
func struck(ctx context.Context) context.Context {
	return fault.With(ctx, os.Getenv(strikeVariable), nil)
}

// logger writes to stderr as the configuration says.
func (a *app) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.config.Log.Level)); err != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if a.config.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.err, options))
	}
	return slog.New(slog.NewTextHandler(a.err, options))
}

// ledgerName names the ledger without its password.
func (a *app) ledgerName() string {
	if a.config.Database != "" {
		return a.config.Database.Shown()
	}
	return a.config.Ledger()
}
