package compute_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
)

// copied is the book with cells of its own.
func copied(b *tonghop.Book) *tonghop.Book {
	out := *b
	out.Sheets = slices.Clone(b.Sheets)
	for i := range out.Sheets {
		lines := slices.Clone(out.Sheets[i].Lines)
		for j := range lines {
			lines[j].Cells = slices.Clone(lines[j].Cells)
		}
		out.Sheets[i].Lines = lines
	}
	return &out
}

// holds checks what is true of any book: cells with a value, and all that is no
// formula, stay as they are; a computed cell has a number; a second time
// changes nothing.
func holds(t interface {
	Helper()
	Fatalf(string, ...any)
}, b *tonghop.Book) {
	t.Helper()
	before := copied(b)
	n := compute.Fill(b)
	for i := range b.Sheets {
		for j := range b.Sheets[i].Lines {
			for k, c := range b.Sheets[i].Lines[j].Cells {
				was := before.Sheets[i].Lines[j].Cells[k]
				if c.Computed && !was.Computed {
					n--
					if !was.HasForm || was.Cached || c.Kind != tonghop.CellNumber || c.Stored == "" {
						t.Fatalf("%+v became %+v", was, c)
					}
					c.Kind, c.Stored, c.Shown, c.Computed = was.Kind, was.Stored, was.Shown, false
				}
				if diff := cmp.Diff(was, c); diff != "" {
					t.Fatalf("%s", diff)
				}
			}
		}
	}
	if n != 0 {
		t.Fatalf("the number of computed formulas is wrong by %d", n)
	}
	once := copied(b)
	if n := compute.Fill(b); n != 0 {
		t.Fatalf("%d more in the second round", n)
	}
	if diff := cmp.Diff(once, b); diff != "" {
		t.Fatalf("%s", diff)
	}
}

// Books of any cells and formulas keep the promises of Fill.
func TestFillKeepsPromises(t *testing.T) {
	address := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%c%d", 'A'+rune(rapid.IntRange(0, 4).Draw(t, "col")), rapid.IntRange(1, 8).Draw(t, "row"))
	})
	span := rapid.Custom(func(t *rapid.T) string { return address.Draw(t, "from") + ":" + address.Draw(t, "to") })
	piece := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"SUM(%s)", "COUNT(%s)", "COUNTA(%s)", "SUBTOTAL(9,%s)", `COUNTIF(%s,">=2")`, `COUNTIF(%s,"x")`, "ROUND(SUM(%s),1)"}).
			Draw(t, "function")
	})
	formula := rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 0:
			return address.Draw(t, "a") + rapid.SampledFrom([]string{"+", "-", "*"}).Draw(t, "sign") + address.Draw(t, "b")
		case 1:
			return fmt.Sprintf(piece.Draw(t, "piece"), span.Draw(t, "span")) + "-" + address.Draw(t, "b")
		}
		return fmt.Sprintf(piece.Draw(t, "piece"), span.Draw(t, "span"))
	})
	content := rapid.OneOf(
		rapid.SampledFrom([]string{"1", "2.5", "-3", "0.1", "43.200000000000003", "1E-9", "'x", "'Đạt", "'85,5", "' ", "TRUE", "#N/A", "{7}=A1", "{'x}=B2&B3"}),
		rapid.Map(formula, func(s string) string { return "=" + s }),
	)
	rapid.Check(t, func(rt *rapid.T) {
		cells := rapid.MapOf(address, content).Draw(rt, "cells")
		var all []string
		for at, c := range cells {
			all = append(all, at+"="+c)
		}
		slices.Sort(all)
		b := build(t, rapid.SampledFrom([]string{"xlsx", "xls", "ods", "csv", "xmlss"}).Draw(rt, "format"), all...)
		for i := range b.Sheets[0].Lines {
			b.Sheets[0].Lines[i].Hidden = rapid.Bool().Draw(rt, "hidden")
		}
		holds(rt, b)
	})
}

// No formula makes Fill fail, whatever its text.
func FuzzFormula(f *testing.F) {
	for _, seed := range []string{
		"SUM(A1:B2)", "-A1+(A2-3.5)", "COUNTIF(C:C,\"Đạt\")", "COUNTIFS(A1:A2,\">=5\",B1:B2,1)", "SUBTOTAL(109,'Biểu 02'!$A$1:C9)", "ROUND(SUM(A:A),-2)",
		"'a''b'!A1", "SUM(1:1)", "((((A1))))", "SUM(SUM(SUM(1E5)))", "COUNT(", "\"", "'", "A1:A1048577", "--+-A1", "1E309-1E309", "COUNTIF(A1,\"\xff\")", "SUM(\x00)",
	} {
		f.Add(seed, "12.5", "Đạt")
	}
	f.Fuzz(func(t *testing.T, formula, figure, text string) {
		b := build(t, "xlsx", "A1="+"5", "B1=7", "A2==A1+B1", "Biểu 02!A1=3")
		b.Sheets[0].Lines[0].Cells[1].Stored = figure
		put(t, &b.Sheets[0], "C1", "'"+text)
		put(t, &b.Sheets[0], "D9", "=SUM(A1:C1)")
		put(t, &b.Sheets[0], "E9", "="+formula)
		holds(t, b)
	})
}
