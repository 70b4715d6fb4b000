package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// june and may are the periods of the tests.
func june() tonghop.Period { return tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6} }
func may() tonghop.Period  { return tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 5} }

// digest is the SHA-256 of a text, for files that need no bytes.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// open opens a ledger for the length of a test.
func open(t testing.TB, place string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// send hands in a file with a content that stands for its bytes.
func send(t testing.TB, db *store.DB, content string, expect tonghop.Period) tonghop.Submission {
	t.Helper()
	sub, err := db.Receive(t.Context(), tonghop.Parcel{
		Door: "command", Name: "huyện/" + content + ".xlsx", Sender: "lan@example.vn", Bytes: []byte(content),
		Received: time.Date(2023, 7, 3, 8, 15, 0, 123456789, time.FixedZone("", 7*3600)), Expect: expect,
	}, digest(content))
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

// report is a small return of an office for June.
func report(office string, state tonghop.State) tonghop.Return {
	r := tonghop.Return{
		Form: "xa-ntm", Province: "84", Period: june(), AsOf: "2023-06-30", State: state,
		Office: tonghop.Unit{Code: office, Name: "Huyện Trà Cú", Kind: tonghop.Huyen, Parent: "84"},
		Rows: []tonghop.Row{{Unit: "29503", Name: "Ngọc Biên", Values: []tonghop.Value{
			{Field: "10", Number: decimal.NewNullDecimal(decimal.RequireFromString("43.2")), Raw: "43,2",
				Ref: tonghop.Ref{Sheet: "Biểu 03", Row: 14, Col: 6}},
		}}},
	}
	if state != tonghop.Accepted {
		r.Findings = []tonghop.Finding{{Rule: "DOC-001", Severity: tonghop.Query, Holds: state == tonghop.Held}}
	}
	return r
}

// unplaced is a return of a file in which nothing was recognised.
func unplaced() tonghop.Return {
	return tonghop.Return{State: tonghop.Rejected,
		Findings: []tonghop.Finding{{Rule: "DOC-002", Severity: tonghop.Reject}}}
}

// settle sends a file and settles its returns.
func settle(t testing.TB, db *store.DB, content string, returns ...tonghop.Return) []tonghop.Return {
	t.Helper()
	return settleSub(t, db, send(t, db, content, tonghop.Period{}), returns...)
}

// settleSub settles the returns of a submission.
func settleSub(t testing.TB, db *store.DB, sub tonghop.Submission, returns ...tonghop.Return) []tonghop.Return {
	t.Helper()
	out, err := db.Settle(t.Context(), sub, returns)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// load reads the returns that a filter chooses.
func load(t testing.TB, db *store.DB, f store.Filter) []tonghop.Return {
	t.Helper()
	var all []tonghop.Return
	for r, err := range db.Returns(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// stands tells of each return its receipt, place, version, state and whether
// it is current.
func stands(returns []tonghop.Return) []string {
	var lines []string
	for _, r := range returns {
		mark := ""
		if r.Current {
			mark = " current"
		}
		place := r.Office.Code
		if place == "" {
			place = "-"
		}
		lines = append(lines, fmt.Sprintf("%s %s v%d %s%s", r.Submission.Receipt, place, r.Version, r.State, mark))
	}
	return lines
}

// states tells of each submission its receipt and state.
func states(t testing.TB, db *store.DB, f store.Filter) []string {
	t.Helper()
	var lines []string
	for s, err := range db.Submissions(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, s.Receipt+" "+string(s.State))
	}
	return lines
}

// reporter is a test, whether of the standard library or of rapid.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// same compares; a missing list equals an empty one, figures compare by value.
func same[T any](t reporter, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// code checks the code of an error.
func code(t testing.TB, err error, want string) {
	t.Helper()
	if got := tonghop.CodeOf(err); got != want {
		t.Errorf("got error %v, want code %s", err, want)
	}
}
