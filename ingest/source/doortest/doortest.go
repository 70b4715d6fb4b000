// Package doortest holds the promises that every door keeps, as one suite: what
// is put in at the sender's side is neither lost nor doubled, whatever fails and
// whenever the program is struck dead.
//
// It works with a real desk, a real ledger and a real vault, and kills real
// processes. It knows a door only as a [ingest.Source] and as its senders do.
// Start reading at [Run], whose list of promises is the contents; [Door] is what
// a new door has to bring.
package doortest

import (
	"io"
	"testing"

	"github.com/tonghop/tonghop/ingest"
)

// Door is what the suite must know of a kind of door.
type Door struct {
	// Open gives an instance of the door at a place, as a start of the program
	// does. It is called in other processes too. The door knows the offices of
	// [Offices] and waits for minutes for the rest of a file that is not whole,
	// but needs no more than a fraction of a second for one that is.
	Open func(place string) ingest.Source

	// Senders makes an empty place and gives the side of its senders.
	Senders func(t *testing.T) Senders
}

// Senders are at the other side of the door.
type Senders interface {
	// Place is where the door is, for Open.
	Place() string
	// Put hands in a file. One of the same office and name that still waits is
	// replaced.
	Put(t *testing.T, f File)
	// Waiting lists what is still at the side of its sender.
	Waiting(t *testing.T) []File
	// Back lists what came back to an office: letters, and notes about files
	// that were not taken.
	Back(t *testing.T, office string) []string
}

// Growing are senders at whose door a file can be seen while it is still being
// written.
type Growing interface {
	Senders
	// Grow begins a file; what is written is there at once.
	Grow(t *testing.T, office, name string) io.WriteCloser
	// Rename gives a file that waits another name.
	Rename(t *testing.T, office, from, to string)
}

// Owning are senders at whose door a file has an owner and rights, which somebody
// may put in order while it waits.
type Owning interface {
	Senders
	// Own changes the rights of a file that waits, and nothing else of it.
	Own(t *testing.T, f File)
}

// File is a file of a sender.
type File struct {
	Office string // code
	Name   string // last part only
	Bytes  []byte
}

// Offices are the offices that hand in, by code: the name under which the door
// knows each, that of its folder or its login.
func Offices() map[string]string {
	return map[string]string{traCu: "Huyện Trà Cú", cauKe: "Huyện Cầu Kè"}
}

const (
	traCu = "849"
	cauKe = "845"
)

// Run tests every promise, each at a place of its own. The test binary must
// begin with [Main].
func Run(t *testing.T, door Door) {
	promises := []struct {
		name string
		test func(*province)
	}{
		{"what is put in comes to the ledger once, with its bytes and its office", comesOnce},
		{"nothing is lost or doubled on any way", randomWays},
		{"the same bytes handed in later are a new submission", sameBytesLater},
		{"two senders are kept apart", sendersApart},
		{"files found together are one delivery", oneDelivery},
		{"each file of an archive is taken as if it had come beside the others", archive},
		{"an archive that cannot be taken whole is one submission", brokenArchive},
		{"what is refused stays, with a word to its sender", refusedStays},
		{"a ledger that fails leaves everything in place", ledgerFails},
		{"a vault that fails leaves everything in place", vaultFails},
		{"answers arrive, and twice is once", answersArrive},
		{"awkward names survive", awkwardNames},
		{"a flood of one sender keeps no other back", floodKeepsNobodyBack},
		{"a file without its end is not read", endMissing},
		{"a file is not read while it grows", growing},
		{"a file that is renamed into place is read whole", renamedIntoPlace},
		{"two instances take each file once", twoInstances},
		{"an instance that dies again and again loses and doubles nothing", diesAgain},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.test(newProvince(t, door))
		})
	}
	for _, strike := range []string{"received:1", "received:2", "moved:1", "moved:2", "let_go:1"} {
		t.Run("rights that change after it was struck dead at "+strike+" double nothing", func(t *testing.T) {
			t.Parallel()
			rightsChange(newProvince(t, door), strike)
		})
	}
	for _, strike := range strikes() {
		t.Run("struck dead at "+strike+" it loses and doubles nothing", func(t *testing.T) {
			t.Parallel()
			struckDead(newProvince(t, door), strike)
		})
	}
}
