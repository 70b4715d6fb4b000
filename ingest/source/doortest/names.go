package doortest

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// awkward are names that a clerk's machine can give a file.
func awkward() []string {
	names := []string{
		"Báo cáo tháng 6 – huyện Trà Cú.xlsx",                                           // composed
		"Ba\u0301o ca\u0301o tha\u0301ng 6 – huye\u0323\u0302n Tra\u0300 Cu\u0301.xlsx", // the same, in pieces
		"BC.xlsx", "bc.xlsx", "BC.XLSX", "  BC .xlsx", "BC'.xlsx", "BC (1).xlsx", "-rf.xlsx", "BC%s%2F..%00.xlsx",
		"$(BC) `id` ;&.xlsx", "BC #1 100%.xlsx", "không có đuôi", "BC..xlsx", "報告📊.xlsx",
		strings.Repeat("Rất dài ", 18) + ".xlsx", // about 200 bytes
		strings.Repeat("x", 250) + ".xlsx",       // as long as a name can be
		strings.Repeat("x", 249) + "y.xlsx",      // another one, that differs where names are cut
		strings.Repeat("ờ", 80) + "a.xlsx..xls",  // a cut may fall into a letter
	}
	if runtime.GOOS != "windows" {
		names = append(names, "BC\ntháng 6.xlsx", "BC\ttab\r.xlsx", `BC".xlsx`, `C:\BC\tháng 6.xlsx`, "BC: 6?*<>|.xlsx", "BC \xff\xfe.xlsx", "BC \xfe\xfe.xlsx")
	}
	return names
}

// awkwardNames hands in a file under each of them and answers each. A door may
// write a name down otherwise; what counts is that the file comes through and
// its sender is told.
func awkwardNames(p *province) {
	for _, name := range awkward() {
		p.hand(traCu, name, workbook(p, 50))
	}
	p.collectAll()
	p.eachOnce()
	for _, sub := range p.submissions() {
		if err := p.source.Answer(p.Context(), sub, fmt.Sprintf("Trả lời %s.\n", sub.Receipt)); err != nil {
			p.Errorf("answer %q: %v", sub.Name, err)
		}
	}
	back := p.senders.Back(p.T, traCu)
	for _, sub := range p.submissions() {
		if !slices.ContainsFunc(back, func(text string) bool { return strings.Contains(text, "Trả lời "+sub.Receipt+".") }) {
			p.Errorf("no letter about %q", sub.Name)
		}
	}
	if len(back) != len(p.put) {
		p.Errorf("%d letters about %d files", len(back), len(p.put))
	}
	p.collect()
	p.eachOnce()
}
