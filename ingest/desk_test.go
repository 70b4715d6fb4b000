package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// defaultBytes is the most bytes of a file where nobody says otherwise.
var defaultBytes = int(tonghop.Limits{}.WithDefaults().Bytes)

// shelf is a vault in memory; book is a ledger in memory. Each notes what was
// asked of it, and fails when it is told to.
type shelf struct {
	mu    sync.Mutex
	kept  map[string]string
	fails error
}

func (s *shelf) Put(_ context.Context, r io.Reader) (string, error) {
	b, err := io.ReadAll(r)
	if err != nil || s.fails != nil {
		return "", errors.Join(err, s.fails)
	}
	sum := sha256.Sum256(b)
	name := hex.EncodeToString(sum[:])
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]string{}
	}
	s.kept[name] = string(b)
	return name, nil
}

type book struct {
	shelf *shelf
	lines []tonghop.Submission
	fails error
}

func (b *book) Receive(_ context.Context, p tonghop.Parcel, sha256 string) (tonghop.Submission, error) {
	if b.fails != nil {
		return tonghop.Submission{}, b.fails
	}
	if b.shelf.kept[sha256] != string(p.Bytes) {
		return tonghop.Submission{}, errors.New("a receipt before the original was kept")
	}
	sub := tonghop.Submission{Receipt: "TH-000001", Name: p.Name, Door: p.Door, Sender: p.Sender, SHA256: sha256,
		Size: int64(len(p.Bytes)), Received: p.Received, Expect: p.Expect, State: tonghop.Received}
	b.lines = append(b.lines, sub)
	return sub, nil
}

func (b *book) Deliver(ctx context.Context, parcels []tonghop.Parcel, digests []string) ([]tonghop.Submission, error) {
	var subs []tonghop.Submission
	for i, p := range parcels {
		sub, err := b.Receive(ctx, p, digests[i])
		if err != nil {
			return nil, err
		}
		subs = append(subs, sub)
	}
	return subs, nil
}

// noon is the clock of the tests.
func noon() time.Time { return time.Date(2023, 7, 3, 12, 0, 0, 0, time.UTC) }

// newDesk is a desk over memory.
func newDesk() (*Desk, *shelf, *book) {
	s := &shelf{}
	b := &book{shelf: s}
	return &Desk{Ledger: b, Vault: s, Clock: noon}, s, b
}

func TestReceiveKeepsThenWrites(t *testing.T) {
	d, s, b := newDesk()
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	got, err := d.Receive(t.Context(), tonghop.Parcel{Door: "command", Name: "tháng 6/TC.xlsx", Sender: "lan",
		Bytes: []byte("no workbook at all"), Expect: june})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("no workbook at all"))
	want := tonghop.Submission{Receipt: "TH-000001", Name: "tháng 6/TC.xlsx", Door: "command", Sender: "lan",
		SHA256: hex.EncodeToString(sum[:]), Size: 18, Received: noon(), Expect: june, State: tonghop.Received}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("submission (-want +got):\n%s", diff)
	}
	if len(s.kept) != 1 || len(b.lines) != 1 {
		t.Errorf("kept %d, wrote %d", len(s.kept), len(b.lines))
	}
}

func TestReceiveTime(t *testing.T) {
	d, _, _ := newDesk()
	earlier := noon().Add(-time.Hour)
	if sub, err := d.Receive(t.Context(), tonghop.Parcel{Received: earlier}); err != nil || !sub.Received.Equal(earlier) {
		t.Errorf("the door's time was changed to %v, %v", sub.Received, err)
	}
	d.Clock = nil
	if sub, err := d.Receive(t.Context(), tonghop.Parcel{}); err != nil || time.Since(sub.Received).Abs() > time.Minute {
		t.Errorf("without a clock: %v, %v", sub.Received, err)
	}
}

func TestReceiveLimit(t *testing.T) {
	for _, c := range []struct {
		limit int64
		size  int
		taken bool
	}{
		{0, 0, true}, {0, defaultBytes, true}, {0, defaultBytes + 1, false}, {10, 10, true}, {10, 11, false},
	} {
		d, s, b := newDesk()
		d.Limits.Bytes = c.limit
		_, err := d.Receive(t.Context(), tonghop.Parcel{Bytes: make([]byte, c.size)})
		if c.taken != (err == nil) {
			t.Errorf("limit %d, size %d: %v", c.limit, c.size, err)
		}
		if c.taken {
			continue
		}
		if tonghop.CodeOf(err) != "file.too_large" || len(s.kept) != 0 || len(b.lines) != 0 {
			t.Errorf("limit %d, size %d: %v, kept %d, wrote %d", c.limit, c.size, err, len(s.kept), len(b.lines))
		}
	}
	var e *tonghop.Error
	if !errors.As(tonghop.Limits{Bytes: 10}.CheckSize(11), &e) || e.Args["limit"] != "10" || e.Args["size"] != "11" {
		t.Errorf("args: %v", e)
	}
	d, _, _ := newDesk()
	large := tonghop.Parcel{Name: "849 Trà Cú/BC.xlsx", Bytes: make([]byte, defaultBytes+1)}
	_, received := d.Receive(t.Context(), large)
	_, delivered := d.Deliver(t.Context(), []tonghop.Parcel{{Name: "a.xlsx"}, large})
	for _, err := range []error{received, delivered} {
		if !errors.As(err, &e) || e.Args["file"] != "BC.xlsx" || e.Args["limit_mb"] != "20" || e.Args["size_mb"] != "21" {
			t.Errorf("too large: %v", err)
		}
	}
}

func TestReceiveFailures(t *testing.T) {
	full := errors.New("disk full")
	d, s, b := newDesk()
	s.fails = full
	if _, err := d.Receive(t.Context(), tonghop.Parcel{Bytes: []byte("a")}); !errors.Is(err, full) || len(b.lines) != 0 {
		t.Errorf("vault fails: %v, wrote %d", err, len(b.lines))
	}
	d, s, b = newDesk()
	b.fails = full
	if _, err := d.Receive(t.Context(), tonghop.Parcel{Bytes: []byte("a")}); !errors.Is(err, full) || len(s.kept) != 1 {
		t.Errorf("ledger fails: %v, kept %d", err, len(s.kept))
	}
}

func TestDeliver(t *testing.T) {
	d, s, b := newDesk()
	earlier := noon().Add(-time.Hour)
	parcels := []tonghop.Parcel{{Name: "a", Bytes: []byte("a")}, {Name: "b", Bytes: []byte("b"), Received: earlier}}
	taken, err := d.Deliver(t.Context(), parcels)
	if err != nil || len(taken) != 2 || len(taken[0]) != 1 || len(taken[1]) != 1 || taken[0][0].Name != "a" || taken[1][0].Name != "b" {
		t.Fatalf("submissions %v, %v", taken, err)
	}
	if !taken[0][0].Received.Equal(noon()) || !taken[1][0].Received.Equal(earlier) || !parcels[0].Received.IsZero() {
		t.Errorf("times %v, %v; of the caller's parcel %v", taken[0][0].Received, taken[1][0].Received, parcels[0].Received)
	}
	d.Limits.Bytes = 1
	_, err = d.Deliver(t.Context(), []tonghop.Parcel{{Bytes: []byte("c")}, {Bytes: []byte("dd")}})
	if tonghop.CodeOf(err) != "file.too_large" || len(s.kept) != 2 || len(b.lines) != 2 {
		t.Errorf("over the limit: %v, kept %d, wrote %d", err, len(s.kept), len(b.lines))
	}
	s.fails = errors.New("disk full")
	if _, err := d.Deliver(t.Context(), parcels); !errors.Is(err, s.fails) || len(b.lines) != 2 {
		t.Errorf("vault fails: %v, wrote %d", err, len(b.lines))
	}
	s.fails, b.fails = nil, errors.New("disk full")
	if _, err := d.Deliver(t.Context(), parcels); !errors.Is(err, b.fails) {
		t.Errorf("ledger fails: %v", err)
	}
	if subs, err := d.Deliver(t.Context(), nil); len(subs) != 0 || err != nil {
		t.Errorf("nothing: %v, %v", subs, err)
	}
}

// A delivery is struck between vault and ledger: the originals are kept, and
// nothing is written.
func TestDeliverStruck(t *testing.T) {
	d, s, b := newDesk()
	struck := errors.New("struck")
	defer func() {
		if p := recover(); p != struck || len(s.kept) != 1 || len(b.lines) != 0 {
			t.Errorf("recovered %v, kept %d, wrote %d", p, len(s.kept), len(b.lines))
		}
	}()
	_, err := d.Deliver(fault.With(t.Context(), string(fault.Kept), func() { panic(struck) }), []tonghop.Parcel{{Bytes: []byte("a")}})
	t.Errorf("nothing struck: %v", err)
}
