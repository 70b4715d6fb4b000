package jail

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
)

// requestMost is the longest request that a child reads, in bytes.
const requestMost = 1 << 30

// Serve makes this process a child: it takes its limits on and answers requests
// from in on out until in ends. It is the first thing that the process does.
// The types are those of [Do].
func Serve[Q, A any](in io.Reader, out io.Writer, answer func(Q) (A, error)) error {
	if err := Confine(); err != nil {
		return err
	}
	c := newWire(in, out, requestMost)
	for {
		var request Q
		if err := c.receive(&request); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		a, err := answer(request)
		if err != nil {
			return fmt.Errorf("answer request: %w", err)
		}
		if err := c.send(a); err != nil {
			return fmt.Errorf("send answer: %w", err)
		}
	}
}

// garbage is how much a child may allocate between two collections, in percent
// of what it holds. It holds little, so the usual 100 collects all the time.
const garbage = 200

// Confine takes on the limits that the parent has set: memory, no file may be
// written, no core. The collector keeps well below the limit. A child works on
// one request and takes one processor for it: the others are the other
// children's, and a collector that runs beside it on every idle one only takes
// them away.
func Confine() error {
	data, err := strconv.ParseInt(os.Getenv(dataVariable), 10, 64)
	if err != nil || data <= 0 {
		return fmt.Errorf("read %s: not a number of bytes", dataVariable)
	}
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(garbage)
	debug.SetMemoryLimit(data / 2)
	debug.SetMaxStack(64 * mb) // endless recursion ends before it takes all memory
	return confine(uint64(data))
}
