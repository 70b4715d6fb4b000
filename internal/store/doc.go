// Package store is the ledger: what came in, what was understood of it, what
// was found wrong, and which editions were made, in one SQL database: a file of
// SQLite, or PostgreSQL where several servers share it.
//
// It keeps and gives back; it never judges, never looks at a file and never
// reads the clock: states and findings are decided before they come here. The
// one thing it decides is what stands beside what (see [DB.Settle]): only an
// accepted return takes the place of another one.
//
// The SQL text and the migrations are written once for both databases:
//   - $1 placeholders, TEXT and INTEGER only, no generated keys. Decimals are
//     canonical TEXT, days are ISO TEXT, flags are INTEGER 0 or 1, lists and
//     maps are JSON in TEXT.
//   - A table ends in the token that SQLite reads as STRICT. PostgreSQL reads
//     INTEGER as BIGINT and TEXT as TEXT COLLATE "C", so that both have the same
//     range and compare byte by byte. Write these words for nothing else.
//   - A writer locks first, by an upsert or an UPDATE, and reads then: SQLite
//     has one writer at a time, but in PostgreSQL (READ COMMITTED) what was only
//     read may change before the end. Several locks are taken in one order. A
//     transaction that clashes all the same is run again from its beginning.
//   - After a statement that failed nothing more can be done in its transaction.
//     Rows are read to their end or closed before the next statement.
//   - Readers see one unchanging view (REPEATABLE READ) and hold nobody up.
//   - Every argument of a statement passes through [storable]: NUL and what is
//     no UTF-8 become U+FFFD. What is hidden in JSON is cleaned before it is
//     written as such (storableMap).
//   - Many lines go into a table through [table]: one by one in SQLite, by COPY
//     in PostgreSQL.
//
// What differs between the databases stands in sqlite.go and postgres.go.
//
// Start reading at migrations/00001_ledger.sql, then settle.go.
package store
