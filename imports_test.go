package tonghop_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/tonghop/tonghop"

// Libraries that the table names often.
const (
	goose       = "github.com/pressly/goose/v3"
	cron        = "github.com/robfig/cron/v3"
	decimal     = "github.com/shopspring/decimal"
	excelize    = "github.com/xuri/excelize/v2"
	levenshtein = "github.com/agnivade/levenshtein"
	mscfb       = "github.com/richardlehane/mscfb"
	pgx         = "github.com/jackc/pgx/v5"
	sqlite      = "modernc.org/sqlite"
	prometheus  = "github.com/prometheus/client_golang"
	river       = "github.com/riverqueue/river"
	text        = "golang.org/x/text"
	yaml        = "gopkg.in/yaml.v3"
)

// row says what one package may import beside the standard library. Packages
// of the module are written relative to it, "." is the root; a library stands
// for all its packages.
type row struct {
	may     []string
	pure    bool // no file, network, database, context, log or clock
	forTest bool // test support: only tests may import it
}

// table has a row for every package of the module. A package without one
// fails: whoever adds a package decides here what it may know.
var table = map[string]row{
	".": {may: []string{decimal}, pure: true},

	// The steps. None imports another one.
	"ingest":          {may: []string{".", "ingest/bundle", "ingest/filename", "internal/fault"}},
	"ingest/compute":  {may: []string{".", "ingest/format/numfmt", decimal}},
	"ingest/bundle":   {may: []string{".", "ingest/filename", "ingest/format/charset", "ingest/format/container", text}},
	"ingest/filename": {pure: true},
	"ingest/format": {may: []string{".", "ingest/format/charset", "ingest/format/compound", "ingest/format/container", "ingest/format/crypt",
		"ingest/format/csv", "ingest/format/html", "ingest/format/ods", "ingest/format/xls", "ingest/format/xlsx", "ingest/format/xmlss"}},
	"ingest/format/compound":              {may: []string{".", mscfb}},
	"ingest/format/compound/compoundtest": {forTest: true},
	"ingest/format/crypt":                 {may: []string{".", "ingest/format/compound", text}},
	"ingest/format/container":             {may: []string{".", text}},
	"ingest/format/numfmt":                {},
	"ingest/format/rich":                  {may: []string{"."}},
	"ingest/format/xmlscan":               {may: []string{text}},
	"ingest/format/charset":               {may: []string{".", text}},
	"ingest/format/charset/charsettest":   {may: []string{text}, forTest: true},
	"ingest/format/xlsx":                  {may: []string{".", "ingest/format/container", "ingest/format/numfmt", "ingest/format/rich", "ingest/format/xmlscan", "internal/viet"}},
	"ingest/format/xls":                   {may: []string{".", "ingest/format/compound", "ingest/format/numfmt", text}},
	"ingest/format/ods":                   {may: []string{".", "ingest/format/container", "ingest/format/numfmt", "ingest/format/rich", "ingest/format/xmlscan"}},
	"ingest/format/csv":                   {may: []string{".", "ingest/format/charset", "ingest/format/container", "ingest/format/numfmt", "internal/viet"}},
	"ingest/format/html": {may: []string{".", "ingest/format/charset", "ingest/format/container", "ingest/format/numfmt", "internal/viet",
		text, "golang.org/x/net/html"}},
	"ingest/format/xmlss": {may: []string{".", "ingest/format/charset", "ingest/format/container", "ingest/format/numfmt",
		"ingest/format/xmlscan", text}},
	"ingest/source/folder":        {may: []string{".", "ingest/filename", "internal/fault", "internal/viet"}},
	"ingest/source/doortest":      {may: []string{".", "ingest", "internal/fault", "internal/store", "internal/vault"}, forTest: true},
	"normalize":                   {may: []string{".", "internal/viet", decimal, levenshtein}, pure: true},
	"validate":                    {may: []string{".", decimal}, pure: true},
	"consolidate":                 {may: []string{".", decimal}, pure: true},
	"consolidate/consolidatetest": {may: []string{".", "consolidate", "templates", decimal}, forTest: true},

	// What people edit.
	"templates": {may: []string{".", decimal, levenshtein, yaml}},

	// Plumbing.
	"internal/fault":        {},
	"internal/jail":         {may: []string{"golang.org/x/sys"}},
	"internal/office":       {may: []string{".", "ingest/format/container", "ingest/format/xlsx", "golang.org/x/sys"}},
	"internal/viet":         {may: []string{text}, pure: true},
	"internal/blank":        {may: []string{".", decimal}, pure: true},
	"internal/overlay":      {may: []string{"."}, pure: true},
	"internal/excel":        {may: []string{".", excelize, text}},
	"internal/store":        {may: []string{".", decimal, goose, pgx, sqlite}},
	"internal/monitor":      {may: []string{".", prometheus}},
	"internal/vault":        {may: []string{"."}},
	"internal/jobs":         {may: []string{".", "internal/store", river}},
	"internal/schedule":     {may: []string{".", "internal/fault", "internal/store", cron}},
	"internal/store/pgtest": {may: []string{pgx}, forTest: true},
	"internal/store/storetest": {may: []string{".", "internal/store", decimal,
		"github.com/google/go-cmp", "pgregory.net/rapid"}, forTest: true},
	"internal/overlay/overlaytest": {forTest: true},

	// The run, and the wiring.
	"internal/pipeline": {may: []string{".", "ingest", "ingest/bundle", "ingest/compute", "ingest/format", "normalize", "validate",
		"consolidate", "templates", "internal/blank", "internal/excel", "internal/fault", "internal/jail", "internal/overlay", "internal/schedule", "internal/store", "internal/vault",
		"internal/viet"}},
	"cmd/tonghop": {may: []string{".", "ingest", "ingest/source/folder", "consolidate", "templates", "internal/fault",
		"internal/jail", "internal/jobs", "internal/monitor", "internal/office", "internal/pipeline", "internal/schedule", "internal/store", "internal/vault",
		"github.com/spf13/cobra", "github.com/schollz/progressbar/v3", "golang.org/x/sys", "golang.org/x/term"}},
}

// inTests is what test files may import beside their package's row, the
// package itself, the root, test support, and the tools of all tests.
var inTests = map[string][]string{
	"ingest/compute":          {"ingest/format"},
	"ingest/format":           {text},
	"ingest/format/container": {"ingest/format"},
	"ingest/format/xlsx":      {excelize, "ingest/format", text}, // excelize is the oracle
	"ingest/format/crypt":     {"ingest/format/xlsx", excelize},
	"ingest/format/xls":       {"ingest/format/xlsx"},
	"ingest/format/ods":       {"ingest/format/xlsx"},
	"ingest/format/csv":       {"ingest/format/xlsx", text},
	"ingest/format/html":      {"ingest/format/xlsx"},
	"ingest/format/xmlss":     {"ingest/format/xlsx"},
	"ingest/source/folder":    {"ingest"},
	"normalize":               {"ingest/format", "ingest/format/container", "ingest/format/xlsx", "templates", text},
	"validate":                {"templates"},
	"consolidate":             {"templates"},
	"templates":               {"internal/viet"},
	"internal/overlay":        {"templates"},
	"internal/excel":          {excelize, decimal, "consolidate", "templates"},
	"internal/pipeline":       {"ingest/source/folder", "internal/store/pgtest", decimal},
	"cmd/tonghop":             {text, "ingest/format", "ingest/format/charset", "ingest/format/container", "ingest/format/xlsx", "normalize", "validate", decimal, excelize}, // excelize types what clerks type
}

// tools are the test libraries of the house: no assertion library, no mocks.
var tools = []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "pgregory.net/rapid"}

// ban says why something is imported in few places only. The table decides;
// the ban is the sentence for whoever hits it.
type ban struct{ what, only, why string }

var bans = []ban{
	{excelize, "internal/excel", "it loses half a sheet without an error after one changed byte, so we read with ingest/format/xlsx and write through internal/excel; in tests of reading and of encryption it is the oracle"},
	{sqlite, "internal/store", "which database the ledger lies in is known to one package"},
	{goose, "internal/store", "migrations belong to the ledger"},
	{cron, "internal/schedule", "it remembers nothing: what is due is decided by the record of due runs"},
	{pgx, "internal/store", "which database the ledger lies in is known to one package"},
	{river, "internal/jobs", "how work waits and is done again is known to one package"},
	{prometheus, "internal/monitor", "what the program counts goes through its methods, which cannot fail"},
	{"github.com/spf13/cobra", "cmd/tonghop", "flags and exit codes are wiring"},
	{"github.com/schollz/progressbar/v3", "cmd/tonghop", "only the program talks to a terminal"},
	{yaml, "templates", "files that people edit are decoded in one place, with file and line in the error"},
	{"internal/pipeline", "cmd/tonghop", "the run sees every step, so no step may see the run"},
}

// steps never import each other: what two of them share is a noun of the root.
var steps = []string{"ingest", "normalize", "validate", "consolidate"}

// impure is what pure packages do without.
var impure = []string{"os", "net", "context", "database/sql", "log", "syscall", "io/ioutil"}

// most is how many lines a Go file may have. At 300 look for the second idea.
const most = 500

// source is one parsed Go file of the module.
type source struct {
	dir, name string // of the package, relative to the module; of the file
	lines     int
	tree      *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

// The module keeps to the table of who may import whom, and to the few rules
// of layout that a program can check.
func TestHouse(t *testing.T) {
	files, err := sources(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check(files) {
		t.Error(fault)
	}
}

// Every rule of the checker catches the fault that it is for.
func TestHouseCatches(t *testing.T) {
	for name, c := range map[string]struct{ file, code, want string }{
		"step to step":  {"normalize/x.go", `import _ "github.com/tonghop/tonghop/validate"`, "steps never import each other"},
		"format to run": {"ingest/format/xlsx/x.go", `import _ "github.com/tonghop/tonghop/internal/pipeline"`, "no step may see the run"},
		"pure":          {"validate/x.go", `import _ "os"`, "validate is pure"},
		"pure below":    {"consolidate/x.go", `import _ "net/http"`, "consolidate is pure"},
		"slog":          {"normalize/x.go", `import _ "log/slog"`, "normalize is pure"},
		"clock":         {"consolidate/x.go", `import "time"; var _ = time.Now()`, "reads the clock"},
		"excelize":      {"internal/pipeline/x.go", `import _ "github.com/xuri/excelize/v2"`, "only internal/excel"},
		"driver":        {"cmd/tonghop/x.go", `import _ "modernc.org/sqlite"`, "only internal/store"},
		"postgres":      {"ingest/x.go", `import _ "github.com/jackc/pgx/v5/pgxpool"`, "only internal/store"},
		"migrations":    {"internal/vault/x.go", `import _ "github.com/pressly/goose/v3/database"`, "only internal/store"},
		"root":          {"x.go", `import _ "golang.org/x/text/unicode/norm"`, "not in its row"},
		"library":       {"templates/x.go", `import _ "github.com/acme/new"`, "not in its row"},
		"look-alike":    {"templates/x.go", `import _ "gopkg.in/yaml.v3x"`, "not in its row"},
		"test support":  {"internal/excel/x.go", `import _ "github.com/tonghop/tonghop/consolidate/consolidatetest"`, "only tests"},
		"unlisted":      {"internal/utils/x.go", ``, "has no row"},
		"init":          {"validate/x.go", `func init() {}`, "func init"},
		"in a test":     {"validate/x_test.go", `import _ "github.com/xuri/excelize/v2"`, "only internal/excel"},
		"assertions":    {"ingest/x_test.go", `import _ "github.com/stretchr/testify/assert"`, "not in its row"},
		"long":          {"ingest/x.go", strings.Repeat("\n", most), "lines"},
		"no comment":    {"internal/vault/x.go", ``, "no package comment"},
	} {
		t.Run(name, func(t *testing.T) {
			files := []source{parsed(t, c.file, "package p\n"+c.code)}
			if faults := strings.Join(check(files), "\n"); !strings.Contains(faults, c.want) {
				t.Errorf("want %q, found:\n%s", c.want, faults)
			}
		})
	}
	t.Run("allowed", func(t *testing.T) {
		for _, file := range []struct{ name, code string }{
			{"ingest/format/xlsx/x_test.go", `import _ "github.com/xuri/excelize/v2"`},
			{"internal/store/x.go", `import ("database/sql"; _ "modernc.org/sqlite")`},
			{"consolidate/x_test.go", `import _ "github.com/tonghop/tonghop/consolidate/consolidatetest"`},
		} {
			for _, fault := range check([]source{parsed(t, file.name, "package p\n"+file.code)}) {
				if strings.HasPrefix(fault, file.name) {
					t.Error(fault)
				}
			}
		}
	})
}

// check lists every fault of the files, in their order, then the faults of
// packages.
func check(files []source) []string {
	var faults []string
	commented, seen := map[string]bool{}, map[string]bool{}
	for _, f := range files {
		at := path.Join(f.dir, f.name)
		say := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
		if f.lines > most {
			say("%d lines; %d is the ceiling: look for the second idea in it", f.lines, most)
		}
		for _, i := range f.tree.Imports {
			if fault := imports(f, strings.Trim(i.Path.Value, `"`)); fault != "" {
				say("%s", fault)
			}
		}
		for _, fault := range content(f) {
			say("%s", fault)
		}
		seen[f.dir] = true
		if doc := f.tree.Doc.Text(); !f.test() && (strings.HasPrefix(doc, "Package ") || strings.HasPrefix(doc, "Command ")) {
			commented[f.dir] = true
		}
	}
	for _, dir := range sorted(seen) {
		if _, ok := table[dir]; !ok {
			faults = append(faults, dir+": has no row in the table of imports_test.go: decide there what it may import")
		}
		if !commented[dir] {
			faults = append(faults, dir+": no package comment: say what it is for, what it never does, where to start reading")
		}
	}
	return faults
}

// imports says what is wrong with an import of a file; "" if nothing is.
func imports(f source, what string) string {
	r, own := table[f.dir], strings.HasPrefix(what+"/", module+"/")
	if own {
		if what = strings.TrimPrefix(strings.TrimPrefix(what, module), "/"); what == "" {
			what = "."
		}
	}
	if !own && !strings.Contains(strings.SplitN(what, "/", 2)[0], ".") { // standard library
		if r.pure && !f.test() && within(what, impure) {
			return fmt.Sprintf("imports %s, but %s is pure: it does no input or output; fetch what it needs before the call", what, f.dir)
		}
		return ""
	}
	switch {
	case own && slices.Contains(r.may, what), !own && within(what, r.may):
		return ""
	case f.test() && allowedInTest(f.dir, what, own):
		return ""
	case own && table[what].forTest && !table[f.dir].forTest:
		return fmt.Sprintf("imports %s, which only tests may: it is test support", what)
	case own && step(what) != "" && step(f.dir) != "" && step(what) != step(f.dir):
		return fmt.Sprintf("imports %s: steps never import each other; what they share is a noun of the root package, and they meet in internal/pipeline", what)
	}
	for _, b := range bans {
		if within(what, []string{b.what}) {
			return fmt.Sprintf("imports %s, which only %s may: %s", what, b.only, b.why)
		}
	}
	return fmt.Sprintf("imports %s, which is not in its row of the table in imports_test.go: move the code, or add it there and say why in docs/decisions", what)
}

func allowedInTest(dir, what string, own bool) bool {
	switch {
	case own:
		return what == "." || what == dir || table[what].forTest || slices.Contains(inTests[dir], what)
	default:
		return within(what, tools) || within(what, inTests[dir])
	}
}

// step is the step that a package belongs to; "" if none.
func step(dir string) string {
	for _, s := range steps {
		if within(dir, []string{s}) {
			return s
		}
	}
	return ""
}

// within reports whether a path is one of the list or lies below one.
func within(what string, list []string) bool {
	return slices.ContainsFunc(list, func(l string) bool { return what == l || strings.HasPrefix(what, l+"/") })
}

// content says what is wrong inside a file: a func init, or a clock in a pure
// package.
func content(f source) []string {
	var faults []string
	for _, d := range f.tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			faults = append(faults, "has a func init: nothing happens by importing a package; call it where the program is wired")
		}
	}
	if !table[f.dir].pure || f.test() {
		return faults
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				faults = append(faults, "reads the clock (time."+s.Sel.Name+"): the same data must give the same result on any day")
			}
		}
		return true
	})
	return faults
}

// sources parses every Go file of the module; testdata and folders whose names
// begin with a point or an underscore are not part of it.
func sources(root string) ([]source, error) {
	var files []source
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (d.Name() == "testdata" || strings.IndexAny(d.Name(), "._") == 0):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		code, err := os.ReadFile(path.Join(root, name))
		if err != nil {
			return err
		}
		f, err := parse(name, code)
		files = append(files, f)
		return err
	})
	return files, err
}

func parse(name string, code []byte) (source, error) {
	tree, err := parser.ParseFile(token.NewFileSet(), name, code, parser.ParseComments|parser.SkipObjectResolution)
	return source{dir: path.Dir(name), name: path.Base(name), lines: bytes.Count(code, []byte("\n")), tree: tree}, err
}

func parsed(t *testing.T, name, code string) source {
	t.Helper()
	f, err := parse(name, []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The table has no row for a package that is gone.
func TestHouseTable(t *testing.T) {
	for dir := range table {
		if names, err := fs.Glob(os.DirFS(dir), "*.go"); err != nil || len(names) == 0 {
			t.Errorf("the table has a row for %s, which has no Go files", dir)
		}
	}
	for dir := range inTests {
		if _, ok := table[dir]; !ok {
			t.Errorf("inTests has a row for %s, the table has none", dir)
		}
	}
}

func sorted(set map[string]bool) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
