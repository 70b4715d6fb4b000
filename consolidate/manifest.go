package consolidate

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/tonghop/tonghop"
)

// Manifest is the way back from each figure of an edition to its sources, as
// kept beside the workbook. Sources are listed once and named by their place
// in the list.
//
// The value of a cell is what the sheet shows: a figure with a point and at
// most 15 significant digits, or a text. The value of a source is canonical:
// a figure, one of the words of Edition.Marks, or a kind of empty of
// Edition.Signs; so the value of a copy is its source's value, or
// Marks[source value], or Signs[source value].
type Manifest struct {
	Edition ManifestEdition                    `json:"edition"`
	Sources []tonghop.Source                   `json:"sources"`
	Cells   map[string]map[string]ManifestCell `json:"cells"` // by sheet, by address
}

// ManifestEdition says which edition it is and what it was made from.
type ManifestEdition struct {
	Form     string                   `json:"form"`
	Period   string                   `json:"period"`
	AsOf     tonghop.Date             `json:"as_of"`
	Province string                   `json:"province"` // code
	Name     string                   `json:"name"`     // of the province
	Issue    int                      `json:"issue"`
	Title    string                   `json:"title"`
	Inputs   []tonghop.Input          `json:"inputs"`
	Criteria string                   `json:"criteria"`
	Rules    string                   `json:"rules"`
	Program  string                   `json:"program"`
	Marks    map[tonghop.Mark]string  `json:"marks"` // how a mark word is shown
	Signs    map[tonghop.Empty]string `json:"signs"` // how a kind of empty is shown in a column of figures
}

// ManifestCell is one cell of the edition with its operation and the places of
// its sources.
type ManifestCell struct {
	Value     string            `json:"value"`
	Operation tonghop.Operation `json:"operation"`
	Sources   []int             `json:"sources,omitempty"`
	Less      []int             `json:"less,omitempty"`
	Of        int               `json:"of,omitempty"`
	Basis     string            `json:"basis,omitempty"`
}

// NewManifest collects the traces of an edition. The same edition gives the
// same manifest.
func NewManifest(e tonghop.Edition) *Manifest {
	m := &Manifest{Cells: map[string]map[string]ManifestCell{}, Sources: []tonghop.Source{}}
	m.Edition = ManifestEdition{Form: e.Form, Period: e.Period.String(), AsOf: e.AsOf, Province: e.Province.Code,
		Name: e.Province.Name, Issue: e.Issue, Title: e.Title, Inputs: e.Inputs, Criteria: e.Criteria,
		Rules: e.Rules, Program: e.Program, Marks: e.Marks, Signs: e.Signs}
	places := map[tonghop.Source]int{}
	index := func(sources []tonghop.Source) []int {
		var out []int
		for _, s := range sources {
			at, ok := places[s]
			if !ok {
				at = len(m.Sources)
				places[s] = at
				m.Sources = append(m.Sources, s)
			}
			out = append(out, at)
		}
		return out
	}
	for _, s := range e.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				if cell.Trace == nil {
					continue
				}
				if m.Cells[s.Name] == nil {
					m.Cells[s.Name] = map[string]ManifestCell{}
				}
				t := cell.Trace
				m.Cells[s.Name][address(c+1, r+1)] = ManifestCell{Value: shown(cell), Operation: t.Operation,
					Sources: index(t.Sources), Less: index(t.Less), Of: t.Of, Basis: t.Basis}
			}
		}
	}
	return m
}

// shown is the value of a cell as text.
func shown(c tonghop.EditionCell) string {
	if c.Number.Valid {
		return canonical(c.Number.Decimal)
	}
	return c.Text
}

// Write writes the manifest as JSON, keys sorted.
func (m *Manifest) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

// ReadManifest reads what [Manifest.Write] wrote.
func ReadManifest(r io.Reader) (*Manifest, error) {
	m := &Manifest{}
	if err := json.NewDecoder(r).Decode(m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	for sheet, cells := range m.Cells {
		for at, c := range cells {
			for _, n := range append(append([]int(nil), c.Sources...), c.Less...) {
				if n < 0 || n >= len(m.Sources) {
					return nil, fmt.Errorf("read manifest: %s!%s names source %d of %d", sheet, at, n, len(m.Sources))
				}
			}
		}
	}
	return m, nil
}
