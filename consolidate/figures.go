package consolidate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Number formats. They name no separator: the reader's program shows 1.234,5.
const (
	formatWhole   = "#,##0"
	formatTwo     = "#,##0.00"
	formatSigned  = "+#,##0;-#,##0;0"
	mostDecimals  = 8
	significant   = 15
	divideDigits  = 24
	hundredthsOf1 = 100
)

func itoa(n int) string { return strconv.Itoa(n) }

// exact is the number format that shows a figure with all its decimals.
func exact(d decimal.Decimal) string {
	_, decimals, _ := strings.Cut(d.String(), ".")
	if decimals == "" {
		return formatWhole
	}
	return formatWhole + "." + strings.Repeat("0", min(len(decimals), mostDecimals))
}

// canonical writes a figure with a point and at most 15 significant digits, as
// a spreadsheet program keeps it.
func canonical(d decimal.Decimal) string {
	digits := int32(len(d.Coefficient().String()))
	if d.Sign() < 0 {
		digits--
	}
	if digits > significant {
		d = d.Round(-d.Exponent() - (digits - significant))
	}
	return d.String()
}

// doubtful adds the sign of an open question to a number format. The value of
// the cell stays what it is.
func (p *province) doubtful(format string) string {
	sign := strings.ReplaceAll(p.w.say("doubt.sign"), `"`, "")
	return format + `" ` + sign + `";-` + format + `" ` + sign + `";` + format + `" ` + sign + `";@" ` + sign + `"`
}

// markCell shows a mark as the district gives it.
func (p *province) markCell(v tonghop.Value, src tonghop.Source) cell {
	c := cell{Text: p.marks[v.Mark], Style: "mark", Trace: copied(src)}
	if v.Doubt {
		c.Style, c.Format = "mark_doubt", p.doubtful("0")
	}
	return c
}

// figureCell shows a figure with all its decimals.
func (p *province) figureCell(style string, f figure) cell {
	c := number(style, f.number, copied(f.source))
	c.Format = exact(f.number)
	if f.doubt {
		c.Style, c.Format = style+"_doubt", p.doubtful(c.Format)
	}
	return c
}

// valueCell shows what one source cell says: a figure, a mark, or the sign of
// its kind of empty.
func (p *province) valueCell(c *commune, v tonghop.Value) cell {
	src := c.source(v)
	switch {
	case v.Number.Valid:
		return p.figureCell("figure", figure{number: v.Number.Decimal, source: src, doubt: v.Doubt})
	case v.Mark == tonghop.MarkNotApplicable:
		v.Empty = tonghop.NotApplicable
	case v.Mark != tonghop.MarkNone:
		return p.markCell(v, src)
	case v.Empty == tonghop.EmptyNone || v.Empty == tonghop.Zero:
		v.Empty = tonghop.Unreadable
	}
	out := cell{Text: p.signs[v.Empty], Style: "empty", Trace: copied(src)}
	if v.Doubt {
		out.Style, out.Format = "empty_doubt", p.doubtful("0")
	}
	return out
}

// copied is the trace of a cell that repeats one source.
func copied(s tonghop.Source) *tonghop.Trace {
	return &tonghop.Trace{Operation: tonghop.OpCopy, Sources: []tonghop.Source{s}}
}

// counted is the trace of a number of sources.
func counted(sources []tonghop.Source) *tonghop.Trace {
	return &tonghop.Trace{Operation: tonghop.OpCount, Sources: sources}
}

// countedOf is the trace of "n/N": the number of sources, and Of.
func countedOf(sources []tonghop.Source, of int) *tonghop.Trace {
	return &tonghop.Trace{Operation: tonghop.OpPart, Sources: sources, Of: of}
}

// registered is the trace of a count of units in the register.
func registered() *tonghop.Trace { return &tonghop.Trace{Operation: tonghop.OpRegister} }

// names are the cells with the communes' names.
func names(communes []*commune) []tonghop.Source {
	out := make([]tonghop.Source, len(communes))
	for i, c := range communes {
		out[i] = c.nameSource()
	}
	return out
}
