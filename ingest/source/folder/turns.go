package folder

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// queues sorts what waits by office, and writes down which files stay.
func (c *collect) queues(files []*waiting) map[string][]*waiting {
	out, limit := map[string][]*waiting{}, c.limit()
	for _, w := range files {
		base, folder := path.Base(w.path), subfolder(w.path)
		of := c.of(folder)
		switch size := w.info.Size(); {
		case folder == "":
			c.stay(w, Outside, tonghop.Fail("door.outside", nil, "file", base))
		case !of.ok:
			c.stay(w, Unknown, c.stranger(base, folder))
		case size > limit:
			c.stay(w, TooLarge, tooLarge(base, size, limit))
		case c.refusedLately(w):
		default:
			w.office = of.code
			out[of.code] = append(out[of.code], w)
		}
	}
	return out
}

// stranger says why nothing is taken out of a subfolder that is no office's.
func (f *Folder) stranger(base, folder string) *tonghop.Error {
	if offices := f.candidates(folder); len(offices) > 0 {
		return tonghop.Fail("door.ambiguous", nil, "file", base, "folder", folder, "offices", strings.Join(offices, ", "),
			"codes", strings.Join(codes(offices), ", "), "first", offices[0])
	}
	return tonghop.Fail("door.unknown", nil, "file", base, "folder", folder)
}

// mostCandidates are as many offices as a sentence can name.
const mostCandidates = 10

// candidates are the offices that the name of a subfolder may mean.
func (f *Folder) candidates(folder string) []string {
	if f.Candidates == nil || !utf8.ValidString(folder) {
		return nil
	}
	offices := f.Candidates(folder)
	return offices[:min(len(offices), mostCandidates)]
}

// codes are what offices are called by before the first blank.
func codes(offices []string) []string {
	out := make([]string, len(offices))
	for i, office := range offices {
		out[i], _, _ = strings.Cut(office, " ")
	}
	return out
}

// tooLarge says how large a file is and may be, also in whole MB.
func tooLarge(base string, size, limit int64) *tonghop.Error {
	e := tonghop.TooLarge(limit, size)
	e.Args["file"] = base
	return e
}

// limit is the most bytes of a file.
func (f *Folder) limit() int64 {
	if f.Limit > 0 {
		return f.Limit
	}
	return 20 * mb
}

// of is the office that a subfolder is for.
func (c *collect) of(folder string) office {
	of, known := c.offices[folder]
	if !known {
		of = c.officeOf(folder)
	}
	c.offices[folder] = of
	return of
}

// hopeless is after how many deliveries in a row that failed for no fault of
// their own the ledger or the vault is taken to be down.
const hopeless = 3

// turns hands over what waits: each office in its turn one delivery, so that a
// flood from one does not keep the others back. An office whose delivery failed
// keeps the rest until the next time, for files are judged in their order.
func (c *collect) turns(ctx context.Context, queues map[string][]*waiting) {
	failures := 0
	for codes := c.order(queues); len(codes) > 0; {
		var again []string
		for _, code := range codes {
			if err := ctx.Err(); err != nil {
				c.failed(err)
				return
			}
			batch, rest := c.batch(ctx, queues[code])
			if err := c.hand(ctx, batch); err != nil {
				c.failed(err)
				c.trouble[code] = true
				if failures++; failures == hopeless {
					return
				}
				continue
			}
			if failures = 0; len(rest) > 0 {
				queues[code], again = rest, append(again, code)
			}
		}
		codes = again
	}
}

// order lists the offices by code; those whose deliveries failed the last time
// come last, so that they never keep the others from their turn.
func (c *collect) order(queues map[string][]*waiting) []string {
	codes := slices.Sorted(maps.Keys(queues))
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.SortStableFunc(codes, func(a, b string) int {
		switch {
		case c.Folder.trouble[a] == c.Folder.trouble[b]:
			return 0
		case c.Folder.trouble[a]:
			return 1
		}
		return -1
	})
	return codes
}

// parcelled is a file with its parcel.
type parcelled struct {
	*waiting
	parcel tonghop.Parcel
}

// batch reads the files of one delivery, the first of the queue, and gives the
// rest of the queue.
func (c *collect) batch(ctx context.Context, queue []*waiting) (batch []parcelled, rest []*waiting) {
	most, mostBytes, bytes := c.MaxFiles, c.MaxBytes, int64(0)
	if most <= 0 {
		most = 50
	}
	if mostBytes <= 0 {
		mostBytes = 100 * mb
	}
	for i, w := range queue {
		if len(batch) == most || len(batch) > 0 && bytes+w.info.Size() > mostBytes {
			return batch, queue[i:]
		}
		p, ok, err := c.read(ctx, w)
		if err != nil {
			c.failed(err)
		}
		if ok {
			batch, bytes = append(batch, parcelled{w, p}), bytes+w.info.Size()
		}
	}
	return batch, nil
}

// hand hands over a delivery and lets go of its files. If the desk refuses it
// for the sake of one file, each file goes alone. An error says that the desk
// could not do its work: everything stays as it was.
func (c *collect) hand(ctx context.Context, batch []parcelled) error {
	if len(batch) == 0 {
		return nil
	}
	parcels := make([]tonghop.Parcel, len(batch))
	for i, b := range batch {
		parcels[i] = b.parcel
	}
	taken, err := c.deliver(ctx, parcels)
	switch {
	case err == nil && !eachTaken(taken, len(batch)):
		return c.notTaken(batch, fmt.Errorf("desk gave no receipt for one or more of %d files", len(batch)))
	case err == nil:
		fault.Reach(ctx, fault.Received)
		c.letGo(ctx, batch, taken)
		fault.Reach(ctx, fault.LetGo)
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("deliver %d files of %s: %w", len(batch), batch[0].office, err)
	case !refusal(err):
		return fmt.Errorf("deliver %d files of %s: %w", len(batch), batch[0].office, c.notTaken(batch, err))
	case len(batch) == 1:
		c.refuse(batch[0].waiting, err)
		return nil
	}
	for i := range batch {
		if err := c.hand(ctx, batch[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// eachTaken reports whether there is a submission for each of so many files.
func eachTaken(taken [][]tonghop.Submission, files int) bool {
	return len(taken) == files && !slices.ContainsFunc(taken, func(subs []tonghop.Submission) bool { return len(subs) == 0 })
}

// refusal reports whether an error of the desk is about the file; everything
// else is trouble of the ledger, the vault or the program, of which the sender
// need not know.
func refusal(err error) bool {
	kind, _, _ := strings.Cut(tonghop.CodeOf(err), ".")
	return kind == "file" || kind == "desk"
}

// refuse leaves a file with a word why.
func (c *collect) refuse(w *waiting, cause error) {
	kind := Refused
	if tonghop.CodeOf(cause) == "file.too_large" {
		kind = TooLarge
	}
	c.stay(w, kind, cause)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused == nil {
		c.refused = map[string]sighting{}
	}
	c.refused[w.path] = sighting{w.info, c.now()}
}

// refusedLately reports whether the desk refused this very file not long ago.
// It is asked again now and then, and by a new start of the program.
func (c *collect) refusedLately(w *waiting) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, known := c.refused[w.path]
	return known && same(s.info, w.info) && c.now().Sub(s.at).Abs() < orDuration(c.Patience, 15*time.Minute)
}
