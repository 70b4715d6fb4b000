// Package excel writes workbooks: the province's edition, blank forms
// and annotated copies. It is the only importer of excelize.
//
// It writes what it is given and decides nothing: no figure is computed here,
// no word stands here. It never reads the clock or the machine, so the same
// edition gives the same bytes everywhere: document properties and the times
// inside the archive are fixed, its parts are sorted.
//
// Formulas are live and carry the value that the edition computed, so that
// readers that do not calculate see the same figures. Text stays text whatever
// it begins with.
//
// A clerk's own workbook is annotated without that library: [AnnotateInPlace]
// puts marks between the bytes of its parts and writes nothing of theirs anew.
//
// Start reading at [Write], then sheet.go; the heights of rows are in
// measure.go, the archive is in pack.go; of annotated copies in annotate.go.
package excel
