package pipeline

import (
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
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

// computed fills in the sums and counts whose results the file does not hold,
// and says so: a note for each sheet, with the cells.
func computed(b *tonghop.Book) []tonghop.Finding {
	if compute.Fill(b) == 0 {
		return nil
	}
	var out []tonghop.Finding
	for i := range b.Sheets {
		s := &b.Sheets[i]
		f := tonghop.Finding{Rule: "TEP-011", Severity: tonghop.Note, Owner: tonghop.OwnerOffice, Sheet: s.Name}
		for _, l := range s.Lines {
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
		if len(f.Areas) > 0 {
			out = append(out, f.Arg("cells", count(len(f.Areas))))
		}
	}
	return out
}

// count is a number for a sentence; "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
