// Package normalize answers what an office meant: it recognises which form
// stands on a sheet, whose and for which period, and turns rows as typed into
// rows as meant, with a note for every liberty taken.
//
// It reads by labels and shape, never by a marker of ours. It never judges
// (that is validate's work), never drops a row without saying so, and never
// guesses: what has two honest readings becomes a query that shows both.
//
// A [Normalizer] is compiled once from the register, the form and the criteria
// set. Start reading at identify.go (what is this?), then read.go (what does
// it say?); columns.go, rows.go and cell.go hold the three hard parts.
package normalize
