// Package office turns spreadsheets of formats that we do not read into .xlsx
// by LibreOffice, where that is installed: one file a call, in a profile and a
// folder of its own that are gone afterwards.
//
// LibreOffice opens what is damaged as far as it gets, and says nothing. So its
// word is never taken for it: before the call the cells of the file are read by
// code of ours (xlsb.go, biff.go) that takes only a file that is whole, and
// after it every one of them must stand in the result at its place with its
// value (compare.go). What does not is refused with its cell.
//
// The import filter is always named, so LibreOffice never guesses what a file
// is. Macros, links, updates and Java are off in the profile (profile.go); on
// Linux the program has no network, sees no files but its own and the system's,
// and dies with everything it started (walls_linux.go).
//
// It never decides whether a file should be converted, never repairs one, never
// keeps one, and tells the reader of the result nothing of fonts and formats:
// these are as LibreOffice wrote them.
//
// Start reading at [Converter.Convert] (convert.go).
package office
