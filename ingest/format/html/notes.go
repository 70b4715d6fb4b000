package html

import (
	stdhtml "html"
	"regexp"
	"strings"
)

// notes is what Excel tells of the workbook in an island of XML, mostly inside
// a comment.
type notes struct {
	sheets   []sheetNote
	date1904 bool
}

// sheetNote is what is noted of one sheet.
type sheetNote struct {
	name   string
	source string // the file that holds it; "" for the page itself
	hidden bool
}

const (
	notesMax   = 4096    // sheets that are noted
	islandSize = 1 << 20 // bytes of an island that are looked at
)

var (
	sheetIsland = regexp.MustCompile(`(?is)<x:ExcelWorksheet\s*>(.*?)</x:ExcelWorksheet\s*>`)
	nameNote    = regexp.MustCompile(`(?is)<x:Name\s*>([^<]*)</x:Name\s*>`)
	sourceNote  = regexp.MustCompile(`(?is)<x:WorksheetSource\s[^>]*?HRef\s*=\s*"([^"]*)"`)
	hiddenNote  = regexp.MustCompile(`(?i)<x:Visible\s*>\s*Sheet(Very)?Hidden`)
	dateNote    = regexp.MustCompile(`(?i)<x:Date1904\s*/?>`)
)

// add reads one island.
func (n *notes) add(xml string) {
	if xml = xml[:min(len(xml), islandSize)]; !strings.Contains(xml, "x:") {
		return
	}
	n.date1904 = n.date1904 || dateNote.MatchString(xml)
	for _, m := range sheetIsland.FindAllStringSubmatch(xml, notesMax-len(n.sheets)) {
		s := sheetNote{hidden: hiddenNote.MatchString(m[1])}
		if m := nameNote.FindStringSubmatch(m[1]); m != nil {
			s.name = strings.TrimSpace(stdhtml.UnescapeString(m[1]))
		}
		if m := sourceNote.FindStringSubmatch(m[1]); m != nil {
			s.source = stdhtml.UnescapeString(m[1])
		}
		n.sheets = append(n.sheets, s)
	}
}

// elsewhere reports whether the sheets lie in other files.
func (n *notes) elsewhere() bool {
	return len(n.sheets) > 0 && n.sheets[0].source != ""
}
