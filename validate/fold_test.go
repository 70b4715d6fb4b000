package validate_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// at is a question at a cell of a sheet.
func at(rule, sheet string, row, col int) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.
		At(tonghop.Ref{Sheet: sheet, Row: row, Col: col})
}

func TestFold(t *testing.T) {
	stranger := at("DV-002", "S", 1, 1)
	stranger.Holds = true
	unit := at("COT-030", "S", 5, 6)
	unit.Areas[0].Bottom = 40
	lying := at("COT-004", "S", 9, 1).Arg("line", "9") // of a table on its side
	lying.Areas = append(lying.Areas, tonghop.Area{Top: 9, Left: 2, Bottom: 9, Right: 6})
	mustRepair := at("DV-021", "S", 12, 2)
	mustRepair.Severity = tonghop.Reject
	for name, c := range map[string]struct {
		found []tonghop.Finding
		rows  int
		want  []int // the index of each one's cause, -1 for none
	}{
		"rows of another office":       {[]tonghop.Finding{at("DV-021", "S", 9, 2), stranger, at("DV-030", "S", 0, 0), at("O-001", "S", 9, 5)}, 20, []int{1, -1, 1, -1}},
		"what is stronger stands":      {[]tonghop.Finding{stranger, mustRepair}, 20, []int{-1, -1}},
		"a unit of one column":         {[]tonghop.Finding{unit, at("TC-001", "S", 8, 6), at("TC-001", "S", 8, 7), at("TC-001", "T", 8, 6)}, 20, []int{-1, 0, -1, -1}},
		"a column that is a row":       {[]tonghop.Finding{lying, at("O-017", "S", 9, 3), at("O-001", "S", 14, 3)}, 20, []int{-1, 0, -1}},
		"most of a column":             {[]tonghop.Finding{at("O-017", "S", 8, 6), at("O-017", "S", 9, 6), at("O-017", "S", 10, 6), at("O-017", "S", 11, 6), at("O-017", "S", 8, 7)}, 6, []int{-1, 0, 0, 0, -1}},
		"some of a column":             {[]tonghop.Finding{at("O-017", "S", 8, 6), at("O-017", "S", 9, 6), at("O-017", "S", 10, 6), at("O-017", "S", 11, 6)}, 7, []int{-1, -1, -1, -1}},
		"a total of an unclear mark":   {[]tonghop.Finding{at("TONG-001", "S", 8, 6).At(tonghop.Ref{Sheet: "S", Row: 8, Col: 30}, tonghop.Ref{Sheet: "S", Row: 8, Col: 6}), at("O-001", "S", 8, 6)}, 20, []int{1, -1}},
		"a total of another row":       {[]tonghop.Finding{at("TONG-001", "S", 9, 6), at("O-001", "S", 8, 6)}, 20, []int{-1, -1}},
		"nothing":                      {nil, 0, nil},
		"one cell asked about often":   {[]tonghop.Finding{expecting("1"), expecting("2"), expecting("3"), expecting("4")}, 4, []int{-1, -1, -1, -1}},
		"different levels of one rule": {[]tonghop.Finding{expecting("1"), lower(expecting("2"), 1), lower(expecting("3"), 2), lower(expecting("4"), 3)}, 6, []int{-1, 0, 0, 0}},
		"most of a row":                {[]tonghop.Finding{at("O-007", "S", 8, 1), at("O-007", "S", 8, 2), at("O-007", "S", 8, 5), at("O-007", "S", 8, 6), at("O-007", "S", 9, 6)}, 20, []int{-1, 0, 0, 0, -1}},
		"different rules in a row":     {[]tonghop.Finding{at("O-007", "S", 8, 1), at("O-001", "S", 8, 2), at("O-007", "S", 8, 5), at("O-007", "S", 8, 6)}, 20, []int{-1, -1, -1, -1}},
	} {
		t.Run(name, func(t *testing.T) {
			got := validate.Fold(c.found, returned(8, c.rows))
			if len(got) != len(c.want) {
				t.Fatalf("%d findings, want %d", len(got), len(c.want))
			}
			for i, f := range got {
				want := ""
				if c.want[i] >= 0 {
					want = c.found[c.want[i]].Key()
				}
				if f.Cause != want {
					t.Errorf("%s: caused by %q, want %q", f.Key(), f.Cause, want)
				}
			}
		})
	}
}

// returned is a return of a sheet with so many rows of six values from a row on.
func returned(top, rows int) *tonghop.Return {
	ret := &tonghop.Return{}
	for i := range rows {
		var row tonghop.Row
		for col := 1; col <= 6; col++ {
			row.Values = append(row.Values, tonghop.Value{Ref: tonghop.Ref{Sheet: "S", Row: top + i, Col: col}})
		}
		ret.Rows = append(ret.Rows, row)
	}
	return ret
}

// What stands for a line says which, from where to where, and of how many cells.
func TestFoldSpeaksOfTheLine(t *testing.T) {
	ret := returned(8, 6)
	var column, row []tonghop.Finding
	for i := range 5 {
		column = append(column, at("O-007", "S", 9+i, 3))
		row = append(row, at("O-007", "S", 8, 2+i))
	}
	for _, c := range []struct {
		found []tonghop.Finding
		want  map[string]string
	}{
		{column, map[string]string{"whole": "column", "whole_line": "C", "whole_from": "9", "whole_to": "13", "whole_count": "5", "whole_all": "6", "whole_others": "4", "whole_first": "C9"}},
		{row, map[string]string{"whole": "row", "whole_line": "8", "whole_from": "B", "whole_to": "F", "whole_count": "5", "whole_all": "6", "whole_others": "4", "whole_first": "B8"}},
	} {
		if d := cmp.Diff(c.want, validate.Fold(c.found, ret)[0].Args); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	}
}

// lower is a finding some rows further down.
func lower(f tonghop.Finding, rows int) tonghop.Finding {
	f.Areas = []tonghop.Area{{Top: f.Areas[0].Top + rows, Left: f.Areas[0].Left, Bottom: f.Areas[0].Bottom + rows, Right: f.Areas[0].Right}}
	return f
}

// expecting is a question whose answer is a figure of its own.
func expecting(figure string) tonghop.Finding {
	f := at("TONG-001", "S", 8, 6)
	f.Expected = figure
	return f
}

// None is lost, none is changed but for its cause, every cause is there and
// stands for itself, and folding again changes nothing.
func TestFoldKeepsAll(t *testing.T) {
	rules := []string{"DV-002", "DV-004", "DV-020", "DV-030", "COT-030", "COT-007", "O-001", "O-003", "O-017", "TC-001", "TONG-001"}
	rapid.Check(t, func(t *rapid.T) {
		found := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) tonghop.Finding {
			f := at(rapid.SampledFrom(rules).Draw(t, "rule"), "S", rapid.IntRange(1, 6).Draw(t, "row"), rapid.IntRange(1, 3).Draw(t, "col"))
			f.Severity = rapid.SampledFrom([]tonghop.Severity{tonghop.Note, tonghop.Query, tonghop.Reject}).Draw(t, "severity")
			f.Holds = f.Severity == tonghop.Query && rapid.Bool().Draw(t, "holds")
			return f
		}), 0, 30).Draw(t, "found")
		once := validate.Fold(found, returned(1, 6))
		for i, f := range once {
			if f.Cause == "" {
				continue
			}
			if !slices.ContainsFunc(once, func(o tonghop.Finding) bool { return o.Key() == f.Cause && o.Cause == "" }) {
				t.Errorf("%s is caused by %q, which does not stand for itself", f.Key(), f.Cause)
			}
			if once[i].Cause = ""; once[i].Key() != found[i].Key() {
				t.Errorf("%s became %s", found[i].Key(), once[i].Key())
			}
			once[i].Cause = f.Cause
		}
		for i, f := range validate.Fold(once, returned(1, 6)) {
			if f.Cause != once[i].Cause {
				t.Errorf("%s: %q, again %q", f.Key(), once[i].Cause, f.Cause)
			}
		}
	})
}
