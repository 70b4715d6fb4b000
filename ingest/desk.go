package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// Vault keeps originals: Put returns the SHA-256 of what r gives, in lower-case
// hex, once it is safe on the disk.
type Vault interface {
	Put(ctx context.Context, r io.Reader) (sha256 string, err error)
}

// Ledger writes down what came in and numbers it.
type Ledger interface {
	Receive(ctx context.Context, p tonghop.Parcel, sha256 string) (tonghop.Submission, error)

	// Deliver writes down the parcels that came in together, all or none;
	// one whose key is known comes back with the receipt that it has.
	Deliver(ctx context.Context, parcels []tonghop.Parcel, digests []string) ([]tonghop.Submission, error)
}

// checkSize refuses a parcel that is over the limit, by its name.
func checkSize(l tonghop.Limits, p tonghop.Parcel) error {
	err := l.CheckSize(int64(len(p.Bytes)))
	var e *tonghop.Error
	if errors.As(err, &e) {
		e.Args["file"] = path.Base(p.Name)
	}
	return err
}

// Desk takes parcels. It may be used by many goroutines at once.
type Desk struct {
	Ledger Ledger
	Vault  Vault
	Clock  func() time.Time // nil = time.Now; asked when the door did not say when
	Limits tonghop.Limits
}

// Receive takes a parcel: the original goes to the vault, then the parcel into
// the ledger, and the submission with its receipt comes back. A parcel without
// a time gets that of the clock.
//
// A parcel over the limit is refused with file.too_large (file, limit, size)
// and nothing of it is kept. If the ledger fails, the original stays in the
// vault without a receipt, which harms nobody; the door still has the file.
func (d *Desk) Receive(ctx context.Context, p tonghop.Parcel) (tonghop.Submission, error) {
	if err := checkSize(d.Limits, p); err != nil {
		return tonghop.Submission{}, fmt.Errorf("receive %q: %w", p.Name, err)
	}
	if p.Received.IsZero() {
		p.Received = d.Now()
	}
	sha256, err := d.Vault.Put(ctx, bytes.NewReader(p.Bytes))
	if err != nil {
		return tonghop.Submission{}, fmt.Errorf("keep %q: %w", p.Name, err)
	}
	sub, err := d.Ledger.Receive(ctx, p, sha256)
	if err != nil {
		return tonghop.Submission{}, fmt.Errorf("write %q in the ledger: %w", p.Name, err)
	}
	return sub, nil
}

// Deliver takes a delivery, the parcels that one office handed in at once: the
// originals go to the vault, then all parcels together into the ledger, and
// their submissions with the receipts come back in order. A parcel whose key is
// known gets the receipt that it has. It is a [Deliver] for the doors.
//
// One parcel over the limit refuses the whole delivery with file.too_large
// (file, limit, size) and nothing of it is kept; on any other error the ledger has
// nothing of it.
func (d *Desk) Deliver(ctx context.Context, parcels []tonghop.Parcel) ([]tonghop.Submission, error) {
	for _, p := range parcels {
		if err := checkSize(d.Limits, p); err != nil {
			return nil, fmt.Errorf("receive %q: %w", p.Name, err)
		}
	}
	parcels, now := slices.Clone(parcels), d.Now()
	digests := make([]string, len(parcels))
	for i := range parcels {
		p := &parcels[i]
		if p.Received.IsZero() {
			p.Received = now
		}
		var err error
		if digests[i], err = d.Vault.Put(ctx, bytes.NewReader(p.Bytes)); err != nil {
			return nil, fmt.Errorf("keep %q: %w", p.Name, err)
		}
	}
	fault.Reach(ctx, fault.Kept)
	subs, err := d.Ledger.Deliver(ctx, parcels, digests)
	if err != nil {
		return nil, fmt.Errorf("write a delivery of %d in the ledger: %w", len(parcels), err)
	}
	return subs, nil
}

// Now is the time by the desk's clock.
func (d *Desk) Now() time.Time {
	if d.Clock != nil {
		return d.Clock()
	}
	return time.Now()
}
