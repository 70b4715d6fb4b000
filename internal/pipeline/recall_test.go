package pipeline_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
)

// accept writes a return into the ledger as one that was accepted.
func accept(t *testing.T, db *store.DB, name string, ret tonghop.Return) {
	t.Helper()
	sub, err := db.Receive(t.Context(), tonghop.Parcel{Door: pipeline.DoorCommand, Name: name, Bytes: []byte(name)}, name)
	if err != nil {
		t.Fatal(err)
	}
	ret.State, ret.Findings = tonghop.Accepted, nil
	if _, err := db.Settle(t.Context(), sub, []tonghop.Return{ret}); err != nil {
		t.Fatal(err)
	}
}

// shaken is a return for May whose figures are others, some by a power of ten.
func shaken(r *rand.Rand, ret tonghop.Return) tonghop.Return {
	ret.Period = june.Previous()
	ret.AsOf = ret.Period.AsOf()
	ret.Rows = slices.Clone(ret.Rows)
	for i := range ret.Rows {
		values := slices.Clone(ret.Rows[i].Values)
		for j := range values {
			if v := &values[j]; v.Number.Valid && r.IntN(3) == 0 {
				v.Number.Decimal = v.Number.Decimal.Shift([]int32{-6, -3, -1, 0, 1, 3, 6}[r.IntN(7)])
				v.Doubt = r.IntN(10) == 0
			}
		}
		ret.Rows[i].Values = values
	}
	return ret
}

// Whatever an office reported last: a file that is read again only where that
// may change something is read as if it had been read with it at once, here and
// in a child; and what is used is named.
func TestRecall(t *testing.T) {
	asked := 0
	for seed, start := range []string{"BC NTM T6 - Trà Cú", "UBND huyện Cầu Ngang", "BC NTM T6 - Càng Long"} {
		in, _ := desk(t)
		reader := newReader(t)
		name, raw := sample(t, start)
		p := parcel(name, raw)
		plain := reader.Read(p)
		before := shaken(rand.New(rand.NewPCG(uint64(seed), 7)), plain)
		accept(t, in.Ledger, "may", before)
		sub, err := in.Ledger.Receive(t.Context(), p, "june")
		if err != nil {
			t.Fatal(err)
		}
		p.Delivery = sub.Delivery
		before.Submission.Receipt = "TH-000001"
		want := reader.ReadAfter(p, tonghop.LastOf(&before))
		want.Evidence = append(want.Evidence, "before:2023-05 TH-000001")
		asked += len(want.Findings) - len(plain.Findings)
		local, child := pipeline.NewLocal(reader, 1), jailed(t, jail.Limits{})
		local.Recall, child.Recall = in.Ledger.Last, in.Ledger.Last
		for where, readers := range map[string]pipeline.Readers{"here": local, "in a child": child} {
			got, err := readers.Read(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s, %s (-at once +twice):\n%s", name, where, diff)
			}
		}
	}
	if asked < 10 {
		t.Errorf("only %d findings more than without", asked)
	}
}

// A report of another version of the form says nothing: its fields may be others.
func TestRecallOfAnotherVersion(t *testing.T) {
	reader := newReader(t)
	name, raw := sample(t, "BC NTM T6 - Càng Long")
	plain := reader.Read(parcel(name, raw))
	before := shaken(rand.New(rand.NewPCG(3, 7)), plain)
	last := tonghop.LastOf(&before)
	if got := reader.ReadAfter(parcel(name, raw), last); len(got.Findings) == len(plain.Findings) {
		t.Error("a report of the same version says nothing either")
	}
	last.AsOf = "2019-12-31"
	if diff := cmp.Diff(plain, reader.ReadAfter(parcel(name, raw), last), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("read otherwise:\n%s", diff)
	}
}
