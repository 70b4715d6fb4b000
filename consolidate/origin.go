package consolidate

import (
	"strings"

	"github.com/tonghop/tonghop"
)

// origin is one source cell and the cells of the edition that follow from it.
type origin struct {
	commune *commune
	value   tonghop.Value
	source  tonghop.Source
	cells   []string
}

// origins collects the sources of the sheets of communes and indicators.
type origins struct {
	list []*origin
	at   map[tonghop.Source]*origin
}

// trace notes the sources of the row just added to a sheet for a commune.
func (p *province) trace(s *sheet, c *commune) {
	if c.row == nil {
		return
	}
	values := make(map[tonghop.Source]tonghop.Value, len(c.row.Values))
	for _, v := range c.row.Values {
		values[c.source(v)] = v
	}
	if p.origins.at == nil {
		p.origins.at = map[tonghop.Source]*origin{}
	}
	row := len(s.out.Rows)
	for i, cell := range s.out.Rows[row-1].Cells {
		if cell.Trace == nil {
			continue
		}
		for _, src := range cell.Trace.Sources {
			o := p.origins.at[src]
			if o == nil {
				o = &origin{commune: c, value: values[src], source: src}
				p.origins.at[src] = o
				p.origins.list = append(p.origins.list, o)
			}
			o.cells = append(o.cells, s.out.Name+"!"+address(i+1, row))
		}
	}
}

// originSheet lists, commune by commune, each source cell of the figures of
// the sheets of communes and indicators.
func (p *province) originSheet() *sheet {
	var cols []column
	for _, key := range []string{"cells", "code", "commune", "field", "value", "file", "sheet", "cell", "raw", "receipt"} {
		cols = append(cols, column{key: key})
	}
	s := p.newSheet("sources", cols...)
	s.heading(len(cols))
	s.header()
	s.freeze(0)
	byCommune := map[*commune][]*origin{}
	for _, o := range p.origins.list {
		byCommune[o.commune] = append(byCommune[o.commune], o)
	}
	for _, c := range p.all() {
		for _, o := range byCommune[c] {
			s.add(p.originRow(o)...)
		}
	}
	if len(p.origins.list) == 0 {
		s.line("centre", p.w.say("sources.none"), 1, len(cols))
		return s
	}
	s.out.Filter = tonghop.Area{Top: s.out.Repeat[1], Left: 1, Bottom: s.next() - 1, Right: len(cols)}
	return s
}

// originRow lays out one source cell.
func (p *province) originRow(o *origin) []cell {
	value := p.valueCell(o.commune, o.value)
	value.Trace = nil
	field := o.value.Field
	if field == tonghop.FieldTotalMet {
		field = p.in.Layout.Sheets["commune"].Columns["total"].Label
	}
	return []cell{label("small", strings.Join(o.cells, "; ")), label("code", o.commune.unit.Code),
		label("small", o.commune.unit.Name), label("centre", field), value,
		label("small", o.source.File), label("small", o.source.Sheet), label("centre", o.source.Cell),
		label("small", o.source.Raw), label("centre", o.source.Submission)}
}
