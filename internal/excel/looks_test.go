package excel_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
)

// Widths, bold letters and alignment are those that another library finds.
func TestLooks(t *testing.T) {
	paths, err := filepath.Glob("../../cmd/tonghop/samples/BC NTM T6 - *.xlsx")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d samples, %v", len(paths), err)
	}
	bolds, aligned := 0, 0
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		looks := excel.Looks(raw, tonghop.Limits{}.WithDefaults().Part)
		for _, name := range f.GetSheetList() {
			for row := 1; row <= 40; row++ {
				for col := 1; col <= 30; col++ {
					at := tonghop.Ref{Row: row, Col: col}.Cell()
					id, err := f.GetCellStyle(name, at)
					if err != nil {
						t.Fatal(err)
					}
					style, err := f.GetStyle(id)
					if err != nil {
						t.Fatal(err)
					}
					wantBold, wantAlign := style.Font != nil && style.Font.Bold, ""
					if a := style.Alignment; a != nil && (a.Horizontal == "left" || a.Horizontal == "center" || a.Horizontal == "right") {
						wantAlign = a.Horizontal
					}
					bold, align := looks[name].Cell(row, col)
					if bold != wantBold || align != wantAlign {
						t.Fatalf("%s %s!%s: bold %v, %q; want %v, %q", path, name, at, bold, align, wantBold, wantAlign)
					}
					if bold {
						bolds++
					}
					if align != "" {
						aligned++
					}
				}
			}
			for col := 1; col <= 30; col++ {
				if want, err := f.GetColWidth(name, tonghop.ColumnName(col)); err != nil || looks[name].Width(col)-want > 1 || want-looks[name].Width(col) > 1 {
					t.Errorf("%s %s, column %d: %v, want %v (%v)", path, name, col, looks[name].Width(col), want, err)
				}
			}
		}
	}
	if bolds == 0 || aligned == 0 {
		t.Errorf("%d bold, %d aligned", bolds, aligned)
	}
	if excel.Looks([]byte("no workbook"), 1000) != nil || excel.Looks([]byte("PK broken"), 1000) != nil {
		t.Error("looks of what is no workbook")
	}
}
