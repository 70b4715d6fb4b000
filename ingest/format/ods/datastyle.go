package ods

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const (
	codeMax   = 1000 // bytes of one data style's code; more is no format
	placesMax = 30   // digits on one side of the point
	mapsMax   = 3    // conditions of a data style: a code has four sections
)

// dataStyle is a number format as the file states it: one section of a format
// code, and other sections under conditions.
type dataStyle struct {
	code string // of this section
	text bool   // the section is for text
	maps []dataMap
}

// dataMap names the data style to use under a condition, such as ">=0".
type dataMap struct{ condition, apply string }

// dataStyle finds a data style, nil if there is none of the name.
func (t *styles) dataStyle(name string) *dataStyle {
	for in := t; in != nil; in = in.outer {
		if d := in.data[name]; d != nil {
			return d
		}
	}
	return nil
}

// formatCode is the code of a data style with all its sections.
func (t *styles) formatCode(d *dataStyle) string {
	if d == nil {
		return ""
	}
	var conditions, codes []string
	for _, m := range d.maps {
		if other := t.dataStyle(m.apply); other != nil {
			conditions = append(conditions, m.condition)
			codes = append(codes, other.code)
		}
	}
	// What a code says by the order of its sections needs no conditions.
	switch want := strings.Join(conditions, " "); {
	case want == ">=0" && !d.text, want == ">0 <0" && !d.text, want == ">0 <0 =0" && d.text:
	default:
		for i, c := range conditions {
			codes[i] = "[" + c + "]" + codes[i]
		}
	}
	if codes = append(codes, d.code); len(codes) == 1 && d.code == "General" {
		return ""
	}
	return strings.Join(codes, ";")
}

// readData reads a data style.
func (t *styles) readData(s *xmlscan.Scanner) error {
	if err := t.room(); err != nil {
		return err
	}
	attr, _ := s.AttrNS(nsStyle, "name")
	name := string(attr)
	r := codeReader{s: s, percent: string(s.Local) == "percentage-style", elapsed: elapsed(s)}
	d := &dataStyle{text: string(s.Local) == "text-style"}
	for s.Child() {
		switch {
		case s.Is(nsStyle, "map"):
			attr, _ := s.AttrNS(nsStyle, "condition")
			c := condition(string(attr))
			attr, _ = s.AttrNS(nsStyle, "apply-style-name")
			if c != "" && len(d.maps) < mapsMax {
				d.maps = append(d.maps, dataMap{c, string(attr)})
			}
			s.Skip()
		case s.Is(nsStyle, "text-properties"):
			attr, _ := s.AttrNS(nsFo, "color")
			r.add(colour(string(attr)))
			s.Skip()
		case s.NS == nsNumber:
			r.part()
		default:
			s.Skip()
		}
	}
	if d.code = string(r.code); len(d.code) > codeMax {
		d.code = "General"
	}
	t.data[name] = d
	return s.Err
}

// elapsed reports whether hours above a day are shown.
func elapsed(s *xmlscan.Scanner) bool {
	v, _ := s.AttrNS(nsNumber, "truncate-on-overflow")
	return string(v) == "false"
}

// condition turns value()>=0 into >=0; "" if it is none.
func condition(c string) string {
	c = strings.ReplaceAll(c, " ", "")
	c, ok := strings.CutPrefix(c, "value()")
	if !ok {
		return ""
	}
	if rest, ok := strings.CutPrefix(c, "!="); ok {
		c = "<>" + rest
	}
	if _, err := strconv.ParseFloat(strings.TrimLeft(c, "<>="), 64); err != nil || len(c) > 40 {
		return ""
	}
	return c
}

// colour names the colours that a format code can name.
func colour(hex string) string {
	switch strings.ToLower(hex) {
	case "#000000":
		return "[Black]"
	case "#0000ff":
		return "[Blue]"
	case "#00ffff":
		return "[Cyan]"
	case "#00ff00":
		return "[Green]"
	case "#ff00ff":
		return "[Magenta]"
	case "#ff0000":
		return "[Red]"
	case "#ffffff":
		return "[White]"
	case "#ffff00":
		return "[Yellow]"
	}
	return ""
}
