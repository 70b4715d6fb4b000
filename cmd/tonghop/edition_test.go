//go:build !race

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// built gives the edition of the demo with its manifest.
func built(t *testing.T) pipeline.Built {
	t.Helper()
	a := &app{out: io.Discard, err: io.Discard, config: templates.DefaultConfig(), clock: clock{now: time.Now}}
	a.config.Home, a.config.Province = samplesHome(t), "84"
	defer a.close()
	c, err := a.consolidation(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Build(t.Context(), tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6},
		tonghop.Unit{Code: "84", Name: "Tỉnh Trà Vinh"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// manifest reads the manifest of an edition.
func manifest(t *testing.T, b pipeline.Built) *consolidate.Manifest {
	t.Helper()
	m, err := consolidate.ReadManifest(bytes.NewReader(b.Manifest))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// claims are what the districts say in the truth table: by commune, the mark
// of each of the 19 criteria and the total.
func claims(t *testing.T) map[string]map[string]line {
	t.Helper()
	out := map[string]map[string]line{}
	for _, l := range csvFile(t, "samples/truth.csv") {
		field := strings.TrimPrefix(l["field"], "TC")
		claimed := l["mark"] != "" || l["field"] == "total_met" || l["empty"] != "" && strings.HasPrefix(l["field"], "TC")
		if strings.Contains(field, ".") || !claimed {
			continue
		}
		if out[l["unit_code"]] == nil {
			out[l["unit_code"]] = map[string]line{}
		}
		out[l["unit_code"]][field] = l
	}
	return out
}

// The sheet of communes prints every total and every mark as the districts
// claim them, under the headers that are a contract.
func TestEditionClaims(t *testing.T) {
	t.Parallel()
	b := built(t)
	s := sheet(t, openBook(t, b.Workbook), "Xã")
	marks := manifest(t, b).Edition.Marks
	head, at := columns(t, s, "Mã xã")
	for _, name := range []string{"Mã xã", "Huyện", "Xã", "1", "19", "Tổng số tiêu chí đạt", "Đánh giá theo bộ tiêu chí", "Ghi chú"} {
		if at[name] == 0 {
			t.Errorf("no column %q", name)
		}
	}
	said := claims(t)
	seen := map[string]bool{}
	for _, l := range s.Lines {
		unit := text(s, l.Row, 1)
		if l.Row <= head || said[unit] == nil {
			continue
		}
		seen[unit] = true
		for field, claim := range said[unit] {
			column, want := at[field], marks[tonghop.Mark(claim["mark"])]
			if field == "total_met" {
				column, want = at["Tổng số tiêu chí đạt"], claim["value"]
			}
			if got := text(s, l.Row, column); want != "" && got != want {
				t.Errorf("%s %s: %q, the district claims %q at %s", unit, field, got, want, claim.cell())
			}
		}
	}
	if len(seen) != len(said) {
		t.Errorf("%d communes in the sheet, %d in the truth", len(seen), len(said))
	}
}

// Every figure of the manifest stands in the sheet as the manifest says, and
// recomputes from its sources.
func TestEditionRecomputes(t *testing.T) {
	t.Parallel()
	b := built(t)
	book, m := openBook(t, b.Workbook), manifest(t, b)
	counts := map[tonghop.Operation]int{}
	for name, cells := range m.Cells {
		s := sheet(t, book, name)
		for at := range cells {
			c, err := consolidate.FindCell(m, name+"!"+at)
			if err != nil {
				t.Fatal(err)
			}
			counts[c.Operation]++
			if got := stored(s, at); !equal(got, c.Value) {
				t.Errorf("%s: the sheet says %q, the manifest %q", c.Cell, got, c.Value)
			}
			wanted := recompute(m, c)
			if wanted != nil && !slices.ContainsFunc(wanted, func(w string) bool { return equal(c.Value, w) }) {
				t.Errorf("%s: %s of %d sources is %q, the edition says %q", c.Cell, c.Operation, len(c.Sources), wanted, c.Value)
			}
		}
	}
	t.Log(counts)
	for _, op := range []tonghop.Operation{tonghop.OpCopy, tonghop.OpCount, tonghop.OpAverage, tonghop.OpShare} {
		if counts[op] == 0 {
			t.Errorf("no figure is a %s", op)
		}
	}
}

// recompute gives a figure from its sources alone, or what a copy may be shown
// as; nothing for what follows from the register, the ledger or a judgement.
func recompute(m *consolidate.Manifest, c consolidate.CellTrace) []string {
	n := decimal.NewFromInt(int64(len(c.Sources)))
	switch c.Operation {
	case tonghop.OpCopy:
		if len(c.Sources) != 1 {
			return []string{"one source"}
		}
		v := c.Sources[0].Value
		return []string{v, m.Edition.Marks[tonghop.Mark(v)], m.Edition.Signs[tonghop.Empty(v)]}
	case tonghop.OpCount:
		return []string{n.String()}
	case tonghop.OpSum:
		return []string{sum(c.Sources).String()}
	case tonghop.OpAverage:
		return []string{sum(c.Sources).DivRound(n, 20).String()}
	case tonghop.OpMean:
		return []string{sum(c.Sources).DivRound(decimal.NewFromInt(int64(c.Of)), 20).String()}
	case tonghop.OpPart:
		return []string{n.String() + "/" + strconv.Itoa(c.Of)}
	case tonghop.OpShare:
		return []string{n.Mul(decimal.NewFromInt(100)).DivRound(decimal.NewFromInt(int64(c.Of)), 20).String()}
	case tonghop.OpDifference:
		return []string{sum(c.Sources).Sub(sum(c.Less)).String()}
	}
	return nil
}

// sum adds up the values of sources.
func sum(sources []tonghop.Source) decimal.Decimal {
	total := decimal.Zero
	for _, s := range sources {
		if s.Value == string(tonghop.Met) {
			total = total.Add(decimal.NewFromInt(1))
			continue
		}
		total = total.Add(decimal.RequireFromString(s.Value))
	}
	return total
}

// equal compares texts, and figures to 15 significant digits, which is all
// that a spreadsheet keeps.
func equal(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := decimal.NewFromString(a)
	y, errY := decimal.NewFromString(b)
	if errX != nil || errY != nil {
		return false
	}
	return x.Sub(y).Abs().LessThanOrEqual(y.Abs().Mul(decimal.New(1, -14)))
}

// No figure of the sheets is without a trace, but for running numbers and
// codes.
func TestEditionTraced(t *testing.T) {
	t.Parallel()
	b := built(t)
	book, m := openBook(t, b.Workbook), manifest(t, b)
	for name, first := range map[string]string{"Tổng hợp": "TT", "Xã": "Mã xã", "Chỉ tiêu": "Mã xã", "Tiêu chí": "Huyện"} {
		s := sheet(t, book, name)
		head, _ := columns(t, s, first)
		for _, l := range s.Lines {
			for _, c := range l.Cells {
				at := tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()
				if _, traced := m.Cells[name][at]; l.Row > head && c.Col > 1 && !traced && c.Stored != "" && (c.HasForm || c.Kind == tonghop.CellNumber) {
					t.Errorf("%s!%s: %s has no trace", name, at, c.Stored)
				}
			}
		}
	}
}

// Every source is a cell of the original file, and raw is its stored text.
func TestEditionSources(t *testing.T) {
	t.Parallel()
	m := manifest(t, built(t))
	books := map[string]*tonghop.Book{}
	for _, s := range m.Sources {
		if s.Cell == "" {
			continue
		}
		if books[s.File] == nil {
			raw, err := os.ReadFile(filepath.Join("samples", s.File))
			if err != nil {
				t.Fatal(err)
			}
			books[s.File] = openBook(t, raw)
		}
		if got := stored(sheet(t, books[s.File], s.Sheet), s.Cell); got != s.Raw {
			t.Errorf("%s %s!%s: the file has %q, raw is %q", s.File, s.Sheet, s.Cell, got, s.Raw)
		}
		if !strings.HasPrefix(s.Submission, "TH-") {
			t.Errorf("%s %s!%s: submission %q", s.File, s.Sheet, s.Cell, s.Submission)
		}
	}
	if len(m.Sources) < 6000 {
		t.Errorf("only %d sources", len(m.Sources))
	}
}

// The command prints what the manifest holds, under the names that are a
// contract.
func TestTraceJSON(t *testing.T) {
	t.Parallel()
	home := samplesHome(t)
	for _, at := range []string{"Xã!W8", "Tổng hợp!F11", "Tổng hợp!L12", "Tiêu chí!D14"} {
		var got map[string]any
		if err := json.Unmarshal([]byte(want(t, exitDone, home, "trace", june, at, "--json")), &got); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"cell", "value", "operation", "sources"} {
			if _, ok := got[key]; !ok {
				t.Errorf("%s: no %q", at, key)
			}
		}
		sources, _ := got["sources"].([]any)
		if len(sources) == 0 {
			t.Errorf("%s: no sources", at)
			continue
		}
		var keys []string
		source, _ := sources[0].(map[string]any)
		for _, k := range []string{"file", "sheet", "cell", "raw", "value", "submission"} {
			if _, ok := source[k]; ok {
				keys = append(keys, k)
			}
		}
		if diff := cmp.Diff([]string{"file", "sheet", "cell", "raw", "value", "submission"}, keys); diff != "" || len(source) != 6 {
			t.Errorf("%s: keys of a source: %v", at, source)
		}
	}
}
