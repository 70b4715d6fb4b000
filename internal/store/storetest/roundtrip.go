package storetest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// comesBackEqual: whatever a return holds, it comes back from the ledger as it
// was settled.
func comesBackEqual(t *testing.T, db *store.DB) {
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		returns := rapid.SliceOfN(rapid.Custom(aReturn), 1, 3).Draw(rt, "returns")
		for i := range returns { // accepted for one place once
			if i > 0 && returns[i].State == tonghop.Accepted {
				returns[i].State = tonghop.Held
			}
		}
		sub := send(t, db, fmt.Sprint("file ", n), june())
		settled, err := db.Settle(t.Context(), sub, returns)
		if err != nil {
			rt.Fatal(err)
		}
		for i, r := range settled {
			want := returns[i]
			want.Version, want.Current, want.Submission = r.Version, true, r.Submission
			same(rt, "what Settle gave", r, want)
		}
		slices.SortStableFunc(settled, func(a, b tonghop.Return) int {
			return cmp.Or(cmp.Compare(a.Office.Code, b.Office.Code), cmp.Compare(a.Form, b.Form),
				cmp.Compare(a.Period.String(), b.Period.String()), cmp.Compare(a.Version, b.Version))
		})
		same(rt, "what was loaded", load(t, db, store.Filter{Receipt: sub.Receipt}), settled)
	})
}

// words draws texts as they stand in workbooks: Vietnamese composed and not,
// quotes, line ends, formulas, anything but NUL, which no XML can hold.
func words() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "Xã Ngọc Biên", "Xa\u0303 Ngo\u0323c Bie\u0302n", "1.234,5", " 85,5 \n", "=1+1",
			`"'; DROP TABLE fact;--`, "$1", "\u00a0", "𝟙", "[1,2]", "null"}),
		rapid.Map(rapid.String(), func(s string) string { return strings.ReplaceAll(s, "\x00", "") }),
	)
}

// aNumber draws rows, columns and the like.
func aNumber() *rapid.Generator[int] { return rapid.IntRange(0, 1<<20) }

// anArea draws an area.
func anArea(t *rapid.T) tonghop.Area {
	return tonghop.Area{Top: aNumber().Draw(t, "top"), Left: aNumber().Draw(t, "left"),
		Bottom: aNumber().Draw(t, "bottom"), Right: aNumber().Draw(t, "right")}
}

// aRef draws the address of a cell.
func aRef(t *rapid.T) tonghop.Ref {
	return tonghop.Ref{Sheet: words().Draw(t, "sheet"), Row: aNumber().Draw(t, "row"), Col: aNumber().Draw(t, "col")}
}

// aFigure draws an exact decimal or none.
func aFigure(t *rapid.T) decimal.NullDecimal {
	if rapid.Bool().Draw(t, "none") {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(decimal.New(rapid.Int64().Draw(t, "digits"), rapid.Int32Range(-20, 20).Draw(t, "exp")))
}

// aValue draws a value.
func aValue(t *rapid.T) tonghop.Value {
	return tonghop.Value{
		Field: words().Draw(t, "field"), Number: aFigure(t), Ref: aRef(t), Doubt: rapid.Bool().Draw(t, "doubt"),
		Mark:    rapid.SampledFrom([]tonghop.Mark{"", tonghop.Met, tonghop.BasicallyMet, tonghop.NotMet}).Draw(t, "mark"),
		Empty:   rapid.SampledFrom([]tonghop.Empty{"", tonghop.Zero, tonghop.NotDue, tonghop.Unreadable}).Draw(t, "empty"),
		Measure: words().Draw(t, "measure"), Raw: words().Draw(t, "raw"), Shown: words().Draw(t, "shown"),
	}
}

// aRow draws a row.
func aRow(t *rapid.T) tonghop.Row {
	return tonghop.Row{
		Unit: words().Draw(t, "unit"), Name: words().Draw(t, "name"), NameRef: aRef(t), Area: anArea(t),
		Match:   tonghop.Match{Why: words().Draw(t, "why"), RunnerUp: words().Draw(t, "runner-up")},
		Values:  rapid.SliceOfN(rapid.Custom(aValue), 0, 3).Draw(t, "values"),
		LeftOut: words().Draw(t, "left out"), Official: words().Draw(t, "official"),
	}
}

// aTotal draws a summing row.
func aTotal(t *rapid.T) tonghop.Total {
	return tonghop.Total{
		Kind:  rapid.SampledFrom([]tonghop.TotalKind{tonghop.TotalSum, tonghop.TotalShare}).Draw(t, "kind"),
		Label: aRef(t), Text: words().Draw(t, "text"),
		Values: rapid.SliceOfN(rapid.Custom(aValue), 0, 2).Draw(t, "values"),
	}
}

// anIgnored draws something that was not used.
func anIgnored(t *rapid.T) tonghop.Ignored {
	return tonghop.Ignored{Sheet: words().Draw(t, "sheet"), Area: anArea(t),
		Reason: words().Draw(t, "reason"), Text: words().Draw(t, "text")}
}

// aFinding draws a finding.
func aFinding(t *rapid.T) tonghop.Finding {
	return tonghop.Finding{
		Rule:     words().Draw(t, "rule"),
		Severity: rapid.SampledFrom([]tonghop.Severity{tonghop.Note, tonghop.Query, tonghop.Reject}).Draw(t, "severity"),
		Owner:    rapid.SampledFrom([]tonghop.Owner{tonghop.OwnerOffice, tonghop.OwnerSystem}).Draw(t, "owner"),
		Unit:     words().Draw(t, "unit"), Field: words().Draw(t, "field"), Sheet: words().Draw(t, "sheet"),
		Areas: rapid.SliceOfN(rapid.Custom(anArea), 0, 3).Draw(t, "areas"),
		Found: words().Draw(t, "found"), Expected: words().Draw(t, "expected"),
		Args:  rapid.MapOfN(words(), words(), 0, 3).Draw(t, "args"),
		Holds: rapid.Bool().Draw(t, "holds"), Cause: words().Draw(t, "cause"),
	}
}

// aReturn draws a return; one without a place is not accepted.
func aReturn(t *rapid.T) tonghop.Return {
	r := tonghop.Return{
		Form: rapid.SampledFrom([]string{"", "xa-ntm", "huyen-ntm"}).Draw(t, "form"),
		Office: tonghop.Unit{
			Code: rapid.SampledFrom([]string{"", "842", "845"}).Draw(t, "office"), Name: words().Draw(t, "name"),
			Kind: tonghop.Huyen, Parent: "84", From: "2008-01-01", To: "2025-06-30", Region: words().Draw(t, "region"),
		},
		Province: rapid.SampledFrom([]string{"", "84"}).Draw(t, "province"),
		Period: rapid.SampledFrom([]tonghop.Period{{}, june(), {Kind: tonghop.Quarter, Year: 2023, N: 2},
			{Kind: tonghop.NineMonths, Year: 2023}, {Kind: tonghop.Year, Year: 2024}}).Draw(t, "period"),
		AsOf:     rapid.SampledFrom([]tonghop.Date{"", "2023-06-30"}).Draw(t, "as of"),
		State:    rapid.SampledFrom([]tonghop.State{tonghop.Accepted, tonghop.Held, tonghop.Rejected}).Draw(t, "state"),
		Rows:     rapid.SliceOfN(rapid.Custom(aRow), 0, 3).Draw(t, "rows"),
		Totals:   rapid.SliceOfN(rapid.Custom(aTotal), 0, 2).Draw(t, "totals"),
		Ignored:  rapid.SliceOfN(rapid.Custom(anIgnored), 0, 2).Draw(t, "ignored"),
		Findings: rapid.SliceOfN(rapid.Custom(aFinding), 0, 3).Draw(t, "findings"),
	}
	if r.Form == "" || r.Office.Code == "" || r.Period.IsZero() {
		r.State = tonghop.Rejected
	}
	return r
}

// figuresStayExact: decimals keep every digit, and only their value.
func figuresStayExact(t *testing.T, db *store.DB) {
	r := report("842", tonghop.Accepted)
	var want []string
	for _, c := range [][2]string{
		{"85.50", "85.5"}, {"-0.00", "0"}, {"123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"},
		{"1e3", "1000"}, {"0.1", "0.1"}, {"-5", "-5"},
	} {
		r.Rows[0].Values = append(r.Rows[0].Values, tonghop.Value{Number: decimal.NewNullDecimal(decimal.RequireFromString(c[0]))})
		want = append(want, c[1])
	}
	settle(t, db, "a", r)
	var got []string
	for _, v := range load(t, db, store.Filter{})[0].Rows[0].Values[1:] {
		got = append(got, v.Figure())
	}
	same(t, "figures", got, want)
}

// noFieldForgotten: every field there is comes back, also one that was added to
// the nouns after this was written.
func noFieldForgotten(t *testing.T, db *store.DB) {
	var want tonghop.Return
	fill(reflect.ValueOf(&want).Elem())
	want.Printed, want.Evidence, want.Places, want.Tables = nil, nil, nil, nil // how it was read: judged and shown, never kept
	want.Score, want.RunnerUp = 0, ""                                          // as well
	want.Explained = nil                                                       // kept apart: see explanationsKept
	want.Form, want.Period, want.State, want.Current, want.Version = "xa-ntm", june(), tonghop.Accepted, true, 1
	var p tonghop.Parcel
	fill(reflect.ValueOf(&p).Elem())
	p.Received, p.Expect = fifth(june()), may()
	want.Submission = hand(t, db, p)[0]
	for i, sub := 0, reflect.ValueOf(want.Submission); i < sub.NumField(); i++ {
		if sub.Field(i).IsZero() {
			t.Errorf("a parcel leaves %s of its submission empty", sub.Type().Field(i).Name)
		}
	}
	settleSub(t, db, want.Submission, want)
	want.Submission.State = tonghop.Accepted
	same(t, "the return", load(t, db, store.Filter{}), []tonghop.Return{want})
}

// fill gives every field below v something that is not its zero value.
func fill(v reflect.Value) {
	if figure, ok := v.Addr().Interface().(*decimal.NullDecimal); ok {
		*figure = decimal.NewNullDecimal(decimal.RequireFromString("43.2"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("đ")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	default:
		panic("storetest: fill knows no " + v.Type().String())
	}
}
