package pipeline

import (
	"context"
	"iter"
	"sync"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
)

// inFlight is how many files of a batch are in memory at once: some are read
// while the next ones are fetched.
const inFlight = 8

// Look reads the files of a walk, several at once, and gives what became of
// each, in their order. receive takes each one in before it is read, in their
// order too; nil takes none. seen is called after each file.
//
// A file that fails is an outcome and the others go on; an error is one of
// receive, or of the context.
func Look(ctx context.Context, readers Readers, files iter.Seq2[ingest.Found, error], limits ingest.Limits, expect tonghop.Period,
	receive func(context.Context, tonghop.Parcel) (tonghop.Submission, error), seen func()) ([]Outcome, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l := &look{seen: seen}
	var out []*Outcome
	var wg sync.WaitGroup
	room := make(chan struct{}, inFlight)
	for file, err := range files {
		if ctx.Err() != nil {
			break
		}
		o := &Outcome{Name: file.Name, Skip: file.Skip, Err: err}
		out = append(out, o)
		p := tonghop.Parcel{Door: DoorCommand, Name: file.Name, Expect: expect}
		if o.Skip == ingest.SkipNone && o.Err == nil {
			p.Bytes, o.Err = file.Read(limits)
		}
		if o.Skip != ingest.SkipNone || o.Err != nil {
			l.done()
			continue
		}
		var sub tonghop.Submission
		if receive != nil {
			if sub, err = receive(ctx, p); err != nil {
				stop(err)
				break
			}
		}
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			ret, err := readers.Read(ctx, p)
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
