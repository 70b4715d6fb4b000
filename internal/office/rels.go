package office

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/tonghop/tonghop"
)

// link is one entry of a list of relationships.
type link struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
	Mode   string `xml:"TargetMode,attr"`
}

func (l link) is(kind string) bool { return path.Base(l.Type) == kind && l.Mode != "External" }

// links reads the relationships of a part, "" for those of the archive; none
// where there is no list. Targets are names of parts.
func (x *xlsb) links(part string) (map[string]link, error) {
	dir, base := path.Split(part)
	name, ok := x.a.Find(dir + "_rels/" + base + ".rels")
	if !ok {
		return nil, nil
	}
	list, err := x.decode(name)
	if err != nil {
		return nil, err
	}
	byID := map[string]link{}
	for _, l := range list {
		if t, ok := strings.CutPrefix(l.Target, "/"); ok {
			l.Target = t
		} else {
			l.Target = path.Join(dir, l.Target)
		}
		if _, twice := byID[l.ID]; twice {
			return nil, damaged(name, errors.New("two links of one name"))
		}
		byID[l.ID] = l
	}
	return byID, nil
}

// noOutside refuses a file that has something fetched from elsewhere when it is
// opened, such as a linked picture. Hyperlinks and the names of workbooks that
// formulas refer to are followed by nobody.
func (x *xlsb) noOutside() error {
	for _, name := range x.a.Names() {
		if !strings.HasSuffix(strings.ToLower(name), ".rels") {
			continue
		}
		list, err := x.decode(name)
		if err != nil {
			return err
		}
		for _, l := range list {
			if kind := path.Base(l.Type); l.Mode == "External" && kind != "hyperlink" && kind != "externalLinkPath" && kind != "xlPathMissing" {
				return unproven("xlsb", "a link of the kind "+kind)
			}
		}
	}
	return nil
}

// decode reads a list of relationships as it stands.
func (x *xlsb) decode(name string) ([]link, error) {
	in, err := x.a.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var list struct {
		Links []link `xml:"Relationship"`
	}
	if err := xml.NewDecoder(io.LimitReader(in, tonghop.MB)).Decode(&list); err != nil {
		return nil, damaged(name, err)
	}
	return list.Links, nil
}
