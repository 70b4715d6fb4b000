package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
)

// Readers reads and judges parcels, several at once. What cannot be read is a
// return with its reason; an error means that nobody could look at it.
type Readers interface {
	Read(ctx context.Context, p tonghop.Parcel) (tonghop.Return, error)
}

// Local reads in this process: for tests, and where no child can be started.
type Local struct {
	Recall Recall // what an office reported last; nil = nothing is looked up

	free chan *Reader
}

// NewLocal reads at most n parcels at once, each as the reader does.
func NewLocal(reader *Reader, n int) *Local {
	l := &Local{free: make(chan *Reader, n)}
	for range n {
		l.free <- reader.Fresh()
	}
	return l
}

// Read reads with a reader that is free.
func (l *Local) Read(ctx context.Context, p tonghop.Parcel) (tonghop.Return, error) {
	select {
	case r := <-l.free:
		defer func() { l.free <- r }()
		var err error
		if r.Known.Variants, err = r.Answers.of(ctx, p); err != nil {
			return tonghop.Return{}, err
		}
		return l.Recall.recalling(ctx, p, func(before tonghop.History) (tonghop.Return, error) { return r.ReadAfter(p, before), nil })
	case <-ctx.Done():
		return tonghop.Return{}, context.Cause(ctx)
	}
}

// Jailed reads in child processes: a file that breaks the reader, or asks for
// too much memory or time, costs one child. Its return is held as the system's
// fault.
type Jailed struct {
	Recall Recall // what an office reported last; nil = nothing is looked up

	reader *Reader
	pool   *jail.Pool
	turns  chan struct{}
}

// order is what a child is asked: to read a parcel within limits, knowing what
// its office reported before and what people answered about layouts. Passwords go the same way, since a command line or an
// environment can be seen.
type order struct {
	Parcel    tonghop.Parcel
	Limits    tonghop.Limits
	Passwords []string
	Before    tonghop.History
	Variants  []tonghop.Variant
}

// NewJailed reads at most n parcels at once in the children of a pool, whose
// process calls [ServeReader] with a reader by the same rules.
func NewJailed(reader *Reader, pool *jail.Pool, n int) *Jailed {
	return &Jailed{reader: reader, pool: pool, turns: make(chan struct{}, n)}
}

// Read has a child read.
func (j *Jailed) Read(ctx context.Context, p tonghop.Parcel) (tonghop.Return, error) {
	select {
	case j.turns <- struct{}{}:
		defer func() { <-j.turns }()
	case <-ctx.Done():
		return tonghop.Return{}, context.Cause(ctx)
	}
	variants, err := j.reader.Answers.of(ctx, p)
	if err != nil {
		return tonghop.Return{}, err
	}
	return j.Recall.recalling(ctx, p, func(before tonghop.History) (tonghop.Return, error) { return j.read(ctx, p, before, variants) })
}

// read has a child read once.
func (j *Jailed) read(ctx context.Context, p tonghop.Parcel, before tonghop.History, variants []tonghop.Variant) (tonghop.Return, error) {
	ret, err := jail.Do[order, tonghop.Return](ctx, j.pool, order{p, j.reader.Limits, j.reader.passwords(), before, variants})
	var fault *jail.FaultError
	if errors.As(err, &fault) {
		return j.reader.failed(p, fault), nil
	}
	if err != nil {
		return tonghop.Return{}, fmt.Errorf("read in a child: %w", err)
	}
	return ret, nil
}

// failed is the return of a file that cost a child.
func (r *Reader) failed(p tonghop.Parcel, fault *jail.FaultError) tonghop.Return {
	f := tonghop.Finding{Rule: "TEP-003", Severity: tonghop.Query, Owner: tonghop.OwnerSystem, Holds: true}
	if fault.Fault == jail.Crashed {
		f.Rule = "TEP-002"
	}
	f = f.Arg("fault", string(fault.Fault)).Arg("detail", fault.Detail)
	ret := tonghop.Return{Form: r.Known.Form.ID, State: tonghop.Held, Findings: []tonghop.Finding{f}}
	r.vouch(&ret, p.Office)
	return ret
}

// ServeReader reads parcels for the parent of this process until it is told no
// more; it is the first thing that a child does.
func ServeReader(in io.Reader, out io.Writer, open func() (*Reader, error)) error {
	var reader *Reader
	return jail.Serve(in, out, func(o order) (tonghop.Return, error) {
		if reader == nil { // after the limits are on
			var err error
			if reader, err = open(); err != nil {
				return tonghop.Return{}, err
			}
		}
		reader.Known.Variants = o.Variants
		reader.Limits, reader.Passwords = o.Limits, func() []string { return o.Passwords }
		return reader.ReadAfter(o.Parcel, o.Before), nil
	})
}
