package tonghop

import "time"

// Parcel is what came in through a door, unjudged.
type Parcel struct {
	Door     string // "command", "folder"…
	Name     string // file name, relative to what was handed in; a hint, never trusted
	Sender   string // who handed it in, as far as the door knows
	Received time.Time
	Bytes    []byte
	Expect   Period // the period somebody expects it to be of; zero if nobody said
}
