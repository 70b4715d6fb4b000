package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// Excel's limits for what it says about a cell, in letters, and for a list
// that is written out.
const (
	titleMost  = 32
	promptMost = 255
	listMost   = 255
)

// inputs protects a sheet and says what may be typed into it.
func (b *book) inputs(s tonghop.EditionSheet) error {
	for _, c := range s.Checks {
		dv, err := validation(c)
		if err != nil {
			return err
		}
		if err := b.file.AddDataValidation(s.Name, dv); err != nil {
			return fmt.Errorf("check of %s: %w", dv.Sqref, err)
		}
	}
	if !s.Protected {
		return nil
	}
	// The office may widen columns and turn rows: that changes no figure.
	return b.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{SelectLockedCells: true,
		SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true})
}

// validation turns a check into the library's terms.
func validation(c tonghop.InputCheck) (*excelize.DataValidation, error) {
	names := make([]string, len(c.Areas))
	for i, a := range c.Areas {
		names[i] = a.String()
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(strings.Join(names, " "))
	dv.SetInput(cut(c.Title, titleMost), cut(c.Prompt, promptMost))
	switch {
	case len(c.List) > 0:
		if n := len([]rune(strings.Join(c.List, ","))); n > listMost {
			return nil, fmt.Errorf("check of %s: the list has %d letters, Excel takes %d", dv.Sqref, n, listMost)
		}
		if err := dv.SetDropList(c.List); err != nil {
			return nil, fmt.Errorf("check of %s: %w", dv.Sqref, err)
		}
	case c.Min != "":
		kind := excelize.DataValidationTypeDecimal
		if c.Whole {
			kind = excelize.DataValidationTypeWhole
		}
		if err := dv.SetRange(c.Min, c.Max, kind, excelize.DataValidationOperatorBetween); err != nil {
			return nil, fmt.Errorf("check of %s: %w", dv.Sqref, err)
		}
	default:
		return dv, nil // it only says something
	}
	style := excelize.DataValidationErrorStyleWarning
	if c.Strict {
		style = excelize.DataValidationErrorStyleStop
	}
	dv.SetError(style, cut(c.Title, titleMost), cut(c.ErrorPrompt, promptMost))
	return dv, nil
}

// cut shortens a text at a blank to what Excel shows of it.
func cut(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	short := string(letters[:most-1])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return short + "…"
}
