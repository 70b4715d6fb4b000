package pipeline_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// child makes the test binary a child that reads.
const child = "child-that-reads"

func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[1] != child {
		os.Exit(m.Run())
	}
	err := pipeline.ServeReader(os.Stdin, os.Stdout, func() (*pipeline.Reader, error) {
		return pipeline.NewReader(templates.FS(""), "", "")
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// jailed reads in children with the limits.
func jailed(t *testing.T, limits jail.Limits) *pipeline.Jailed {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool := &jail.Pool{Command: []string{self, child}, Limits: limits}
	t.Cleanup(pool.Close)
	return pipeline.NewJailed(newReader(t), pool, 2)
}

// A child reads every sample, and what is no workbook, as this process does.
func TestJailedReadsTheSame(t *testing.T) {
	here, there := newReader(t), jailed(t, jail.Limits{})
	for _, start := range []string{"BC NTM T6 - Trà Cú", "Cầu Kè", "TP Trà Vinh", "tiểu cần"} {
		name, raw := sample(t, start)
		for _, office := range []string{"", "849"} {
			p := parcel(name, raw)
			p.Office = office
			got, err := there.Read(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(here.Read(p), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s from %q is read otherwise, with %v:\n%s", name, office, got.Findings[:min(len(got.Findings), 3)], diff)
			}
		}
	}
	p := parcel("x.xlsx", []byte("PK\x03\x04 no workbook"))
	got, err := there.Read(t.Context(), p)
	if diff := cmp.Diff(here.Read(p), got, cmpopts.EquateEmpty()); diff != "" || err != nil {
		t.Errorf("what is no workbook: %v\n%s", err, diff)
	}
}

// A file that costs its child is held as the system's fault with the office
// that sent it, its sender has nothing to do, and the next file is read.
func TestJailedFault(t *testing.T) {
	name, raw := sample(t, "BC NTM T6 - Trà Cú")
	for rule, limits := range map[string]jail.Limits{
		"TEP-003 time": {Time: time.Millisecond},
		// With so little the runtime itself may break down before it can say why.
		"TEP-003 memory or TEP-002 crash": {Data: 4 << 20},
	} {
		p := parcel(name, raw)
		p.Office = "849"
		got, err := jailed(t, limits).Read(t.Context(), p)
		if err != nil || got.State != tonghop.Held || len(got.Findings) != 1 || got.Office.Code != "849" {
			t.Fatalf("%s: %s of %q, %v, %v", rule, got.State, got.Office.Code, got.Findings, err)
		}
		f := got.Findings[0]
		if !strings.Contains(rule, f.Rule+" "+f.Args["fault"]) || f.Owner != tonghop.OwnerSystem || f.Args["detail"] == "" {
			t.Errorf("%s: %+v", rule, f)
		}
	}
	p := &jail.Pool{Command: []string{"/nothing/there"}}
	if _, err := pipeline.NewJailed(newReader(t), p, 1).Read(t.Context(), parcel(name, raw)); err == nil {
		t.Error("a child that cannot be started is no fault of the file")
	}
}
