package xlsx_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Many values in many formats are shown as LibreOffice shows them, but for the
// cases in shown-differs.txt, where Excel is known to do otherwise: General
// stops at eleven characters; a negative number that rounds to zero keeps its
// sign; a decimal point stays when no digit follows it; halves are rounded by
// the digits that Excel sees; 29/2/1900 is a day; seconds are rounded; and the
// separators are those of the format code whatever its language tag.
func TestShownAsLibreOffice(t *testing.T) {
	book, err := load(readFile(t, "testdata/shown.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var differs strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(string(readFile(t, "testdata/shown.txt")), "\n"), "\n") {
		f := strings.SplitN(line, "\t", 3)
		got := ""
		if c := book.Sheets[0].Cell(i+1, 3); c != nil {
			got = c.Shown
		}
		if got != f[2] {
			differs.WriteString(f[0] + "\t" + f[1] + "\t" + got + "\tLibreOffice: " + f[2] + "\n")
		}
	}
	const golden = "testdata/shown-differs.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(differs.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, golden)), differs.String()); diff != "" {
		t.Error(diff)
	}
}

// The rules of Excel that LibreOffice does not share.
func TestShownAsExcel(t *testing.T) {
	tests := []struct{ code, value, want string }{
		{"General", "0.1", "0.1"},
		{"General", "12345678901", "12345678901"},
		{"General", "123456789012", "1.23457E+11"},
		{"General", "1234567890.5", "1234567891"},
		{"General", "-1234567.891234", "-1234567.891"},
		{"General", "0.30000000000000004", "0.3"},
		{"General", "43.200000000000003", "43.2"},
		{"General", "0.00001", "0.00001"},
		{"General", "1.2345678E-5", "1.23457E-05"},
		{"General", "1E+2", "100"},
		{"General", "-0", "0"},
		{"General", "007", "7"},
		{"0", "-0.4", "-0"},
		{"0.00", "2.6749999999999998", "2.68"},
		{"#,##0.##", "1234", "1,234."},
		{"0.0%", "0.1234", "12.3%"},
		{"#,##0.0,", "1234567", "1,234.6"},
		{"# ?/?", "0.5", "0.5"},
		{"0;-0;;@", "0", ""},
		{`"Đạt";"Không đạt";"-"`, "-3", "Không đạt"},
		{"[Red][<50]0.0;[Blue]0", "49.96", "50.0"},
		{"dd/mm/yyyy", "60", "29/02/1900"},
		{"dd/mm/yyyy", "-1", "###"},
		{"dd/mm/yyyy", "2958466", "###"},
		{"hh:mm", "0.9999", "23:59"},
		{"[h]:mm:ss", "1.5", "36:00:00"},
		{"bbbb", "45107", "2566"},
	}
	for _, tt := range tests {
		p := workbook(`<row r="1"><c r="A1" s="0"><v>` + tt.value + `</v></c></row>`)
		p.set("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"><numFmts><numFmt numFmtId="164" formatCode="`+strings.NewReplacer(`"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(tt.code)+`"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`)
		if got := mustLoad(t, p).Sheets[0].Lines[0].Cells[0].Shown; got != tt.want {
			t.Errorf("%s in %s: %q, want %q", tt.value, tt.code, got, tt.want)
		}
	}
}
