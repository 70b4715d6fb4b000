package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts the program on the PATH under its own name, so that scripts
// and tests run it as a process of its own, with the code under test.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == jailedCommand { // a child of the code under test
		if plain := os.Getenv(childVariable); plain != "" {
			err := syscall.Exec(plain, append([]string{plain}, os.Args[1:]...), os.Environ())
			fmt.Fprintln(os.Stderr, "start the plain program:", err)
			os.Exit(exitFailed)
		}
		main()
		return
	}
	testscript.Main(within{m}, map[string]func(){"tonghop": main})
}

// childVariable names the program that children become. What one child does to a
// file it does alone, and the detector of races would take several times as long
// over it; the processes that the children serve keep it.
const childVariable = "TONGHOP_TEST_CHILD"

// scratch is a folder that all tests share; it goes when they are done.
var scratch string

// within runs the tests with the shared folder.
type within struct{ m *testing.M }

// Run is the one method that testscript asks for.
func (w within) Run() int {
	var err error
	if scratch, err = os.MkdirTemp("", "tonghop-test"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(scratch)
	plain, err := plainProgram()
	if err != nil {
		panic(err)
	}
	if err := os.Setenv(childVariable, plain); err != nil {
		panic(err)
	}
	// Many tests wait for processes most of the time.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	return w.m.Run()
}

// command runs a command line over a data folder, in this process and its
// children, and gives exit code, results and talk.
func command(ctx context.Context, home string, args ...string) (code int, out, talk string) {
	var o, e bytes.Buffer
	code = runAs(ctx, os.Getenv(childVariable), append([]string{"--home", home}, args...), &o, &e)
	return code, o.String(), e.String()
}

// want runs a command line that must end with an exit code, and gives its
// results.
func want(t *testing.T, code int, home string, args ...string) string {
	t.Helper()
	got, out, talk := command(t.Context(), home, args...)
	if got != code {
		t.Fatalf("tonghop %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out, talk)
	}
	return out
}

// line is one record of a CSV by the names of its columns.
type line map[string]string

// cell is where the line comes from.
func (l line) cell() string { return l["file"] + "|" + l["sheet"] + "|" + l["cell"] }

// lines reads a CSV with its header.
func lines(t *testing.T, text string) []line {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []line
	for _, record := range all[1:] {
		l := line{}
		for i, name := range all[0] {
			l[name] = record[i]
		}
		out = append(out, l)
	}
	return out
}

// csvFile reads a CSV of the repository.
func csvFile(t *testing.T, path string) []line {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return lines(t, string(raw))
}

// facts and findings list what a ledger holds of a period.
func facts(t *testing.T, home, period string) []line {
	t.Helper()
	return lines(t, want(t, exitDone, home, "facts", "--period", period))
}

func findings(t *testing.T, home, period string) []line {
	t.Helper()
	return lines(t, want(t, exitDone, home, "findings", "--period", period))
}

// rules gives the rules of the findings that some condition chooses, in order.
func rules(all []line, chosen func(line) bool) []string {
	var out []string
	for _, f := range all {
		if chosen(f) {
			out = append(out, f["rule"])
		}
	}
	return out
}

// taken ingests paths and gives the records of --json by file.
func taken(t *testing.T, code int, home, expect string, paths ...string) map[string]record {
	t.Helper()
	args := []string{"ingest", "--json"}
	if expect != "" {
		args = append(args, "--expect", expect)
	}
	var records []record
	if err := json.Unmarshal([]byte(want(t, code, home, append(args, paths...)...)), &records); err != nil {
		t.Fatal(err)
	}
	out := map[string]record{}
	for _, r := range records {
		out[r.File] = r
	}
	return out
}

// issue consolidates June 2023 and gives issue number and digest.
func issue(t *testing.T, home string) (number int, sha256 string) {
	t.Helper()
	var e struct {
		Issue  int    `json:"issue"`
		SHA256 string `json:"sha256"`
	}
	if err := json.Unmarshal([]byte(want(t, exitDone, home, "consolidate", "2023-06", "--json")), &e); err != nil {
		t.Fatal(err)
	}
	return e.Issue, e.SHA256
}

// put writes a file into a folder and gives its path.
func put(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// sampleFiles lists the sample workbooks.
func sampleFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("samples/*.xlsx")
	if err != nil || len(files) != 9 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	return files
}
