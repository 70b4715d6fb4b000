package storetest

import (
	"sync"
	"testing"

	"github.com/tonghop/tonghop/internal/store"
)

// beatsCount: every sign of life counts, also of several at once, until the
// worker is forgotten.
func beatsCount(t *testing.T, db *store.DB) {
	list := func() []store.Beat {
		t.Helper()
		all, err := db.Beats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	same(t, "nobody", list(), nil)
	var wg sync.WaitGroup
	for _, worker := range []string{"máy-2/17", "máy-1/4", "máy-1/4"} {
		wg.Go(func() {
			for range 5 {
				if err := db.Beat(t.Context(), worker); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	same(t, "two", list(), []store.Beat{{Worker: "máy-1/4", Count: 10}, {Worker: "máy-2/17", Count: 5}})
	for _, worker := range []string{"máy-1/4", "nobody"} {
		if err := db.ForgetBeat(t.Context(), worker); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "one forgotten", list(), []store.Beat{{Worker: "máy-2/17", Count: 5}})
}
