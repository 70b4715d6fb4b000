package pipeline

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// Offices knows which office the name of a folder stands for.
type Offices struct {
	codes map[string]bool
	names map[string][]string   // code → names, as they followed one another
	keys  []map[string][]string // from the strictest kind of key to the loosest: key → codes
}

// days are the days whose lists of units are asked: names and codes changed
// between them, and a folder may bear an old one.
func days(today tonghop.Date) []tonghop.Date {
	return []tonghop.Date{"2020-01-01", "2021-06-30", "2022-12-31", "2023-06-30", "2024-12-31", "2025-06-30", "2025-07-01", today}
}

// NewOffices collects the units that report in a province; "" or "all" means
// every province.
func NewOffices(register *tonghop.Register, province string, today tonghop.Date) *Offices {
	o := &Offices{codes: map[string]bool{}, names: map[string][]string{}, keys: []map[string][]string{{}, {}, {}}}
	for _, on := range days(today) {
		for _, p := range register.Children("", on) {
			if province != "" && province != "all" && p.Code != province {
				continue
			}
			for _, u := range register.Children(p.Code, on) {
				o.add(u)
			}
		}
	}
	return o
}

// add adds a unit under its names.
func (o *Offices) add(u tonghop.Unit) {
	o.codes[u.Code] = true
	if names := o.names[u.Code]; len(names) == 0 || names[len(names)-1] != u.Name {
		o.names[u.Code] = append(names, u.Name)
	}
	for i, k := range nameKeys(u.Name) {
		known := o.keys[i][k]
		if len(known) == 0 || known[len(known)-1] != u.Code {
			o.keys[i][k] = append(known, u.Code)
		}
	}
}

// Known reports whether a code is that of a unit that reports in the province,
// today or on one of the days that are asked.
func (o *Offices) Known(code string) bool { return o.codes[code] }

// kinds are the kinds of units that a name may begin with, and how they are
// abbreviated.
var kinds = [][2]string{{"huyen ", "h "}, {"thi xa ", "tx "}, {"thanh pho ", "tp "}, {"quan ", "q "}, {"xa ", "x "},
	{"phuong ", "p "}, {"thi tran ", "tt "}, {"dac khu ", "dk "}}

// nameKeys are the keys of a name from the strictest to the loosest: with its
// accents; without, but with its kind; without its kind.
func nameKeys(name string) [3]string {
	full := viet.Key(name)
	short := full
	for _, k := range kinds {
		rest, ok := strings.CutPrefix(full, k[0])
		if !ok {
			rest, ok = strings.CutPrefix(full, k[1])
		}
		if ok {
			full, short = k[0]+rest, rest
			break
		}
	}
	return [3]string{viet.Fold(name), full, short}
}

// Find tells which office a folder is for: by the unit's code at its front
// ("846", "846 Trà Cú"), or by its name with or without accents and kind. A
// name that several units bear stands for none of them.
func (o *Offices) Find(folder string) (code string, ok bool) {
	key := viet.Key(folder)
	if first, _, _ := strings.Cut(key, " "); o.codes[first] {
		return first, true
	}
	if codes, _ := o.called(folder); len(codes) == 1 {
		return codes[0], true
	}
	return "", false
}

// called lists the units that bear a name, by code, and the kind of key under
// which they do: the strictest one under which any does.
func (o *Offices) called(name string) (codes []string, kind int) {
	for i, k := range nameKeys(name) {
		if codes := slices.Clone(o.keys[i][k]); len(codes) > 0 {
			slices.Sort(codes)
			return slices.Compact(codes), i
		}
	}
	return nil, 0
}

// Candidates lists the offices that a folder may be for whose name several bear,
// with their codes before their names: "850 Huyện Duyên Hải". There are none if
// Find knows the one, or nobody bears the name.
func (o *Offices) Candidates(folder string) []string {
	if _, ok := o.Find(folder); ok {
		return nil
	}
	codes, kind := o.called(folder)
	key := nameKeys(folder)[kind]
	for i, code := range codes {
		for _, name := range slices.Backward(o.names[code]) {
			if nameKeys(name)[kind] == key {
				codes[i] += " " + name
				break
			}
		}
	}
	return codes
}

// Finder is Find with the names that a configuration gives to folders, which
// count before anything else; however a system stores their accents.
func (o *Offices) Finder(named map[string]string) func(folder string) (code string, ok bool) {
	codes := map[string]string{}
	for folder, code := range named {
		codes[viet.Fold(folder)] = code
	}
	return func(folder string) (string, bool) {
		if code, ok := codes[viet.Fold(folder)]; ok {
			return code, true
		}
		return o.Find(folder)
	}
}
