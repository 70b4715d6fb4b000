package pipeline

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/ingest/bundle"
)

// inFlight is how many files of a batch are in memory at once: some are read
// while the next ones are fetched.
const inFlight = 8

// Looking says how the files of a batch are read.
type Looking struct {
	Readers Readers
	Limits  tonghop.Limits
	Expect  tonghop.Period
	Now     func() time.Time
	// Receive takes each file in before it is read, in their order; nil takes
	// none.
	Receive func(context.Context, tonghop.Parcel) (tonghop.Submission, error)
	// Keep keeps an archive whose files are taken in; nil keeps none.
	Keep func(context.Context, tonghop.Parcel) error
	Seen func() // called after each file of the walk; nil = nobody
}

// Look reads the files of a walk, several at once, and gives what became of
// each, in their order. For an archive of files it gives what became of each
// file in it, unless it cannot be taken whole.
//
// A file that fails is an outcome and the others go on; an error is one of
// Receive or Keep, or of the context.
func (how Looking) Look(ctx context.Context, files iter.Seq2[ingest.Found, error]) ([]Outcome, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l := &look{Looking: how, stop: stop, room: make(chan struct{}, inFlight)}
	for file, err := range files {
		if ctx.Err() != nil {
			break
		}
		if err := l.file(ctx, file, err); err != nil {
			stop(err)
			break
		}
	}
	l.wg.Wait()
	all := make([]Outcome, len(l.out))
	for i, o := range l.out {
		all[i] = *o
	}
	if ctx.Err() != nil {
		return all, context.Cause(ctx)
	}
	return all, nil
}

// look is one run of Look.
type look struct {
	Looking
	stop  context.CancelCauseFunc
	out   []*Outcome
	first string // receipt of the first file: all of them are one delivery
	wg    sync.WaitGroup
	room  chan struct{}
	mu    sync.Mutex
}

// file takes what the walk found, or could not look at.
func (l *look) file(ctx context.Context, file ingest.Found, err error) error {
	p := tonghop.Parcel{Door: DoorCommand, Name: file.Name, Expect: l.Expect, Received: l.Now()}
	if err == nil && file.Skip == ingest.SkipNone {
		p.Bytes, err = file.Read(l.Limits)
	}
	if err != nil || file.Skip != ingest.SkipNone {
		l.out = append(l.out, &Outcome{Name: file.Name, Skip: file.Skip, Err: err})
		l.done()
		return nil
	}
	members, is, err := bundle.Open(p, l.Limits)
	if !is || err != nil { // whoever reads it says why
		members = []bundle.Member{{Parcel: p}}
	} else if l.Keep != nil {
		if err := l.Keep(ctx, p); err != nil {
			return err
		}
	}
	left := new(atomic.Int64)
	left.Store(int64(len(members)))
	seen := func() {
		if left.Add(-1) == 0 {
			l.done()
		}
	}
	for _, m := range members {
		if err := l.member(ctx, m, seen); err != nil {
			return err
		}
	}
	return nil
}

// member takes one file in and has it read; seen is called afterwards.
func (l *look) member(ctx context.Context, m bundle.Member, seen func()) (err error) {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	o := &Outcome{Name: m.Name, Skip: m.Skip}
	l.out = append(l.out, o)
	if m.Skip != ingest.SkipNone {
		seen()
		return nil
	}
	var sub tonghop.Submission
	if l.Receive != nil {
		m.Delivery = l.first
		if sub, err = l.Receive(ctx, m.Parcel); err != nil {
			return err
		}
		l.first = sub.Delivery
		m.Delivery = sub.Delivery // the reader compares with what came before it
	}
	l.room <- struct{}{}
	l.wg.Go(func() {
		defer func() { <-l.room }()
		ret, err := l.Readers.Read(ctx, m.Parcel)
		if err != nil {
			l.stop(err)
			return
		}
		o.Receipt, o.Return = sub.Receipt, ret
		o.Return.Submission = sub
		seen()
	})
	return nil
}

// done says that one more file was seen.
func (l *look) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Seen != nil {
		l.Seen()
	}
}
