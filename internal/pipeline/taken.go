package pipeline

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// taken says what had to be chosen to read a file that does not say it itself.
// What is sure is a note; what is not is a question to whoever sent it.
func taken(b *tonghop.Book) []tonghop.Finding {
	var out []tonghop.Finding
	add := func(rule string, t tonghop.Taken) {
		f := tonghop.Finding{Rule: rule, Severity: tonghop.Note, Owner: tonghop.OwnerOffice}
		if !t.Sure || t.Lost > 0 {
			f.Severity = tonghop.Query
		}
		for name, value := range map[string]string{"as": t.As, "second": t.Second, "lost": count(t.Lost), "cells": count(t.Cells)} {
			if value != "" {
				f = f.Arg(name, value)
			}
		}
		out = append(out, f)
	}
	for _, t := range b.Taken {
		switch {
		case t.What == tonghop.TakenEncoding && t.Lost > 0:
			add("TEP-005", t)
		case t.What == tonghop.TakenEncoding && !t.Sure:
			add("TEP-004", t)
		case t.What == tonghop.TakenSeparator && !t.Sure:
			add("TEP-006", t)
		case t.What == tonghop.TakenFont && !t.Sure:
			t.Sure = true // the cells are asked about one by one: TEP-021
			add("TEP-008", t)
		case t.What == tonghop.TakenFont:
			add("TEP-007", t)
		case t.What == tonghop.TakenPassword:
			add("TEP-009", t)
		case t.What == tonghop.TakenConverted:
			add("TEP-010", t)
		}
	}
	return out
}

// computed says which cells of the sheets that are read hold sums and counts of
// ours, because the file has no results of them.
func computed(b *tonghop.Book, covers []tonghop.Cover) []tonghop.Finding {
	var out []tonghop.Finding
	read := map[string]bool{}
	for _, cv := range covers {
		if !read[cv.Sheet] {
			read[cv.Sheet] = true
			out = append(out, computedOn(b, cv.Sheet)...)
		}
	}
	return out
}

// computedOn says it of one sheet.
func computedOn(b *tonghop.Book, sheet string) []tonghop.Finding {
	f := tonghop.Finding{Rule: "TEP-011", Severity: tonghop.Note, Owner: tonghop.OwnerOffice, Sheet: sheet}
	for i := range b.Sheets {
		if b.Sheets[i].Name != sheet {
			continue
		}
		for _, l := range b.Sheets[i].Lines {
			for _, c := range l.Cells {
				if !c.Computed {
					continue
				}
				if f.Areas == nil {
					f = f.Arg("formula", c.Formula).Arg("value", c.Shown)
				}
				f.Areas = append(f.Areas, tonghop.Area{Top: c.Row, Left: c.Col, Bottom: c.Row, Right: c.Col})
			}
		}
	}
	if f.Areas == nil {
		return nil
	}
	return []tonghop.Finding{f.Arg("cells", count(len(f.Areas)))}
}

// count is a number for a sentence; "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
