package excel_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
)

// open opens a workbook with another program's eyes.
func open(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// A protected sheet leaves only open cells to be changed, has no password, and
// says what may be typed into them.
func TestWriteInputs(t *testing.T) {
	area := tonghop.Area{Top: 1, Left: 2, Bottom: 3, Right: 2}
	e := tonghop.Edition{Sheets: []tonghop.EditionSheet{{Name: "S", Widths: []float64{9, 9}, Protected: true,
		Rows: []tonghop.EditionRow{{Cells: []tonghop.EditionCell{{Text: "Tên", Style: "locked"}, {Style: "open"}}}},
		Checks: []tonghop.InputCheck{
			{Areas: []tonghop.Area{area}, List: []string{"Đạt", "Chưa đạt"}, Strict: true, Title: "Chỉ tiêu 1.1",
				Prompt: strings.Repeat("chữ ", 100), ErrorPrompt: "Chọn một mức"},
			{Areas: []tonghop.Area{{Top: 5, Left: 1, Bottom: 5, Right: 1}, {Top: 7, Left: 1, Bottom: 9, Right: 1}}, Min: "0", Max: "100", Prompt: "Ghi số"},
			{Areas: []tonghop.Area{{Top: 6, Left: 1, Bottom: 6, Right: 1}}, Min: "0", Max: "9", Whole: true},
		}}}}
	look := tonghop.Look{Font: "Times New Roman", Styles: map[string]tonghop.CellLook{"locked": {}, "open": {Open: true}}}
	f := open(t, write(t, e, look))
	checks, err := f.GetDataValidations("S")
	if err != nil || len(checks) != 3 {
		t.Fatalf("%d checks, %v", len(checks), err)
	}
	list, figures, whole := checks[0], checks[1], checks[2]
	if list.Sqref != "B1:B3" || list.Type != "list" || list.Formula1 != `"Đạt,Chưa đạt"` || *list.ErrorStyle != "stop" || !list.ShowErrorMessage {
		t.Errorf("the list is %+v", *list)
	}
	if n := len([]rune(*list.Prompt)); n > 255 || !strings.HasSuffix(*list.Prompt, "…") {
		t.Errorf("its prompt has %d letters and ends %q", n, (*list.Prompt)[len(*list.Prompt)-9:])
	}
	if figures.Sqref != "A5 A7:A9" || figures.Type != "decimal" || figures.Formula1 != "0" || figures.Formula2 != "100" || *figures.ErrorStyle != "warning" {
		t.Errorf("the range is %+v", *figures)
	}
	if whole.Type != "whole" {
		t.Errorf("whole numbers are checked as %q", whole.Type)
	}
	guard, err := f.GetSheetProtection("S")
	if err != nil || guard.Password != "" || !guard.SelectUnlockedCells || guard.InsertRows {
		t.Errorf("protected as %+v, %v", guard, err)
	}
	for cell, locked := range map[string]bool{"A1": true, "B1": false} {
		id, err := f.GetCellStyle("S", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.Protection == nil || style.Protection.Locked; got != locked {
			t.Errorf("%s is locked: %t; want %t", cell, got, locked)
		}
	}
	e.Sheets[0].Checks[0].List = []string{strings.Repeat("x", 256)}
	if err := excel.Write(&bytes.Buffer{}, e, look); err == nil || !strings.Contains(err.Error(), "B1:B3") {
		t.Errorf("a list longer than Excel takes gave %v", err)
	}
}
