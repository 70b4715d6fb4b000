package tonghop

import (
	"strconv"
	"time"
)

// MB is the unit in which limits of size are told.
const MB = 1 << 20

// Limits says how much a file may hold, and what reading it may cost. It is the
// only place for such figures: every door and every reader is given one, and
// `tonghop limits` prints it. A zero field means its default.
type Limits struct {
	// What the desk takes. An office can be told of these: a report that is
	// over them is refused, and sent again in parts.

	Bytes  int64 // bytes of one file as it is sent; default 20 MB
	Files  int   // files in one archive that is sent; default 200
	Sheets int   // sheets of one workbook; default 1,000
	Cells  int   // cells with content of one workbook, and its shared texts; default 2,000,000

	// What guards the reader. No honest report comes near these.

	Entries int           // entries of the zip archive that a workbook is; default 10,000
	Total   int64         // unpacked bytes of all entries together; default 400 MB
	Part    int64         // unpacked bytes of one entry, or of a file that is not packed; default 200 MB
	Ratio   int64         // unpacked to packed bytes of an entry, judged above 1 MB; default 500
	Text    int64         // bytes of cell text held in memory; default 64 MB
	Merges  int           // merged areas of one sheet; default 20,000
	Memory  int64         // memory of a process that reads, in bytes; default 512 MB
	Time    time.Duration // time that reading one file may compute; it may wait for a processor four times as long; default 20 s
	Uses    int           // files that a process reads before it is replaced; default 200
}

// WithDefaults fills the fields that are not above zero.
func (l Limits) WithDefaults() Limits {
	for _, f := range []struct {
		field *int
		is    int
	}{
		{&l.Files, 200}, {&l.Sheets, 1000}, {&l.Cells, 2_000_000},
		{&l.Entries, 10_000}, {&l.Merges, 20_000}, {&l.Uses, 200},
	} {
		if *f.field <= 0 {
			*f.field = f.is
		}
	}
	for _, f := range []struct {
		field *int64
		is    int64
	}{
		{&l.Bytes, 20 * MB}, {&l.Total, 400 * MB}, {&l.Part, 200 * MB},
		{&l.Ratio, 500}, {&l.Text, 64 * MB}, {&l.Memory, 512 * MB},
	} {
		if *f.field <= 0 {
			*f.field = f.is
		}
	}
	if l.Time <= 0 {
		l.Time = 20 * time.Second
	}
	return l
}

// CheckSize refuses a file of size bytes that is over the limit: file.too_large
// (limit, size), both in bytes, and (limit_mb, size_mb) in whole MB.
func (l Limits) CheckSize(size int64) error {
	limit := l.WithDefaults().Bytes
	if size <= limit {
		return nil
	}
	return TooLarge(limit, size)
}

// TooLarge is the refusal file.too_large of what has size bytes where limit are
// allowed: (limit, size) in bytes, (limit_mb, size_mb) in whole MB. size 0 =
// nobody knows by how much.
func TooLarge(limit, size int64) *Error {
	e := Fail("file.too_large", nil, "limit", strconv.FormatInt(limit, 10), "limit_mb", strconv.FormatInt(limit/MB, 10))
	if size > 0 {
		e.Args["size"], e.Args["size_mb"] = strconv.FormatInt(size, 10), strconv.FormatInt((size+MB-1)/MB, 10)
	}
	return e
}

// Limit is one of the [Limits], to be shown.
type Limit struct {
	Name  string // key of its words, and of its setting where Set
	Value int64
	Unit  string // "files", "sheets", "cells", "parts", "areas", "mb", "times", "seconds"
	Desk  bool   // what the desk takes, of which offices are told; else what guards the reader
	Set   bool   // the configuration may set it
}

// List gives every limit with the value that holds.
func (l Limits) List() []Limit {
	l = l.WithDefaults()
	return []Limit{
		{Name: "file_mb", Value: l.Bytes / MB, Unit: "mb", Desk: true, Set: true},
		{Name: "archive_files", Value: int64(l.Files), Unit: "files", Desk: true, Set: true},
		{Name: "sheets", Value: int64(l.Sheets), Unit: "sheets", Desk: true, Set: true},
		{Name: "cells", Value: int64(l.Cells), Unit: "cells", Desk: true, Set: true},
		{Name: "memory_mb", Value: l.Memory / MB, Unit: "mb", Set: true},
		{Name: "seconds", Value: int64(l.Time / time.Second), Unit: "seconds", Set: true},
		{Name: "reader_files", Value: int64(l.Uses), Unit: "files"},
		{Name: "unpacked_mb", Value: l.Total / MB, Unit: "mb"},
		{Name: "part_mb", Value: l.Part / MB, Unit: "mb"},
		{Name: "parts", Value: int64(l.Entries), Unit: "parts"},
		{Name: "ratio", Value: l.Ratio, Unit: "times"},
		{Name: "text_mb", Value: l.Text / MB, Unit: "mb"},
		{Name: "merges", Value: int64(l.Merges), Unit: "areas"},
	}
}
