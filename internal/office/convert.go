package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/tonghop/tonghop"
)

// Converter turns a spreadsheet that we do not read into .xlsx by LibreOffice.
// It works on one file at a time; others wait for their turn. Its fields are
// set before the first call.
type Converter struct {
	Program string         // path of soffice; see [Find]
	Time    time.Duration  // of one call, the wait for its turn not counted; default 60 s
	Bytes   int64          // most bytes of the result, and of the file itself; default 20 MB
	Memory  int64          // most private memory of the program in bytes, on Linux; default 1 GB
	Dir     string         // where the folder of a call is made; "" is the system's for temporary files
	Limits  tonghop.Limits // what the file and the result may hold

	once sync.Once
	turn chan struct{} // holds one token
	open bool          // no walls, for tests
}

// Convert gives the spreadsheet b as the bytes of an .xlsx workbook. kind is
// one of [Kinds]. Every cell with content of b stands in the result at the same
// place with the same number, truth, error or text.
//
// Errors for people are those of the file: file.damaged, file.encrypted,
// file.bomb, file.too_large and their kin; and those of converting:
//
//	convert.kind (kind)               this kind is not converted
//	convert.none                      the program is not there or does not start
//	convert.time (limit)              it took longer than Time; limit in whole seconds
//	convert.too_large (limit, limit_mb)  the result is larger than Bytes
//	convert.content (kind, detail)    the file has something whose conversion cannot be proven
//	convert.differs (cell)            this cell is not in the result as it is in the file
//	convert.failed (kind)             LibreOffice gave no workbook
//
// If ctx ends first, the error is its cause.
func (c *Converter) Convert(ctx context.Context, kind string, b []byte) ([]byte, error) {
	k, ok := kinds[kind]
	if !ok {
		return nil, tonghop.Fail("convert.kind", nil, "kind", kind)
	}
	if limit := c.bytes(); int64(len(b)) > limit {
		return nil, tonghop.TooLarge(limit, int64(len(b)))
	}
	release, err := c.wait(ctx) // also for the look at the file, which may be large
	if err != nil {
		return nil, err
	}
	defer release()
	acc, err := k.take(b, c.Limits)
	if err != nil {
		return nil, err
	}
	out, err := c.run(ctx, call{ext: k.ext, filter: k.filter, settings: settings}, b)
	if err != nil {
		return nil, withKind(err, kind)
	}
	if err := acc.compare(out, c.Limits); err != nil {
		return nil, withKind(err, kind)
	}
	return out, nil
}

// withKind tells the kind in the errors that name it.
func withKind(err error, kind string) error {
	var e *tonghop.Error
	if errors.As(err, &e) && e.Code == "convert.failed" {
		e.Args = map[string]string{"kind": kind}
	}
	return err
}

// wait waits for the turn of this call; release gives it back.
func (c *Converter) wait(ctx context.Context) (release func(), err error) {
	c.once.Do(func() { c.turn = make(chan struct{}, 1) })
	if ctx.Err() != nil { // a free turn would win half the time
		return nil, context.Cause(ctx)
	}
	select {
	case c.turn <- struct{}{}:
		return func() { <-c.turn }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (c *Converter) time() time.Duration {
	if c.Time > 0 {
		return c.Time
	}
	return time.Minute
}

func (c *Converter) bytes() int64 {
	if c.Bytes > 0 {
		return c.Bytes
	}
	return 20 * tonghop.MB
}

func (c *Converter) memory() int64 {
	if c.Memory > 0 {
		return c.Memory
	}
	return 1 << 30
}

// overTime is the error of a call that took too long.
func (c *Converter) overTime() error {
	seconds := int64((c.time() + time.Second - 1) / time.Second)
	return tonghop.Fail("convert.time", nil, "limit", strconv.FormatInt(seconds, 10))
}

// checkResult judges the bytes that LibreOffice wrote.
func (c *Converter) checkResult(out []byte) error {
	if limit := c.bytes(); int64(len(out)) > limit {
		return tonghop.Fail("convert.too_large", nil,
			"limit", strconv.FormatInt(limit, 10), "limit_mb", strconv.FormatInt(limit/tonghop.MB, 10))
	}
	if !bytes.HasPrefix(out, []byte("PK\x03\x04")) {
		return tonghop.Fail("convert.failed", fmt.Errorf("the result begins with %x", out[:min(len(out), 4)]))
	}
	return nil
}
