package ods_test

import (
	"strings"

	"github.com/tonghop/tonghop"
)

// libreOfficeExcuse gives the reason for a difference from LibreOffice's own
// conversion; "" if there is none.
func libreOfficeExcuse(field, a, b string, ours, theirs *tonghop.Cell) string {
	if ours == nil || theirs == nil {
		if field == "sheet" && strings.TrimSuffix(a, "true") == strings.TrimSuffix(b, "false") {
			return "LibreOffice shows a hidden sheet again that is the active one"
		}
		return ""
	}
	switch {
	case ours.HasForm && !ours.Cached:
		return "LibreOffice works out a formula that has no value"
	case theirs.Stored == "#NAME?":
		return "LibreOffice does not understand its own formula when it reads it again"
	case strings.HasPrefix(ours.Stored, "Err:") && theirs.Stored == "#VALUE!":
		return "an error that only LibreOffice knows"
	case ours.Kind == tonghop.CellBool && ours.HasForm && theirs.Kind == tonghop.CellNumber:
		return "LibreOffice shows TRUE without a format and forgets it in .xlsx"
	case theirs.Style.Percent && (!ours.Style.Percent || ours.Kind == tonghop.CellBool) && field != "font":
		return "the cell says of what type its value is; LibreOffice goes by the style"
	}
	return fieldExcuse(field, a, b, ours, theirs)
}

// fieldExcuse gives the reasons that concern one field.
func fieldExcuse(field, a, b string, ours, theirs *tonghop.Cell) string {
	number := ours.Kind == tonghop.CellNumber && theirs.Kind == tonghop.CellNumber
	switch field {
	case "font":
		switch {
		case a == "" && b == "Arial":
			return "LibreOffice puts in its own default font"
		case strings.HasPrefix(b, a+";"):
			return "a list of fonts: the first one counts"
		case strings.HasSuffix(ours.Stored, "tổng hợp"):
			return "text in several fonts: LibreOffice gives the cell that of the first letters"
		}
	case "stored":
		switch {
		case number && len(a) == 2 && len(b) == 2 && a[0] == b[0] && a[1]+1 == b[1] && ours.Style.Date:
			return "LibreOffice counts the first two months of 1900 in another way than Excel"
		case strings.ReplaceAll(a, "\t", "") == b:
			return "LibreOffice loses tabs"
		}
	case "shown":
		switch {
		case strings.ReplaceAll(a, "\t", "") == b:
			return "LibreOffice loses tabs"
		case number && strings.Contains(theirs.Style.NumberFormat, "?/?"):
			return "the .ods says what it shows; we do not compute fractions"
		case number && strings.ReplaceAll(inFormat(ours), " ", "") == strings.ReplaceAll(inFormat(theirs), " ", ""):
			return "the .ods says what LibreOffice shows; for the .xlsx we compute what Excel shows"
		}
	case "format":
		switch {
		case ours.Style.Date && theirs.Style.Date && ours.HasForm:
			return "a result without a format: each program has its own for dates"
		case strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", ""):
			return "places kept free for digits (?) are not stated in .ods"
		}
	case "formula text":
		switch {
		case strings.ReplaceAll(b, "~", ",") == a:
			return "LibreOffice writes its own sign for a union"
		case strings.EqualFold(a, b):
			return "a formula that LibreOffice did not understand, in other letters"
		}
	}
	return ""
}
