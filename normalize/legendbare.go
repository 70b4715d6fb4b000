package normalize

import (
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
)

var (
	bareParts = regexp.MustCompile(`[;,.\n]+`)
	barePair  = regexp.MustCompile(`^(?:(` + signText + `) +|([^\pL\d\s]) *)(\pL[\pL ]*)$`)
)

// explainsBare reads "Ghi chú: + đạt; - chưa đạt", where nothing stands between
// a sign and its meaning (folding takes the blank behind a dash away). Such words may also be a list with dashes, or prose,
// so nothing else may stand in the text, and the signs must differ as their
// meanings do.
func (v *vocabulary) explainsBare(fold string) []tonghop.Sign {
	if lead := announced.FindString(fold); lead != "" {
		fold = strings.TrimLeft(strings.TrimPrefix(fold, lead), " :")
	}
	var out []tonghop.Sign
	for _, part := range bareParts.Split(fold, -1) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		m := barePair.FindStringSubmatch(part)
		if m == nil {
			return nil
		}
		s, used, ok := v.meant(m[1]+m[2], m[3])
		if !ok || !harmless[strings.TrimSpace(m[3][used:])] {
			return nil
		}
		for _, o := range out {
			if o.Text == s.Text || o.Mark == s.Mark && o.Empty == s.Empty {
				return nil
			}
		}
		out = append(out, s)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}
