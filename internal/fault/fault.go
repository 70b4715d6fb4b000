// Package fault names the points between the arrival of a file and the edition
// at which the program may be struck dead, and strikes there when a test asks
// for it. In every other run a point costs one look into the context and does
// nothing.
//
// It never decides anything and nothing may depend on it. Start reading at the
// list of points: a step that changes something outside the program has one
// before and one after it.
package fault

import (
	"context"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
)

// Point is a place in the program.
type Point string

// The points, in the order in which a file passes them.
const (
	Found       Point = "found"        // the door has read a file and not yet handed it over
	Kept        Point = "kept"         // the original is in the vault, not in the ledger
	Received    Point = "received"     // the ledger has the delivery; the door still has the file
	Moved       Point = "moved"        // the door has let go of one file of a delivery
	LetGo       Point = "let_go"       // the door has let go of the whole delivery
	Reading     Point = "reading"      // a job has begun to read
	Judged      Point = "judged"       // read and judged, nothing written
	Settled     Point = "settled"      // the verdict is in the ledger, the clerk not told
	Answering   Point = "answering"    // some files of a delivery have their letter
	Answered    Point = "answered"     // every letter is written, the job not yet done
	RunClaimed  Point = "run_claimed"  // a due run is claimed, its job waits
	Closing     Point = "closing"      // the job of a due run has begun
	Closed      Point = "closed"       // the period is closed, its edition asked for
	Assembled   Point = "assembled"    // the workbook is written, in no ledger
	EditionKept Point = "edition_kept" // the edition is in the ledger, in no folder
	HandingOut  Point = "handing_out"  // the workbook is in the folder under a temporary name
	HandedOut   Point = "handed_out"   // the workbook is in the folder; the run is not finished
	Finished    Point = "finished"     // the run has its outcome, its job is not yet done
)

// Points lists all of them in order.
func Points() []Point {
	return []Point{Found, Kept, Received, Moved, LetGo, Reading, Judged, Settled, Answering, Answered,
		RunClaimed, Closing, Closed, Assembled, EditionKept, HandingOut, HandedOut, Finished}
}

// key is where the context carries the plan.
type key struct{}

// plan says where to strike.
type plan struct {
	point  Point
	passes atomic.Int64 // how often the point is still to be passed unharmed
	strike func()
}

// With plans a strike: spec is a point, or point:n for the n-th time that it is
// reached. strike is what happens there; nil kills the process as a power cut
// would, without any chance to tidy up. An empty spec plans nothing.
func With(ctx context.Context, spec string, strike func()) context.Context {
	if spec == "" {
		return ctx
	}
	name, count, _ := strings.Cut(spec, ":")
	p := &plan{point: Point(name), strike: strike}
	if n, err := strconv.Atoi(count); err == nil && n > 1 {
		p.passes.Store(int64(n - 1))
	}
	if p.strike == nil {
		p.strike = kill
	}
	return context.WithValue(ctx, key{}, p)
}

// Reach says that the program is at a point.
func Reach(ctx context.Context, at Point) {
	p, ok := ctx.Value(key{}).(*plan)
	if ok && p.point == at && p.passes.Add(-1) < 0 {
		p.strike()
	}
}

// kill ends the process with no deferred call run.
func kill() {
	if p, err := os.FindProcess(os.Getpid()); err == nil {
		_ = p.Kill()
	}
	select {} // the signal is on its way
}
