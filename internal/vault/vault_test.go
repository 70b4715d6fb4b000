package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
)

// mustOpen opens an empty vault.
func mustOpen(t *testing.T) *Dir {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "nhà", "vault"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// put puts a text in.
func put(t *testing.T, d *Dir, text string) string {
	t.Helper()
	name, err := d.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// files lists every file of the vault, relative to it.
func files(t *testing.T, d *Dir) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(d.root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(d.root, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// replace puts other bytes in the place of a kept file.
func replace(t *testing.T, d *Dir, name string, b []byte) {
	t.Helper()
	if err := os.Remove(d.path(name)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.path(name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPutGivesBackTheSameBytes(t *testing.T) {
	d := mustOpen(t)
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")
		sum := sha256.Sum256(want)
		name, err := d.Put(t.Context(), bytes.NewReader(want))
		if err != nil || name != hex.EncodeToString(sum[:]) {
			rt.Fatalf("put: %s, %v", name, err)
		}
		got, err := d.Get(t.Context(), name)
		if err != nil || !bytes.Equal(got, want) {
			rt.Fatalf("get: %x, %v; want %x", got, err, want)
		}
	})
	name := regexp.MustCompile(`^([0-9a-f]{2})/([0-9a-f]{2})/[0-9a-f]{64}$`)
	for _, f := range files(t, d) {
		m := name.FindStringSubmatch(f)
		if m == nil || !strings.HasPrefix(filepath.Base(f), m[1]+m[2]) {
			t.Errorf("file name %q", f)
		}
	}
}

func TestPutAgainChangesNothing(t *testing.T) {
	d := mustOpen(t)
	name := put(t, d, "sổ gốc")
	before, err := os.Stat(d.path(name))
	if err != nil {
		t.Fatal(err)
	}
	if again := put(t, d, "sổ gốc"); again != name {
		t.Errorf("digest %s, then %s", name, again)
	}
	after, err := os.Stat(d.path(name))
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("the file was written again (%v)", err)
	}
	if before.Mode().Perm() != 0o444 {
		t.Errorf("mode %v, want read-only", before.Mode())
	}
	if all := files(t, d); len(all) != 1 {
		t.Errorf("files: %v", all)
	}
}

func TestDamageIsRefused(t *testing.T) {
	original := make([]byte, 100_000)
	for i := range original {
		original[i] = byte(rand.Uint32())
	}
	flipped := bytes.Clone(original)
	flipped[len(flipped)/2] ^= 1
	for what, planted := range map[string][]byte{
		"one bit flipped": flipped,
		"cut short":       original[:len(original)-1],
		"grown":           append(bytes.Clone(original), 0),
		"emptied":         nil,
		"zeroed":          make([]byte, len(original)),
	} {
		t.Run(what, func(t *testing.T) {
			d := mustOpen(t)
			name, err := d.Put(t.Context(), bytes.NewReader(original))
			if err != nil {
				t.Fatal(err)
			}
			replace(t, d, name, planted)
			if got, err := d.Get(t.Context(), name); tonghop.CodeOf(err) != "vault.damaged" || got != nil {
				t.Errorf("got %d bytes, %v", len(got), err)
			}
			r, err := d.Open(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			for range 2 { // it stays damaged
				if _, err := io.Copy(io.Discard, r); tonghop.CodeOf(err) != "vault.damaged" {
					t.Errorf("read: %v", err)
				}
			}
			if _, err := d.Put(t.Context(), bytes.NewReader(original)); err != nil {
				t.Fatal(err)
			}
			if got, err := d.Get(t.Context(), name); err != nil || !bytes.Equal(got, original) {
				t.Errorf("the good bytes did not take the place of the damaged: %v", err)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	d := mustOpen(t)
	name := put(t, d, "a")
	for _, c := range []string{
		strings.Repeat("0", 64), "", "ab", strings.ToUpper(name), "../" + name, name[:63] + "/", name[:60] + "đ2", incoming,
	} {
		if _, err := d.Get(t.Context(), c); tonghop.CodeOf(err) != "vault.missing" {
			t.Errorf("get %q: %v", c, err)
		}
	}
}

// Has only looks, and so does a vault for whoever reads: neither makes anything.
func TestHas(t *testing.T) {
	d := mustOpen(t)
	name := put(t, d, "một")
	reader := At(d.root)
	if !reader.Has(t.Context(), name) || reader.Has(t.Context(), strings.Repeat("0", 64)) || reader.Has(t.Context(), "incoming") {
		t.Error("something is there that is not, or the other way")
	}
	if got, err := reader.Get(t.Context(), name); err != nil || string(got) != "một" {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Remove(d.path(name)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(d.path(name), 0o755); err != nil || d.Has(t.Context(), name) {
		t.Errorf("a folder is no original: %v", err)
	}
	nowhere := filepath.Join(t.TempDir(), "nothing")
	if At(nowhere).Has(t.Context(), name) {
		t.Error("nothing holds something")
	}
	if _, err := At(nowhere).Get(t.Context(), name); tonghop.CodeOf(err) != "vault.missing" {
		t.Errorf("nothing gives %v", err)
	}
	if _, err := os.Stat(nowhere); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking made a folder: %v", err)
	}
}

func TestManyPutAtOnce(t *testing.T) {
	d := mustOpen(t)
	other, err := Open(d.root)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for n := range 10 {
				text := strings.Repeat("đ", n*5000+1)
				v := []*Dir{d, other}[w%2]
				name, err := v.Put(t.Context(), strings.NewReader(text))
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := v.Get(t.Context(), name); err != nil || string(got) != text {
					t.Errorf("get: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if all := files(t, d); len(all) != 10 {
		t.Errorf("%d files, want 10: %v", len(all), all)
	}
}

func TestPutThatFailsLeavesNothing(t *testing.T) {
	d := mustOpen(t)
	broken := errors.New("line cut")
	_, err := d.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || tonghop.CodeOf(err) != "" {
		t.Errorf("broken reader: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Put(ctx, strings.NewReader("late")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if all := files(t, d); len(all) != 0 {
		t.Errorf("left behind: %v", all)
	}
}

func TestFolderThatTakesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "vault")); tonghop.CodeOf(err) != "vault.open" {
		t.Errorf("open: %v", err)
	}
	d := mustOpen(t)
	if err := os.RemoveAll(filepath.Join(d.root, incoming)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Put(t.Context(), strings.NewReader("a")); tonghop.CodeOf(err) != "vault.write" {
		t.Errorf("put without incoming: %v", err)
	}
	d = mustOpen(t)
	sum := sha256.Sum256([]byte("a"))
	if err := os.WriteFile(filepath.Join(d.root, hex.EncodeToString(sum[:1])), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Put(t.Context(), strings.NewReader("a")); tonghop.CodeOf(err) != "vault.write" {
		t.Errorf("put where a file stands in the way: %v", err)
	}
}
