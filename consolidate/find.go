package consolidate

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// CellTrace is one cell of an edition with the cells of the districts' files
// that it follows from, as trace prints it.
type CellTrace struct {
	Cell      string            `json:"cell"` // Xã!J41
	Value     string            `json:"value"`
	Operation tonghop.Operation `json:"operation"`
	Sources   []tonghop.Source  `json:"sources"`
	Less      []tonghop.Source  `json:"less,omitempty"`
	Of        int               `json:"of,omitempty"`
	Basis     string            `json:"basis,omitempty"`
}

// FindCell looks up an address such as Xã!J41 or 'Tổng hợp'!C5; case, blanks
// and dollar signs do not matter. The error has the code trace.address if it
// is no address, trace.sheet if no sheet has that name, trace.cell if the cell
// holds no figure.
func FindCell(m *Manifest, at string) (CellTrace, error) {
	name, cell, ok := splitAddress(at)
	if !ok {
		return CellTrace{}, tonghop.Fail("trace.address", nil, "address", at)
	}
	sheet, ok := m.sheet(name)
	if !ok {
		return CellTrace{}, tonghop.Fail("trace.sheet", nil, "sheet", name)
	}
	c, ok := m.Cells[sheet][cell]
	if !ok {
		return CellTrace{}, tonghop.Fail("trace.cell", nil, "address", sheet+"!"+cell)
	}
	return CellTrace{Cell: sheet + "!" + cell, Value: c.Value, Operation: c.Operation,
		Sources: m.pick(c.Sources), Less: m.pick(c.Less), Of: c.Of, Basis: c.Basis}, nil
}

// sheet finds a sheet by name, whatever its case.
func (m *Manifest) sheet(name string) (string, bool) {
	if _, ok := m.Cells[name]; ok {
		return name, true
	}
	for have := range m.Cells {
		if strings.EqualFold(have, name) {
			return have, true
		}
	}
	return "", false
}

// pick lists the sources at the places; never nil, so that JSON shows a list.
func (m *Manifest) pick(places []int) []tonghop.Source {
	out := make([]tonghop.Source, len(places))
	for i, n := range places {
		out[i] = m.Sources[n]
	}
	return out
}

// splitAddress parts sheet and cell of an address.
func splitAddress(at string) (sheet, cell string, ok bool) {
	cut := strings.LastIndex(at, "!")
	if cut < 0 {
		return "", "", false
	}
	sheet = strings.TrimSpace(at[:cut])
	if n := len(sheet); n >= 2 && sheet[0] == '\'' && sheet[n-1] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:n-1], "''", "'")
	}
	cell = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(at[cut+1:]), "$", ""))
	letters := strings.TrimRight(cell, "0123456789")
	row, err := strconv.Atoi(cell[len(letters):])
	if err != nil || row < 1 || tonghop.ColumnNumber(letters) == 0 || sheet == "" {
		return "", "", false
	}
	return sheet, letters + strconv.Itoa(row), true
}
