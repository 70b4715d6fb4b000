package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestCells reads one cell of each kind in an otherwise tidy form: what it
// became, and what was asked about it.
func TestCells(t *testing.T) {
	n := newNormalizer(t)
	formula := tonghop.Cell{Kind: tonghop.CellBlank, HasForm: true, Formula: "SUM(A1:A2)", Style: &tonghop.Style{}}
	broken := tonghop.Cell{Kind: tonghop.CellError, Stored: "#REF!", Shown: "#REF!", Style: &tonghop.Style{}}
	yes := tonghop.Cell{Kind: tonghop.CellBool, Stored: "1", Shown: "TRUE", Style: &tonghop.Style{}}
	day := tonghop.Cell{Kind: tonghop.CellNumber, Stored: "45143", Shown: "5/8", Style: &tonghop.Style{NumberFormat: "d/m", Date: true}}
	in := func(font, s string) tonghop.Cell {
		c := text(s)
		c.Style = &tonghop.Style{Font: font}
		return c
	}
	day1 := tonghop.Cell{Kind: tonghop.CellNumber, Stored: "45143.5", Shown: "12:00", Style: &tonghop.Style{NumberFormat: "hh:mm", Date: true}}
	cases := []struct {
		name, field string
		cell        tonghop.Cell
		figure      string
		mark        tonghop.Mark
		empty       tonghop.Empty
		ask         string // rule, "" for none
	}{
		{"number", "2.1", num("85.5"), "85.5", "", "", ""},
		{"float noise", "2.1", num("85.499999999999986"), "85.5", "", "", ""},
		{"percent format", "2.1", percent("0.85499999999999998", "85.5%"), "85.5", "", "", ""},
		{"whole as percent", "2.1", percent("1", "100%"), "100", "", "", ""},
		{"decimal comma", "2.1", text("85,5"), "85.5", "", "", ""},
		{"decimal point", "2.1", text("85.5"), "85.5", "", "", ""},
		{"percent sign", "2.1", text(" 85,5 % "), "85.5", "", "", ""},
		{"fraction without format", "2.1", num("0.855"), "0.855", "", "", "O-005"},
		{"small share where less is better", "11", num("0.8"), "0.8", "", "", ""},
		{"out of range", "2.1", num("185"), "185", "", "", "O-003"},
		{"negative", "10", num("-5"), "-5", "", "", "O-003"},
		{"income in thousands", "10", num("60500"), "60500", "", "", "O-030"},
		{"three digits decide by range", "10", text("56.200"), "56.2", "", "", ""},
		{"two readings", "9.1", text("1.000"), "", "", tonghop.Unreadable, "O-015"},
		{"unit of measure", "10", text("56,2 triệu đồng"), "56.2", "", "", ""},
		{"other unit", "10", text("56200 nghìn đồng"), "56.2", "", "", ""},
		{"unit that cannot be compared", "10", text("4,7 triệu đồng/tháng"), "", "", tonghop.Unreadable, "O-014"},
		{"percent of money", "10", percent("0.5", "50%"), "50", "", "", "O-010"},
		{"an aim, no result", "2.1", text("≥ 80"), "", "", tonghop.Unreadable, "O-013"},
		{"mark", "1.1", text("Đạt"), "", tonghop.Met, "", ""},
		{"mark with blanks", "1.1", text("  ĐẠT "), "", tonghop.Met, "", ""},
		{"cross", "1.1", text("x"), "", tonghop.Met, "", ""},
		{"tick of Wingdings", "1.1", in("Wingdings", "ü"), "", tonghop.Met, "", ""},
		{"tick in the private area", "1.1", in("Wingdings", "\uf0fc"), "", tonghop.Met, "", ""},
		{"cross of Wingdings", "1.1", in("Wingdings", "û"), "", tonghop.NotMet, "", ""},
		{"crossed box of Wingdings", "1.1", in("Wingdings", "x"), "", "", tonghop.Unreadable, "O-002"},
		{"no tick of Wingdings", "1.1", in("Wingdings", "v"), "", "", tonghop.Unreadable, "O-001"},
		{"tick of Wingdings 2", "1.1", in("Wingdings 2", "P"), "", tonghop.Met, "", ""},
		{"word in a leftover font", "1.1", in("Wingdings", "Đạt"), "", tonghop.Met, "", ""},
		{"tick with a variation", "1.1", text("✔\ufe0f"), "", tonghop.Met, "", ""},
		{"multiplication sign", "1.1", text("×"), "", tonghop.Met, "", ""},
		{"heavy cross", "1.1", text("✖"), "", "", tonghop.Unreadable, "O-002"},
		{"dot", "1.1", text("●"), "", "", tonghop.Unreadable, "O-002"},
		{"en dash", "1.1", text("–"), "", "", tonghop.Unreadable, "O-002"},
		{"plus", "1.1", text("+"), "", "", tonghop.Unreadable, "O-002"},
		{"not met", "1.1", text("Chưa đạt"), "", tonghop.NotMet, "", ""},
		{"without accents", "1.1", text("chua dat"), "", tonghop.NotMet, "", ""},
		{"basically met", "1.1", text("Cơ bản đạt"), "", tonghop.BasicallyMet, "", ""},
		{"not applicable", "13.4", text("Không áp dụng"), "", tonghop.MarkNotApplicable, tonghop.NotApplicable, ""},
		{"two meanings", "1.1", text("CĐ"), "", "", tonghop.Unreadable, "O-002"},
		{"dash", "1.1", text("-"), "", "", tonghop.Unreadable, "O-002"},
		{"not due", "1.1", text("Chưa đánh giá"), "", "", tonghop.NotDue, ""},
		{"mark in a column of shares", "2.1", text("Đạt"), "", tonghop.Met, "", ""},
		{"count in a column of marks", "13.1", num("3"), "3", "", "", ""},
		{"one in a column of marks", "13.1", num("1"), "1", "", "", "O-011"},
		{"share in a column of marks", "16", percent("0.9", "90%"), "90", "", "", ""},
		{"figure and mark", "2.1", text("85,5% (Đạt)"), "85.5", tonghop.Met, "", ""},
		{"zero", "9.1", num("0"), "0", "", tonghop.Zero, ""},
		{"word for zero", "9.1", text("Không còn"), "0", "", tonghop.Zero, ""},
		{"total as ratio", "Tổng số tiêu chí đạt", text("15/19"), "15", "", "", ""},
		{"total over nineteen", "Tổng số tiêu chí đạt", num("21"), "21", "", "", "O-003"},
		{"ratio elsewhere", "2.1", text("5/8"), "", "", tonghop.Unreadable, "O-012"},
		{"became a date", "2.1", day, "", "", tonghop.Unreadable, "O-031"},
		{"became a time", "2.1", day1, "", "", tonghop.Unreadable, "O-009"},
		{"figure in a format for dates", "2.1", tonghop.Cell{Kind: tonghop.CellNumber, Stored: "85.5", Shown: "25/3/1900", Style: &tonghop.Style{Date: true}}, "", "", tonghop.Unreadable, "O-031"},
		{"day as text", "2.1", text("05/08/2023"), "", "", tonghop.Unreadable, "O-031"},
		{"day as exported", "2.1", text("2023-08-05 00:00:00"), "", "", tonghop.Unreadable, "O-031"},
		{"half a house", "9.1", num("3.5"), "3.5", "", "", "O-004"},
		{"less than one per cent, and says so", "2.1", text("0,855%"), "0.855", "", "", "O-005"},
		{"apostrophe", "2.1", text("'85,5"), "85.5", "", "", ""},
		{"full width", "2.1", text("８５,５"), "85.5", "", "", ""},
		{"per cent in words", "2.1", text("85,5 phần trăm"), "85.5", "", "", ""},
		{"brackets", "2.1", text("(85,5)"), "", "", tonghop.Unreadable, "O-032"},
		{"item of a list", "2.1", text("- 12,5"), "", "", tonghop.Unreadable, "O-032"},
		{"several numbers", "2.1", text("12/15 ấp (80%)"), "", "", tonghop.Unreadable, "O-035"},
		{"blank after the sign", "2.1", text("85, 5"), "", "", tonghop.Unreadable, "O-035"},
		{"zero-padded", "9.1", text("05"), "5", "", "", ""},
		{"thousands of dong", "10", text("56.200 nghìn đồng/người"), "56.2", "", "", ""},
		{"dong", "10", text("56.200.000 đ"), "56.2", "", "", ""},
		{"billions", "10", text("0,0562 tỷ đồng"), "56.2", "", "", ""},
		{"income a hundred times as much", "10", num("6050"), "6050", "", "", "O-030"},
		{"share without its sign", "2.1", num("955"), "955", "", "", "O-030"},
		{"total with its unit", "Tổng số tiêu chí đạt", text("19/19 tiêu chí"), "19", "", "", ""},
		{"formula without result", "2.1", formula, "", "", tonghop.Unreadable, "O-006"},
		{"error value", "2.1", broken, "", "", tonghop.Unreadable, "O-007"},
		{"true", "1.1", yes, "", "", tonghop.Unreadable, "O-008"},
		{"garbage", "2.1", text("85,5,3"), "", "", tonghop.Unreadable, "O-001"},
		{"blank", "2.1", text("  "), "", "", tonghop.NotReported, "O-020"},
		{"blank where there may be none", "13.4", tonghop.Cell{}, "", "", tonghop.NotReported, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := tidy().set("Xã Phước Hưng", c.field, c.cell)
			r := read(t, n, f.book(), normalize.Hints{})
			field := strings.Replace(c.field, "Tổng số tiêu chí đạt", tonghop.FieldTotalMet, 1)
			v := valueOf(t, r, "29464", field)
			if v.Figure() != c.figure || v.Mark != c.mark || v.Empty != c.empty {
				t.Errorf("read %q as figure %q mark %q empty %q; want %q %q %q", c.cell.Stored, v.Figure(), v.Mark, v.Empty, c.figure, c.mark, c.empty)
			}
			if v.Raw != c.cell.Stored {
				t.Errorf("raw %q, stored %q", v.Raw, c.cell.Stored)
			}
			want := ""
			if c.ask != "" {
				want = c.ask + " " + v.Ref.Cell()
			}
			if got := asks(r.Findings); got != want {
				t.Errorf("asked %q; want %q", got, want)
			}
		})
	}
}
