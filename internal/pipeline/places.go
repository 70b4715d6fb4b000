package pipeline

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// What the cells of a heading tell.
const (
	placeOffice = "office"
	placePeriod = "period"
	placeForm   = "form"
)

// places lists the cells of headings and headers by which a workbook was
// understood, each with what it was taken for.
func places(book *tonghop.Book, reading tonghop.Reading, form *tonghop.Form) []tonghop.Place {
	var out []tonghop.Place
	add := func(p tonghop.Place) {
		if p.Ref.Row > 0 && p.Ref.Col > 0 {
			out = append(out, p)
		}
	}
	cover := reading.Cover
	if cover.Turned && len(reading.Rows) > 0 { // what stands above it stands above the names
		cover.Header.Top = reading.Rows[0].NameRef.Row
	}
	add(tonghop.Place{Ref: cover.OfficeAt, What: placeOffice})
	add(tonghop.Place{Ref: cover.PeriodAt, What: placePeriod})
	add(tonghop.Place{Ref: formTitle(book, cover, form), What: placeForm})
	for _, cv := range append([]tonghop.Cover{cover}, reading.More...) {
		for _, c := range cv.Columns {
			at := c.Header
			at.Sheet = cv.Sheet
			if own := map[bool]int{false: at.Col, true: at.Row}[cv.Turned]; own != c.Col && c.Role != tonghop.ColField {
				continue // a label over several columns says nothing of this one alone
			}
			add(tonghop.Place{Ref: at, What: c.Role, Field: c.Field, Mark: c.Mark, Side: cv.Turned, Why: c.Why})
		}
	}
	return out
}

// formTitle finds the title that names the form: rather a text that speaks of a
// form or of criteria than the letterhead of the programme.
func formTitle(book *tonghop.Book, cv tonghop.Cover, form *tonghop.Form) tonghop.Ref {
	words := slices.Concat(form.OwnTitles, form.Titles)
	var first tonghop.Ref
	for _, t := range above(book, cv) {
		key := " " + viet.Key(t.text) + " "
		if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(key, " "+viet.Key(w)+" ") }) {
			continue
		}
		if strings.Contains(key, " tieu chi ") || strings.Contains(key, " bieu ") || strings.Contains(key, " ket qua ") {
			return t.ref
		}
		if first.Row == 0 {
			first = t.ref
		}
	}
	return first
}
