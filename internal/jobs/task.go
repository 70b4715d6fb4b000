package jobs

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// payload is a task as it lies in the queue. Its names are a contract: a job
// may have been written by an older program.
type payload struct {
	Receipts []string  `json:"receipts,omitempty"`
	Names    []string  `json:"names,omitempty"`
	Office   string    `json:"office,omitempty"`
	Period   string    `json:"period,omitempty"`
	Province string    `json:"province,omitempty"`
	Schedule string    `json:"schedule,omitempty"`
	Due      time.Time `json:"due,omitzero"`
}

// args are the arguments of a job for River, which tells kinds apart by their
// type. It writes the payload and reads nothing: the handler does, so that what
// cannot be read fails like any other task.
type args struct{ p payload }

// MarshalJSON writes the payload.
func (a args) MarshalJSON() ([]byte, error) { return json.Marshal(a.p) }

// UnmarshalJSON leaves the reading to the handler.
func (*args) UnmarshalJSON([]byte) error { return nil }

type (
	readArgs    struct{ args }
	editionArgs struct{ args }
	runArgs     struct{ args }
)

// Kind is the kind of the job.
func (readArgs) Kind() string { return string(store.TaskRead) }

// Kind is the kind of the job.
func (editionArgs) Kind() string { return string(store.TaskEdition) }

// Kind is the kind of the job.
func (runArgs) Kind() string { return string(store.TaskRun) }

// argsOf gives a task as River takes it.
func argsOf(t store.Task) (river.JobArgs, error) {
	p := payload{Receipts: t.Receipts, Names: t.Names, Office: t.Office,
		Period: t.Period.String(), Province: t.Province, Schedule: t.Schedule, Due: t.Due.UTC()}
	switch t.Kind {
	case store.TaskRead:
		return readArgs{args{p}}, nil
	case store.TaskEdition:
		return editionArgs{args{p}}, nil
	case store.TaskRun:
		return runArgs{args{p}}, nil
	}
	return nil, fmt.Errorf("add task: no kind %q", t.Kind)
}

// task gives the task of a job, without how many waited before it.
func task(job *rivertype.JobRow) (store.Task, error) {
	var p payload
	if err := json.Unmarshal(job.EncodedArgs, &p); err != nil {
		return store.Task{}, fmt.Errorf("read task %d: %w", job.ID, err)
	}
	t := store.Task{Kind: store.TaskKind(job.Kind), Receipts: p.Receipts, Names: p.Names, Office: p.Office,
		Province: p.Province, Schedule: p.Schedule, Due: p.Due}
	if p.Period != "" {
		var err error
		if t.Period, err = tonghop.ParsePeriod(p.Period); err != nil {
			return store.Task{}, fmt.Errorf("read task %d: %w", job.ID, err)
		}
	}
	return t, nil
}

// attrs says in the log which task it is.
func attrs(t store.Task) []any {
	out := []any{slog.String("kind", string(t.Kind))}
	switch t.Kind {
	case store.TaskRead:
		return append(out, slog.Any("receipts", t.Receipts), slog.String("office", t.Office))
	case store.TaskEdition:
		return append(out, slog.String("period", t.Period.String()), slog.String("province", t.Province))
	case store.TaskRun:
		return append(out, slog.String("schedule", t.Schedule), slog.Time("due", t.Due))
	}
	return out
}
