package xls

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// Kinds of sheets in the list, and of substreams where they begin.
const (
	sheetOfCells   = 0
	streamGlobals  = 0x0005
	streamBook4    = 0x0100 // a workbook of Excel 4
	streamCells    = 0x0010
	version8       = 0x0600
	version5       = 0x0500
	stylesMax      = 65_536
	formulaBudget  = 32 << 20  // bytes of formula text; beyond it formulas have none
	formulaEffort  = 256 << 20 // bytes moved to write them
	formulaTextMax = 8192
)

// workbook is what the sheets share.
type workbook struct {
	stream    []byte
	lim       tonghop.Limits
	biff8     bool
	old       bool // of Excel 2 to 4
	date1904  bool
	charset   charset
	sheets    []sheetEntry
	texts     []string
	runs      map[uint32][]fontRun // of the texts with fonts inside
	riches    map[uint32]*tonghop.Rich
	styles    styles
	links     links
	cells     int   // read so far
	text      int64 // bytes of what they show
	budget    int
	formulas  int // read so far
	doubts    []doubt
	effort    int
	functions map[int]function // made when a formula first calls one
}

// sheetEntry is an entry of the list of sheets.
type sheetEntry struct {
	name   string
	raw    []byte // the name in Excel 95
	hidden bool
	kind   byte
	at     int
}

// readGlobals reads the first substream.
func (w *workbook) readGlobals() error {
	r := records{b: w.stream}
	version, kind, err := r.open(0)
	if err != nil {
		return err
	}
	if version != version8 && version != version5 && !r.old {
		return fmt.Errorf("version %#04x", version)
	}
	w.biff8, w.old = version == version8, r.old
	if err := w.begins(kind); err != nil {
		return err
	}
	w.charset = charsetOf(0)
	w.budget, w.effort = formulaBudget, formulaEffort
	for {
		ok, err := r.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := w.global(&r); err != nil {
			return fmt.Errorf("record %#04x before byte %d: %w", r.id, r.at, err)
		}
	}
	if err := w.finishGlobals(); err != nil {
		return err
	}
	return w.checkNext(&r)
}

// loneName is the name of a sheet that is the whole file.
const loneName = "Sheet1"

// begins takes the kind of the first substream. Before Excel 5 a file is one
// sheet, and programs write such files to this day.
func (w *workbook) begins(kind uint16) error {
	switch {
	case kind == streamGlobals && !w.old, kind == streamBook4 && w.old:
	case kind == streamCells && !w.biff8:
		w.sheets = append(w.sheets, sheetEntry{raw: []byte(loneName)})
	case w.old:
		return tonghop.Fail("file.no_sheets", fmt.Errorf("a file of kind %#x", kind))
	default:
		return fmt.Errorf("starts with a substream of kind %#x", kind)
	}
	return nil
}

// checkNext proves that the substream that begins where one has ended is a
// sheet of the list.
func (w *workbook) checkNext(r *records) error {
	if !w.old && r.peek() == recBOF && !slices.ContainsFunc(w.sheets, func(s sheetEntry) bool { return s.at == r.at }) {
		return fmt.Errorf("sheet at byte %d is not in the list", r.at)
	}
	return nil
}

// global reads one record.
func (w *workbook) global(r *records) error {
	switch r.id {
	case recFilePass:
		return tonghop.Fail("file.encrypted", nil)
	case recDateMode:
		if err := r.size(2); err != nil {
			return err
		}
		w.date1904 = le.Uint16(r.data) == 1
	case recCodePage:
		if err := r.size(2); err != nil {
			return err
		}
		w.charset = charsetOf(int(le.Uint16(r.data)))
	case recBoundSheet:
		return w.addSheet(r)
	case recSST:
		return w.readTexts(r)
	case oldSheet:
		if w.old {
			w.addOldSheet(r)
		}
	case recFont, 0x0231:
		return w.styles.addFont(r, w.biff8)
	case recFormat:
		return w.styles.addFormat(r, w.biff8)
	case recXF:
		return w.styles.addStyle(r)
	case recSupBook, recExternSheet, recExternName, recName, 0x0218:
		if w.biff8 {
			w.links.add(r)
		}
	}
	return nil
}

func (w *workbook) addSheet(r *records) error {
	d := r.data
	if len(d) < 7 {
		return errCut
	}
	s := sheetEntry{at: int(le.Uint32(d)), hidden: d[4]&3 != 0, kind: d[5]}
	if !w.biff8 {
		if len(d) != 7+int(d[6]) {
			return errCut
		}
		s.raw = d[7:]
	} else {
		p := pieces{rec: r, b: d[6:]}
		var err error
		if s.name, err = p.text(1); err != nil {
			return err
		}
		if len(p.b) > 0 {
			return errors.New("bytes behind the name of a sheet")
		}
	}
	w.sheets = append(w.sheets, s)
	return nil
}

// addOldSheet adds a sheet of a workbook of Excel 4, which begins at the next
// record.
func (w *workbook) addOldSheet(r *records) {
	s := sheetEntry{raw: r.data[5 : 5+int(r.data[4])], at: r.at}
	head := records{b: r.b}
	if _, kind, err := head.open(r.at); err != nil || kind != streamCells {
		s.kind = 2 // a chart, or macros
	}
	w.sheets = append(w.sheets, s)
}

// finishGlobals decodes what had to wait for the code page and checks the
// sheets.
func (w *workbook) finishGlobals() error {
	if err := w.styles.finish(w.charset); err != nil {
		return err
	}
	names, places := map[string]bool{}, map[int]bool{}
	for i := range w.sheets {
		s := &w.sheets[i]
		if !w.biff8 {
			var err error
			if s.name, err = decode(s.raw, w.charset); err != nil {
				return err
			}
		}
		fold := strings.ToLower(s.name)
		if s.name == "" || names[fold] || places[s.at] {
			return fmt.Errorf("sheet %q is listed twice or without a name", s.name)
		}
		names[fold], places[s.at] = true, true
		r := records{b: w.stream}
		if _, kind, err := r.open(s.at); err == nil && kind == streamCells && s.kind != sheetOfCells {
			return fmt.Errorf("sheet %q has cells but is listed as kind %d", s.name, s.kind)
		}
	}
	return nil
}

// readTexts reads the table of shared texts.
func (w *workbook) readTexts(r *records) error {
	if w.texts != nil {
		return errors.New("two tables of texts")
	}
	if len(r.data) < 8 {
		return errCut
	}
	count := int64(le.Uint32(r.data[4:]))
	if count > int64(len(r.b)-r.at+len(r.data))/2 {
		return fmt.Errorf("table of %d texts in fewer bytes", count)
	}
	if count > int64(w.lim.Cells) {
		return tooManyCells(w.lim.Cells)
	}
	w.texts = make([]string, count)
	p := pieces{rec: r, b: r.data[8:]}
	var total int64
	for i := range w.texts {
		s, runs, err := p.richText(2)
		if err != nil {
			return fmt.Errorf("text %d of %d: %w", i, count, err)
		}
		if len(runs) > 0 {
			if w.runs == nil {
				w.runs = map[uint32][]fontRun{}
			}
			w.runs[uint32(i)] = runs
		}
		if total += int64(len(s)); total > w.lim.Text {
			return tooLarge(w.lim.Text)
		}
		w.texts[i] = s
	}
	if len(p.b) > 0 || r.peek() == recContinue {
		return errors.New("bytes behind the table of texts")
	}
	return nil
}

func tooManyCells(limit int) error {
	return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(limit))
}
