// Package tonghop holds the words that every step of the program shares.
//
// tổng hợp = to consolidate. Districts send Excel reports on the National
// Target Programme on New Rural Development; the program turns them into the
// province's consolidated workbook and proves every figure in it.
//
// The list of files in this folder is the glossary: one noun a file. A file
// that came in is a [Parcel]; once the desk has it, it is a [Submission]; read
// as a neutral grid it is a [Book] of [Sheet]s; what was recognised on a sheet
// is a [Cover], what was understood of it a [Reading] with [Row]s of [Value]s;
// judged it becomes a [Return] with [Finding]s; the returns of one [Period]
// become an [Edition].
//
// This package does no input and no output, imports the standard library and
// the decimal type only, and never decides anything that a step decides.
// Start reading at sheet.go, then value.go, then finding.go.
package tonghop
