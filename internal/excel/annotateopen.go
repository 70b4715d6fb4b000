package excel

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
)

// opened is which of their sheets were open before the list was: an annotated
// workbook opens at the list, and without our marks as it did before. It stands
// in the hidden row of the list, where it outlives other programs.
type opened struct {
	Views    []openedView `json:",omitempty"` // a window each
	Selected []string     `json:",omitempty"` // sheets selected together
}

// openedView is what a window shows; sheets by name, for they may be moved.
type openedView struct {
	Active string
	First  string // the first tab that is not scrolled away
}

// openedColumn is where it stands in the first row of the list.
const openedColumn = 2

// openedOf reads it from our sheets.
func openedOf(own []tonghop.Sheet) opened {
	var o opened
	for i := range own {
		c := own[i].Cell(1, openedColumn)
		if c != nil && json.Unmarshal([]byte(c.Stored), &o) == nil && len(o.Views)+len(o.Selected) > 0 {
			return o
		}
	}
	return opened{}
}

// String is what stands in the list; "" where nothing is to be told.
func (o opened) String() string {
	text, err := json.Marshal(o)
	if err != nil || len(o.Views)+len(o.Selected) == 0 {
		return ""
	}
	return string(text)
}

// windows are the windows of a workbook.
func windows(b bookText) ([]node, error) {
	views, ok := find(b.kids, "bookViews")
	if !ok {
		return nil, nil
	}
	return inside(b.text, views)
}

// sheetAt is the name of the sheet that a window names by its place.
func (b bookText) sheetAt(n node, attr string) string {
	at, _ := strconv.Atoi(n.attr(attr)) // without the attribute it is the first
	if at < 0 || at >= len(b.entries) {
		return ""
	}
	return b.entries[at].attr("name")
}

// unselect notes which sheets are open, and selects none of them: two that are
// selected would both be written into at once.
func (w *workbook) unselect() (opened, error) {
	b, err := w.bookText()
	if err != nil {
		return opened{}, err
	}
	all, err := windows(b)
	if err != nil {
		return opened{}, err
	}
	var was opened
	for _, v := range all {
		was.Views = append(was.Views, openedView{b.sheetAt(v, "activeTab"), b.sheetAt(v, "firstSheet")})
	}
	for _, s := range w.sheets {
		found, err := w.selectSheet(s, false)
		if err != nil {
			return opened{}, fmt.Errorf("sheet %q: %w", s.name, err)
		}
		if found {
			was.Selected = append(was.Selected, s.name)
		}
	}
	return was, nil
}

// selectSheet says of a sheet that it is selected, or is not, and tells whether
// that is a change. A value that is there is changed in its place and spelling.
func (w *workbook) selectSheet(s sheetPart, on bool) (changed bool, err error) {
	text, err := w.get(s.part)
	if err != nil {
		return false, err
	}
	views, ok, err := headElement(text, "sheetViews")
	if err != nil || !ok {
		return false, err
	}
	all, err := inside(text, views)
	if err != nil {
		return false, err
	}
	var edits []edit
	for _, v := range all {
		words := map[string]string{"1": "0", "true": "false"}
		if on {
			words = map[string]string{"0": "1", "false": "true"}
		}
		if to, ok := words[v.attr("tabSelected")]; ok {
			edits = append(edits, setAttr(text, v, "tabSelected", to)...)
		} else if on && v.attr("tabSelected") == "" {
			edits = append(edits, newAttr(v, "tabSelected", "1"))
		}
	}
	if len(edits) > 0 {
		w.set(s.part, apply(text, edits))
	}
	return len(edits) > 0, nil
}

// selectAgain selects sheets by their names.
func (w *workbook) selectAgain(names []string) error {
	for _, s := range w.sheets {
		if !slices.Contains(names, s.name) {
			continue
		}
		if _, err := w.selectSheet(s, true); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	return nil
}

// openList has every window show the list, the first of the sheets.
func openList(b bookText) ([]edit, error) {
	all, err := windows(b)
	var edits []edit
	for _, v := range all {
		edits = append(edits, placeAttr(b.text, v, "activeTab", 0)...)
		edits = append(edits, placeAttr(b.text, v, "firstSheet", 0)...)
	}
	return edits, err
}

// reopen has every window show what it showed before the list came, where it
// shows one of our sheets; else what it shows now. places are the new places of
// the sheets, -1 for ours. back says that the first window is as it was.
func reopen(b bookText, places []int, was opened) (edits []edit, back bool, err error) {
	all, err := windows(b)
	placeOf := func(name string, now int) int {
		for i, e := range b.entries {
			if e.attr("name") == name && places[i] >= 0 {
				return places[i]
			}
		}
		if now < 0 || now >= len(places) {
			return 0
		}
		return max(0, places[now])
	}
	back = len(all) == 0
	for i, v := range all {
		active, _ := strconv.Atoi(v.attr("activeTab"))
		first, _ := strconv.Atoi(v.attr("firstSheet"))
		view := openedView{}
		if active >= 0 && active < len(places) && places[active] < 0 {
			back = back || i == 0
			if i < len(was.Views) {
				view = was.Views[i]
			}
		}
		edits = append(edits, placeAttr(b.text, v, "activeTab", placeOf(view.Active, active))...)
		edits = append(edits, placeAttr(b.text, v, "firstSheet", placeOf(view.First, first))...)
	}
	return edits, back, err
}

// placeAttr says a place in an attribute that is 0 when it is not there.
func placeAttr(text []byte, n node, local string, place int) []edit {
	if n.attr(local) != "" {
		return setAttr(text, n, local, strconv.Itoa(place))
	}
	if place == 0 {
		return nil
	}
	return []edit{newAttr(n, local, strconv.Itoa(place))}
}

// newAttr adds an attribute to an element.
func newAttr(n node, local, value string) edit {
	at := n.from + 1 + len(n.prefix) + len(n.name)
	return edit{at, at, fmt.Sprintf(` %s="%s"`, local, value)}
}
