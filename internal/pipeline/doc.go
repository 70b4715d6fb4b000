// Package pipeline is the run: the only place where the steps meet. intake.go
// takes files to their verdicts, edition.go takes a period to its edition.
//
// It decides nothing that a step decides: it calls reading, normalising,
// judging and consolidating in order and hands their results to the ledger.
// Start reading at reader.go, the pure middle of it: bytes in, a judged return
// out.
package pipeline
