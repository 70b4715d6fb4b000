package overlay

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/tonghop/tonghop"
)

// Draw writes the page. Without a book, of a file that could not be opened, it is
// the page without the sheets. looks are those of sheets by name; a sheet without
// one is drawn by what stands in it.
func Draw(w io.Writer, book *tonghop.Book, looks map[string]Look, page Page) error {
	t, err := template.New("overlay").Funcs(template.FuncMap{"pair": paired, "tabled": tabled, "legend": legend}).Parse(page.Template)
	if err != nil {
		return fmt.Errorf("read page template: %w", err)
	}
	d := &drawing{page: page, say: page.Words, left: cellsMost, hrefs: map[int]string{}}
	if book != nil {
		d.sheets(book, looks)
	}
	sum := sha256.Sum256([]byte(page.Style))
	v := view{Page: page, Sheet: template.CSS(page.Style), Sheets: d.out, NotDrawn: d.notDrawn,
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"}
	v.Flags, v.Groups = d.flags(), groups(page.Words, page.Items, d.hrefs)
	for _, f := range page.Facts {
		v.Known = append(v.Known, known{Fact: f, Cell: f.At.Cell(), Href: d.place(f.At)})
	}
	if err := t.Execute(w, v); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// drawing is one page as it is being drawn.
type drawing struct {
	page     Page
	say      words
	left     int // cells that may still be drawn
	out      []sheetView
	sketches map[string]*sketch
	hrefs    map[int]string // No of a line → its first cell
	notDrawn string
}

// sheets draws every sheet of a book; those that were read come first, so that
// they are drawn whole where there is not room for all.
func (d *drawing) sheets(book *tonghop.Book, looks map[string]Look) {
	taken, items := map[string][]Taken{}, map[string][]Item{}
	for _, t := range d.page.Taken {
		taken[t.Ref.Sheet] = append(taken[t.Ref.Sheet], t)
	}
	for _, item := range d.page.Items {
		items[item.Sheet] = append(items[item.Sheet], item)
	}
	d.sketches = map[string]*sketch{}
	all := book.Sheets[:min(sheetsMost, len(book.Sheets))]
	if n := len(book.Sheets) - len(all); n > 0 {
		d.notDrawn = d.say.of("sheets_left", "left", fmt.Sprint(n))
	}
	views := make([]sheetView, len(all))
	for _, read := range []bool{true, false} {
		for i := range all {
			s := &all[i]
			if used := len(taken[s.Name]) > 0 || len(items[s.Name]) > 0; used == read {
				views[i] = d.sheet(i+1, s, looks[s.Name], taken[s.Name], items[s.Name])
			}
		}
	}
	d.out = views
}

// sheet draws one sheet.
func (d *drawing) sheet(no int, s *tonghop.Sheet, look Look, taken []Taken, items []Item) sheetView {
	v := sheetView{ID: fmt.Sprintf("s%d", no), Name: s.Name, Hidden: s.Hidden, Flags: whole(items, s.Name)}
	for _, u := range d.page.Unused {
		if u.Sheet == s.Name && u.Area == (tonghop.Area{}) {
			v.Unused = u.Reason
		}
	}
	for _, f := range v.Flags {
		d.hrefs[f.No] = v.ID
	}
	rowWish, colWish := wishes(s, taken, items)
	mostRows, mostCols := rowsMost, colsMost
	if len(taken)+len(items) == 0 {
		mostRows, mostCols = asideRows, asideCols
	}
	cols := colWish.axis(mostCols)
	if len(cols) > 0 {
		mostRows = min(mostRows, d.left/len(cols))
	}
	rows := rowWish.axis(mostRows)
	if len(rows) == 0 || len(cols) == 0 || mostRows == 0 {
		v.Said = append(v.Said, d.nothing(rowWish))
		return v
	}
	d.left -= len(rows) * len(cols)
	k := newSketch(no, s, look, rows, cols)
	d.fillIn(k, taken, items)
	v.Said = append(v.Said, d.missing(rows, cols, rowWish)...)
	d.tables(&v, k)
	return v
}

// fillIn puts into a sketch what was taken, found and not used of its sheet.
func (d *drawing) fillIn(k *sketch, taken []Taken, items []Item) {
	d.sketches[k.sheet.Name] = k
	for _, t := range taken {
		k.note(t)
	}
	for _, u := range d.page.Unused {
		if u.Sheet == k.sheet.Name {
			k.setAside(u)
		}
	}
	for _, item := range items {
		if href := k.ask(item); href != "" {
			d.hrefs[item.No] = href
		}
	}
	k.spill()
}

// tables makes the table of a sheet, and those for paper.
func (d *drawing) tables(v *sheetView, k *sketch) {
	every := make([]int, len(k.cols))
	for j := range k.cols {
		every[j] = j
	}
	v.Table = k.table(d.say, every, true)
	v.Table.Caption = k.sheet.Name
	bands, from := k.bands(), 0
	if len(bands) == 1 {
		return
	}
	for _, band := range bands {
		t := k.table(d.say, band, false)
		t.Caption = d.say.of("band", "sheet", k.sheet.Name, "from", k.name(from), "to", k.name(band[len(band)-1]))
		from = band[len(band)-1] + 1
		v.Bands = append(v.Bands, t)
	}
}

// nothing says why there is no table of a sheet.
func (d *drawing) nothing(rows wish) string {
	if len(rows) == 0 {
		return d.say["sheet_blank"]
	}
	return d.say["sheet_left"]
}

// missing says which part of a sheet is not shown.
func (d *drawing) missing(rows, cols axis, all wish) []string {
	var out []string
	full := false
	for _, l := range rows {
		full = full || l.n == 0 && !l.blank
	}
	if full {
		out = append(out, d.say.of("part", "shown", fmt.Sprint(rows.drawn()), "all", fmt.Sprint(len(all))))
	}
	for _, l := range cols {
		if l.n == 0 {
			key := "cols_left"
			if l.blank {
				key = "cols_blank"
			}
			out = append(out, d.say.of(key, "from", tonghop.ColumnName(l.from), "to", tonghop.ColumnName(l.to)))
		}
	}
	return out
}

// flags are those of findings about the whole file, or a sheet that is not drawn.
func (d *drawing) flags() []flag {
	out := whole(d.page.Items, "")
	names := map[string]bool{}
	for _, s := range d.out {
		names[s.Name] = true
	}
	for _, item := range d.page.Items {
		if item.Sheet != "" && !names[item.Sheet] {
			out = append(out, flagOf(item))
		}
	}
	return out
}

// place is the id of a cell; "" if it is not drawn.
func (d *drawing) place(at tonghop.Ref) string {
	k := d.sketches[at.Sheet]
	if k == nil || at.Row == 0 {
		return ""
	}
	_, id := k.at(at.Row, at.Col)
	return id
}

// fill puts values into a sentence; args come in pairs of name and value.
func fill(text string, args ...string) string {
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+args[i]+"}", args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
