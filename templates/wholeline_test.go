package templates_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// What stands for a whole line says so in both languages: in the rule's own words, or
// with its first cell as the example.
func TestWholeLine(t *testing.T) {
	cell := func(rule string) tonghop.Finding {
		f := tonghop.Finding{Rule: rule, Found: "#REF!", Expected: "15"}.At(tonghop.Ref{Sheet: "S", Row: 9, Col: 7})
		for name, v := range map[string]string{"whole": "column", "whole_line": "G", "whole_from": "9", "whole_to": "31", "whole_count": "21", "whole_all": "23",
			"whole_others": "20", "whole_first": "G9", "unit": "Xã A"} {
			f = f.Arg(name, v)
		}
		return f
	}
	for _, c := range []struct{ rule, lang, message, fix string }{
		{"O-007", "vi", "Cột G, dòng 9–31: 21/23 ô đang báo lỗi công thức, ví dụ ô G9 báo #REF!.", "Ô G9: Sửa công thức, hoặc gõ thẳng giá trị. Làm tương tự với 20 ô còn lại."},
		{"O-007", "en", "Column G, rows 9–31: the formulas of 21 of 23 cells show an error, for example #REF! in cell G9.", "Cell G9: Correct the formula, or type the value itself. Do the same with the other 20 cells."},
		{"TONG-002", "vi", "Cột G, dòng 9–31: 21/23 ô có cùng một vấn đề. Ví dụ ô G9: Xã A: tổng số tiêu chí đạt ghi #REF!, theo các cột chỉ có thể là 15.", "Ô G9: Sửa tổng số, hoặc sửa mức đạt của tiêu chí ghi chưa đúng. Làm tương tự với 20 ô còn lại."},
	} {
		message, expected, fix := letters(t, c.lang).Finding(cell(c.rule))
		if message != c.message || fix != c.fix || !strings.HasPrefix(expected, map[string]string{"vi": "Ô G9: ", "en": "Cell G9: "}[c.lang]) {
			t.Errorf("%s %s:\n%s\n%s\n%s", c.rule, c.lang, message, expected, fix)
		}
	}
	row := cell("O-001").Arg("whole", "row").Arg("whole_line", "9").Arg("whole_from", "C").Arg("whole_to", "BZ")
	if message, _, _ := letters(t, "vi").Finding(row); !strings.HasPrefix(message, "Dòng 9, cột C–BZ: 21/23 ô") {
		t.Error(message)
	}
}

// The root causes say where, by how much, on what evidence, and the step that repairs.
func TestRootCauses(t *testing.T) {
	slid := tonghop.Finding{}.Over("S", tonghop.Area{Top: 24, Left: 4, Bottom: 36, Right: 9}, tonghop.Area{Top: 23, Left: 4, Bottom: 23, Right: 9})
	for name, v := range map[string]string{"area": "D24:I36", "hole": "D23:I23", "target": "D23", "proof": "5", "of": "6", "period": "2023-05"} {
		slid = slid.Arg(name, v)
	}
	moves := map[string]string{"NG-001": "down", "NG-002": "up", "NG-003": "down", "NG-004": "right", "NG-005": "left"}
	says := map[string][]string{"vi": {"D24:I36", "5/6"}, "en": {"D24:I36", "5 of 6"}}
	for rule, move := range moves {
		f := slid.Arg("move", move)
		f.Rule = rule
		for lang, parts := range says {
			message, expected, fix := letters(t, lang).Finding(f)
			all := message + expected + fix
			if strings.ContainsAny(all, "{}[]") || strings.Contains(message, " "+move+" ") && lang == "vi" {
				t.Errorf("%s %s is unfinished: %s", rule, lang, all)
			}
			for _, part := range parts {
				if !strings.Contains(message, part) {
					t.Errorf("%s %s does not say %q: %s", rule, lang, part, message)
				}
			}
			if !strings.Contains(fix, "D23") && rule != "NG-002" || rule == "NG-002" && !strings.Contains(fix, "Shift cells down") {
				t.Errorf("%s %s does not say where to: %s", rule, lang, fix)
			}
		}
	}
	again := tonghop.Finding{Rule: "KY-010"}.Arg("equal", "412").Arg("all", "413").Arg("last", "2023-05").Arg("period", "2023-06")
	for lang, want := range map[string]string{
		"vi": "412 trên 413 con số của biểu này trùng với báo cáo tháng 5/2023 của đơn vị, trong khi đầu biểu ghi kỳ tháng 6/2023. Có thể đây là tệp của kỳ trước.",
		"en": "412 of 413 figures of this form are those of the office's report for 2023, month 5, while the heading says 2023, month 6.",
	} {
		if message, _, _ := letters(t, lang).Finding(again); !strings.HasPrefix(message, want) {
			t.Errorf("%s: %s", lang, message)
		}
	}
	for _, f := range []tonghop.Finding{
		tonghop.Finding{Rule: "TONG-011", Found: "Cụm 1"}.Arg("area", "A5:I9").Arg("proof", "8").Arg("of", "8").Arg("name_cell", "A10"),
		tonghop.Finding{Rule: "TONG-012"}.Arg("label", "Tổng cộng").Arg("part", "Cụm 1").Arg("proof", "8").Arg("of", "8"),
		tonghop.Finding{Rule: "DV-090"}.Arg("area", "A7:D9").Arg("count", "3").Arg("other", "Huyện Càng Long").Arg("office", "Huyện Trà Cú"),
	} {
		for _, lang := range []string{"vi", "en"} {
			message, expected, fix := letters(t, lang).Finding(f)
			if message == "" || expected == "" || fix == "" || strings.ContainsAny(message+expected+fix, "{}[]") {
				t.Errorf("%s %s: %s / %s / %s", f.Rule, lang, message, expected, fix)
			}
		}
	}
}
