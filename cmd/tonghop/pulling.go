package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
)

// pulling is what pull has collected and waits for.
type pulling struct {
	a          *app
	s          *service
	outcomes   []pipeline.Outcome
	reading    []string // names of what has no verdict yet
	unanswered []string // names of what has one, but no letter
}

const (
	longest = 5 * time.Minute        // without anything being done
	look    = 200 * time.Millisecond // between two looks
	// hopeless is after how many attempts a task is not waited for. The first
	// may fail because of another process that writes.
	hopeless = 2
)

// settled waits until submissions are settled and answered, or until that is
// not to be expected.
func (p *pulling) settled(ctx context.Context, receipts []string) error {
	until := time.Now().Add(longest)
	for _, receipt := range receipts {
		done, err := p.await(ctx, receipt, until)
		if err != nil {
			return err
		}
		if done {
			until = time.Now().Add(longest)
		}
		o, err := outcome(ctx, p.s.ledger, receipt)
		if err != nil {
			return err
		}
		p.outcomes = append(p.outcomes, o)
		switch name := told(o.Return.Submission); {
		case o.Return.Submission.State == tonghop.Received:
			p.reading = append(p.reading, name)
		case !done:
			p.unanswered = append(p.unanswered, name)
		}
	}
	return nil
}

// await waits for one submission; done is false if it is given up.
func (p *pulling) await(ctx context.Context, receipt string, until time.Time) (done bool, err error) {
	for {
		reading, err := p.s.queue.Reading(ctx)
		if err != nil {
			return false, err
		}
		sub, err := p.s.ledger.Submission(ctx, receipt) // after the queue: its task ends after its verdict
		if err != nil {
			return false, err
		}
		stuck, err := p.stuck(ctx, sub)
		switch {
		case err != nil:
			return false, err
		case stuck:
			return false, nil
		case sub.State != tonghop.Received && !reading[receipt]:
			return true, nil
		case time.Now().After(until):
			return false, nil
		}
		select {
		case <-ctx.Done():
			return false, context.Cause(ctx)
		case <-time.After(look):
		}
	}
}

// stuck reports whether the task of a submission fails, or one that must be done
// before it: an earlier one of the same office.
func (p *pulling) stuck(ctx context.Context, sub tonghop.Submission) (bool, error) {
	failures, err := p.s.queue.Failures(ctx)
	if err != nil {
		return false, fmt.Errorf("look for what fails: %w", err)
	}
	for _, f := range failures {
		t := f.Task
		if t.Kind != store.TaskRead || len(t.Receipts) == 0 || f.Attempts < hopeless && !f.GivenUp {
			continue
		}
		before := sub.State == tonghop.Received && sub.Office != "" && t.Office == sub.Office && earlier(t.Receipts[0], sub.Receipt)
		if before || slices.Contains(t.Receipts, sub.Receipt) {
			return true, nil
		}
	}
	return false, nil
}

// earlier reports whether a receipt was given before another one: their numbers
// grow, and after TH-999999 their length.
func earlier(a, b string) bool {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) < 0
}

// report prints what became of the files, and says what is still to come.
func (p *pulling) report(ctx context.Context, asJSON bool) error {
	young := p.young(ctx)
	var err error
	switch {
	case len(p.outcomes) > 0 || len(young) == 0:
		err = p.a.report(p.outcomes, asJSON, p.a.record)
	case asJSON:
		_, err = fmt.Fprintln(p.a.out, "[]")
	}
	if err != nil && !errors.Is(err, errRejected) {
		return err
	}
	for _, e := range young {
		p.say("pull_young", "door", e.Args["door"], "files", e.Args["files"], "minutes", e.Args["minutes"])
	}
	if n := len(p.reading); n > 0 {
		p.say("pull_reading", "files", strconv.Itoa(n), "names", enumerated(p.reading))
		err = errSick
	}
	if n := len(p.unanswered); n > 0 {
		p.say("pull_unanswered", "files", strconv.Itoa(n), "names", enumerated(p.unanswered))
		err = errSick
	}
	return err
}

// say talks.
func (p *pulling) say(key string, args ...string) {
	fmt.Fprintln(p.a.err, p.a.letters.Talk(key, args...))
}

// young tells of the doors in which files wait: dropped just now, or still being
// written.
func (p *pulling) young(ctx context.Context) []*tonghop.Error {
	offices := p.a.offices(p.s.reception.Intake.Reader.Known.Register)
	var out []*tonghop.Error
	for _, door := range p.a.config.Doors {
		for _, problem := range p.a.folder(door, offices, slog.New(slog.DiscardHandler)).Check(ctx) {
			if problem.Err.Code == "door.waiting" {
				out = append(out, problem.Err)
			}
		}
	}
	return out
}
