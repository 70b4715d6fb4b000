package doortest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/vault"
)

// patience is how long the suite waits for what must happen.
const patience = 60 * time.Second

// home is the province's side: desk, ledger and vault in a folder, as the
// program has them.
type home struct {
	ledger *store.DB
	vault  *vault.Dir
	desk   *ingest.Desk
}

// openHome opens the province's side in a folder.
func openHome(ctx context.Context, dir string) (*home, error) {
	ledger, err := store.Open(ctx, filepath.Join(dir, "tonghop.db"))
	if err != nil {
		return nil, err
	}
	kept, err := vault.Open(filepath.Join(dir, "vault"))
	if err != nil {
		return nil, errors.Join(err, ledger.Close())
	}
	return &home{ledger, kept, &ingest.Desk{Ledger: ledger, Vault: kept}}, nil
}

// province is one test: both sides of a door, and what was put in.
type province struct {
	*testing.T
	door    Door
	senders Senders
	dir     string
	home    *home
	source  ingest.Source
	put     []File // an archive as the files in it
	sent    []sent // archives
}

// sent is an archive that was put in.
type sent struct {
	archive File
	inside  []File // each by the archive's name, "/", its own
}

// newProvince makes an empty one.
func newProvince(t *testing.T, door Door) *province {
	t.Helper()
	p := &province{T: t, door: door, senders: door.Senders(t), dir: t.TempDir()}
	p.reopen()
	p.source = door.Open(p.senders.Place())
	t.Cleanup(func() {
		if err := p.home.ledger.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// reopen opens desk, ledger and vault.
func (p *province) reopen() {
	p.Helper()
	h, err := openHome(p.Context(), p.dir)
	if err != nil {
		p.Fatal(err)
	}
	p.home = h
}

// hand puts a file in at the sender's side and remembers it.
func (p *province) hand(office, name string, b []byte) {
	p.Helper()
	f := File{office, name, b}
	p.senders.Put(p.T, f)
	p.put = append(p.put, f)
}

// handArchive puts an archive of workbooks in, and remembers what is in it.
func (p *province) handArchive(office, name string, sizes ...int) {
	p.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	s := sent{}
	for i, size := range sizes {
		inside := fmt.Sprintf("Xã %c/BC %d.xlsx", 'A'+i, i)
		f := File{office, name + "/" + inside, workbook(p, size)}
		s.inside = append(s.inside, f)
		add(p, z, inside, f.Bytes)
	}
	add(p, z, "__MACOSX/._BC 0.xlsx", []byte("beside the file"))
	if err := z.Close(); err != nil {
		p.Fatal(err)
	}
	s.archive = File{office, name, b.Bytes()}
	p.senders.Put(p.T, s.archive)
	p.put, p.sent = append(p.put, s.inside...), append(p.sent, s)
}

// add adds a file to an archive.
func add(t testing.TB, z *zip.Writer, name string, b []byte) {
	t.Helper()
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(b)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// collect looks once.
func (p *province) collect() {
	p.Helper()
	if err := p.source.Collect(p.Context(), p.home.desk.Deliver); err != nil {
		p.Fatal(err)
	}
}

// collectAll looks until nothing waits.
func (p *province) collectAll() {
	p.Helper()
	p.until("nothing waits", func() bool {
		p.collect()
		return len(p.senders.Waiting(p.T)) == 0
	})
}

// until tries again until something holds.
func (p *province) until(what string, holds func() bool) {
	p.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("waited in vain until %s", what)
		}
	}
}

// submissions lists what is in the ledger, by receipt.
func (p *province) submissions() []tonghop.Submission {
	p.Helper()
	var out []tonghop.Submission
	for sub, err := range p.home.ledger.Submissions(p.Context(), store.Filter{}) {
		if err != nil {
			p.Fatal(err)
		}
		out = append(out, sub)
	}
	slices.SortFunc(out, func(a, b tonghop.Submission) int { return cmp.Compare(a.Receipt, b.Receipt) })
	return out
}

// receipts counts the submissions of a file, whatever its name.
func (p *province) receipts(f File) int {
	p.Helper()
	n := 0
	for _, sub := range p.submissions() {
		if sub.Office == f.Office && sub.SHA256 == digest(f.Bytes) {
			n++
		}
	}
	return n
}

// nothingLost fails unless every file that was put in is in the ledger, with
// its bytes in the vault, or still with its sender; and nothing else is.
func (p *province) nothingLost() {
	p.Helper()
	have := map[string]int{}
	for _, sub := range p.submissions() {
		b, err := p.home.vault.Get(p.Context(), sub.SHA256)
		if err != nil || int64(len(b)) != sub.Size {
			p.Fatalf("%s (%q): %d bytes in the vault, want %d: %v", sub.Receipt, sub.Name, len(b), sub.Size, err)
		}
		if sub.Door != p.source.Name() || sub.State != tonghop.Received || sub.Received.IsZero() {
			p.Fatalf("%s: door %q, state %q, received %v", sub.Receipt, sub.Door, sub.State, sub.Received)
		}
		have[sub.Office+" "+sub.SHA256]++
	}
	for _, f := range p.senders.Waiting(p.T) {
		have[f.Office+" "+digest(f.Bytes)]++
	}
	for _, s := range p.sent {
		waits := have[s.archive.Office+" "+digest(s.archive.Bytes)] > 0
		for _, f := range s.inside {
			if waits {
				have[f.Office+" "+digest(f.Bytes)]++
			} else if !p.home.vault.Has(p.Context(), digest(s.archive.Bytes)) {
				p.Errorf("the archive %q is not kept", s.archive.Name)
			}
		}
	}
	for _, f := range p.put {
		if have[f.Office+" "+digest(f.Bytes)] == 0 {
			p.Errorf("the file %q of %s is nowhere", f.Name, f.Office)
		}
	}
}

// eachOnce fails unless every file that was put in has exactly one submission,
// nothing waits, and no receipt was given for anything else.
func (p *province) eachOnce() {
	p.Helper()
	p.nothingLost()
	var want, got []string
	for _, f := range p.put {
		want = append(want, f.Office+" "+digest(f.Bytes))
	}
	for i, sub := range p.submissions() {
		got = append(got, sub.Office+" "+sub.SHA256)
		if receipt := fmt.Sprintf("TH-%06d", i+1); sub.Receipt != receipt {
			p.Errorf("receipt %s, want %s", sub.Receipt, receipt)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		p.Errorf("%d files were put in and %d are in the ledger, or not the same ones", len(want), len(got))
	}
	for _, f := range p.senders.Waiting(p.T) {
		p.Errorf("%q of %s still waits", f.Name, f.Office)
	}
}

// lastName is the last part of the name of a submission.
func lastName(sub tonghop.Submission) string { return path.Base(sub.Name) }

// digest is the SHA-256 in lower-case hex.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// workbook is a zip of about so many bytes that differs from all others.
func workbook(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	content := make([]byte, size)
	for i := range content {
		content[i] = byte(rand.Uint32())
	}
	add(t, z, "[Content_Types].xml", nil)
	add(t, z, "xl/workbook.xml", content)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
