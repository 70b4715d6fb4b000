//go:build !race

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// process runs the program that is handed out as a process of its own, with more
// environment.
func process(t *testing.T, env []string, args ...string) string {
	t.Helper()
	plain, err := plainProgram()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), plain, args...)
	cmd.Env = append(os.Environ(), env...)
	var talk bytes.Buffer
	cmd.Stderr = &talk
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tonghop %s: %v\n%s", strings.Join(args, " "), err, talk.String())
	}
	return string(out)
}

// copied copies a data folder without its editions: the ledger and the
// originals, as they were before anything was consolidated.
func copied(t *testing.T, home string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "another place", "home")
	if err := os.CopyFS(to, os.DirFS(home)); err != nil {
		t.Fatal(err)
	}
	return to
}

// settings are the machines that an office may have: what the bytes of an
// edition must not depend on.
var settings = map[string][]string{
	"one processor":  {"GOMAXPROCS=1"},
	"two processors": {"GOMAXPROCS=2"},
	"Hà Nội":         {"TZ=Asia/Ho_Chi_Minh"},
	"New York":       {"TZ=America/New_York", "LANG=en_US.UTF-8", "LC_ALL=C"},
}

// The same ledger gives the same bytes, whatever the number of processors, the
// time zone and the folder that it was copied to.
func TestSameLedgerSameBytes(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	want(t, exitDone, home, append([]string{"ingest", "--expect", june}, sampleFiles(t)...)...)
	digests := map[string]string{}
	for name, env := range settings {
		out := t.TempDir()
		printed := strings.Fields(process(t, env, "--home", copied(t, home), "consolidate", june, "--out", out))
		raw, err := os.ReadFile(filepath.Join(out, "tong-hop-xa-ntm-84-2023-06-1.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		if digest := hex.EncodeToString(sum[:]); digest != printed[len(printed)-1] {
			t.Errorf("%s: the file has %s, the command says %s", name, digest, printed[len(printed)-1])
		} else {
			digests[digest] += " " + name
		}
	}
	if len(digests) != 1 {
		t.Errorf("one ledger, these editions: %v", digests)
	}
}

// What is understood of a file depends on the machine as little.
func TestSameFilesSameFacts(t *testing.T) {
	t.Parallel()
	first := ""
	for name, env := range settings {
		home := filepath.Join(t.TempDir(), "home")
		process(t, env, append([]string{"--home", home, "ingest", "--expect", june}, sampleFiles(t)...)...)
		got := process(t, env, "--home", home, "facts", "--period", june) + process(t, env, "--home", home, "findings", "--all")
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%s: other facts or findings", name)
		}
	}
}
