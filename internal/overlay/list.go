package overlay

import (
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// words are the labels of the page.
type words map[string]string

// of is a label with its placeholders filled; args come in pairs.
func (w words) of(key string, args ...string) string { return fill(w[key], args...) }

// group is the findings of one weight.
type group struct {
	Title, Class string
	Count        string // how many stand for themselves, and how many follow from them
	Folded       bool   // mere notes: nothing to do
	Lines        []entry
}

// entry is a line of the list with what follows from it.
type entry struct {
	Item
	Flag   flag
	Href   string // of its first cell; "" if that is not drawn
	Same   string // how many follow, and where
	Open   bool   // few follow: they are in sight
	Follow []entry
}

// openMost is how many followers are in sight.
const openMost = 3

// groups sorts the lines by what they ask of people, root causes first.
func groups(say words, items []Item, hrefs map[int]string) []group {
	var out []group
	place := map[int][2]int{} // No → group, line
	for _, item := range items {
		e := entry{Item: item, Flag: flagOf(item), Href: hrefs[item.No]}
		if at, ok := place[item.Cause]; ok && item.Cause > 0 {
			first := &out[at[0]].Lines[at[1]]
			first.Follow = append(first.Follow, e)
			continue
		}
		if n := len(out); n == 0 || out[n-1].Title != item.Weight {
			out = append(out, group{Title: item.Weight, Class: string(item.Severity), Folded: item.Severity == tonghop.Note})
		}
		g := &out[len(out)-1]
		place[item.No] = [2]int{len(out) - 1, len(g.Lines)}
		g.Lines = append(g.Lines, e)
	}
	for i := range out {
		follow := 0
		for j := range out[i].Lines {
			follow += len(out[i].Lines[j].Follow)
			if l := &out[i].Lines[j]; len(l.Follow) > 0 {
				l.Same = say.of("same", "count", fmt.Sprint(len(l.Follow)))
				l.Open = len(l.Follow) <= openMost
			}
		}
		key := "group_count"
		if follow > 0 {
			key = "group_follow"
		}
		out[i].Count = say.of(key, "count", fmt.Sprint(len(out[i].Lines)), "follow", fmt.Sprint(follow))
	}
	return out
}

// whole are the flags of findings without a cell: of a sheet, or of the file.
func whole(items []Item, sheet string) []flag {
	var out []flag
	for _, item := range items {
		if item.Sheet == sheet && (sheet == "" || len(item.Areas) == 0) && !slices.ContainsFunc(out, func(f flag) bool { return f.No == item.No }) {
			out = append(out, flagOf(item))
		}
	}
	return out
}
