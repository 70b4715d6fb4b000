package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// explainAll types an explanation into every line of the list that asks, and
// turns those lines upside down, as sorting does: the values move, and nothing
// that stands beside them.
func explainAll(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	list := f.GetSheetName(0)
	rows, err := f.GetRows(list)
	ts.Check(err)
	var at []int
	var lines [][]string
	for i, cells := range rows {
		if len(cells) < tonghop.OwnTagColumn || !strings.HasPrefix(cells[tonghop.OwnTagColumn-1], tonghop.OwnLineTag) || !strings.HasPrefix(cells[1], "?") {
			continue
		}
		cells[tonghop.OwnExplanationColumn-1] = "lời " + strconv.Itoa(len(at)+1)
		at, lines = append(at, i+1), append(lines, cells)
	}
	if len(at) < 2 {
		ts.Fatalf("%d lines ask: nothing to sort", len(at))
	}
	slices.Reverse(lines)
	for i, row := range at {
		for col, text := range lines[i] {
			cell, err := excelize.CoordinatesToCellName(col+1, row)
			ts.Check(err)
			ts.Check(f.SetCellStr(list, cell, text))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}
