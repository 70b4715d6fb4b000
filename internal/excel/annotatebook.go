package excel

import (
	"fmt"
	"path"
	"slices"
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

// bookText is the workbook's own part with its list of sheets.
type bookText struct {
	text    []byte
	kids    []node // elements of the workbook
	list    node   // the list of sheets
	entries []node
}

// bookText takes the workbook's own part apart.
func (w *workbook) bookText() (bookText, error) {
	text, err := w.get(w.main)
	if err != nil {
		return bookText{}, err
	}
	root, kids, err := outline(text)
	if err != nil {
		return bookText{}, err
	}
	if namespaceOf(root) != nsMain {
		return bookText{}, fmt.Errorf("namespace %q: %w", namespaceOf(root), errShape)
	}
	list, ok := find(kids, "sheets")
	if !ok {
		return bookText{}, fmt.Errorf("no sheets: %w", errShape)
	}
	entries, err := inside(text, list)
	return bookText{text, kids, list, entries}, err
}

// readSheets reads the list of sheets.
func (w *workbook) readSheets(links []link) error {
	b, err := w.bookText()
	if err != nil {
		return err
	}
	w.sheets = nil
	for _, e := range b.entries {
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

// addSheets puts our two sheets into the workbook, the list before all others
// and what was understood behind them. Whatever counts sheets moves by one.
func (w *workbook) addSheets(list, understood ownSheet) error {
	b, err := w.bookText()
	if err != nil {
		return err
	}
	top := 0
	for _, e := range b.entries {
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
		lines[i] = fmt.Sprintf(`<%ssheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`, b.list.prefix, esc(s.name), top+1+i, nsRelations, id)
	}
	edits := append([]edit{{b.list.in, b.list.in, lines[0]}}, addTo(b.text, b.list, lines[1])...)
	names, err := moveNames(b, func(at int) int { return at + 1 })
	if err != nil {
		return err
	}
	views, err := openList(b)
	if err != nil {
		return err
	}
	titles := nameTitles(b, []ownSheet{list, understood})
	w.set(w.main, apply(b.text, slices.Concat(edits, names, views, titles)))
	return nil
}

// nameTitles has the headers of our sheets printed on every page. LibreOffice
// counts no sheet whose name begins or ends with an apostrophe, and does not load
// a workbook with a name for a sheet beyond its count: then the last one has none.
func nameTitles(b bookText, own []ownSheet) []edit {
	prefix := b.list.prefix
	uncounted := slices.ContainsFunc(b.entries, func(e node) bool {
		name := e.attr("name")
		return strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'")
	})
	var names string
	for i, s := range own {
		if uncounted && i > 0 {
			break
		}
		names += fmt.Sprintf(`<%[1]sdefinedName name="_xlnm.Print_Titles" localSheetId="%[2]d">%[3]s!$%[4]d:$%[4]d</%[1]sdefinedName>`,
			prefix, i*(len(b.entries)+1), esc(quoted(s.name)), s.header)
	}
	if list, ok := find(b.kids, "definedNames"); ok {
		return addTo(b.text, list, names)
	}
	at := b.list.to
	for _, k := range b.kids {
		if k.name == "functionGroups" || k.name == "externalReferences" {
			at = k.to
		}
	}
	return []edit{{at, at, fmt.Sprintf("<%[1]sdefinedNames>%[2]s</%[1]sdefinedNames>", prefix, names)}}
}

// moveNames gives the names that hold for one sheet, which they tell by its
// place, the new place; one below 0 says that the sheet is gone, and its names
// with it.
func moveNames(b bookText, to func(int) int) ([]edit, error) {
	list, ok := find(b.kids, "definedNames")
	if !ok {
		return nil, nil
	}
	all, err := inside(b.text, list)
	if err != nil {
		return nil, err
	}
	var edits []edit
	gone := 0
	for _, n := range all {
		at, err := strconv.Atoi(n.attr("localSheetId"))
		if err != nil || at < 0 || at >= len(b.entries) {
			continue
		}
		if place := to(at); place >= 0 {
			edits = append(edits, setAttr(b.text, n, "localSheetId", strconv.Itoa(place))...)
			continue
		}
		edits = append(edits, edit{from: n.from, to: n.to})
		gone++
	}
	if gone == len(all) && gone > 0 {
		return []edit{{from: list.from, to: list.to}}, nil
	}
	return edits, nil
}

// dropSheets takes our sheets out again; own tells them by name, was says which
// sheets were open before they came.
func (w *workbook) dropSheets(own map[string]bool, was opened) error {
	b, err := w.bookText()
	if err != nil {
		return err
	}
	var edits []edit
	gone, places, left := map[string]bool{}, make([]int, len(b.entries)), 0
	for i, e := range b.entries {
		if places[i] = left; !own[e.attr("name")] {
			left++
			continue
		}
		places[i] = -1
		edits = append(edits, edit{from: e.from, to: e.to})
		gone[e.attr("id")] = true
	}
	if len(gone) == 0 {
		return nil
	}
	names, err := moveNames(b, func(at int) int { return places[at] })
	if err != nil {
		return err
	}
	views, back, err := reopen(b, places, was)
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
	w.set(w.main, apply(b.text, slices.Concat(edits, names, views)))
	links, err := w.links(w.main)
	if err != nil {
		return err
	}
	if err := w.readSheets(links); err != nil || !back {
		return err
	}
	return w.selectAgain(was.Selected)
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
