//go:build !race

package pipeline_test

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
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
		want := reader.ReadAfter(p, tonghop.History{tonghop.LastOf(&before)})
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
	if got := reader.ReadAfter(parcel(name, raw), tonghop.History{last}); len(got.Findings) == len(plain.Findings) {
		t.Error("a report of the same version says nothing either")
	}
	last.AsOf = "2019-12-31"
	if diff := cmp.Diff(plain, reader.ReadAfter(parcel(name, raw), tonghop.History{last}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("read otherwise:\n%s", diff)
	}
}

// of842 is the form of TP Trà Vinh for a month of 2023 with so many makeshift
// houses (9.1) in its only commune, which does not meet criterion 9 for them.
func of842(t *testing.T, month, last, houses string) []byte {
	t.Helper()
	_, raw := sample(t, "TP Trà Vinh")
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	change := strings.NewReplacer("Th&#225;ng 06 n", "Th&#225;ng "+month+" n", "30/6/2023", last+"/2023",
		`r="AC10" s="10" t="n"><v>0<`, `r="AC10" s="10" t="n"><v>`+houses+`<`,
		`r="AE10" s="10" t="inlineStr"><is><t>&#272;&#7841;t<`, `r="AE10" s="10" t="inlineStr"><is><t>Ch&#432;a &#273;&#7841;t<`,
		`r="BY10" s="10" t="n"><v>19<`, `r="BY10" s="10" t="n"><v>18<`,
		`r="AE11" s="13" t="n"><v>1<`, `r="AE11" s="13" t="n"><v>0<`, `r="BY11" s="13" t="n"><v>19<`, `r="BY11" s="13" t="n"><v>18<`)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err == nil {
			_, err = change.WriteString(w, string(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// askedOf are the rules asked of a submission's return, with their cells and
// what they compare with.
func (b *bench) askedOf(receipt string) string {
	b.t.Helper()
	var out []string
	for r, err := range b.in.Ledger.Returns(b.t.Context(), store.Filter{Receipt: receipt}) {
		if err != nil {
			b.t.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Severity != tonghop.Note {
				out = append(out, strings.TrimSpace(f.Rule+" "+f.Cells()+" "+f.Args["since"]))
			}
		}
	}
	return strings.Join(out, "; ")
}

// Months that come together, late, corrected or out of order: each is compared
// with the nearest earlier one that was accepted when it came, and read once more
// at the end it says the same.
func TestCompared(t *testing.T) {
	b := newBench(t, "84")
	april, may, june4 := of842(t, "04", "30/4", "4"), of842(t, "05", "31/5", "4000"), of842(t, "06", "30/6", "5")
	settle := func(receipt string) {
		t.Helper()
		if err := b.rec.Settle(t.Context(), receipt); err != nil {
			t.Fatal(err)
		}
	}
	first := b.hand("842", june4, may) // June before May; nothing before May is there
	settle(first[0])
	second := b.hand("842", april) // late: it changes nothing of what was read
	settle(second[0])
	third := b.hand("842", changed(t, may)) // May again, now after April
	settle(third[0])
	fourth := b.hand("842", of842(t, "06", "30/6", "4000000")) // May is in doubt now: April says more
	settle(fourth[0])
	fifth := b.hand("842", of842(t, "05", "31/5", "4"), of842(t, "06", "30/6", "4000001"), of842(t, "07", "31/7", "4100000"))
	settle(fifth[0])
	want := map[string]string{first[0]: "O-036 AC10 " + first[1], first[1]: "", second[0]: "", third[0]: "O-036 AC10 " + second[0],
		fourth[0]: "O-003 AC10 " + second[0], fifth[0]: "", fifth[1]: "O-003 AC10 " + fifth[0], fifth[2]: "KY-007 4"}
	for receipt, want := range want {
		if receipt == fifth[2] {
			continue // July has not ended: held
		}
		if got := b.askedOf(receipt); got != want {
			t.Errorf("%s: asked %q; want %q", receipt, got, want)
		}
		sub, err := b.in.Ledger.Submission(t.Context(), receipt)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := b.rec.Originals.Get(t.Context(), sub.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		again, err := b.rec.Readers.Read(t.Context(), tonghop.Parcel{Door: sub.Door, Name: sub.Name, Received: sub.Received, Bytes: raw,
			Office: sub.Office, Delivery: sub.Delivery})
		if err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, f := range again.Findings {
			if f.Severity != tonghop.Note {
				asked = append(asked, strings.TrimSpace(f.Rule+" "+f.Cells()+" "+f.Args["since"]))
			}
		}
		if got := strings.Join(asked, "; "); got != want {
			t.Errorf("%s read again: asked %q; want %q", receipt, got, want)
		}
	}
}
