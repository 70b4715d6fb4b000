package office

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// kind is one format that is converted.
type kind struct {
	ext    string // of the file that LibreOffice is given
	filter string // LibreOffice's name of the import filter
	take   func(b []byte, lim tonghop.Limits) (*account, error)
}

// kinds is what may be converted, by the code of format sniffing without
// "file.". A format stands here only if its cells can be counted without
// LibreOffice. Text, web pages and databases never do: they say neither their
// encoding nor where a cell ends, and LibreOffice would guess.
var kinds = map[string]kind{
	"xlsb": {ext: "xlsb", filter: "Calc MS Excel 2007 Binary", take: takeXlsb},
}

// Kinds lists what [Converter.Convert] takes, sorted.
func Kinds() []string {
	var list []string
	for k := range kinds {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
