package normalize

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// unused says of the answers about layouts of the office that were not used: the
// header is another one now. Where a heading that somebody spoke for stands in
// it still, and is read as something else by itself, that is asked.
func (n *Normalizer) unused(covers []tonghop.Cover) []tonghop.Finding {
	var found []tonghop.Finding
	used, known := map[string]bool{}, map[string]bool{}
	for _, v := range n.answered.variants {
		known[v.Fingerprint] = true
	}
	for _, cv := range covers {
		used[cv.Fingerprint] = true
	}
	matched := false
	for _, v := range n.answered.variants {
		matched = matched || used[v.Fingerprint]
		for _, cv := range covers {
			if !used[v.Fingerprint] && !known[cv.Fingerprint] {
				found = append(found, n.otherwise(v, cv)...)
			}
		}
	}
	if matched || len(found) > 0 {
		return found
	}
	v := n.answered.variants[len(n.answered.variants)-1]
	f := tonghop.Finding{Rule: "COT-053", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}.Over(covers[0].Sheet, covers[0].Header)
	last := lastAnswer(v)
	return []tonghop.Finding{n.answeredBy(f, last).Arg("label", last.Label).Arg("variant", v.ID())}
}

// lastAnswer is the latest answer of a layout that counts.
func lastAnswer(v tonghop.Variant) tonghop.Answer {
	var last tonghop.Answer
	for _, a := range v.Answers {
		if a.Open() && !a.At.Before(last.At) {
			last = a
		}
	}
	return last
}

// otherwise asks about the columns of a table under a heading that somebody
// spoke for in another layout, where they are read as something else now and
// nothing else is asked about them.
func (n *Normalizer) otherwise(v tonghop.Variant, cv tonghop.Cover) []tonghop.Finding {
	var found []tonghop.Finding
	for _, a := range v.Answers {
		c, ok := under(cv.Columns, a.Label)
		same := c.Role == tonghop.ColField && c.Field == a.Field && c.Mark == holdsMarks(a) || a.Field == "" && c.Role != tonghop.ColField
		asked := slices.ContainsFunc(cv.Findings, func(f tonghop.Finding) bool { return f.Severity != tonghop.Note && f.Names(c.Header) })
		if !a.Open() || !ok || same || asked && c.Role != tonghop.ColField {
			continue
		}
		f := tonghop.Finding{Rule: "COT-054", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Field: c.Field, Found: c.Label}.At(c.Header)
		if f = n.answeredBy(f, a).Arg("write", n.headed(a.Field, a.Mark)); c.Role == tonghop.ColField {
			own, mark := n.marked(c.Field, c.Mark)
			f = f.Arg("own", own).Arg("as", map[bool]string{true: "mark", false: "itself"}[mark])
		} else {
			f = f.Arg("unread", "unread")
		}
		if a.Field == "" {
			f = f.Arg("write", n.headed(c.Field, c.Mark))
			f.Rule = "COT-055"
		}
		if cv.Turned {
			f = f.Arg("line", strconv.Itoa(c.Col))
		} else {
			f = f.Arg("column", tonghop.ColumnName(c.Col))
		}
		found = append(found, f)
	}
	return found
}

// headed is what is written before a heading so that the column is known by it
// alone; "" where no few words do that.
func (n *Normalizer) headed(field string, mark bool) string {
	named, mark := n.marked(field, mark)
	if _, own := n.known.Form.OwnFields[named]; own || mark {
		return ""
	}
	return named
}

// under is the only column under a heading, whatever time the heading names.
func under(cols []tonghop.Column, label string) (c tonghop.Column, ok bool) {
	key := timeless(label)
	for _, col := range cols {
		if key == "" || timeless(col.Label) != key {
			continue
		}
		if ok {
			return c, false
		}
		c, ok = col, true
	}
	return c, ok
}

// timeless is a heading without the times that it names.
func timeless(label string) string {
	key := viet.Fold(label)
	for _, re := range []*regexp.Regexp{quarterIn, dayIn, monthIn, shortIn, yearOf} {
		key = re.ReplaceAllString(key, "{time}")
	}
	return key
}
