package jail

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limits bounds a child.
type Limits struct {
	Data   int64         // bytes of memory that it may take; 0 = 512 MB
	Time   time.Duration // of a processor for one request; 0 = 20 s
	Answer int64         // bytes of one answer; 0 = 256 MB
	Uses   int           // requests until it is replaced; 0 = 200
}

// mb is the unit in which memory is given.
const mb = 1 << 20

// withDefaults fills the zero fields.
func (l Limits) withDefaults() Limits {
	if l.Data <= 0 {
		l.Data = 512 * mb
	}
	if l.Time <= 0 {
		l.Time = 20 * time.Second
	}
	if l.Answer <= 0 {
		l.Answer = 256 * mb
	}
	if l.Uses <= 0 {
		l.Uses = 200
	}
	return l
}

// patience is how many times as long as a request may compute it may take: on a
// busy machine it waits for a processor, and that is no fault of the file.
const patience = 4

// left is how much longer a request may take that began so long ago and has
// computed so long; nothing more than 0 is over time.
func (l Limits) left(taken, computed time.Duration) time.Duration {
	return min(l.Time-computed, patience*l.Time-taken)
}

// Fault is what became of a child that gave no answer.
type Fault string

// The faults.
const (
	OverTime   Fault = "time"   // it took longer than it may
	OverMemory Fault = "memory" // it wanted more memory than it may have
	Crashed    Fault = "crash"  // it broke down
)

// FaultError says that a request cost its child. The request was not answered;
// the pool goes on with another child.
type FaultError struct {
	Fault  Fault
	Detail string // the end of what the child wrote, for the log
}

// Error is the technical form.
func (e *FaultError) Error() string { return fmt.Sprintf("child failed (%s): %s", e.Fault, e.Detail) }

// Pool holds the children of one kind. It may be used by many goroutines at
// once; each request has a child to itself.
type Pool struct {
	Command []string // the program and its arguments; it must call [Serve]
	Env     []string // all that its environment holds
	Limits  Limits

	mu     sync.Mutex
	idle   []*child
	closed bool
}

// errClosed is what a pool says that was closed.
var errClosed = errors.New("jail is closed")

// Do hands a request to a child of a pool and gives its answer; both travel as
// gob, so what they mean lies in exported fields. The error is a *FaultError if
// the child failed over the request, else one of starting a child or of the
// context, and then the request may be tried again.
//
// A child keeps memory of what it served before. If one that is not new runs
// out of memory or breaks down, the request gets a new one to itself: no request
// fails for what others were.
func Do[Q, A any](ctx context.Context, p *Pool, request Q) (A, error) {
	var none A
	if err := ctx.Err(); err != nil {
		return none, err
	}
	c, err := p.take()
	if err != nil {
		return none, err
	}
	used, limits := c.uses > 0, p.Limits.withDefaults()
	var answer A
	err = c.do(ctx, &request, &answer, limits)
	var fault *FaultError
	if used && errors.As(err, &fault) && fault.Fault != OverTime {
		c.end()
		if c, err = start(p.Command, p.Env, limits); err != nil {
			return none, err
		}
		answer = none
		err = c.do(ctx, &request, &answer, limits)
	}
	if err != nil {
		c.end()
		return none, err
	}
	p.give(c)
	return answer, nil
}

// take gives an idle child, or a new one.
func (p *Pool) take() (*child, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return start(p.Command, p.Env, p.Limits.withDefaults())
}

// give takes a child back, unless it has served long enough.
func (p *Pool) give(c *child) {
	p.mu.Lock()
	keep := !p.closed && c.uses < p.Limits.withDefaults().Uses
	if keep {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		c.end()
	}
}

// Close ends the idle children; those at work end when they are done.
func (p *Pool) Close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range idle {
		c.end()
	}
}
