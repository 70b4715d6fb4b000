package templates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// doorCommand is the door that files come through at the keyboard; no folder
// may have its name.
const doorCommand = "command"

// doors reads the list of doors.
func (r *configReader) doors(n *yaml.Node, key string) {
	used := map[string]string{}
	r.list(n, key, func(n *yaml.Node, key string) {
		d := defaultDoor()
		d.Line = n.Line
		entries := append(r.entries(d.keys(r.base)), entry{"offices", func(n *yaml.Node, key string) { r.offices(n, key, &d) }})
		r.require(n, key, r.mapping(n, key, entries), "name", "folder")
		if d.Name == doorCommand {
			r.wrong(n, key+".name", tonghop.Fail("config.reserved", nil, "found", d.Name))
		}
		r.once(n, key, d.Name, used)
		r.config.Doors = append(r.config.Doors, d)
	})
}

// offices reads which subfolder is whose.
func (r *configReader) offices(n *yaml.Node, key string, d *DoorConfig) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, key, tonghop.Fail("config.not_offices", nil, "found", n.Value))
		return
	}
	d.Offices = map[string]string{}
	r.each(n, key, func(name, value *yaml.Node, full string) {
		if name.Value == "" || name.Value == "." || name.Value == ".." || strings.ContainsAny(name.Value, "/\\\x00") {
			r.wrong(name, full, tonghop.Fail("config.subfolder", nil, "found", name.Value))
			return
		}
		var unit string
		r.scalar(value, full, onlyValue(aCode, setCode(&unit, officeCode, "846, 29347")))
		d.Offices[name.Value] = unit
	})
}

// schedules reads the list of schedules, which takes the place of the built-in
// one.
func (r *configReader) schedules(n *yaml.Node, key string) {
	used := map[string]string{}
	r.config.Schedules = nil
	r.list(n, key, func(n *yaml.Node, key string) {
		s := ScheduleConfig{Line: n.Line}
		given := r.mapping(n, key, r.entries(s.keys()))
		switch {
		case s.Action == "close":
			r.require(n, key, given, "name", "cron", "period")
		default:
			r.require(n, key, given, "name", "action", "cron")
		}
		if s.Action == "pull" && given["period"] {
			r.wrong(n, key+".period", tonghop.Fail("config.no_period", nil))
		}
		r.once(n, key, s.Name, used)
		r.config.Schedules = append(r.config.Schedules, s)
	})
}

// entries makes entries of keys.
func (r *configReader) entries(keys []setting) []entry {
	var out []entry
	for _, k := range keys {
		out = append(out, entry{k.name, func(n *yaml.Node, key string) { r.scalar(n, key, k) }})
	}
	return out
}

// onlyValue is a setting of which only the value matters.
func onlyValue(k settingKind, set func(string) *tonghop.Error) setting {
	return setting{kind: k, set: set}
}

// require tells of keys that an item of a list must have. given is nil where
// there was no mapping at all, which was told already.
func (r *configReader) require(n *yaml.Node, key string, given map[string]bool, names ...string) {
	for _, name := range names {
		full := key + "." + name
		if _, said := r.config.at[full]; given != nil && !given[name] && !said {
			r.wrong(n, full, tonghop.Fail("config.required", nil))
		}
	}
}

// once tells of a name that an earlier item of the list has.
func (r *configReader) once(n *yaml.Node, key, name string, used map[string]string) {
	if name == "" {
		return
	}
	if before, twice := used[name]; twice {
		r.wrong(n, key+".name", tonghop.Fail("config.name_twice", nil, "found", name, "before", before))
		return
	}
	used[name] = fmt.Sprint(n.Line)
}

// names lists the keys that may stand somewhere.
func names(entries []entry) string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.name
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// near is the key that was probably meant: the one that differs least, by a
// third of its letters at most, rounded up. "" if there is none.
func near(typed string, entries []entry) string {
	typed = strings.ReplaceAll(strings.ToLower(typed), "-", "_")
	best, least := "", 0
	for _, e := range entries {
		far := levenshtein.ComputeDistance(typed, e.name)
		if far <= (len(e.name)+2)/3 && (best == "" || far < least) {
			best, least = e.name, far
		}
	}
	return best
}
