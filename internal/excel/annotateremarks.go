package excel

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// remarksFor gathers the comments for the cells of a sheet: one a cell, with all
// that is asked about it.
func remarksFor(sheet *tonghop.Sheet, notes Notes, list string) []remark {
	const most = 1000 // comments on a sheet; the list has all
	_, first := firstItem(notes)
	at := map[[2]int]int{}
	var out []remark
	for i, item := range notes.Items {
		if item.Sheet != sheet.Name || item.Severity == tonghop.Note {
			continue
		}
		text := remarkText(item, notes.Words, list, first+i)
		for _, a := range item.Areas {
			cell := [2]int{a.Top, a.Left}
			if n, ok := at[cell]; ok {
				if !strings.Contains(out[n].text, text) {
					out[n].text = short(out[n].text + "\n\n" + text)
				}
				continue
			}
			if len(out) == most {
				break
			}
			at[cell] = len(out)
			out = append(out, remark{a.Top, a.Left, text})
		}
	}
	for i := range out {
		out[i].text = sealed(out[i].text)
	}
	return out
}

// remarkText is a line of the list as a comment, with the way back to the list.
func remarkText(item NoteItem, words map[string]string, list string, row int) string {
	lines := []string{item.Weight + ": " + item.Message}
	if item.Found != "" {
		lines = append(lines, words["found"]+": "+item.Found)
	}
	if item.Expected != "" {
		lines = append(lines, words["expected"]+": "+item.Expected)
	}
	lines = append(lines, words["fix"]+": "+item.Fix, fmt.Sprintf("(%s!A%d · %s)", list, row, item.Rule))
	return strings.Join(lines, "\n")
}
