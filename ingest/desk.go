package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
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
// a time gets that of the clock. It is one file, whatever is in it.
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
	sha256, err := d.put(ctx, p)
	if err != nil {
		return tonghop.Submission{}, err
	}
	sub, err := d.Ledger.Receive(ctx, p, sha256)
	if err != nil {
		return tonghop.Submission{}, fmt.Errorf("write %q in the ledger: %w", p.Name, err)
	}
	return sub, nil
}

// Keep keeps the bytes of an archive as it was sent, for whoever hands over its
// files one by one. It gets no receipt: its files do.
func (d *Desk) Keep(ctx context.Context, p tonghop.Parcel) error {
	if err := checkSize(d.Limits, p); err != nil {
		return fmt.Errorf("keep %q: %w", p.Name, err)
	}
	_, err := d.put(ctx, p)
	return err
}

// put brings the bytes of a parcel into the vault.
func (d *Desk) put(ctx context.Context, p tonghop.Parcel) (sha256 string, err error) {
	if sha256, err = d.Vault.Put(ctx, bytes.NewReader(p.Bytes)); err != nil {
		return "", fmt.Errorf("keep %q: %w", p.Name, err)
	}
	return sha256, nil
}

// Deliver takes a delivery, the parcels that one office handed in at once: the
// originals go to the vault, then all parcels together into the ledger, and
// their submissions with the receipts come back, those of each parcel together,
// in order. A parcel whose key is known gets the receipt that it has. It is a
// [Deliver] for the doors.
//
// An archive of files is opened: each of its files that could be a report by its
// name is a submission, and the archive itself is kept beside them. One that
// cannot be taken whole, for whatever reason, is one submission like any other
// file, and is refused when it is read.
//
// One parcel over the limit refuses the whole delivery with file.too_large
// (file, limit, size), and several parcels that hold more than one archive may
// hold refuse it with desk.crowded (files); each of them alone is taken then. On
// any other error too the ledger has nothing of it.
func (d *Desk) Deliver(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
	for _, p := range parcels {
		if err := checkSize(d.Limits, p); err != nil {
			return nil, fmt.Errorf("receive %q: %w", p.Name, err)
		}
	}
	all, err := d.open(parcels)
	if err != nil {
		return nil, err
	}
	var files []tonghop.Parcel
	var digests []string
	for _, o := range all {
		if o.archive != nil {
			if _, err := d.put(ctx, *o.archive); err != nil {
				return nil, err
			}
		}
		for _, p := range o.files {
			sha256, err := d.put(ctx, p)
			if err != nil {
				return nil, err
			}
			files, digests = append(files, p), append(digests, sha256)
		}
	}
	fault.Reach(ctx, fault.Kept)
	subs, err := d.Ledger.Deliver(ctx, files, digests)
	if err == nil && len(subs) != len(files) {
		err = fmt.Errorf("%d receipts for %d files", len(subs), len(files))
	}
	if err != nil {
		return nil, fmt.Errorf("write a delivery of %d in the ledger: %w", len(files), err)
	}
	return grouped(all, subs), nil
}

// Now is the time by the desk's clock.
func (d *Desk) Now() time.Time {
	if d.Clock != nil {
		return d.Clock()
	}
	return time.Now()
}
