package validate

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// sway is how far a finding explains others.
type sway int

const (
	wholeFile sway = iota // whatever the file holds
	ownColumn             // what stands in the columns of its cells
	ownCell               // what names one of its cells
	ownBlock              // what names one of its cells, and totals of the communes that have some
)

// root is a kind of finding from which others follow.
type root struct {
	rule     string
	reach    sway
	symptoms []string // rules
}

// roots are the kinds of findings that explain others, the stronger first.
func roots() []root {
	strangers := []string{"DV-004", "DV-020", "DV-021", "DV-030", "DV-043", "DV-048", "DV-049"}
	figures := []string{"O-001", "O-003", "O-004", "O-005", "O-010", "O-011", "O-014", "O-017", "O-030", "O-036",
		"TC-001", "TC-002", "TC-003"}
	kinds := slices.Concat(figures[1:], []string{"O-012", "O-020", "O-021", "O-061", "O-034", "O-041", "O-060", "DONG-001", "TC-004", "TC-005", "TC-006", "TONG-001", "TONG-002", "TONG-010"})
	shapes := slices.Concat(kinds, []string{"O-001", "O-002", "O-008", "O-009", "O-013", "O-015", "O-031", "O-033", "O-035", "COT-002", "COT-003", "COT-006", "COT-007",
		"COT-008", "COT-030", "COT-031", "COT-021", "COT-022"})
	claims := []string{"TC-001", "TC-002", "TC-003"}
	return []root{
		{"DV-002", wholeFile, append([]string{"DV-090", "BIEU-006"}, strangers...)}, // the heading names another office than the rows
		{"DV-007", wholeFile, append([]string{"DV-090"}, strangers...)},             // it came from another office
		{"DV-041", wholeFile, append([]string{"DV-047"}, strangers...)},
		{"DV-050", wholeFile, strangers},
		{"NG-004", ownBlock, shapes}, // a block slid by a column
		{"NG-005", ownBlock, shapes},
		{"NG-001", ownBlock, kinds}, // or by a row
		{"NG-002", ownBlock, kinds},
		{"NG-003", ownBlock, kinds},
		{"NG-006", ownBlock, kinds},
		{"NG-007", ownBlock, kinds}, // by a row, onto that of a township
		{"DONG-013", ownBlock, []string{"O-020", "TC-004", "TC-005", "TC-006", "TONG-001", "TONG-002", "TONG-010"}}, // a column of marks slid by a row
		{"O-060", ownBlock, []string{"BIEU-022", "O-020", "TONG-010"}},                                              // a row whose cells slid
		{"DV-091", ownBlock, []string{"DV-030", "DV-031", "TONG-010"}},                                              // a row under another commune's name
		{"DV-090", ownCell, slices.Concat(strangers[1:], kinds, []string{"O-001", "O-002", "O-007"})},               // rows of another office's table
		{"TONG-011", ownCell, slices.Concat(kinds, []string{"DV-020"})},                                             // a sum taken for a commune
		{"TONG-012", ownCell, []string{"TONG-010"}},                                                                 // a partial sum added twice
		{"COT-030", ownColumn, figures},                                                                             // another unit of measure than is stated
		{"COT-008", ownColumn, figures},
		{"COT-031", ownColumn, figures},
		{"COT-002", ownColumn, figures}, // perhaps another indicator
		{"COT-004", ownColumn, figures},
		{"COT-007", ownColumn, figures},
		{"COT-052", ownCell, figures}, // an answer that what stands there gainsays
		{"O-005", ownCell, claims},    // a figure in doubt, and what it is compared with
		{"O-010", ownCell, claims},
		{"O-030", ownCell, claims},
		{"O-036", ownCell, claims},
		{"O-003", ownCell, claims},
		{"O-004", ownCell, claims},
		{"O-001", ownCell, []string{"TC-004", "TC-005", "TONG-001", "TONG-002"}},
		{"O-007", ownCell, []string{"TONG-001", "TONG-002"}},
		{"O-033", ownCell, []string{"TONG-001", "TONG-002"}}, // typed over a formula
	}
}

// Fold says of every finding that follows from another one which it is: from
// one that explains it, or from the first of those that say the same down most
// of a column of rows. It takes none away and leaves their order. A finding
// never follows from a weaker one, so that nothing that must be repaired hides
// under a note. It changes Cause alone, in a copy.
func Fold(found []tonghop.Finding, ret *tonghop.Return) []tonghop.Finding {
	out := slices.Clone(found)
	for _, r := range roots() {
		for i := range out {
			if out[i].Rule == r.rule && out[i].Cause == "" {
				foldUnder(out, i, r, ret)
			}
		}
	}
	foldTwins(out)
	foldTotals(out)
	foldCounts(out)
	foldNamesakes(out)
	foldMissing(out)
	foldLeftOut(out)
	foldLines(out, ret)
	foldBeside(out)
	toTheRoot(out)
	return out
}

// toTheRoot lets what follows from a finding that itself follows from another
// one follow from that.
func toTheRoot(all []tonghop.Finding) {
	causes := map[string]string{}
	for _, f := range all {
		if f.Cause != "" {
			causes[f.Key()] = f.Cause
		}
	}
	for i := range all {
		for range all {
			further := causes[all[i].Cause]
			if further == "" || further == all[i].Key() {
				break
			}
			all[i].Cause = further
		}
	}
}

// foldUnder names one finding as the cause of those that follow from it.
func foldUnder(all []tonghop.Finding, at int, r root, ret *tonghop.Return) {
	follows := func(f tonghop.Finding) bool { return within(f, all[at], r.reach) }
	if r.reach == ownBlock {
		follows = blockOf(ret, all[at]).explains
	}
	for i := range all {
		f := &all[i]
		if f.Key() != all[at].Key() && f.Cause == "" && slices.Contains(r.symptoms, f.Rule) && f.Weight() <= all[at].Weight() && follows(*f) {
			f.Cause = all[at].Key()
		}
	}
}

// within reports whether a finding lies in the reach of another one.
func within(f, of tonghop.Finding, reach sway) bool {
	if reach == wholeFile {
		return true
	}
	if f.Sheet != of.Sheet || len(f.Areas) == 0 {
		return false
	}
	turned := of.Args["line"] != "" && of.Args["column"] == "" // the table lies on its side: its column is a row
	return slices.ContainsFunc(of.Areas, func(o tonghop.Area) bool {
		return slices.ContainsFunc(f.Areas, func(a tonghop.Area) bool {
			aside := a.Left > o.Right || a.Right < o.Left
			switch {
			case reach == ownColumn && turned:
				return a.Top <= o.Bottom && a.Bottom >= o.Top
			case reach == ownColumn:
				return !aside
			}
			return !aside && a.Top <= o.Bottom && a.Bottom >= o.Top
		})
	})
}
