// Package consolidate lays out a period's accepted returns as the sheets of
// the province's workbook, and keeps with every figure the cells it follows
// from.
//
// It is the fourth step and pure: it reads no clock, no file and no database,
// never judges (standings and the sentences of findings come in as functions)
// and never writes a workbook (internal/excel does). The same inputs give the
// same edition. No word for a person stands in its code: names, headers,
// legends and reasons are in templates/editions.
//
// A missing office is blank and named, never zero. A district's claim is
// printed as it stands; what the criteria say stands beside it.
//
// Start reading at [Assemble]; one sheet is one file: summary.go, commune.go,
// indicator.go, criterion.go, delivery.go, open.go, origin.go. The way back
// from a cell is in manifest.go and find.go.
package consolidate
