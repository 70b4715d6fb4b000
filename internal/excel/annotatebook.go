package excel

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// workbook is a workbook that is being annotated in place.
type workbook struct {
	*parts
	main   string // name of the workbook's own part
	styles string
	sheets []sheetPart
}

// sheetPart is an entry of the list of sheets.
type sheetPart struct{ name, part, id string }

// openWorkbook finds the parts of a workbook. What is built in a way that is not
// annotated in place is errShape.
func openWorkbook(raw []byte, most int64) (*workbook, error) {
	p, err := openParts(raw, most)
	if err != nil {
		return nil, err
	}
	w := &workbook{parts: p}
	if w.main, err = p.mainPart(); err != nil {
		return nil, err
	}
	links, err := p.links(w.main)
	if err != nil {
		return nil, err
	}
	var ok bool
	if w.styles, ok = linkTo(links, "styles"); !ok || !p.has(w.styles) {
		return nil, fmt.Errorf("no styles: %w", errShape)
	}
	return w, w.readSheets(links)
}

// readSheets reads the list of sheets.
func (w *workbook) readSheets(links []link) error {
	text, kids, err := w.mainText()
	if err != nil {
		return err
	}
	list, ok := find(kids, "sheets")
	if !ok {
		return fmt.Errorf("no sheets: %w", errShape)
	}
	entries, err := inside(text, list)
	if err != nil {
		return err
	}
	w.sheets = nil
	for _, e := range entries {
		s := sheetPart{name: e.attr("name"), id: e.attr("id")}
		for _, l := range links {
			if l.id == s.id {
				s.part = l.target
			}
		}
		if !w.has(s.part) {
			return fmt.Errorf("sheet %q has no part: %w", s.name, errShape)
		}
		w.sheets = append(w.sheets, s)
	}
	return nil
}

// mainText is the workbook's own part and its elements.
func (w *workbook) mainText() ([]byte, []node, error) {
	text, err := w.get(w.main)
	if err != nil {
		return nil, nil, err
	}
	root, kids, err := outline(text)
	if err != nil {
		return nil, nil, err
	}
	if namespaceOf(root) != nsMain {
		return nil, nil, fmt.Errorf("namespace %q: %w", namespaceOf(root), errShape)
	}
	return text, kids, nil
}

// addSheets puts our two sheets into the workbook, the list before all others
// and what was understood behind them. Whatever counts sheets moves by one.
func (w *workbook) addSheets(list, understood ownSheet) error {
	text, kids, err := w.mainText()
	if err != nil {
		return err
	}
	sheets, _ := find(kids, "sheets")
	entries, err := inside(text, sheets)
	if err != nil {
		return err
	}
	top := 0
	for _, e := range entries {
		n, _ := strconv.Atoi(e.attr("sheetId"))
		top = max(top, n)
	}
	var lines [2]string
	for i, s := range []ownSheet{list, understood} {
		part := fmt.Sprintf("%s/worksheets/%s%d.xml", path.Dir(w.main), ownPart, i+1)
		id := fmt.Sprintf("rId%s%d", ownPart, i+1)
		w.set(part, s.xml)
		if err := w.relate(w.main, id, "worksheet", part); err != nil {
			return err
		}
		if err := w.declare(part, typePrefix+"spreadsheetml.worksheet+xml"); err != nil {
			return err
		}
		lines[i] = fmt.Sprintf(`<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`, sheets.prefix, esc(s.name), top+1+i, nsRelations, id)
	}
	edits := append([]edit{{sheets.in, sheets.in, lines[0]}}, addTo(text, sheets, lines[1])...)
	moved, err := w.shift(text, kids, 1)
	if err != nil {
		return err
	}
	w.set(w.main, apply(text, append(edits, moved...)))
	return nil
}

// shift moves what names sheets by their place: names that hold for one sheet,
// and which sheet is open. What is open stays open.
func (w *workbook) shift(text []byte, kids []node, by int) ([]edit, error) {
	var edits []edit
	if names, ok := find(kids, "definedNames"); ok {
		all, err := inside(text, names)
		if err != nil {
			return nil, err
		}
		for _, n := range all {
			if at, err := strconv.Atoi(n.attr("localSheetId")); err == nil {
				edits = append(edits, setAttr(text, n, "localSheetId", strconv.Itoa(max(0, at+by)))...)
			}
		}
	}
	views, ok := find(kids, "bookViews")
	if !ok {
		return edits, nil
	}
	all, err := inside(text, views)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		open, _ := strconv.Atoi(v.attr("activeTab"))
		if from, to, ok := attrPlace(text, v, "activeTab"); ok {
			start := bytes.LastIndex(text[:from], []byte("activeTab"))
			for start > v.from && bytes.IndexByte([]byte(" \t\r\n"), text[start-1]) >= 0 {
				start--
			}
			edits = append(edits, edit{start, to + 1, ""})
		}
		if open += by; open > 0 { // 0 is what it is without the attribute
			at := v.from + 1 + len(v.prefix) + len(v.name)
			edits = append(edits, edit{at, at, fmt.Sprintf(` activeTab="%d"`, open)})
		}
	}
	return edits, nil
}

// dropSheets takes our sheets out again; own tells them by name.
func (w *workbook) dropSheets(own map[string]bool) error {
	text, kids, err := w.mainText()
	if err != nil {
		return err
	}
	sheets, _ := find(kids, "sheets")
	entries, err := inside(text, sheets)
	if err != nil {
		return err
	}
	var edits []edit
	gone, first := map[string]bool{}, 0
	for i, e := range entries {
		if !own[e.attr("name")] {
			continue
		}
		edits = append(edits, edit{from: e.from, to: e.to})
		gone[e.attr("id")] = true
		if first == i {
			first++
		}
	}
	if len(gone) == 0 {
		return nil
	}
	names, err := w.dropNames(text, kids, entries, own)
	if err != nil {
		return err
	}
	edits = append(edits, names...)
	moved, err := w.shift(text, kids, -first)
	if err != nil {
		return err
	}
	for _, s := range w.sheets {
		if gone[s.id] {
			if err := w.forget(s.part, relsOf(s.part)); err != nil {
				return err
			}
		}
	}
	if err := w.unrelate(w.main, func(l link) bool { return gone[l.id] }); err != nil {
		return err
	}
	w.set(w.main, apply(text, join(edits, moved)))
	links, err := w.links(w.main)
	if err != nil {
		return err
	}
	return w.readSheets(links)
}

// dropNames takes the names out that programs gave to areas of our sheets when
// they saved them.
func (w *workbook) dropNames(text []byte, kids, entries []node, own map[string]bool) ([]edit, error) {
	list, ok := find(kids, "definedNames")
	if !ok {
		return nil, nil
	}
	all, err := inside(text, list)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, n := range all {
		at, err := strconv.Atoi(n.attr("localSheetId"))
		if err == nil && at >= 0 && at < len(entries) && own[entries[at].attr("name")] {
			edits = append(edits, edit{from: n.from, to: n.to})
		}
	}
	if len(edits) == len(all) && len(all) > 0 {
		return []edit{{from: list.from, to: list.to}}, nil
	}
	return edits, nil
}

// join puts edits together; of one that lies inside another only the outer one
// is made.
func join(outer, inner []edit) []edit {
	out := outer
	for _, e := range inner {
		covered := false
		for _, o := range outer {
			covered = covered || o.from <= e.from && e.to <= o.to && o.from < o.to
		}
		if !covered {
			out = append(out, e)
		}
	}
	return out
}

// freeName is a name for one of our sheets that none of theirs has.
func (w *workbook) freeName(name string) string {
	taken := func(name string) bool {
		for _, s := range w.sheets {
			if strings.EqualFold(s.name, name) {
				return true
			}
		}
		return false
	}
	free := name
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free
}
