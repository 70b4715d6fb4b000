package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/vault"
)

// zipped is a file of an archive.
type zipped struct {
	name string
	raw  []byte
}

// archived makes an archive of files.
func archived(t *testing.T, files ...zipped) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dropArchive drops files of an office in one archive.
func (r *rig) dropArchive(office, name string, files ...zipped) {
	r.t.Helper()
	r.drop(office, name, archived(r.t, files...))
	r.dropped += len(files) - 1
}

// wholeInArchive sees that a file that came in an archive is in the one that was
// moved, and that its letter lies beside that.
func (r *rig) wholeInArchive(sub tonghop.Submission, raw []byte) {
	r.t.Helper()
	parts := strings.Split(sub.Name, "/")
	taken, archive, name := filepath.Join(r.dir, "drop", parts[0], "đã nhận"), parts[1], strings.Join(parts[2:], "/")
	found, err := filepath.Glob(filepath.Join(taken, "TH-?????? "+archive))
	if err != nil || len(found) != 1 {
		r.t.Fatalf("archives of %q: %v, %v", sub.Name, found, err)
	}
	z, err := zip.OpenReader(found[0])
	if err != nil {
		r.t.Fatal(err)
	}
	defer z.Close()
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == name })
	if i < 0 {
		r.t.Fatalf("%s is not in %s", name, found[0])
	}
	if sent, err := readPart(z.File[i]); err != nil || sent != string(raw) {
		r.t.Errorf("%s is not kept as it was sent: %v", sub.Name, err)
	}
	letter := filepath.Join(taken, sub.Receipt+" "+archive+" - "+name+".txt")
	if text, err := os.ReadFile(letter); err != nil || !strings.Contains(string(text), sub.Receipt) {
		r.t.Errorf("the letter on %s: %v", sub.Name, err)
	}
}

// monthly is an archive as a clerk makes it: two reports, one of them in a
// folder, an archive among them, and what a system put beside them.
func monthly(t *testing.T) (raw []byte, names []string) {
	t.Helper()
	vinh, first := mustSample(t, "TP Trà Vinh")
	ke, second := mustSample(t, "Cầu Kè")
	raw = archived(t, zipped{vinh, first}, zipped{"Cầu Kè/" + ke, second}, zipped{"Cầu Kè/~$" + ke, []byte("x")},
		zipped{"__MACOSX/._" + vinh, []byte("x")}, zipped{"cũ.zip", archived(t, zipped{ke, second})})
	return raw, []string{"bao-cao.zip/" + vinh, "bao-cao.zip/Cầu Kè/" + ke, "bao-cao.zip/cũ.zip"}
}

// Each file of an archive at the keyboard is read as if it lay in a folder.
func TestArchiveAtTheKeyboard(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	home := filepath.Join(root, "home")
	raw, names := monthly(t)
	path := put(t, root, "bao-cao.zip", raw)
	states := map[string]string{}
	for _, run := range []struct {
		command string
		want    []string // states of names
	}{
		{"check", []string{"accepted", "accepted", "rejected"}},
		{"ingest", []string{"accepted", "accepted", "rejected"}},
	} {
		clear(states)
		receipts := map[string]bool{}
		var records []record
		if err := json.Unmarshal([]byte(want(t, exitRejected, home, run.command, "--json", "--expect", june, path)), &records); err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			states[r.File] = r.State + r.Reason
			if r.Receipt != "" {
				receipts[r.Receipt] = true
			}
		}
		expected := map[string]string{"bao-cao.zip/Cầu Kè/~$" + filepath.Base(names[1]): "skippedoffice_lock",
			"bao-cao.zip/__MACOSX/._" + strings.TrimPrefix(names[0], "bao-cao.zip/"): "skippedsystem"}
		for i, name := range names {
			expected[name] = run.want[i]
		}
		if diff := cmp.Diff(expected, states); diff != "" {
			t.Errorf("%s: %s", run.command, diff)
		}
		if len(receipts) != 0 && (run.command == "check" || len(receipts) != 3) {
			t.Errorf("%s gave the receipts %v", run.command, receipts)
		}
	}
	sum := sha256.Sum256(raw)
	if kept, err := vault.At(filepath.Join(home, "vault")).Get(t.Context(), hex.EncodeToString(sum[:])); err != nil || !bytes.Equal(kept, raw) {
		t.Errorf("the archive itself is not kept: %v", err)
	}
	out := want(t, exitRejected, home, "ingest", "--expect", june, path)
	for _, name := range names {
		if !strings.Contains(out, name) {
			t.Errorf("no line about %s:\n%s", name, out)
		}
	}
	if n := strings.Count(out, "không đổi"); n != 2 {
		t.Errorf("%d of 2 files are unchanged:\n%s", n, out)
	}
	if got := facts(t, home, june); len(got) == 0 || got[0]["file"] != names[1] && got[0]["file"] != names[0] {
		t.Errorf("%d facts", len(got))
	}
}

// A file of an archive that was refused for our limits is read again by itself,
// and answered again beside the archive.
func TestArchiveReread(t *testing.T) {
	t.Parallel()
	r := newRig(t, "").quick()
	vinh, first := mustSample(t, "TP Trà Vinh")
	r.dropArchive("842", "bao-cao.zip", zipped{vinh, first}, zipped{"cũ.zip", archived(t, zipped{vinh, first})})
	letter := filepath.Join(r.dir, "drop", "842", "đã nhận", "TH-000002 bao-cao.zip - cũ.zip.txt")
	p := r.start(ordinary, "")
	r.until("the archive is answered", 60*time.Second, func() bool { return len(r.glob("drop/842/đã nhận/*.txt")) == 2 })
	p.stop()
	r.whole(r.ledger())
	if err := os.Remove(letter); err != nil {
		t.Fatal(err)
	}
	if out := r.tonghop(after, "reread"); strings.TrimSpace(out) != "TH-000002" {
		t.Fatalf("read again: %s", out)
	}
	p = r.start(ordinary, "")
	r.until("it is answered again", 60*time.Second, func() bool { return len(r.glob("drop/842/đã nhận/*.txt")) == 2 })
	p.stop()
	r.whole(r.ledger())
}
