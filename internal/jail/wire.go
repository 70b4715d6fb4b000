package jail

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
)

// errLong is a message over the limit.
var errLong = errors.New("message is too long")

// keepMost is how large a buffer may be that is kept for the next message.
const keepMost = 1 << 20

// wire carries values between a parent and its child: each in one frame with
// its length ahead, so that the receiver takes no more than it allows. The types
// are described once in the life of a child, not with every value: that costs
// more than the values of a usual form.
type wire struct {
	r    io.Reader
	w    io.Writer
	most int64 // bytes of a frame that is received

	out bytes.Buffer
	in  bytes.Reader
	enc *gob.Encoder
	dec *gob.Decoder
}

// newWire makes a wire that receives frames of at most most bytes from r and
// sends to w.
func newWire(r io.Reader, w io.Writer, most int64) *wire {
	c := &wire{r: r, w: w, most: most}
	c.enc, c.dec = gob.NewEncoder(&c.out), gob.NewDecoder(&c.in)
	return c
}

// send sends a value. After an error the wire is of no more use.
func (c *wire) send(v any) error {
	c.out.Reset()
	c.out.Write(make([]byte, 8)) // the length
	if err := c.enc.Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	frame := c.out.Bytes()
	binary.BigEndian.PutUint64(frame, uint64(len(frame)-8))
	_, err := c.w.Write(frame)
	if c.out.Cap() > keepMost {
		c.out = bytes.Buffer{}
	}
	return err
}

// receive waits for a frame and stores its value in v, a pointer to a zero
// value. At the end of the stream the error is io.EOF.
func (c *wire) receive(v any) error {
	var head [8]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint64(head[:])
	if n > uint64(c.most) {
		return errLong
	}
	frame := make([]byte, n)
	if _, err := io.ReadFull(c.r, frame); err != nil {
		return fmt.Errorf("receive: %w", err)
	}
	c.in.Reset(frame)
	if err := c.dec.Decode(v); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	c.in.Reset(nil)
	return nil
}
