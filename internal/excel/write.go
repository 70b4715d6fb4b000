package excel

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// Write writes the edition as an xlsx workbook. A style that the look does not
// have, or a sheet name that Excel refuses, is an error.
func Write(w io.Writer, e tonghop.Edition, look tonghop.Look) error {
	if len(e.Sheets) == 0 {
		return fmt.Errorf("write edition %s: no sheet", e.Period)
	}
	f := excelize.NewFile()
	defer f.Close()
	b := &book{file: f, look: look, styles: map[styleKey]int{}}
	if err := b.setUp(e); err != nil {
		return fmt.Errorf("write edition %s: %w", e.Period, err)
	}
	for i, s := range e.Sheets {
		if err := b.sheet(i, s); err != nil {
			return fmt.Errorf("write sheet %q: %w", s.Name, err)
		}
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		return fmt.Errorf("write edition %s: %w", e.Period, err)
	}
	if err := pack(w, raw.Bytes(), b.quoted); err != nil {
		return fmt.Errorf("pack edition %s: %w", e.Period, err)
	}
	return nil
}

// book is a workbook being written.
type book struct {
	file   *excelize.File
	look   tonghop.Look
	styles map[styleKey]int
	quoted []int // styles whose text is never taken for a formula
}

// setUp names the sheets and fixes what would else differ from day to day.
func (b *book) setUp(e tonghop.Edition) error {
	if err := b.defaultFont(); err != nil {
		return err
	}
	for i, s := range e.Sheets {
		if i == 0 {
			if err := b.file.SetSheetName(b.file.GetSheetName(0), s.Name); err != nil {
				return err
			}
			continue
		}
		if _, err := b.file.NewSheet(s.Name); err != nil {
			return err
		}
	}
	at := string(e.AsOf) + "T00:00:00Z"
	if e.AsOf == "" {
		at = "2000-01-01T00:00:00Z"
	}
	err := b.file.SetDocProps(&excelize.DocProperties{Creator: "tonghop", LastModifiedBy: "tonghop",
		Title: e.Title, Created: at, Modified: at, Version: e.Program, Language: "vi-VN"})
	if err != nil {
		return err
	}
	if err := b.file.SetAppProps(&excelize.AppProperties{Application: "tonghop"}); err != nil {
		return err
	}
	always := true
	return b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always})
}
