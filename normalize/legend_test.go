package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestLegendTexts reads what a file says its signs mean, in the ways that
// clerks write it, and takes no other text for that.
func TestLegendTexts(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct{ text, want string }{
		{"x: đạt; o: chưa đạt", "x=met o=not_met"},
		{"X: Đạt, O: Chưa đạt", "x=met o=not_met"},
		{"Ghi chú: (+) đạt, (-) chưa đạt", "+=met -=not_met"},
		{"Ghi chú: (+) đạt (-) chưa đạt", "+=met -=not_met"},
		{"Đ = đạt, CĐ = chưa đạt, K= không đạt", "đ=met cđ=not_met k=not_met"},
		{"Chú thích: Đ - đạt; CĐ - cơ bản đạt; K - không áp dụng", "đ=met cđ=basically_met k=not_applicable"},
		{"x là đạt; o là chưa đạt tiêu chí", "x=met o=not_met"},
		{"Ghi chú: dấu \"x\" là đạt, dấu \"-\" là chưa đạt", "x=met -=not_met"},
		{"x: Đạt   o: Chưa đạt", "x=met o=not_met"},
		{"x: Đạt\no: Chưa đạt", "x=met o=not_met"},
		{"Đánh giá (Đ: đạt; CĐ: chưa đạt)", "đ=met cđ=not_met"},
		{"Đạt: x; Chưa đạt: o", "x=met o=not_met"},
		{"Đạt (x), chưa đạt (o)", "x=met o=not_met"},
		{"● : đạt; ○ : chưa đạt", "●=met ○=not_met"},
		{"1: đạt; 0: chưa đạt", "1=met 0=not_met"},
		{"/ : không áp dụng; - : chưa có số liệu", "/=not_applicable -=not_reported"},
		{"x: chưa đạt", "x=not_met"},
		{"ok: đạt; ko: không đạt", "ok=met ko=not_met"},
		{"X: Đạt; 0: Chưa đạt", "x=met 0=not_met"},
		{"đánh dấu \"x\" là đạt, để trống là chưa đạt", "x=met để trống=not_met"},
		{"+: đạt; +: cơ bản đạt", "+=met|basically_met"},
		{"Chú thích: + đạt; - chưa đạt", "+=met -=not_met"},
		{"x đạt, o chưa đạt", "x=met o=not_met"},
		{"✓ Đạt; ✗ Chưa đạt.", "✓=met ✗=not_met"},
		{"(Dấu x: xã đạt tiêu chí; dấu o: xã chưa đạt tiêu chí)", "x=met o=not_met"},
		{"Ghi chú: \n - x: Đạt\n - o: Chưa đạt", "x=met o=not_met"},
		{"+ Đ: đạt + CĐ: cơ bản đạt + K: chưa đạt", "đ=met cđ=basically_met k=not_met"},
		{"Đạt ghi số 1, chưa đạt ghi số 0", "1=met 0=not_met"},
		{"Xã đạt tiêu chí đánh dấu x, chưa đạt đánh dấu o", "x=met o=not_met"},
		{"Tiêu chí đạt điền dấu \"x\"; chưa đạt điền dấu \"o\".", "x=met o=not_met"},
		{"Ghi chú: Đ là viết tắt của đạt, CĐ là viết tắt của chưa đạt", "đ=met cđ=not_met"},
		{"x: tiêu chí đã đạt; o: tiêu chí chưa đạt", "x=met o=not_met"},
		// No legends.
		{"- Đạt; - Chưa đạt", ""}, {"+ Đạt; xã điểm; - Chưa đạt", ""}, {"+ Đạt; x đạt", ""}, {"+ Đạt 5 xã; - Chưa đạt 3 xã", ""},
		{"1: đạt", ""}, {"1: đạt; 2: chưa đạt; 3: đạt", ""}, {"Tiêu chí 5: đạt", ""}, {"TC: đạt", ""}, {"Tăng (+), giảm (-) so với kỳ trước", ""},
		{"Đạt (x)", ""}, {"Tổng số xã: đạt 5 xã", ""}, {"- Đạt: 5 xã; - Chưa đạt: 3 xã", ""}, {"x: đạt được nhiều kết quả", ""},
		{"Xã đạt ghi vào cột 5, xã chưa đạt ghi vào cột 6", ""}, {"Đạt ghi số xã; chưa đạt ghi số xã", ""},
		{"- Đạt: 5 xã\n- Chưa đạt: 3 xã", ""}, {"- a: 5 xã đạt\n- b: 3 xã chưa đạt", ""},
		{"- Xã đạt chuẩn: 5; - Xã chưa đạt chuẩn: 3", ""}, {"a) xã đạt; b) xã chưa đạt", ""}, {"x: xã đạt chuẩn năm 2022", ""},
		{"a) Đạt; b) Chưa đạt", ""}, {"Xã Tân Sơn: đạt", ""}, {"Ô trống: chưa đạt", ""}, {"Đánh dấu x vào ô", ""}, {"Kết quả: Đạt/Chưa đạt", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			f := tidy()
			f.tail = [][]string{{"", c.text}}
			var got []string
			for _, s := range read(t, n, f.book(), normalize.Hints{}).Cover.Legend {
				text := fmt.Sprintf("%s=%s%s", s.Text, s.Mark, s.Empty)
				if s.Also != "" {
					text += "|" + string(s.Also)
				}
				got = append(got, text)
				if s.At.String() != "Biểu 03!B7" {
					t.Errorf("%s stands at %s; want Biểu 03!B7", s.Text, s.At)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("read %q; want %q", got, c.want)
			}
		})
	}
}

// TestLegendDecides gives signs the meaning that their own file gives them,
// wherever the legend stands, and leaves the asking where none does.
func TestLegendDecides(t *testing.T) {
	n := newNormalizer(t)
	const unit = "29464"
	for _, c := range []struct {
		name, legend, sign string
		mark               tonghop.Mark
		empty              tonghop.Empty
		ask, note          string
	}{
		{"none", "", "o", "", tonghop.Unreadable, "O-002 C5", ""},
		{"circle", "x: đạt; o: chưa đạt", "o", tonghop.NotMet, "", "", "GC-100"},
		{"usual", "x: đạt; o: chưa đạt", "x", tonghop.Met, "", "", "GC-100"},
		{"in brackets", "(+) đạt, (-) chưa đạt", "(-)", tonghop.NotMet, "", "", "GC-100 GC-100"},
		{"against the usual", "x: chưa đạt; o: đạt", "x", tonghop.NotMet, "", "", "GC-100 GC-101"},
		{"against itself", "x: đạt; x: chưa đạt", "x", "", tonghop.Unreadable, "O-002 C5", "GC-102"},
		{"for no result", "-: chưa đánh giá", "-", "", tonghop.NotDue, "", "GC-100"},
		{"a digit", "1: đạt; 0: chưa đạt", "0", tonghop.NotMet, "", "", "GC-100 GC-100"},
		{"another sign", "*: đạt; #: chưa đạt", "#", tonghop.NotMet, "", "", "GC-100 GC-100"},
	} {
		for _, where := range []string{"above", "below", "other sheet", "cells", "lines"} {
			f := tidy()
			f.set("Xã Phước Hưng", "1.1", text(c.sign))
			extra := tonghop.Sheet{Name: "Chú thích"}
			switch {
			case c.legend == "":
			case where == "above":
				f.heading = append(f.heading, c.legend)
			case where == "below":
				f.tail = [][]string{{"", "Ghi chú: " + c.legend}}
			case where == "other sheet":
				extra.Lines = []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{text(c.legend)}}}
				extra.Lines[0].Cells[0].Row, extra.Lines[0].Cells[0].Col = 1, 1
			default:
				row := []string{"Ký hiệu"}
				f.tail = [][]string{row}
				for _, pair := range strings.FieldsFunc(c.legend, func(r rune) bool { return r == ';' || r == ',' }) {
					sign, meaning, _ := strings.Cut(strings.NewReplacer("(", "", ")", ":").Replace(strings.TrimSpace(pair)), ":")
					row = append(row, sign, meaning)
					f.tail = append(f.tail, []string{"", sign, meaning})
				}
				if where == "cells" {
					f.tail = [][]string{row}
				}
			}
			t.Run(c.name+" "+where, func(t *testing.T) {
				b := f.book()
				b.Sheets = append(b.Sheets, extra)
				r := read(t, n, b, normalize.Hints{})
				v := valueOf(t, r, unit, "1.1")
				want := strings.ReplaceAll(c.ask, "C5", v.Ref.Cell())
				if v.Mark != c.mark || v.Empty != c.empty || asks(r.Findings) != want {
					t.Errorf("read mark %q, empty %q, asked %q; want %q, %q, %q", v.Mark, v.Empty, asks(r.Findings), c.mark, c.empty, want)
				}
				var notes []string
				for _, f := range r.Findings {
					if strings.HasPrefix(f.Rule, "GC-10") {
						notes = append(notes, f.Rule)
					}
				}
				if got := strings.Join(notes, " "); got != c.note {
					t.Errorf("noted %q; want %q", got, c.note)
				}
			})
		}
	}
}

// TestLegendLeavesFigures decides nothing about 0, 1 and dashes in a column of
// figures: there they may be figures, or stand for one that is missing.
func TestLegendLeavesFigures(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.heading = append(f.heading, "1: đạt; 0: chưa đạt", "(-) chưa đạt")
	f.set("Xã Phước Hưng", "9.1", num("1")).set("Xã Phước Hưng", "2.1", text("-"))
	r := read(t, n, f.book(), normalize.Hints{})
	if v := valueOf(t, r, "29464", "9.1"); v.Mark != "" || v.Figure() != "1" {
		t.Errorf("read 9.1 as mark %q, figure %q; want the figure 1", v.Mark, v.Figure())
	}
	dash := valueOf(t, r, "29464", "2.1")
	if want := "O-002 " + dash.Ref.Cell(); dash.Empty != tonghop.Unreadable || asks(r.Findings) != want {
		t.Errorf("read 2.1 as %q %q, asked %q; want %q", dash.Mark, dash.Empty, asks(r.Findings), want)
	}
}
