// Package store is the ledger: what came in, what was understood of it, what
// was found wrong, and which editions were made, in one SQL database.
//
// It keeps and gives back; it never judges, never looks at a file and never
// reads the clock: states and findings are decided before they come here. The
// one thing it decides is what stands beside what (see [DB.Settle]): only an
// accepted return takes the place of another one.
//
// The SQL text and the migrations are written for SQLite and PostgreSQL alike:
// $1 placeholders, TEXT and INTEGER only, no generated keys, rows locked by an
// upsert before they are read. Decimals are canonical TEXT, days are ISO TEXT,
// flags are INTEGER 0 or 1, lists and maps are JSON in TEXT. What differs
// between the databases stands in sqlite.go.
//
// Start reading at migrations/00001_ledger.sql, then settle.go.
package store
