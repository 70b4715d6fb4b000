package pipeline

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
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
	Seen    func() // called after each file; nil = nobody
}

// Look reads the files of a walk, several at once, and gives what became of
// each, in their order.
//
// A file that fails is an outcome and the others go on; an error is one of
// Receive, or of the context.
func (how Looking) Look(ctx context.Context, files iter.Seq2[ingest.Found, error]) ([]Outcome, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l := &look{seen: how.Seen}
	var out []*Outcome
	var wg sync.WaitGroup
	room := make(chan struct{}, inFlight)
	first := "" // receipt of the first file: all of them are one delivery
	for file, err := range files {
		if ctx.Err() != nil {
			break
		}
		o := &Outcome{Name: file.Name, Skip: file.Skip, Err: err}
		out = append(out, o)
		p := tonghop.Parcel{Door: DoorCommand, Name: file.Name, Expect: how.Expect, Received: how.Now()}
		if o.Skip == ingest.SkipNone && o.Err == nil {
			p.Bytes, o.Err = file.Read(how.Limits)
		}
		if o.Skip != ingest.SkipNone || o.Err != nil {
			l.done()
			continue
		}
		var sub tonghop.Submission
		if how.Receive != nil {
			p.Delivery = first
			if sub, err = how.Receive(ctx, p); err != nil {
				stop(err)
				break
			}
			first = sub.Delivery
		}
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			ret, err := how.Readers.Read(ctx, p)
			if err != nil {
				stop(err)
				return
			}
			o.Receipt, o.Return = sub.Receipt, ret
			o.Return.Submission = sub
			l.done()
		})
	}
	wg.Wait()
	all := make([]Outcome, len(out))
	for i, o := range out {
		all[i] = *o
	}
	if ctx.Err() != nil {
		return all, context.Cause(ctx)
	}
	return all, nil
}

// look counts the files that were seen.
type look struct {
	mu   sync.Mutex
	seen func()
}

// done says that one more was.
func (l *look) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen != nil {
		l.seen()
	}
}
