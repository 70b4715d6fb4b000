// Package blank lays out the blank form that an office is sent to fill in: its
// heading, the columns of the criteria in force, what each of them asks for,
// the office's communes, and what may be typed where.
//
// It decides no figure and holds no word: names, thresholds and their certainty
// come from the criteria set, communes from the register of the date, words and
// looks from templates/forms. It never fills a cell that an office has to fill:
// what was accepted last time is only said when the cell is chosen.
//
// Start reading at [Lay]; columns.go are the columns, checks.go is what may be
// typed.
package blank
