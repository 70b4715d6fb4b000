package viet

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// brief writes mentions in a short form: "half 2023/1", "as_of 2023-6-30".
func brief(all []Mention) string {
	var out []string
	for _, m := range all {
		s := string(m.Kind) + " " + strconv.Itoa(m.Year)
		switch {
		case m.Day > 0:
			s += "-" + strconv.Itoa(m.N) + "-" + strconv.Itoa(m.Day)
		case m.N > 0:
			s += "/" + strconv.Itoa(m.N)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// periodCases are headings as offices type them.
var periodCases = []struct{ in, want string }{
	{"", ""},
	{"Biểu 03", ""},
	{"Tổng số xã đạt 19/19 tiêu chí", ""},

	{"Tháng 6 năm 2023", "month 2023/6"},
	{"tháng 06/2023", "month 2023/6"},
	{"T6/2023", "month 2023/6"},
	{"T.6/2023", "month 2023/6"},
	{"T.06 năm 2023", "month 2023/6"},
	{"tháng 6-2023", "month 2023/6"},
	{"tháng 6 - 2023", "month 2023/6"},
	{"THÁNG 12 NĂM 2023", "month 2023/12"},
	{"Tháng 6/năm 2023", "month 2023/6"},
	{"Tháng 6, năm 2023", "month 2023/6"},
	{"tháng 6/23", "month 2023/6"},
	{"BC_NTM_T6_2023.xlsx", "month 2023/6"},
	{"Kỳ báo cáo: 6/2023", "month 2023/6"},
	{"Kỳ báo cáo: Tháng 6/2023", "month 2023/6"},
	{"Báo cáo tháng 6", "month 0/6"},
	{"tháng 13 năm 2023", "year 2023"},

	{"Quý II/2023", "quarter 2023/2"},
	{"quý 2 năm 2023", "quarter 2023/2"},
	{"QUÝ IV NĂM 2023", "quarter 2023/4"},
	{"Quý I - 2024", "quarter 2024/1"},
	{"Quí III/2023", "quarter 2023/3"},
	{"Q2/2023", "quarter 2023/2"},
	{"Kỳ báo cáo: Quý II/2023", "quarter 2023/2"},
	{"3 tháng đầu năm 2023", "quarter 2023/1"},
	{"Quỹ 2 năm 2023", "year 2023"},

	{"6 tháng đầu năm 2023", "half 2023/1"},
	{"06 tháng đầu năm 2023", "half 2023/1"},
	{"Sáu tháng đầu năm 2023", "half 2023/1"},
	{"6 tháng cuối năm 2023", "half 2023/2"},
	{"6 tháng đầu\nnăm 2023", "half 2023/1"},
	{"6 tháng năm 2023", "half 2023/1"},
	{"6 THÁNG ĐẦU NĂM", "half 0/1"},
	{"ước thực hiện 6 tháng đầu năm 2023", "half 2023/1"},
	{"BC NTM 6T.2023", "half 2023/1"},
	{"6T cuối năm 2023", "half 2023/2"},
	{"9T 2023", "nine 2023"},
	{"6T", ""},
	{"9 tháng năm 2023", "nine 2023"},
	{"9 tháng đầu năm 2023", "nine 2023"},
	{"12 tháng năm 2023", "year 2023"},
	{"11 tháng năm 2023", "range 2023"},

	{"năm 2023", "year 2023"},
	{"NĂM 2023", "year 2023"},
	{"Kỳ báo cáo: Năm 2023", "year 2023"},
	{"Kỳ báo cáo: Năm 2023 - Đơn vị tính: Triệu đồng", "year 2023"},
	{"Kỳ báo cáo: 2023", "year 2023"},
	{"hết năm 2023", "year 2023"},
	{"đến hết năm 2023", "year 2023"},
	{"tính đến năm 2023", "year 2023"},
	{"Năm: 2023", "year 2023"},
	{"Kết quả thực hiện kế hoạch năm 2023", "year 2023"},
	{"Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới năm 2023", "year 2023"},
	{"theo Quyết định số 318/QĐ-TTg năm 2023", "year 2023"},

	{"tính đến ngày 30/6/2023", "as_of 2023-6-30"},
	{"(Tính đến ngày 30 tháng 6 năm 2023)", "as_of 2023-6-30"},
	{"đến ngày 30 tháng 6 năm 2023", "as_of 2023-6-30"},
	{"đến hết ngày 30/06/2023", "as_of 2023-6-30"},
	{"đến hết tháng 6/2023", "as_of 2023-6-30"},
	{"đến hết tháng 02 năm 2024", "as_of 2024-2-29"},
	{"lũy kế đến 30/6/2023", "as_of 2023-6-30"},
	{"luỹ kế đến hết quý II/2023", "as_of 2023-6-30"},
	{"Số liệu tại thời điểm 30.6.2023", "as_of 2023-6-30"},
	{"Kỳ báo cáo: 30/6/2023", "as_of 2023-6-30"},
	{"Báo cáo tháng 6/2023 (số liệu tính đến 15/6/2023)", "month 2023/6, as_of 2023-6-15"},

	{"Trà Cú, ngày 05 tháng 7 năm 2023", "document 2023-7-5"},
	{"Số: 45/BC-UBND ngày 5/7/2023", "document 2023-7-5"},
	{"Quyết định số 318/QĐ-TTg ngày 08/3/2022", "document 2022-3-8"},
	{"Thông tư 05/2022/TT-BNNPTNT", ""},
	{"Nghị quyết số 04-NQ/TU ngày 12-5-2021", "document 2021-5-12"},
	{"Trà Cú, ngày … tháng … năm 2023", "document 2023"},
	{"Trà Cú, ngày ... tháng 7 năm 2023", "document 2023/7"},
	{"Trà Cú, ngày      tháng 7 năm 2023", "document 2023/7"},
	{"ngày ...... tháng ...... năm 20...", "document 0"},
	{"ngày …/…/2024", "document 2024"},
	{"ngày    /7/2023", "document 2023/7"},
	{"30/6/2023", "document 2023-6-30"},
	{"gửi trước ngày 05/7/2023", "document 2023-7-5"},
	{"hạn nộp đến ngày 10/7/2023", "document 2023-7-10"},
	{"Luật Hợp tác xã năm 2012", "document 2012"},
	{"Quyết định 1306/QĐ-UBND năm 2022 của UBND tỉnh", "document 2022"},
	{"31/02/2023", ""},

	{"giai đoạn 2021-2025", "range 2025"},
	{"giai đoạn 2021 – 2025", "range 2025"},
	{"2021 - 2025", "range 2025"},
	{"từ năm 2021 đến năm 2025", "range 2025"},
	{"từ ngày 15/12/2022 đến ngày 14/6/2023", "range 2023-6-14"},
	{"(từ 15/5 đến 14/6/2023)", "range 2023-6-14"},
	{"từ tháng 1 đến tháng 6 năm 2023", "range 2023/6"},
	{"tháng 1-6/2023", "range 2023/6"},
	{"quý I và quý II năm 2023", "range 2023"},

	{"cùng kỳ năm 2022", "comparison 2022"},
	{"so với cùng kỳ 2022", "comparison 2022"},
	{"so với năm 2022", "comparison 2022"},
	{"So với cuối năm 2022", "comparison 2022"},
	{"so với 31/12/2022", "comparison 2022-12-31"},
	{"so với tháng 5/2023", "comparison 2023/5"},
	{"kế hoạch năm 2024", "comparison 2024"},
	{"Kế hoạch thực hiện năm 2024", "comparison 2024"},
	{"KH 2024", "comparison 2024"},
	{"đến năm 2025", "comparison 2025"},
	{"phương hướng, nhiệm vụ 6 tháng cuối năm 2023", "comparison 2023/2"},
	{"Kết quả 6 tháng đầu năm, kế hoạch 6 tháng cuối năm 2023", "half 0/1, comparison 2023/2"},

	{"BÁO CÁO\nKết quả xây dựng nông thôn mới 6 tháng đầu năm 2023\n(Kèm theo Báo cáo số 45/BC-UBND ngày 05/7/2023 của UBND huyện Trà Cú)", "half 2023/1, document 2023-7-5"},
	{"Bộ tiêu chí xã nông thôn mới giai đoạn 2021-2025, tháng 6 năm 2023, so với năm 2022", "range 2025, month 2023/6, comparison 2022"},
	{"thang 6 nam 2023", "month 2023/6"},
	{"tinh den ngay 30/6/2023", "as_of 2023-6-30"},
	{"Việt Nam 2023", ""},
	{"tỉnh Hà Nam năm 2023", "year 2023"},
	{"nam 2023", "year 2023"},
}

func TestPeriods(t *testing.T) {
	for _, c := range periodCases {
		if got := brief(Periods(c.in)); got != c.want {
			t.Errorf("Periods(%q) = %s, want %s", c.in, got, c.want)
		}
	}
}

// The same heading decomposed, in capitals, or with no-break blanks says the
// same.
func TestPeriodsInOtherClothes(t *testing.T) {
	for _, c := range periodCases {
		for name, dress := range map[string]func(string) string{
			"decomposed": norm.NFD.String,
			"capitals":   strings.ToUpper,
			"blanks":     func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0 ") },
			"lines":      func(s string) string { return "\n" + strings.ReplaceAll(s, " ", "\n") + "\n" },
		} {
			if got := brief(Periods(dress(c.in))); got != c.want {
				t.Errorf("%s: Periods(%q) = %s, want %s", name, dress(c.in), got, c.want)
			}
		}
	}
}

func TestPeriodsPlaces(t *testing.T) {
	s := norm.NFD.String("Huyện Trà Cú – Tháng 6 năm 2023, đến ngày 30/6/2023 ")
	got := Periods(s)
	if len(got) != 2 || norm.NFC.String(got[0].Text) != "Tháng 6 năm 2023" || norm.NFC.String(got[1].Text) != "ngày 30/6/2023" {
		t.Errorf("Periods(%q) = %+v", s, got)
	}
}

func TestPeriodsHold(t *testing.T) {
	words := []string{"tháng", "năm", "ngày", "quý", "II", "6", "9", "12", "2023", "2022", "/", "-", " ", "\n", "đầu", "cuối", "đến",
		"hết", "kế hoạch", "so với", "30/6/2023", "…", "T6", "318/QĐ-TTg", "năm\u0302", "\u0300", "_", "giai đoạn"}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.StringN(0, 3, -1)), 0, 14).Draw(t, "parts")
		checkMentions(t, strings.Join(parts, rapid.SampledFrom([]string{"", " "}).Draw(t, "sep")))
	})
}

func checkMentions(t interface{ Fatalf(string, ...any) }, s string) {
	last := 0
	for _, m := range Periods(s) {
		if m.From < last || m.To <= m.From || m.To > len(s) || s[m.From:m.To] != m.Text {
			t.Fatalf("Periods(%q): %+v is out of place", s, m)
		}
		last = m.To
		if m.Kind == "" || m.Year != 0 && (m.Year < 1900 || m.Year > 2099) || m.N < 0 || m.N > 12 || m.Day < 0 || m.Day > 31 {
			t.Fatalf("Periods(%q): %+v is no period", s, m)
		}
	}
}

func FuzzPeriods(f *testing.F) {
	for _, c := range periodCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMentions(t, s) })
}
