package validate

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// absent lists the xã of the office that have no row, and whether they are few:
// no more than a fifth of all. A form in which only some communes stand leaves
// out more; few look like an oversight.
func (r *run) absent() (units []tonghop.Unit, all int, few bool) {
	seen := map[string]bool{}
	for _, row := range r.ret.Rows {
		seen[row.Unit] = true
	}
	communes := r.register.Communes(r.ret.Office.Code, r.ret.AsOf)
	for _, u := range communes {
		if !seen[u.Code] {
			units = append(units, u)
		}
	}
	return units, len(communes), len(units)*5 <= len(communes)
}

// communeMissingFew is communeMissing where few are absent.
func communeMissingFew(r *run, rule tonghop.Rule) {
	if _, _, few := r.absent(); few {
		communeMissing(r, rule)
	}
}

// communeUnlisted names the absent communes, once, where many are.
func communeUnlisted(r *run, rule tonghop.Rule) {
	units, all, few := r.absent()
	if few {
		return
	}
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	f := tonghop.Finding{}.Arg("office", r.ret.Office.Name).Arg("all", strconv.Itoa(all)).
		Arg("count", strconv.Itoa(len(units))).Arg("units", strings.Join(names, ", "))
	if len(r.ret.Rows) > 0 {
		f = f.Over(r.ret.Rows[0].NameRef.Sheet)
	}
	r.say(rule, f)
}
