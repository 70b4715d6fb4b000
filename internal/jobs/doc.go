// Package jobs keeps the work that waits, and does it: durable jobs on River,
// the same code on SQLite and on PostgreSQL. A task is added in the transaction
// of the ledger that makes it necessary; whoever is struck dead in the middle of
// one, it is done again by another.
//
// A handler may be called more than once for the same task, and two of them at
// the same time, so every handler is idempotent. The package never decides what
// a task does and never reads the ledger's own tables.
//
// Start reading at [Open] (queue.go), then [Worker] (worker.go), how one task
// is handled (handle.go) and how the jobs of the dead are put back (rescue.go).
package jobs
