package monitor

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// patience is how long a check or a reading may take.
const patience = 2 * time.Second

// errSlow is what came of a question that was not answered in time.
var errSlow = errors.New("no answer in time")

// panicked is what came of a question that ended in a panic.
type panicked struct {
	value any
	stack []byte
}

// Error is the technical form.
func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// probe asks a function that may be slow, hang or panic. There is never more
// than one call of it under way: whoever asks meanwhile waits for the same
// answer, so a database that hangs costs one goroutine and not one a request.
type probe[T any] struct {
	limit time.Duration
	run   func(ctx context.Context) (T, error)

	mu   sync.Mutex
	call *call[T] // the one under way
}

// call is one call of the function.
type call[T any] struct {
	done  chan struct{} // closed when the answer is there
	value T
	err   error
}

// ask gives the answer, or errSlow.
func (p *probe[T]) ask(ctx context.Context) (T, error) {
	p.mu.Lock()
	c := p.call
	if c == nil {
		c = &call[T]{done: make(chan struct{})}
		p.call = c
		// The call serves everybody who waits, so it does not end with one request.
		go p.answer(context.WithoutCancel(ctx), c)
	}
	p.mu.Unlock()

	timer := time.NewTimer(p.limit)
	defer timer.Stop()
	var none T
	select {
	case <-c.done:
		return c.value, c.err
	case <-timer.C:
		return none, errSlow
	case <-ctx.Done():
		return none, context.Cause(ctx)
	}
}

// answer calls the function.
func (p *probe[T]) answer(ctx context.Context, c *call[T]) {
	ctx, cancel := context.WithTimeout(ctx, p.limit)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			c.err = &panicked{v, debug.Stack()}
		}
		p.mu.Lock()
		p.call = nil
		p.mu.Unlock()
		close(c.done)
	}()
	c.value, c.err = p.run(ctx)
}
