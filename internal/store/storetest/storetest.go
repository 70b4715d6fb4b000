// Package storetest holds the promises of the ledger as one suite, so that
// every database that it can stand in keeps the same ones.
//
// It knows the ledger only by its exported methods and never looks at a table.
// Start reading at [Run], whose list of promises is the contents.
package storetest

import (
	"testing"

	"github.com/tonghop/tonghop/internal/store"
)

// Open gives an empty ledger of its own to one test, which closes it in the
// end.
type Open func(t *testing.T) *store.DB

// Run tests every promise, each on a ledger of its own.
func Run(t *testing.T, open Open) {
	promises := []struct {
		name string
		test func(t *testing.T, db *store.DB)
	}{
		{"receipts rise without gaps", receiptsRise},
		{"receipts are unique among many writers", receiptsAmongWriters},
		{"a parcel that was not written leaves no gap", receiptsAfterFailure},
		{"a submission is found by its receipt", submissionFound},
		{"what is settled comes back equal", comesBackEqual},
		{"no field of a return is forgotten", noFieldForgotten},
		{"figures stay exact", figuresStayExact},
		{"an accepted return supersedes", acceptedSupersedes},
		{"the file that stands changes nothing", sameFileUnchanged},
		{"an older file sent again is a new version", olderFileAgain},
		{"a held or rejected return replaces nothing that stands", heldReplacesNothing},
		{"the latest question of a series is the open one", questionsAnswered},
		{"a held file sent again is judged again", heldAgain},
		{"a file without a place waits under its own bytes", unplacedFile},
		{"a file that finds its place leaves the unplaced ones", unplacedFindsPlace},
		{"a submission may hold several returns", severalReturns},
		{"the returns of one submission do not answer each other", noMutualAnswer},
		{"a submission is settled once", settledOnce},
		{"what cannot be settled leaves nothing", nothingHalfWritten},
		{"two writers on one office get two versions", writersOnOneOffice},
		{"a period shows its own returns", filterReturns},
		{"a period shows what was expected for it", filterExpected},
		{"returns come in register order", registerOrder},
		{"readers see one state while others write", readersUndisturbed},
		{"reading may stop early", readingStops},
		{"submissions are chosen", filterSubmissions},
		{"editions count issues", editionsCount},
		{"the same inputs give the same edition", editionsSameInputs},
		{"an issue that was taken is refused", editionsTaken},
		{"an edition may not name an unknown receipt", editionsUnknownReceipt},
		{"one edition among many writers", editionsAmongWriters},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.test(t, open(t))
		})
	}
}
