package html_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// seen lists what a person sees of a sheet: rows with content, each text with
// its column among those not hidden, the first one with content being 0.
// LibreOffice leaves hidden rows and columns out of a page, and blank ones at
// the edges.
func seen(s *tonghop.Sheet, columns bool) []string {
	first := 1 << 20
	column := map[int]int{}
	for c, n := 1, 0; c < 600; c++ {
		column[c] = n
		if !s.HiddenCols[c] {
			n++
		}
	}
	type text struct {
		col  int
		text string
	}
	var rows [][]text
	for _, l := range s.Lines {
		var row []text
		for _, c := range l.Cells {
			if t := strings.Join(strings.Fields(c.Shown), " "); t != "" && !s.HiddenCols[c.Col] && !l.Hidden {
				row = append(row, text{column[c.Col], t})
				first = min(first, column[c.Col])
			}
		}
		if row != nil {
			rows = append(rows, row)
		}
	}
	var out []string
	for _, row := range rows {
		var b strings.Builder
		for _, t := range row {
			if columns {
				fmt.Fprintf(&b, "%d:", t.col-first)
			}
			b.WriteString(t.text + "|")
		}
		out = append(out, b.String())
	}
	return out
}

func loadFile(t *testing.T, name string) *tonghop.Book {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	read := xlsx.Load
	if strings.HasSuffix(name, ".html") {
		var b *tonghop.Book
		if b, err = load(string(file)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return b
	}
	b, err := read(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The nine samples, saved as web pages by LibreOffice, show what they show as
// workbooks.
func TestSamples(t *testing.T) {
	names, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(names) != 9 {
		t.Fatal(names, err)
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if strings.Contains(os.Getenv("TONGHOP_MUST_RUN"), "soffice") {
			t.Fatal("soffice is not installed, and TONGHOP_MUST_RUN names it")
		}
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "html", "--outdir", dir}, names...)
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range names {
		page := filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), ".xlsx")+".html")
		want, got := loadFile(t, name), loadFile(t, page)
		compare(t, filepath.Base(name), want, got)
	}
}

// compare compares the sheets that are not hidden, by name where there are
// several.
func compare(t *testing.T, name string, want, got *tonghop.Book) {
	t.Helper()
	byName := map[string]*tonghop.Sheet{}
	for i := range got.Sheets {
		byName[got.Sheets[i].Name] = &got.Sheets[i]
	}
	for i := range want.Sheets {
		w := &want.Sheets[i]
		g := byName[w.Name]
		if len(got.Sheets) == 1 && g == nil {
			g = &got.Sheets[0]
		}
		if w.Hidden || len(w.Lines) == 0 {
			continue // LibreOffice writes no empty sheets
		}
		if g == nil {
			t.Errorf("%s: no sheet %s", name, w.Name)
			continue
		}
		columns := len(w.HiddenCols) == 0 // a merge over a hidden column is written too wide
		if diff := cmp.Diff(seen(w, columns), seen(g, columns)); diff != "" {
			t.Errorf("%s, %s: %s", name, w.Name, diff)
		}
	}
}

// Pages by LibreOffice, committed: fonts, formats, stored numbers, merges and
// sheets are those of the workbooks, but for booleans, which it writes as
// numbers.
func TestPages(t *testing.T) {
	compare(t, "inline", loadFile(t, "../xlsx/testdata/inline.xlsx"), loadFile(t, "testdata/soffice-inline.html"))
	b := loadFile(t, "testdata/soffice-openpyxl.html")
	s := b.Sheets[0]
	if c := s.Cell(1, 1); s.Name != "Biểu 03" || c.Style.Font != ".VnTimeH" || c.Shown != "UBND HUYỆN TRÀ CÚ" {
		t.Errorf("%s: %+v in %s", s.Name, c, c.Style.Font)
	}
	if c := s.Cell(6, 6); c == nil || c.Kind != tonghop.CellNumber || c.Stored != "0.456" || c.Shown != "45.6%" || !c.Style.Percent {
		t.Errorf("%+v", c)
	}
	if c := s.Cell(6, 5); c == nil || c.Stored != "45107" || !c.Style.Date {
		t.Errorf("%+v", c)
	}
	if diff := cmp.Diff([]tonghop.Area{{Top: 1, Left: 1, Bottom: 1, Right: 4}}, s.Merges); diff != "" {
		t.Error(diff)
	}
	b = loadFile(t, "testdata/soffice-xlsxwriter.html")
	if diff := cmp.Diff([]tonghop.Area{{Top: 1, Left: 6, Bottom: 3, Right: 8}}, b.Sheets[0].Merges); diff != "" {
		t.Error(diff)
	}
}
