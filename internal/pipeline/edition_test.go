package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/vault"
	"github.com/tonghop/tonghop/templates"
)

// traVinh is the province of the samples.
var traVinh = tonghop.Unit{Code: "84", Name: "Tỉnh Trà Vinh"}

// desk is a run over a new data folder, with a clock that stands still.
func desk(t *testing.T) (*pipeline.Intake, *pipeline.Consolidation) {
	t.Helper()
	return deskOf(t, newReader(t), 2)
}

// deskOf is a desk with a reader, which reads so many files at once.
func deskOf(t testing.TB, r *pipeline.Reader, atOnce int) (*pipeline.Intake, *pipeline.Consolidation) {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "tonghop.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	v, err := vault.Open(filepath.Join(dir, "vault"))
	if err != nil {
		t.Fatal(err)
	}
	noon := func() time.Time { return time.Date(2023, 7, 5, 5, 0, 0, 0, time.UTC) }
	readers := pipeline.NewLocal(r, atOnce)
	readers.Recall = db.Last
	in := &pipeline.Intake{Reader: r, Readers: readers, Desk: &ingest.Desk{Ledger: db, Vault: v, Clock: noon}, Ledger: db, Originals: v}
	return in, &pipeline.Consolidation{Reader: r, Ledger: db, Vault: v, Templates: templates.FS(""), Program: "test"}
}

// batch takes the sample that begins with a text.
func batch(t *testing.T, in *pipeline.Intake, start string) []pipeline.Outcome {
	t.Helper()
	name, _ := sample(t, start)
	out, err := in.Batch(t.Context(), ingest.Walk([]string{filepath.Join("../../cmd/tonghop/samples", name)}), june, func() {})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Nothing accepted gives no edition, and no edition no trace; each error has
// its code.
func TestBuildNothing(t *testing.T) {
	_, c := desk(t)
	if codes, err := c.Provinces(t.Context(), june); err != nil || len(codes) != 0 {
		t.Errorf("provinces %v, %v", codes, err)
	}
	if _, err := c.Trace(t.Context(), june, "84", "Xã!W8"); tonghop.CodeOf(err) != "edition.none" {
		t.Errorf("trace: %v", err)
	}
	if _, err := c.Build(t.Context(), june, traVinh); tonghop.CodeOf(err) != "edition.nothing" {
		t.Errorf("build: %v", err)
	}
}

// The same clock and the same files give the same bytes in another ledger;
// unchanged inputs give the edition that is there; a new input the next issue.
func TestBuildIssues(t *testing.T) {
	var digests []string
	for range 2 {
		in, c := desk(t)
		batch(t, in, "TP Trà Vinh")
		first, err := c.Build(t.Context(), june, traVinh)
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.Build(t.Context(), june, traVinh)
		if err != nil || again.SHA256 != first.SHA256 || again.Issue != 1 {
			t.Errorf("again: issue %d, %v, %v", again.Issue, again.SHA256 == first.SHA256, err)
		}
		sum := sha256.Sum256(first.Workbook)
		if hex.EncodeToString(sum[:]) != first.SHA256 {
			t.Error("the digest is not that of the workbook")
		}
		batch(t, in, "TX Duyên Hải")
		second, err := c.Build(t.Context(), june, traVinh)
		if err != nil || second.Issue != 2 || second.SHA256 == first.SHA256 || len(second.Returns) != 2 {
			t.Errorf("with one more: issue %d of %d returns, %v", second.Issue, len(second.Returns), err)
		}
		digests = append(digests, first.SHA256+second.SHA256)
	}
	if digests[0] != digests[1] {
		t.Error("two ledgers of the same files: other bytes")
	}
}

// A batch that is interrupted settles nothing.
func TestBatchInterrupted(t *testing.T) {
	in, _ := desk(t)
	ctx, stop := context.WithCancel(t.Context())
	_, err := in.Batch(ctx, ingest.Walk([]string{"../../cmd/tonghop/samples"}), june, stop)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	for r, err := range in.Ledger.Returns(t.Context(), store.Filter{}) {
		t.Errorf("settled: %v, %v", r.Office.Name, err)
	}
}
