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

// Place names a place for a ledger of its own to one test, where nothing is
// yet: what store.Open takes.
type Place func(t testing.TB) string

// Run tests every promise, each on a ledger of its own.
func Run(t *testing.T, place Place) {
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
		{"texts that cannot be stored are replaced", storableTexts},
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
		{"the last report is the nearest accepted one", lastAccepted},
		{"the last report is that of a file's own time", lastOfItsTime},
		{"explanations are kept and decided once", explanationsKept},
		{"an explanation is kept once for its cells", explanationsOnce},
		{"readers see one state while others write", readersUndisturbed},
		{"reading may stop early", readingStops},
		{"submissions are chosen", filterSubmissions},
		{"editions count issues", editionsCount},
		{"the same inputs give the same edition", editionsSameInputs},
		{"an issue that was taken is refused", editionsTaken},
		{"an edition may not name an unknown receipt", editionsUnknownReceipt},
		{"one edition among many writers", editionsAmongWriters},
		{"a delivery has its receipts in order and one task", deliveryWritten},
		{"a task says how many deliveries of its office wait", deliveryWaits},
		{"a key is taken once", deliverySeenBefore},
		{"a delivery without its task is not there", deliveryUndone},
		{"what is no delivery is refused", deliveryNonsense},
		{"several submissions are settled as one after the other", together},
		{"what was not accepted can be read once more", reopened},
		{"what stands accepted can be read once more", readAgain},
		{"the same file twice in one call is one version", togetherSameFile},
		{"several submissions are settled all or none", togetherOrNot},
		{"an office's deliveries are settled in order", officeInOrder},
		{"a closed period asks for its edition", periodCloses},
		{"a period is not closed without its task", closingUndone},
		{"a late return asks once until its edition is begun", lateAsks},
		{"late returns that come together ask together", lateTogether},
		{"without a queue nothing is noted as asked for", lateWithoutQueue},
		{"a due time is claimed once", runClaimedOnce},
		{"a covered run has no task", runCovered},
		{"a run without its task is not claimed", runUndone},
		{"a run is finished once", runFinishedOnce},
		{"the latest runs are listed, old ones forgotten", runsListed},
		{"schedules are remembered", schedulesRemembered},
		{"signs of life are counted", beatsCount},
		{"answers about layouts are remembered", answersRemembered},
		{"answers about layouts are withdrawn", answersWithdrawn},
		{"one answer among many writers counts", answersOfWriters},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.test(t, open(t, place(t)))
		})
	}
	races(t, place)
}
