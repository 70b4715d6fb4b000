package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Case is one example of a rule, as people edit it in templates/cases: a
// workbook, what is changed in it, what is said of it then, and what a clerk who
// does as told changes. The README of that folder says how to write one.
//
// Cases are not built into the program: no figure depends on them.
type Case struct {
	Rule     string           `yaml:"rule"`
	Title    Bilingual        `yaml:"title"` // what the rule checks; on the first case of a rule
	Severity tonghop.Severity `yaml:"severity"`
	Owner    tonghop.Owner    `yaml:"owner"`
	Holds    bool             `yaml:"holds"` // the return waits for a person
	Basis    Bilingual        `yaml:"basis"`
	Workbook `yaml:",inline"`
	Before   []Workbook `yaml:"before"`  // what the office reported before, the nearest period first
	Answers  []Answered `yaml:"answers"` // what was answered before about columns of the office's forms
	Ledger   *Ledger    `yaml:"ledger"`  // the run around the file; nil = the file is read by itself
	Words    *Words     `yaml:"words"`   // the sentences alone: why no workbook trips the rule here
	Expect   *Expect    `yaml:"expect"`  // nil = not filled in yet
	Fix      []Edit     `yaml:"fix"`     // what the sentence tells the clerk to change, literally
	Left     []string   `yaml:"left"`    // rules that still speak after the fix, for reasons of their own
	ByHand   Bilingual  `yaml:"by_hand"`
	Retired  Bilingual  `yaml:"retired"` // why nothing says the rule any more

	File string `yaml:"-"` // the file it stands in
}

// Workbook is a file as it comes in: a base, changed by edits.
type Workbook struct {
	Base  string `yaml:"base"` // a grid of cases/bases, or the path of a file of the project
	Edits []Edit `yaml:"edits"`
}

// Answered is what a person answered about a column of a file, by which later
// files of that layout are read.
type Answered struct {
	Workbook `yaml:",inline"` // the file that was asked about; no base = that of the case, before its edits
	At       string           `yaml:"at"`    // the heading: "Biểu 01!D5"
	Field    string           `yaml:"field"` // as it is kept: 8.1, TC8; "" = it is no field
	Mark     bool             `yaml:"mark"`
	By       string           `yaml:"by"`
	On       string           `yaml:"on"` // the day, 2023-06-05
}

// Ledger is what surrounds a file that comes in through the desk.
type Ledger struct {
	Earlier []Workbook `yaml:"earlier"` // delivered before, one after another
	Close   string     `yaml:"close"`   // a period that is closed before the file comes
	Beside  []Workbook `yaml:"beside"`  // in the same delivery
}

// Words is a finding that is made by hand because no workbook leads to it.
type Words struct {
	Why  Bilingual         `yaml:"why"`
	Args map[string]string `yaml:"args"`
}

// Expect is what a case must say.
type Expect struct {
	At    string   `yaml:"at"`    // sheet and cells as Excel shows them: "Biểu 01!C8"; "" for a whole file
	Found string   `yaml:"found"` // what stands there
	Vi    Said     `yaml:"vi"`
	En    Said     `yaml:"en"`
	Also  []string `yaml:"also"` // rules that the same fault trips as well
}

// Said are the sentences of a finding.
type Said struct {
	Message  string `yaml:"message"`
	Expected string `yaml:"expected"`
	Fix      string `yaml:"fix"`
}

// Edit is one thing that somebody does to a workbook or to how it is sent. Only
// one of its verbs is used at a time; Sheet says on which sheet, "" = the first.
type Edit struct {
	Sheet        string             `yaml:"sheet"`
	Set          map[string]Content `yaml:"set"`   // a cell or an area: what is typed there
	Style        map[string]Content `yaml:"style"` // the looks alone
	Replace      map[string]string  `yaml:"replace"`
	Swap         map[string]string  `yaml:"swap"` // the contents of two areas of one size
	Move         map[string]string  `yaml:"move"` // an area: the upper left cell it goes to
	Copy         map[string]string  `yaml:"copy"`
	InsertRow    int                `yaml:"insert_row"`
	DeleteRow    int                `yaml:"delete_row"`
	InsertColumn string             `yaml:"insert_column"`
	DeleteColumn string             `yaml:"delete_column"`
	Merge        string             `yaml:"merge"` // areas, blanks between them
	Unmerge      string             `yaml:"unmerge"`
	HideRow      int                `yaml:"hide_row"`
	HideColumn   string             `yaml:"hide_column"`
	HideSheet    string             `yaml:"hide_sheet"`
	ShowSheet    string             `yaml:"show_sheet"`
	DropSheet    string             `yaml:"drop_sheet"`
	RenameSheet  map[string]string  `yaml:"rename_sheet"`
	CopySheet    map[string]string  `yaml:"copy_sheet"`
	AddBase      map[string]string  `yaml:"add_base"` // new sheet: the grid that it holds
	Base         string             `yaml:"base"`     // another file instead of this one
	Explain      map[string]string  `yaml:"explain"`  // a rule: what is typed at its line of the list that comes back
	Send         *Sending           `yaml:"send"`
	Also         []Edit             `yaml:"also"` // more on the same sheet
}

// Sending is how a file is sent; what is "" stays as it was.
type Sending struct {
	Name      string `yaml:"name"`
	Expect    string `yaml:"expect"`   // the period somebody expects
	Office    string `yaml:"office"`   // the code that the door vouches for
	Province  string `yaml:"province"` // whose offices are known: a code, or "all"
	Received  string `yaml:"received"` // the day, 2023-07-05
	Converted string `yaml:"converted"`
	Password  string `yaml:"password"` // that the operator holds
}

// Content is what a cell holds: a plain text, number, truth value or nothing, a
// text that begins with "=" for a formula without a stored result, or a mapping
// that says more.
type Content struct {
	Text    string `yaml:"text"`
	Number  string `yaml:"number"` // exactly as the file holds it
	Bool    *bool  `yaml:"bool"`
	Error   string `yaml:"error"` // "#REF!"
	Formula string `yaml:"formula"`
	Format  string `yaml:"format"` // number format code
	Font    string `yaml:"font"`
	Struck  bool   `yaml:"struck"`
}

// UnmarshalYAML reads a content in its short or its long form.
func (c *Content) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		type plain Content
		return n.Decode((*plain)(c))
	}
	switch n.Tag {
	case "!!null":
	case "!!bool":
		yes := n.Value == "true"
		c.Bool = &yes
	case "!!int", "!!float":
		c.Number = n.Value
	default:
		c.Text = n.Value
		if formula, ok := strings.CutPrefix(n.Value, "="); ok {
			c.Text, c.Formula = "", formula
		}
	}
	return nil
}

// Cases reads cases/*.yaml of the templates' own folder, the files in the order of
// their names.
func Cases(fsys fs.FS) ([]Case, error) {
	names, err := fs.Glob(fsys, "cases/*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []Case
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read cases %q: %w", name, err)
		}
		var some []Case
		d := yaml.NewDecoder(bytes.NewReader(raw))
		d.KnownFields(true)
		if err := d.Decode(&some); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read cases %q: %w", name, err)
		}
		for i := range some {
			some[i].File = path.Base(name)
			if some[i].Rule == "" {
				return nil, fmt.Errorf("read cases %q: case %d names no rule", name, i+1)
			}
		}
		all = append(all, some...)
	}
	return all, nil
}
