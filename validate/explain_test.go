package validate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// column is a cause, what follows from it, and something else.
func column() (ret tonghop.Return, cause, follower tonghop.Finding) {
	at := func(row int) tonghop.Ref { return tonghop.Ref{Sheet: "Biểu 03", Row: row, Col: 9} }
	cause = tonghop.Finding{Rule: "O-006", Severity: tonghop.Query, Unit: "29464", Field: "10", Found: "1"}.At(at(6))
	follower = tonghop.Finding{Rule: "O-006", Severity: tonghop.Query, Unit: "29467", Field: "10", Found: "2", Cause: cause.Key()}.At(at(7))
	other := tonghop.Finding{Rule: "O-001", Severity: tonghop.Query, Unit: "29467", Field: "11", Found: "#"}.At(at(9))
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	return tonghop.Return{Form: "xa-ntm", Period: june, Findings: []tonghop.Finding{cause, follower, other}}, cause, follower
}

// Who explains the cause explains what follows from it; what is accepted is what
// followed then, at its values. Who explains one that follows explains that alone.
func TestExplainCause(t *testing.T) {
	ret, cause, follower := column()
	typed := func(f tonghop.Finding) tonghop.Explanation {
		return tonghop.Explanation{Rule: f.Rule, Where: f.Sheet + "!" + f.Cells(), Unit: f.Unit, Field: f.Field, Value: f.Found, Text: "đúng", Person: "Lan", Count: 1}
	}
	kept := func(state tonghop.ExplanationState, followed ...tonghop.Finding) tonghop.Known {
		x := tonghop.Explanation{Rule: cause.Rule, Sheet: cause.Sheet, Cells: cause.Cells(), Unit: cause.Unit, Field: cause.Field, Value: cause.Found,
			Text: "đúng", Period: ret.Period, State: state, Reason: "chưa rõ", Followed: followed}
		return tonghop.Known{Explained: []tonghop.Explanation{x}}
	}
	another := follower
	another.Found = "3"
	for _, c := range []struct {
		name   string
		typed  []tonghop.Explanation
		known  tonghop.Known
		cause  string
		of     string
		asked  int
		folded bool
	}{
		{"nothing", nil, tonghop.Known{}, "", "", 3, true},
		{"the cause", []tonghop.Explanation{typed(cause)}, tonghop.Known{}, "waiting", "cause", 1, true},
		{"the cause, kept before", nil, kept(tonghop.ExplanationOpen), "waiting", "cause", 1, true},
		{"the cause, accepted", nil, kept(tonghop.ExplanationAccepted, follower), "accepted", "accepted", 1, true},
		{"the cause, accepted with another value under it", nil, kept(tonghop.ExplanationAccepted, another), "accepted", "", 2, false},
		{"the cause, refused", nil, kept(tonghop.ExplanationRefused, follower), "refused", "", 3, true},
		{"what follows", []tonghop.Explanation{typed(follower)}, tonghop.Known{}, "", "waiting", 2, true},
		{"both", []tonghop.Explanation{typed(cause), typed(follower)}, tonghop.Known{}, "waiting", "waiting", 1, true},
	} {
		ret.Explained = c.typed
		got := Explain(&ret, c.known)
		how := []string{got.Findings[0].Args[tonghop.ArgAnswer], got.Findings[1].Args[tonghop.ArgAnswer], got.Findings[2].Args[tonghop.ArgAnswer]}
		if diff := cmp.Diff([]string{c.cause, c.of, ""}, how); diff != "" {
			t.Errorf("%s is explained:\n%s", c.name, diff)
		}
		if asked := tonghop.CountAsked(got.Findings); asked != c.asked {
			t.Errorf("%s is explained: %d asked, want %d", c.name, asked, c.asked)
		}
		if folded := got.Findings[1].Cause != ""; folded != c.folded {
			t.Errorf("%s is explained: folded %v", c.name, folded)
		}
		if len(got.Explained) != len(c.typed) || len(got.Lost) > 0 {
			t.Errorf("%s is explained: kept %d, lost %d", c.name, len(got.Explained), len(got.Lost))
		}
	}
}

// What holds a report is not answered through a cause, and a text that was kept
// for one cell is not another one's of the same field.
func TestExplainNotThat(t *testing.T) {
	ret, cause, _ := column()
	ret.Findings[1].Holds = true
	ret.Explained = []tonghop.Explanation{{Rule: cause.Rule, Where: "Biểu 03!I6", Unit: cause.Unit, Field: cause.Field, Value: "1", Text: "đúng", Count: 1}}
	if got := Explain(&ret, tonghop.Known{}).Findings[1]; got.Args[tonghop.ArgAnswer] != "" || got.Cause != "" {
		t.Errorf("what holds: %q under %q", got.Args[tonghop.ArgAnswer], got.Cause)
	}

	ret, cause, _ = column()
	twin := cause
	twin = twin.At(tonghop.Ref{Sheet: "Biểu 03", Row: 6, Col: 10}) // the mark beside the figure
	ret.Findings = []tonghop.Finding{cause, twin}
	known := tonghop.Known{Explained: []tonghop.Explanation{{Rule: cause.Rule, Sheet: "Biểu 03", Cells: "I6", Unit: cause.Unit, Field: cause.Field, Value: "1",
		Text: "đúng", Period: ret.Period, State: tonghop.ExplanationAccepted}}}
	got := Explain(&ret, known).Findings
	if got[0].Severity != tonghop.Note || got[1].Severity != tonghop.Query || got[1].Args[tonghop.ArgAnswer] != "" {
		t.Errorf("of two cells of a field: %s %q and %s %q", got[0].Severity, got[0].Args[tonghop.ArgAnswer], got[1].Severity, got[1].Args[tonghop.ArgAnswer])
	}
}

// A second blank cell is not explained with the first; a text beside a note and one
// about nothing are told apart.
func TestExplainMore(t *testing.T) {
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	blank := tonghop.Finding{Rule: "O-020", Severity: tonghop.Query, Unit: "29464"}.At(tonghop.Ref{Sheet: "Biểu 03", Row: 6, Col: 9}, tonghop.Ref{Sheet: "Biểu 03", Row: 6, Col: 11})
	note := tonghop.Finding{Rule: "GC-002", Severity: tonghop.Note, Found: "85,5"}.At(tonghop.Ref{Sheet: "Biểu 03", Row: 6, Col: 5})
	ret := tonghop.Return{Period: june, Findings: []tonghop.Finding{blank, note}, Explained: []tonghop.Explanation{
		{Rule: "O-020", Where: "Biểu 03!I6", Unit: "29464", Text: "chưa có", Count: 1},
		{Rule: "GC-002", Where: "Biểu 03!E6", Value: "85,5", Text: "đúng", Count: 1},
		{Rule: "O-001", Where: "Biểu 03!F6", Unit: "29464", Field: "2.1", Value: "#", Text: "mẫu cũ", Count: 1},
		{Where: "Kết quả kiểm tra!I40", Text: "xin gia hạn"},
	}}
	got := Explain(&ret, tonghop.Known{})
	if f := got.Findings[0]; f.Args[tonghop.ArgAnswer] != "more" || f.Args[tonghop.ArgWas] != "1" || f.Args[tonghop.ArgCount] != "2" || f.Answered() {
		t.Errorf("two blank cells: %v", f.Args)
	}
	if x := got.Explained[0]; x.Cells != "I6" || x.CellCount() != 1 {
		t.Errorf("kept as of %q", x.Cells)
	}
	if len(got.Beside) != 1 || got.Beside[0].Text != "đúng" || len(got.Lost) != 2 || got.Lost[0].Text != "mẫu cũ" || got.Lost[1].Text != "xin gia hạn" {
		t.Errorf("beside %+v, lost %+v", got.Beside, got.Lost)
	}
	known := tonghop.Known{Explained: got.Explained}
	if f := Explain(&tonghop.Return{Period: june, Findings: ret.Findings[:1]}, known).Findings[0]; f.Args[tonghop.ArgAnswer] != "more" {
		t.Errorf("two blank cells, one kept: %v", f.Args)
	}
}
