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

	// Office is the code of the unit that the door vouches for: its folder, its
	// login. "" = the door does not know who sent it.
	Office string
	// Key is the door's own name of this one arrival, never used for another.
	// The desk takes a key once; a parcel that comes again with it, because the
	// door was stopped before it could let go, gets the receipt that it has.
	// "" = the door cannot repeat itself.
	Key string
	// Delivery is the receipt of the first of the files that come in together
	// with this one, where they are handed to the desk one by one; "" = this is
	// the first, or they are handed over at once.
	Delivery string

	// Converted is the format of the file that came, "xlsb", where Bytes are what
	// another program made of it to be read; "" = Bytes are what came.
	Converted string

	// After is what the office reported in files that are not in the ledger yet,
	// where whoever hands this one over knows them.
	After History

	// Trial are answers about an office's layout that are tried out: they are used
	// in the place of those that are remembered of the same layouts.
	Trial []Variant
	// Tables asks the reader to say how it recognised the columns, for somebody who
	// is asked about them.
	Tables bool
}
