package viet

import (
	"regexp"
	"strings"
)

// Measure is a unit of measure that differs from others of its kind by a power
// of ten only, so that figures in it can be converted exactly.
type Measure struct {
	Kind  string // "money", "area", "length"
	Power int    // of ten, in đồng, square metres or metres: 6 for triệu đồng
	Per   string // what it is counted by, sorted as typed: "nguoi nam"; "" for nothing
}

// scales are the spellings of units, plain and without blanks and dots.
var scales = map[string]Measure{
	"dong": {"money", 0, ""}, "d": {"money", 0, ""}, "dongvietnam": {"money", 0, ""}, "vnd": {"money", 0, ""},
	"nghindong": {"money", 3, ""}, "ngandong": {"money", 3, ""}, "1000dong": {"money", 3, ""}, "1000d": {"money", 3, ""},
	"nghind": {"money", 3, ""}, "ngand": {"money", 3, ""}, "ngd": {"money", 3, ""}, "ngdong": {"money", 3, ""}, "nghin": {"money", 3, ""}, "ngan": {"money", 3, ""},
	"trieudong": {"money", 6, ""}, "trieu": {"money", 6, ""}, "trieud": {"money", 6, ""}, "trdong": {"money", 6, ""}, "trd": {"money", 6, ""}, "tr": {"money", 6, ""},
	"tydong": {"money", 9, ""}, "tidong": {"money", 9, ""}, "tyd": {"money", 9, ""}, "ty": {"money", 9, ""},
	"m2": {"area", 0, ""}, "metvuong": {"area", 0, ""}, "ha": {"area", 4, ""}, "hecta": {"area", 4, ""}, "km2": {"area", 6, ""},
	"m": {"length", 0, ""}, "met": {"length", 0, ""}, "km": {"length", 3, ""}, "kilomet": {"length", 3, ""},
}

// ReadMeasure reads a text that is nothing but a unit of measure: "triệu
// đồng/người/năm", "tr.đ", "1.000 đồng", "ha". Words behind the unit that no
// slash sets off are taken for what it is counted by.
func ReadMeasure(s string) (Measure, bool) {
	if len(s) > maxNumberText {
		return Measure{}, false
	}
	head, per, _ := strings.Cut(Plain(s), "/")
	m, ok := scales[strings.NewReplacer(" ", "", ".", "", ",", "").Replace(head)]
	if !ok {
		return Measure{}, false
	}
	m.Per = per
	if per != "" {
		m.Per = strings.Join(strings.FieldsFunc(per, func(r rune) bool { return r == '/' || r == ' ' || r == '.' }), " ")
	}
	m.Per = strings.NewReplacer("dau nguoi", "nguoi", "khau", "nguoi").Replace(m.Per)
	return m, true
}

var (
	inBrackets   = regexp.MustCompile(`[(\[]([^()\[\]]{1,60})[)\]]`)
	behindUnit   = regexp.MustCompile(`(?i)(?:đơn vị(?: tính)?|đvt|dvt|don vi tinh)\s*[:：.-]?\s*(.{1,80})$`)
	writtenMoney = regexp.MustCompile(`\b(?:nghin|ngan|1[.,]?000|trieu|ty) dong(?: ?/ ?[a-z]+)*`)
)

// Stated is a unit that a label or a line states, and how.
type Stated struct {
	Measure
	Text string // as typed: "nghìn đồng/người"
}

// StatedMeasures lists the units of measure that a label or a line above a
// table states: in brackets, behind "Đơn vị tính", alone, or as an amount of
// money in the midst of words.
func StatedMeasures(s string) []Stated {
	if len(s) > 4*maxNumberText {
		return nil
	}
	s = Clean(s)
	var out []Stated
	pieces := []string{s}
	for _, m := range inBrackets.FindAllStringSubmatch(s, -1) {
		pieces = append(pieces, m[1])
	}
	for _, p := range pieces {
		if m := behindUnit.FindStringSubmatch(p); m != nil {
			p = m[1]
		}
		for _, part := range append([]string{p}, strings.FieldsFunc(p, func(r rune) bool { return r == ',' || r == ';' })...) {
			part = strings.Trim(part, " .:()[]")
			if m, ok := ReadMeasure(part); ok {
				if len(out) == 0 || out[len(out)-1].Text != part {
					out = append(out, Stated{m, part})
				}
				break
			}
		}
	}
	if len(out) == 0 {
		for _, text := range writtenMoney.FindAllString(Plain(s), -1) {
			if m, ok := ReadMeasure(text); ok {
				out = append(out, Stated{m, text})
			}
		}
	}
	return out
}
