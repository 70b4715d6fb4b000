package main

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/store"
)

// late is how long a file may wait for its verdict before somebody should look.
const late = 15 * time.Minute

// unread looks for files that wait for their verdict for long.
func (d *checkup) unread(ctx context.Context, db *store.DB) {
	waiting := &tally{}
	for sub, err := range db.Submissions(ctx, store.Filter{States: []tonghop.State{tonghop.Received}}) {
		if err != nil {
			d.bad("queue", err)
			return
		}
		if d.a.clock.now().Sub(sub.Received) > late {
			waiting.add(sub)
		}
	}
	if waiting.count > 0 {
		d.warn("queue", "unread", "count", strconv.Itoa(waiting.count), "oldest", waiting.first)
	}
}

// listed is how many of many are named.
const listed = 10

// heldBack looks for files that are held because of the program and not of what
// stands in them: their senders have nothing to do.
func (d *checkup) heldBack(ctx context.Context, db *store.DB) {
	var all []string
	for r, err := range db.Returns(ctx, store.Filter{States: []tonghop.State{tonghop.Held}, Current: true}) {
		if err != nil {
			d.bad("held", err)
			return
		}
		ours := slices.ContainsFunc(r.Findings, func(f tonghop.Finding) bool {
			return f.Owner == tonghop.OwnerSystem && (f.Rule == "TEP-002" || f.Rule == "TEP-003")
		})
		if name := told(r.Submission); ours && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	d.warn("held", "held_back", "count", strconv.Itoa(len(all)), "names", enumerated(all))
}

// enumerated names some of many.
func enumerated(all []string) string {
	if len(all) > listed {
		all = append(slices.Clone(all[:listed]), "…")
	}
	return strings.Join(all, ", ")
}

// queue looks at jobs that failed.
func (d *checkup) queue(ctx context.Context, db *store.DB) {
	q, err := jobs.Open(ctx, db)
	if err != nil {
		d.bad("queue", err)
		return
	}
	failures, err := q.Failures(ctx)
	if err != nil {
		d.bad("queue", err)
		return
	}
	for _, g := range alike(failures) {
		d.failing(g)
	}
	if len(failures) == 0 {
		d.good("queue", "queue_ok")
	}
}

// alike puts jobs of a kind together that fail with the same error, but for the
// numbers in it, in the order of the first of each.
func alike(failures []jobs.Failure) [][]jobs.Failure {
	type sort struct {
		kind    store.TaskKind
		givenUp bool
		error   string
	}
	var groups [][]jobs.Failure
	at := map[sort]int{}
	for _, f := range failures {
		s := sort{f.Task.Kind, f.GivenUp, numbers.ReplaceAllString(brief(f.Error), "#")}
		i, ok := at[s]
		if !ok {
			i = len(groups)
			at[s] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// numbers are what differs between errors that are the same: receipts, digests,
// times.
var numbers = regexp.MustCompile(`[0-9a-f]{16,}|[0-9]+`)

// each is how many jobs that fail alike get a line of their own.
const each = 5

// failing tells of jobs that fail alike.
func (d *checkup) failing(group []jobs.Failure) {
	code := "job_failing"
	if group[0].GivenUp {
		code = "job_given_up"
	}
	if len(group) > each {
		f := group[0]
		d.warn("queue", code+"_many", "count", strconv.Itoa(len(group)), "kind", string(f.Task.Kind), "what", d.task(f.Task),
			"error", brief(f.Error))
		return
	}
	for _, f := range group {
		d.warn("queue", code, "what", d.task(f.Task), "attempts", strconv.Itoa(f.Attempts), "error", brief(f.Error),
			"next", local(f.Next))
	}
}

// task names a job: what it does, and on what.
func (d *checkup) task(t store.Task) string {
	var about []string
	switch t.Kind {
	case store.TaskEdition:
		about = []string{t.Province}
	case store.TaskRun:
		about = []string{t.Schedule, local(t.Due)}
	default:
		for i, receipt := range t.Receipts {
			if i < len(t.Names) {
				receipt = told(tonghop.Submission{Receipt: receipt, Name: t.Names[i]})
			}
			about = append(about, receipt)
		}
	}
	period := ""
	if !t.Period.IsZero() {
		period = t.Period.String()
	}
	return d.a.letters.Say("task", string(t.Kind), "about", enumerated(about), "period", period)
}

// local writes a time of the country; "" for none.
func local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t.In(tonghop.Vietnam()))
}

// brief is the technical text of an error for a line: its first line, what it
// says twice said once, not endless.
func brief(text string) string {
	const most = 200
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	var parts []string
	for part := range strings.SplitSeq(line, ": ") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	letters := []rune(strings.Join(parts, ": "))
	if len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return string(letters)
}
