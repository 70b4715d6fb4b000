//go:build !race

package normalize_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
)

var (
	columnRule = regexp.MustCompile(`^(COT-[0-9]+):`)
	quotedHead = regexp.MustCompile(`\\"([^"\\{}\[\];]+)\\"`)
	suchAs     = regexp.MustCompile(`\((?:ví dụ|such as) ([^)]+)\)`)
	ofWhole    = regexp.MustCompile(`TC([0-9]+)$`)
)

// advisedHeads lists the headings that our questions about columns tell a clerk
// to write.
func advisedHeads(t *testing.T) map[string]bool {
	t.Helper()
	heads := map[string]bool{}
	for _, name := range []string{"letters/findings.vi.yaml", "letters/findings.en.yaml"} {
		data, err := fs.ReadFile(templates.FS(""), name)
		if err != nil {
			t.Fatal(err)
		}
		inRule := false
		for _, line := range strings.Split(string(data), "\n") {
			if !strings.HasPrefix(line, " ") {
				inRule = columnRule.MatchString(line)
			}
			if !inRule || !strings.HasPrefix(line, "  fix:") {
				continue
			}
			for _, m := range append(quotedHead.FindAllStringSubmatch(line, -1), suchAs.FindAllStringSubmatch(line, -1)...) {
				heads[m[1]] = true
			}
		}
	}
	if len(heads) < 4 {
		t.Fatalf("only %v is advised", heads)
	}
	return heads
}

// meantBy is the column that a heading of our advice stands for.
func meantBy(t *testing.T, head string) column {
	t.Helper()
	c := column{heads: []string{head}}
	switch m := ofWhole.FindStringSubmatch(head); {
	case m != nil:
		c.field, c.mark = "TC"+m[1], true
	case regexp.MustCompile(`^[0-9]+\.[0-9]+$`).MatchString(head):
		c.field = head
	case head == "Tổng số tiêu chí đạt":
		c.field = tonghop.FieldTotalMet
	case head == "Ghi chú":
		c.cell = func(int) tonghop.Cell { return text("Đường thôn đang làm") }
	default:
		t.Errorf("advice tells to write %q into a heading; what does that stand for?", head)
	}
	return c
}

// What our own advice tells a clerk to write into a heading is understood there,
// in a header of one row: the facts below it, and no question.
func TestAdvisedHeadsAreUnderstood(t *testing.T) {
	n := newNormalizer(t)
	for head := range advisedHeads(t) {
		c := meantBy(t, head)
		var byIndicator, byCriterion []column
		for _, o := range indicatorTable(1, func(_, in string) []string { return []string{in} }) {
			if o.field != c.field {
				byIndicator = append(byIndicator, o)
			}
		}
		byIndicator = append(byIndicator, c)
		checkHeader(t, n, head+" among indicators", byIndicator, 1, "")
		if strings.Contains(c.field, ".") {
			continue // no column of that form
		}
		for _, o := range criteriaTable(1, func(no int, _ string) []string { return []string{fieldOf(no)} }) {
			if o.field == c.field {
				o = c
			}
			byCriterion = append(byCriterion, o)
		}
		if c.field == "" {
			byCriterion = append(byCriterion, c)
		}
		for i := range byCriterion {
			if len(byCriterion[i].heads[0]) < 3 {
				byCriterion[i].heads = []string{"TC" + byCriterion[i].heads[0]}
			}
		}
		checkHeader(t, n, head+" among criteria", byCriterion, 1, "")
	}
}

// A criterion's mark may be headed by words that say so before they name the
// criterion, in the way of our blank form; a result beside it is told from it.
func TestJudgedHeads(t *testing.T) {
	n := newNormalizer(t)
	for _, head := range []string{"Đánh giá TC#", "Tự đánh giá tiêu chí số #", "ĐG TC #", "Kết quả đánh giá tiêu chí #", "Đánh giá (TC#)"} {
		named := func(no int) []string {
			return []string{strings.ReplaceAll(head, "#", strings.TrimPrefix(fieldOf(no), "TC"))}
		}
		checkHeader(t, n, head, criteriaTable(1, func(no int, _ string) []string { return named(no) }), 1, "")
		var cols []column
		for no := 1; no <= 19; no++ {
			for _, in := range indicatorsOf(no) {
				cols = append(cols, column{heads: []string{in}, field: in})
			}
			if fieldOf(no)[0] == 'T' {
				cols = append(cols, column{heads: named(no), field: fieldOf(no), mark: true})
			}
		}
		checkHeader(t, n, head+" behind the indicators", cols, 1, "")
	}
	b, _ := sheetOf(append(criteriaTable(1, func(no int, _ string) []string {
		return []string{"Đánh giá " + strings.Replace("TC"+fieldOf(no), "TCTC", "TC", 1)}
	}), column{heads: []string{"Kết quả TC2"}, cell: func(int) tonghop.Cell { return num("85.5") }}), 1)
	if got := asks(read(t, n, b, normalize.Hints{}).Findings); !strings.HasPrefix(got, "COT-0") || !strings.Contains(got, "W5:W7") {
		t.Errorf("a result beside the marks: asked %q, want its cells W5:W7", got)
	}
}
