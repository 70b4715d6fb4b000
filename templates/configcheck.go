package templates

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/tonghop/tonghop"
)

// Override lets variables of the environment take the place of keys:
// TONGHOP_HOME, TONGHOP_PROVINCE, TONGHOP_DATABASE, TONGHOP_OUTPUT,
// TONGHOP_LANGUAGE, TONGHOP_LISTEN, TONGHOP_LOG_LEVEL, TONGHOP_LOG_FORMAT,
// TONGHOP_READERS. An empty one is as if it were not there; paths are relative
// to the working folder. Everything that is wrong comes back in one error,
// config.environment, whose causes name the variables.
func (c *Config) Override(getenv func(string) string) error {
	var faults []*tonghop.Error
	at := map[string]place{}
	for k, p := range c.at { // a copy of c keeps its own places
		at[k] = p
	}
	c.at = at
	for _, k := range c.keys("") {
		if k.variable == "" {
			continue
		}
		value := getenv(k.variable)
		if value == "" {
			continue
		}
		c.at[k.name] = place{variable: k.variable}
		if f := k.set(value); f != nil {
			faults = append(faults, c.Place(k.name, f))
		} else if k.name == "database" {
			c.DatabaseFile = ""
		}
	}
	for _, f := range c.check() {
		faults = append(faults, f.fault)
	}
	if len(faults) > 0 {
		return tonghop.Fail("config.environment", joined(faults))
	}
	return nil
}

// SetDatabase puts the address of the flag --database in the place of what file
// and environment say; "" is SQLite in the data folder. A wrong one is
// config.database (key).
func (c *Config) SetDatabase(address string) error {
	if f := c.setDatabase(address); f != nil {
		return tonghop.Fail(f.Code, f.Cause, "key", "--database")
	}
	c.DatabaseFile = ""
	return nil
}

// Check looks at what no key alone can tell: whether doors and folders are in
// each other's way, and whether the address is public against the operator's
// word. Reading and overriding do it too; it is for whoever changes a field
// afterwards.
func (c Config) Check() error {
	var faults []*tonghop.Error
	for _, f := range c.check() {
		faults = append(faults, f.fault)
	}
	if len(faults) == 0 {
		return nil
	}
	return c.Wrong(faults...)
}

func (c *Config) check() []faultAt {
	var out []faultAt
	say := func(key string, f *tonghop.Error) {
		out = append(out, faultAt{place: c.at[key], fault: c.Place(key, f)})
	}
	if c.Listen != "" && !c.ListenPublic && !loopback(c.Listen) {
		say("listen", tonghop.Fail("config.public", nil, "found", c.Listen))
	}
	for i, d := range c.Doors {
		if d.Folder == "" {
			continue
		}
		key := fmt.Sprintf("doors[%d].folder", i)
		for _, own := range []string{c.Home, c.OutputFolder()} {
			if inside(own, d.Folder) {
				say(key, tonghop.Fail("config.door_holds", nil, "found", d.Folder, "other", own))
				break
			}
		}
		for _, e := range c.Doors[:i] {
			if e.Folder != "" && (inside(d.Folder, e.Folder) || inside(e.Folder, d.Folder)) {
				say(key, tonghop.Fail("config.door_twice", nil, "found", d.Folder, "other", e.Folder, "before", e.Name))
			}
		}
	}
	return out
}

// inside reports whether a path is a folder or lies below it.
func inside(path, folder string) bool {
	a, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	b, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(b, a)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
