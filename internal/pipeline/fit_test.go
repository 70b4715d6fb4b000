//go:build !race

package pipeline

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
)

// ofCriteria is what a form's Normalizer makes of a table with one column for
// each criterion of a set: the field by the number, the label as typed.
func ofCriteria(b *rulebook, headers []string, period tonghop.Period) attempt {
	cover := tonghop.Cover{Form: b.form.ID, Period: period}
	for i, h := range headers {
		field := "TC" + strconv.Itoa(i+1)
		if cr := b.criteria.Criteria[i]; len(cr.Indicators) == 1 {
			field = cr.Indicators[0].No
		}
		cover.Columns = append(cover.Columns, tonghop.Column{Col: 3 + i, Role: tonghop.ColField, Field: field, Label: h})
	}
	covers := []tonghop.Cover{cover}
	return attempt{rules: b, covers: covers, fit: fitOf(b, covers)}
}

// A table with a column for each criterion names 19 in every form: the advanced
// one is told by the names, the two others only by the date; bare numbers by
// the title.
func TestDecideByCriteria(t *testing.T) {
	books, err := readRulebooks(templates.FS(""), tonghop.NewRegister(nil))
	if err != nil {
		t.Fatal(err)
	}
	headers := func(key string, named bool) (out []string) {
		for _, b := range books {
			for _, cr := range b.criteria.Criteria {
				if b.form.Key() != key {
					continue
				}
				h := strconv.Itoa(cr.No)
				if named {
					h = fmt.Sprintf("%d. %s", cr.No, cr.Name)
				}
				out = append(out, h)
			}
		}
		return out
	}
	june := func(year int) tonghop.Period { return tonghop.Period{Kind: tonghop.Month, Year: year, N: 6} }
	for _, c := range []struct {
		table  string
		named  bool
		titled string // the form that the title names
		period tonghop.Period
		want   string
		why    string
	}{
		{"xa-ntm/2021-2025", true, "", june(2023), "xa-ntm/2021-2025", "date"},
		{"xa-ntm/2021-2025", true, "xa-ntm-nc/2021-2025", june(2023), "xa-ntm/2021-2025", "date"},
		{"xa-ntm/2016-2020", true, "", june(2020), "xa-ntm/2016-2020", "date"},
		{"xa-ntm/2016-2020", true, "xa-ntm/2021-2025", june(2021), "xa-ntm/2016-2020", "date"},
		{"xa-ntm/2016-2020", true, "xa-ntm/2016-2020", tonghop.Period{}, "xa-ntm/2016-2020", "title"},
		{"xa-ntm-nc/2021-2025", true, "", june(2023), "xa-ntm-nc/2021-2025", "columns"},
		{"xa-ntm-nc/2021-2025", false, "xa-ntm-nc/2021-2025", june(2023), "xa-ntm-nc/2021-2025", "title"},
		{"xa-ntm-nc/2021-2025", false, "", june(2023), "xa-ntm/2021-2025", "owed"},
	} {
		var tries []attempt
		for _, b := range books {
			a := ofCriteria(b, headers(c.table, c.named), c.period)
			a.titled = b.form.Key() == c.titled
			a.title.alone = a.titled
			tries = append(tries, a)
		}
		best, second, why := decide(tries, normalize.Hints{})
		if got := best.rules.form.Key(); got != c.want || why != c.why || second == nil {
			t.Errorf("%s, named %t, titled %q, %s: %s by %s; want %s by %s", c.table, c.named, c.titled, c.period, got, why, c.want, c.why)
		}
	}
}

// A number that only "CT" announces has no words that could be those of another
// field; words behind it are compared.
func TestNumbersAnnounced(t *testing.T) {
	books, err := readRulebooks(templates.FS(""), tonghop.NewRegister(nil))
	if err != nil {
		t.Fatal(err)
	}
	for label, want := range map[string]bool{"CT 2.1": true, "Chỉ tiêu 2.1": true, "CT 2.1 Đường xã": true, "CT 2.1 Trẻ em thấp còi": false} {
		if got := books[0].callsSo("2.1", label); got != want {
			t.Errorf("callsSo(2.1, %q) = %t; want %t", label, got, want)
		}
	}
}
