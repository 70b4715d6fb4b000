package normalize

import (
	"slices"
	"strings"
)

// Of several tables of the form the one of the expected period is read and the
// others are set aside, unless what is read would lack what they hold.

// fewLacking is how many indicators a report may lack that another month's has
// and still be one by itself.
const fewLacking = 5

// lacks reports whether other tables hold many indicators that the group has
// nowhere: a part of it may bear another heading by mistake.
func (gr group) lacks(groups []group) bool {
	has := map[string]bool{}
	for _, in := range gr.contents {
		for key := range in.fields {
			has[strings.TrimSuffix(key, "+")] = true
		}
	}
	missing := map[string]bool{}
	for _, o := range groups {
		for _, in := range o.contents {
			for key := range in.fields {
				if no := strings.TrimSuffix(key, "+"); !has[no] && no[0] >= '1' && no[0] <= '9' {
					missing[no] = true
				}
			}
		}
	}
	return len(missing) > fewLacking
}

// lacksCommunes reports whether a table that may be of the same period names a
// commune that the group has nowhere: its rows would vanish.
func (n *Normalizer) lacksCommunes(gr group, groups []group) bool {
	stands := func(name string) bool {
		return slices.ContainsFunc(gr.contents, func(in content) bool { return in.names[name] > 0 })
	}
	for _, o := range groups {
		for i, in := range o.contents {
			c := o.tables[i]
			if slices.ContainsFunc(gr.tables, func(t *candidate) bool {
				return t == c || contradict(n.told(t.head, t.sheet.Name), n.told(c.head, c.sheet.Name))
			}) {
				continue
			}
			for name := range in.names {
				if !stands(name) {
					return true
				}
			}
		}
	}
	return false
}
