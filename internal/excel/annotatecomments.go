package excel

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/tonghop/tonghop"
)

// ownAuthor is the author of our comments, where programs keep authors.
const ownAuthor = "tonghop"

// ownPart is in the names and relationships of our parts.
const ownPart = "tonghop"

// remark is a comment on a cell.
type remark struct {
	row, col int
	text     string
}

// commentParts are where the comments of a sheet stand; "" where it has none.
type commentParts struct{ texts, shapes string }

// commentsOf finds the comments of a sheet.
func (w *workbook) commentsOf(s sheetPart, kids []node) (commentParts, error) {
	links, err := w.links(s.part)
	if err != nil {
		return commentParts{}, err
	}
	var c commentParts
	c.texts, _ = linkTo(links, "comments")
	if drawing, ok := find(kids, "legacyDrawing"); ok {
		for _, l := range links {
			if l.id == drawing.attr("id") {
				c.shapes = l.target
			}
		}
	}
	return c, nil
}

// remarkOn puts our comments on the cells of a sheet. Where one of theirs stands
// ours is left out: the list says it.
func (w *workbook) remarkOn(s sheetPart, text []byte, remarks []remark) ([]byte, error) {
	if len(remarks) == 0 {
		return text, nil
	}
	root, kids, err := outline(text)
	if err != nil {
		return nil, err
	}
	c, err := w.commentsOf(s, kids)
	if err != nil {
		return nil, err
	}
	if c.texts != "" && !w.has(c.shapes) {
		return text, nil // comments that no program shows: ours would not be shown either
	}
	base := strings.TrimSuffix(path.Base(s.part), path.Ext(s.part))
	dir := path.Dir(w.main) + "/" + ownPart + "/"
	if c.texts == "" {
		c.texts = dir + "comments_" + base + ".xml"
		w.set(c.texts, []byte(xmlHead+`<comments xmlns="`+nsMain+`"><authors></authors><commentList></commentList></comments>`))
		if err := w.relate(s.part, "rId"+ownPart+"1", "comments", c.texts); err != nil {
			return nil, err
		}
		if err := w.declare(c.texts, typePrefix+"spreadsheetml.comments+xml"); err != nil {
			return nil, err
		}
	}
	if remarks, err = w.writeRemarks(c.texts, remarks); err != nil {
		return nil, err
	}
	if c.shapes == "" {
		c.shapes = dir + "shapes_" + base + ".vml"
		const id = "rId" + ownPart + "2"
		w.set(c.shapes, []byte(shapesHead+"</xml>"))
		if err := w.relate(s.part, id, "vmlDrawing", c.shapes); err != nil {
			return nil, err
		}
		if err := w.declare(c.shapes, typePrefix+"vmlDrawing"); err != nil {
			return nil, err
		}
		at := placeFor(text, root, kids, "legacyDrawing")
		text = apply(text, []edit{{at, at, fmt.Sprintf(`<%slegacyDrawing xmlns:r="%s" r:id="%s"/>`, root.prefix, nsRelations, id)}})
	}
	return text, w.drawRemarks(c.shapes, remarks)
}

// writeRemarks adds comments to a part and gives those that were added.
func (w *workbook) writeRemarks(part string, remarks []remark) ([]remark, error) {
	text, err := w.get(part)
	if err != nil {
		return nil, err
	}
	_, kids, err := outline(text)
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", part, err)
	}
	authors, ok1 := find(kids, "authors")
	list, ok2 := find(kids, "commentList")
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("part %q: no comments: %w", part, errShape)
	}
	names, err := inside(text, authors)
	if err != nil {
		return nil, err
	}
	theirs, err := inside(text, list)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, t := range theirs {
		taken[t.attr("ref")] = true
	}
	var added []remark
	var out strings.Builder
	for _, r := range remarks {
		ref := tonghop.Ref{Row: r.row, Col: r.col}.Cell()
		if taken[ref] {
			continue
		}
		added = append(added, r)
		fmt.Fprintf(&out, `<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext><%[1]st xml:space="preserve">%[4]s</%[1]st></%[1]stext></%[1]scomment>`,
			list.prefix, ref, len(names), esc(r.text))
	}
	if len(added) > 0 {
		author := fmt.Sprintf(`<%[1]sauthor>%[2]s</%[1]sauthor>`, list.prefix, ownAuthor)
		w.set(part, apply(text, append(addTo(text, authors, author), addTo(text, list, out.String())...)))
	}
	return added, nil
}

// shapesHead begins a drawing of comments.
const shapesHead = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
	`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>`

// boxType is the kind of shape that a comment is drawn in.
const boxType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

// drawRemarks adds the boxes of comments to a drawing. Drawings of Excel are not
// always well formed, so they are not parsed.
func (w *workbook) drawRemarks(part string, remarks []remark) error {
	text, err := w.get(part)
	if err != nil {
		return err
	}
	end := bytes.LastIndex(text, []byte("</xml>"))
	if end < 0 {
		return fmt.Errorf("drawing %q: %w", part, errShape)
	}
	var out strings.Builder
	if len(remarks) > 0 && !bytes.Contains(text, []byte(`id="_x0000_t202"`)) {
		out.WriteString(boxType)
	}
	for i, r := range remarks {
		lines := min(30, 2+len([]rune(r.text))/38+strings.Count(r.text, "\n"))
		fmt.Fprintf(&out, `<v:shape id="%s_%d" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;width:240pt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 31, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			ownPart, i+1, lines*14, i+1, r.col, max(0, r.row-2), r.col+4, max(0, r.row-2)+lines, r.row-1, r.col-1)
	}
	w.set(part, apply(text, []edit{{end, end, out.String()}}))
	return nil
}
