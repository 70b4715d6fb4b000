package consolidate

import (
	"sort"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// words gives the layout's texts and remembers which ones it lacks.
type words struct {
	texts   map[string]string
	missing map[string]bool
}

// say gives the text of key with {name} filled from pairs of name and value.
func (w *words) say(key string, pairs ...string) string {
	text, ok := w.texts[key]
	if !ok {
		w.missing[key] = true
		return ""
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// or gives the text of key, or that of other if the layout has none.
func (w *words) or(key, other string) string {
	if text, ok := w.texts[key]; ok {
		return text
	}
	return w.say(other)
}

// err names every text that was asked for and not found.
func (w *words) err() error {
	if len(w.missing) == 0 {
		return nil
	}
	keys := make([]string, 0, len(w.missing))
	for k := range w.missing {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return tonghop.Fail("edition.words", nil, "keys", strings.Join(keys, ", "))
}

// period writes a period as offices do.
func (p *province) period(of tonghop.Period) string {
	year := strconv.Itoa(of.Year)
	switch of.Kind {
	case tonghop.Month:
		return p.w.say("period.month", "n", strconv.Itoa(of.N), "year", year)
	case tonghop.Quarter:
		return p.w.say("period.quarter", "roman", roman(of.N), "year", year)
	case tonghop.HalfYear:
		return p.w.say("period.half"+strconv.Itoa(of.N), "year", year)
	case tonghop.NineMonths:
		return p.w.say("period.nine", "year", year)
	}
	return p.w.say("period.year", "year", year)
}

// place is the province's name without its kind.
func (p *province) place() string {
	for _, kind := range strings.Split(p.w.say("head.kinds"), "\n") {
		if kind = strings.TrimSpace(kind); kind == "" {
			continue
		}
		if name, ok := strings.CutPrefix(p.in.Province.Name, kind+" "); ok {
			return name
		}
	}
	return p.in.Province.Name
}

// roman writes a group's or a quarter's number.
func roman(n int) string {
	var b strings.Builder
	for _, s := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.sign)
		}
	}
	return b.String()
}

// ranges writes rising numbers with runs of three and more drawn together:
// 1–4, 6, 8.
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
			parts = append(parts, strconv.Itoa(numbers[i]))
		} else {
			parts = append(parts, strconv.Itoa(numbers[i])+"–"+strconv.Itoa(numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// ofN writes n of N.
func ofN(n, of int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(of) }
