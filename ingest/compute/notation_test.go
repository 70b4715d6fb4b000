package compute_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
	"github.com/tonghop/tonghop/ingest/format"
)

// results lists the formulas of a sheet with what was computed for them.
func results(t *testing.T, raw []byte, sheet int) []string {
	t.Helper()
	b, err := format.Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	compute.Fill(b)
	var out []string
	for _, l := range b.Sheets[sheet].Lines {
		for _, c := range l.Cells {
			if c.HasForm {
				out = append(out, fmt.Sprintf("%s -> %s", c.Formula, c.Stored))
			}
		}
	}
	return out
}

// An xls file that xlwt wrote, see testdata/xls.py.
func TestFillXLS(t *testing.T) {
	raw, err := os.ReadFile("testdata/uncomputed.xls")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"SUM('Biểu 01'!A1:A8) -> 36", "SUM('Biểu 01'!$B$1:B$8,5) -> 8.6", "'Biểu 01'!A1+'Biểu 01'!B2-3 -> -1.3", "COUNTA('Biểu 01'!C1:C8) -> 8",
		`COUNTIF('Biểu 01'!C1:C8,"x") -> 2`, "SUBTOTAL(9,'Biểu 01'!A1:A8) -> 36", "SUM(A1:A2)+A3 -> 43.3", "-(A1-A2) -> -27.4", "ROUND(A2,0) -> 9",
		"A1*2 -> ", "SUM(A1:A10) -> ",
	}
	if diff := cmp.Diff(want, results(t, raw, 1)); diff != "" {
		t.Error(diff)
	}
}

// An XML table of 2003, whose formulas name cells by their distance.
func TestFillXMLSS(t *testing.T) {
	const raw = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Biểu 01"><Table>
<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="Number">2.5</Data></Cell><Cell><Data ss:Type="Number">7</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">3</Data></Cell><Cell><Data ss:Type="Number">4</Data></Cell></Row>
<Row><Cell ss:Formula="=SUM(R[-2]C:R[-1]C)"/><Cell ss:Formula="=SUM(R1C1:R2C2)"/><Cell ss:Formula="=R[-2]C[-1]+R[-1]C[-2]"/>
<Cell ss:Formula="=SUM(C1)"/><Cell ss:Formula="=SUM(R1)"/><Cell ss:Formula="=SUM(R[-2]C[-2])"/></Row>
</Table></Worksheet></Workbook>`
	want := []string{"SUM(A1:A2) -> 4", "SUM($A$1:$B$2) -> 10.5", "B1+A2 -> 5.5", "SUM(C1) -> ", "SUM(R1) -> ", "SUM(D1) -> 0"}
	if diff := cmp.Diff(want, results(t, []byte(raw), 0)); diff != "" {
		t.Error(diff)
	}
}

// A text file with formulas in it.
func TestFillCSV(t *testing.T) {
	const raw = "Xã,Số hộ,Đạt\nLong Hữu,12,85.5\nHiệp Mỹ,30,\"72,5\"\nTổng,=SUM(B2:B3),=SUM(C2:C3)\nCộng,=B2+B3,=SUM(B2;B3)\n"
	want := []string{"SUM(B2:B3) -> 42", "SUM(C2:C3) -> ", "B2+B3 -> 42", "SUM(B2;B3) -> "}
	if diff := cmp.Diff(want, results(t, []byte(raw), 0)); diff != "" {
		t.Error(diff)
	}
}
