package excel

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// wipeRemarks takes our comments off a sheet.
func (w *workbook) wipeRemarks(s sheetPart, text []byte) ([]byte, error) {
	_, kids, err := outline(text)
	if err != nil {
		return nil, err
	}
	c, err := w.commentsOf(s, kids)
	if err != nil {
		return nil, err
	}
	left, err := w.wipeTexts(c)
	if err != nil {
		return nil, err
	}
	if left { // somebody wrote into what was ours alone
		return text, nil
	}
	var gone []string
	for _, part := range []string{c.texts, c.shapes} {
		if ownName(part) {
			gone = append(gone, part)
		}
	}
	if len(gone) == 0 {
		return text, nil
	}
	if drawing, ok := find(kids, "legacyDrawing"); ok && ownName(c.shapes) {
		text = apply(text, []edit{{from: drawing.from, to: drawing.to}})
	}
	if err := w.unrelate(s.part, func(l link) bool { return ownName(l.target) }); err != nil {
		return nil, err
	}
	return text, w.forget(gone...)
}

// ownName reports whether a part of comments is ours alone.
func ownName(part string) bool { return strings.Contains(part, "/"+ownPart+"/") }

// wipeTexts takes our comments out, with their boxes. left says that others
// remain.
func (w *workbook) wipeTexts(c commentParts) (left bool, err error) {
	if !w.has(c.texts) {
		return false, nil
	}
	text, err := w.get(c.texts)
	if err != nil {
		return false, err
	}
	_, kids, err := outline(text)
	if err != nil {
		return false, fmt.Errorf("part %q: %w", c.texts, err)
	}
	authors, _ := find(kids, "authors")
	list, ok := find(kids, "commentList")
	if !ok {
		return false, nil
	}
	names, err := inside(text, authors)
	if err != nil {
		return false, err
	}
	all, err := inside(text, list)
	if err != nil {
		return false, err
	}
	var edits []edit
	cells, others := map[string]bool{}, map[string]bool{}
	for _, n := range all {
		if unbroken(commentText(text[n.from:n.to])) {
			edits = append(edits, edit{from: n.from, to: n.to})
			cells[n.attr("ref")] = true
		} else {
			others[n.attr("authorId")] = true
		}
	}
	left = len(others) > 0
	if len(cells) == 0 {
		return left, nil
	}
	// Others are counted from the front, so that only the last author can go.
	if i := len(names) - 1; i >= 0 && string(text[names[i].in:names[i].out]) == ownAuthor && !others[strconv.Itoa(i)] {
		edits = append(edits, edit{from: names[i].from, to: names[i].to})
	}
	w.set(c.texts, apply(text, edits))
	return left, w.wipeShapes(c.shapes, cells)
}

// wipeShapes takes the boxes of comments out of a drawing.
func (w *workbook) wipeShapes(part string, cells map[string]bool) error {
	if !w.has(part) {
		return nil
	}
	text, err := w.get(part)
	if err != nil {
		return err
	}
	const open, end = "<v:shape ", "</v:shape>"
	var edits []edit
	for at := 0; ; {
		from := bytes.Index(text[at:], []byte(open))
		if from < 0 {
			break
		}
		from += at
		to := bytes.Index(text[from:], []byte(end))
		if to < 0 {
			break
		}
		to += from + len(end)
		if cells[boxCell(string(text[from:to]))] {
			edits = append(edits, edit{from: from, to: to})
		}
		at = to
	}
	text = apply(text, edits)
	if !bytes.Contains(text, []byte(`"#_x0000_t202"`)) {
		text = bytes.Replace(text, []byte(boxType), nil, 1) // ours, and no box is left
	}
	w.set(part, text)
	return nil
}

// boxCell is the cell that a comment's box belongs to.
func boxCell(shape string) string {
	number := func(tag string) int {
		_, rest, _ := strings.Cut(shape, "<x:"+tag+">")
		digits, _, _ := strings.Cut(rest, "<")
		n, err := strconv.Atoi(strings.TrimSpace(digits))
		if err != nil {
			return -1
		}
		return n + 1
	}
	row, col := number("Row"), number("Column")
	if row < 1 || col < 1 {
		return ""
	}
	return tonghop.Ref{Row: row, Col: col}.Cell()
}
