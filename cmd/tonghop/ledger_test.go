package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// june is the period of the samples.
const june = "2023-06"

// ofFile chooses the lines that come from a file.
func ofFile(name string) func(line) bool { return func(l line) bool { return l["file"] == name } }

// meant leaves out of lines what a new submission of the same content changes.
func meant(all []line) []line {
	var out []line
	for _, l := range all {
		c := line{}
		for k, v := range l {
			if k != "submission" && k != "sha256" && k != "file" {
				c[k] = v
			}
		}
		out = append(out, c)
	}
	return out
}

// only keeps the lines of one state.
func only(all []line, state string) []line {
	var out []line
	for _, l := range all {
		if l["state"] == state {
			out = append(out, l)
		}
	}
	return out
}

// standing is a ledger in which the report of the city stands.
func standing(t *testing.T) (home, dir string, raw []byte) {
	t.Helper()
	root := t.TempDir()
	home, dir = filepath.Join(root, "home"), filepath.Join(root, "in")
	_, raw = mustSample(t, "TP Trà Vinh")
	if r := taken(t, exitDone, home, june, put(t, dir, "tp.xlsx", raw))["tp.xlsx"]; r.State != "accepted" || r.Version != 1 {
		t.Fatalf("%s, version %d", r.State, r.Version)
	}
	return home, dir, raw
}

// unmoved fails unless what was accepted is as it was.
func unmoved(t *testing.T, home string, before []line) {
	t.Helper()
	if diff := cmp.Diff(before, only(facts(t, home, june), "accepted")); diff != "" {
		t.Errorf("what stood changed (-before +after):\n%s", diff)
	}
}

// The same file again changes nothing, also under another name or twice in
// one batch: no new version, the same facts, the same edition.
func TestSameFileAgain(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	before := facts(t, home, june)
	number, digest := issue(t, home)
	again := taken(t, exitDone, home, june, filepath.Join(dir, "tp.xlsx"))["tp.xlsx"]
	if again.State != "unchanged" || again.Version != 1 {
		t.Errorf("again: %s, version %d", again.State, again.Version)
	}
	put(t, dir, "copy.xlsx", raw)
	for name, r := range taken(t, exitDone, home, june, dir) {
		if r.State != "unchanged" {
			t.Errorf("%s: %s", name, r.State)
		}
	}
	if diff := cmp.Diff(before, facts(t, home, june)); diff != "" {
		t.Errorf("facts (-before +after):\n%s", diff)
	}
	if n, d := issue(t, home); n != number || d != digest {
		t.Errorf("edition %d %s became %d %s", number, digest, n, d)
	}
}

// Two copies of one file in the first batch of all are one report.
func TestTwinsInOneBatch(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	_, raw := mustSample(t, "TP Trà Vinh")
	put(t, root, "in/a.xlsx", raw)
	put(t, root, "in/b.xlsx", raw)
	home := filepath.Join(root, "home")
	got := taken(t, exitDone, home, june, filepath.Join(root, "in"))
	if got["a.xlsx"].State != "accepted" || got["b.xlsx"].State != "unchanged" {
		t.Errorf("a %s, b %s", got["a.xlsx"].State, got["b.xlsx"].State)
	}
	if n := len(facts(t, home, june)); n != 75 {
		t.Errorf("%d facts", n)
	}
}

// A corrected file supersedes, and the edition gets a new issue; the old file
// sent again is a new version and says so.
func TestCorrectedFile(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	before := facts(t, home, june)
	_, first := issue(t, home)
	corrected := mustAlter(t, raw, "86.68000000000001", "88.5")
	if r := taken(t, exitDone, home, june, put(t, dir, "tp.xlsx", corrected))["tp.xlsx"]; r.State != "accepted" || r.Version != 2 {
		t.Fatalf("corrected: %s, version %d", r.State, r.Version)
	}
	after := facts(t, home, june)
	if len(after) != len(before) {
		t.Errorf("%d facts became %d", len(before), len(after))
	}
	for i, f := range after {
		if f["cell"] == "G10" && f["value"] != "88.5" || f["cell"] != "G10" && f["value"] != before[i]["value"] {
			t.Errorf("%s: %q, was %q", f["cell"], f["value"], before[i]["value"])
		}
	}
	number, second := issue(t, home)
	if number != 2 || second == first {
		t.Errorf("issue %d, same bytes %v", number, second == first)
	}
	old := taken(t, exitDone, home, june, put(t, dir, "tp.xlsx", raw))["tp.xlsx"]
	if old.State != "accepted" || old.Version != 3 {
		t.Errorf("the old one again: %s, version %d", old.State, old.Version)
	}
	if got := rules(findings(t, home, june), ofFile("tp.xlsx")); !slices.Contains(got, "LO-002") {
		t.Errorf("the old one again is not said: %v", got)
	}
	if diff := cmp.Diff(meant(before), meant(facts(t, home, june))); diff != "" {
		t.Errorf("back to the old facts (-want +got):\n%s", diff)
	}
	if number, _ := issue(t, home); number != 3 {
		t.Errorf("issue %d, want 3", number)
	}
}

// Two different files of one office in one batch are both a question; what
// stood stays, in the facts and in the edition.
func TestRivals(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	before := facts(t, home, june)
	put(t, dir, "two/a.xlsx", mustAlter(t, raw, "86.68000000000001", "88.5"))
	put(t, dir, "two/b.xlsx", mustAlter(t, raw, "86.68000000000001", "89.5"))
	for name, r := range taken(t, exitDone, home, june, filepath.Join(dir, "two")) {
		if r.State != "held" || r.Findings[0].Rule != "LO-001" {
			t.Errorf("%s: %s %v", name, r.State, r.Findings)
		}
	}
	unmoved(t, home, before)
	if n := len(only(facts(t, home, june), "held")); n != 2*len(before) {
		t.Errorf("%d facts of the held files, want %d", n, 2*len(before))
	}
	all := findings(t, home, june)
	for _, name := range []string{"a.xlsx", "b.xlsx"} {
		if got := rules(all, ofFile(name)); !slices.Contains(got, "LO-001") {
			t.Errorf("%s: findings %v", name, got)
		}
	}
	issue(t, home)
	if out := want(t, exitDone, home, "trace", june, "Chỉ tiêu!F9"); !strings.Contains(out, "86.68") || !strings.Contains(out, "tp.xlsx") {
		t.Errorf("the edition took %s", out)
	}
	// A person answers by sending the right one alone.
	if r := taken(t, exitDone, home, june, filepath.Join(dir, "two", "b.xlsx"))["b.xlsx"]; r.State != "accepted" {
		t.Errorf("b alone: %s", r.State)
	}
	if left := only(facts(t, home, june), "held"); len(left) != 0 {
		t.Errorf("still %d facts of held files", len(left))
	}
}

// A folder that grows is sent whole again: beside the file that stands comes a
// corrected one. What stands is no rival, wherever its name sorts.
func TestGrowingFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a sửa.xlsx", "zz sửa.xlsx"} {
		home, dir, raw := standing(t)
		put(t, dir, name, mustAlter(t, raw, "86.68000000000001", "88.5"))
		got := taken(t, exitDone, home, june, dir)
		if got["tp.xlsx"].State != "unchanged" || got[name].State != "accepted" || got[name].Version != 2 {
			t.Errorf("tp.xlsx %s, version %d; %s %s, version %d", got["tp.xlsx"].State, got["tp.xlsx"].Version,
				name, got[name].State, got[name].Version)
		}
		for _, f := range facts(t, home, june) {
			if f["file"] != name {
				t.Fatalf("after %s the facts are those of %s", name, f["file"])
			}
		}
	}
}
