package html

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// rulesMax bounds the style rules of a page; Excel writes one for each cell
// style, of which a workbook has 65,490 at most.
const rulesMax = 1 << 17

// look is what a style says of a cell; a field that is "" says nothing.
type look struct {
	font   string
	format string
	hidden bool
	shown  bool // display is something other than none
}

// over lays a look that counts more over one that counts less.
func (l look) over(less look) look {
	if l.font == "" {
		l.font = less.font
	}
	if l.format == "" {
		l.format = less.format
	}
	l.hidden = l.hidden || less.hidden && !l.shown
	return l
}

// sheet holds the style rules of a page by selector: "td", ".xl24", "td.xl24".
type rules map[string]look

// add reads a style sheet. Only selectors of one element are understood; of
// those with several parts none is for a cell in what programs write.
func (r rules) add(css string) {
	css = strings.NewReplacer("<!--", " ", "-->", " ").Replace(css)
	for len(css) > 0 && len(r) < rulesMax {
		selectors, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		body, rest, _ := strings.Cut(rest, "}")
		css = rest
		l := parseLook(body)
		if l == (look{}) {
			continue
		}
		if i := strings.LastIndex(selectors, "*/"); i >= 0 {
			selectors = selectors[i+2:]
		}
		for s := range strings.SplitSeq(selectors, ",") {
			if s = strings.ToLower(strings.TrimSpace(s)); s != "" && !strings.ContainsAny(s, " >+~:#[@") && len(r) < rulesMax {
				r[s] = l.over(r[s])
			}
		}
	}
}

// of is the look of an element by its own style, classes and name, most
// telling first.
func (r rules) of(tag, class, style string) look {
	var l look
	if style != "" {
		l = parseLook(style)
	}
	if len(r) == 0 {
		return l
	}
	for name := range strings.FieldsSeq(strings.ToLower(class)) {
		l = l.over(r[tag+"."+name]).over(r["."+name])
	}
	return l.over(r[tag])
}

// parseLook reads the declarations of a style.
func parseLook(css string) look {
	var l look
	for css != "" {
		name, rest, ok := strings.Cut(css, ":")
		if !ok {
			break
		}
		value, rest := cutValue(rest)
		css = rest
		if i := strings.LastIndex(name, "*/"); i >= 0 {
			name = name[i+2:]
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "font-family":
			if f := family(value); f != "" {
				l.font = f
			}
		case "mso-number-format":
			l.format = numberFormat(strings.TrimSpace(value))
		case "display":
			l.hidden = strings.EqualFold(strings.TrimSpace(value), "none")
			l.shown = !l.hidden
		}
	}
	return l
}

// cutValue splits a declaration's value off at the semicolon that is neither
// in quotes nor escaped.
func cutValue(s string) (value, rest string) {
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ';':
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// family is the first font of a list.
func family(list string) string {
	first, _, _ := strings.Cut(list, ",")
	first = strings.Trim(strings.TrimSpace(first), `"' `)
	if strings.EqualFold(first, "inherit") || strings.EqualFold(first, "initial") {
		return ""
	}
	return first
}

// namedFormats are the formats that Excel writes by name.
var namedFormats = map[string]string{
	"general": "General", "general number": "General", "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%",
	"scientific": "0.00E+00", "currency": `"$"#,##0.00_);[Red]\("$"#,##0.00\)`, "general date": "dd/mm/yyyy h:mm",
	"short date": "dd/mm/yyyy", "medium date": "d-mmm-yy", "long date": `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`,
	"short time": "h:mm", "medium time": "h:mm AM/PM", "long time": "h:mm:ss AM/PM",
	"yes/no": `"Yes";"Yes";"No"`, "true/false": `"True";"True";"False"`, "on/off": `"On";"On";"Off"`,
}

// numberFormat reads the value of mso-number-format: a name, or a format code
// in which a backslash stands before every sign, and before four digits for
// the character of that number.
func numberFormat(v string) string {
	v = strings.Trim(v, `"'`)
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		if v[i] != '\\' {
			b.WriteByte(v[i])
			continue
		}
		if i+5 <= len(v) {
			if n, err := strconv.ParseUint(v[i+1:i+5], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 4
				continue
			}
		}
		if i++; i < len(v) {
			b.WriteByte(v[i])
		}
	}
	code := b.String()
	if named, ok := namedFormats[strings.ToLower(code)]; ok {
		return named
	}
	return code
}

// newStyle is the style of a cell with the font and the format code.
func newStyle(font, format string) *tonghop.Style {
	f := numfmt.Compile(format)
	return &tonghop.Style{Font: font, NumberFormat: format, Percent: f.Percent(), Date: f.Date()}
}
