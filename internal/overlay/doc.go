// Package overlay draws how a file was understood: every sheet of it as a table
// like the one that its clerk sees, with what each cell was taken for, the
// findings as flags in their cells, and the list of them. It is one page of HTML
// that needs nothing beside it: no script, no picture, no network.
//
// It judges nothing and words nothing: the sentences come with the [Page], from
// the same source as those of the annotated workbook. Whatever stands in a file
// is escaped by html/template; no text of a file becomes part of the page itself.
//
// Start with [Draw].
package overlay
