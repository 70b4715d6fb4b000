package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// What there is to do is counted in causes: neither what follows from one, nor
// notes, nor what is explained and waits is work of its own.
func TestTallyOf(t *testing.T) {
	said := func(rule string, s tonghop.Severity, row int) tonghop.Finding {
		return tonghop.Finding{Rule: rule, Severity: s}.At(tonghop.Ref{Sheet: "NTM", Row: row, Col: 2})
	}
	after := func(f, cause tonghop.Finding) tonghop.Finding {
		f.Cause = cause.Key()
		return f
	}
	waiting := func(f tonghop.Finding) tonghop.Finding {
		f.Args = map[string]string{tonghop.ArgAnswer: tonghop.AnswerWaiting}
		return f
	}
	holds := func(f tonghop.Finding) tonghop.Finding {
		f.Holds = true
		return f
	}
	cause := said("COT-010", tonghop.Query, 5)
	for _, c := range []struct {
		name  string
		found []tonghop.Finding
		want  tally
	}{
		{"nothing", nil, tally{}},
		{"notes alone", []tonghop.Finding{said("O-010", tonghop.Note, 1), said("O-010", tonghop.Note, 2)}, tally{}},
		{"one of each", []tonghop.Finding{said("O-010", tonghop.Note, 1), cause, said("BIEU-001", tonghop.Reject, 1)}, tally{rejects: 1, queries: 1}},
		{"what follows is no cause", []tonghop.Finding{after(said("O-001", tonghop.Query, 6), cause), cause, after(said("O-001", tonghop.Reject, 7), cause), after(said("O-010", tonghop.Note, 8), cause)}, tally{queries: 1, follow: 2}},
		{"explained", []tonghop.Finding{waiting(cause), said("O-001", tonghop.Query, 6)}, tally{queries: 1}},
		{"what follows is explained", []tonghop.Finding{cause, after(waiting(said("O-001", tonghop.Query, 6)), cause)}, tally{queries: 1}},
		{"one that holds", []tonghop.Finding{holds(said("KY-001", tonghop.Query, 1)), cause}, tally{queries: 2, holds: 1}},
	} {
		if diff := cmp.Diff(c.want, tallyOf(c.found), cmp.AllowUnexported(tally{})); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

// The list counts what is in it, each line once, and of what there is none it says
// nothing.
func TestCounted(t *testing.T) {
	l, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	note := tonghop.Finding{Severity: tonghop.Note}
	for _, c := range []struct {
		t     tally
		found []tonghop.Finding
		want  string
	}{
		{tally{}, nil, ""},
		{tally{rejects: 2}, nil, "2 phải sửa"},
		{tally{queries: 5, holds: 1}, nil, "1 cần làm rõ trước, 4 cần xem lại"},
		{tally{queries: 3, holds: 3}, nil, "3 cần làm rõ trước"},
		{tally{rejects: 1, queries: 1, follow: 7}, nil, "1 phải sửa, 1 cần xem lại, kèm 7 chỗ cùng nguyên nhân (sửa nguyên nhân trước)"},
		{tally{}, []tonghop.Finding{note, note}, "2 ghi chú (ghi chú là điều hệ thống đã tự hiểu, không phải làm gì)"},
	} {
		n := &notes{letters: l, ret: tonghop.Return{Findings: c.found}}
		if got := n.counted(c.t); got != c.want {
			t.Errorf("%+v: %q, want %q", c.t, got, c.want)
		}
	}
}
