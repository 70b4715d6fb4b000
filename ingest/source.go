package ingest

import (
	"context"

	"github.com/tonghop/tonghop"
)

// Deliver hands one delivery over to the desk: the files that one office handed
// in at once, or one file. When every one of them is safe it returns for each
// parcel, in order, the submissions that it became: one, or, if it was an
// archive of files, one for each file in it, and at least one. On an error
// nothing of the delivery was taken, and the door keeps all of it.
type Deliver = func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error)

// Source is a door: a way in which files come without anybody at the keyboard.
// The promises that every door keeps are the tests of ingest/source/doortest.
type Source interface {
	// Name is the door's name in the configuration, which stands in
	// Parcel.Door and Submission.Door.
	Name() string

	// Collect looks once for what waits, hands it over, and lets go of each
	// file only after the desk has it. What the desk refuses stays where it
	// is, with a word to its sender. One file that fails does not keep the
	// others back: the error tells of all of them together.
	Collect(ctx context.Context, deliver Deliver) error

	// Answer brings the verdict on a submission of this door to its sender,
	// also on one that came in an archive: that of its name, "/", its own.
	// Answering again with the same letter changes nothing.
	Answer(ctx context.Context, sub tonghop.Submission, letter string) error
}
