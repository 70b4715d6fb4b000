package tonghop

import "time"

// State is how far a submission or a return has come.
type State string

// The states. Only an accepted return supersedes another and enters an
// edition; held is a question to a person.
const (
	Received   State = "received"
	Accepted   State = "accepted"
	Rejected   State = "rejected"
	Held       State = "held"
	Superseded State = "superseded" // a later version stands in its place
	Unchanged  State = "unchanged"  // the same file as the version that stands
)

// Submission is a parcel that the desk has taken: it has a receipt, its
// original is kept under its digest, and it holds one or more returns.
type Submission struct {
	Receipt  string // "TH-000417"
	Name     string // the parcel's file name
	Door     string
	Sender   string
	SHA256   string // of the bytes, lower-case hex
	Size     int64
	Received time.Time
	Expect   Period
	State    State
	Office   string // code of the unit that the door vouched for; "" = none
	Delivery string // receipt of the first of the files that came in together
}
