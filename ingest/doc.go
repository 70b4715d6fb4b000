// Package ingest is the desk: every file comes in over it, whatever door it
// came through.
//
// The desk keeps the original, writes the parcel in the ledger and gives a
// receipt; in that order, so that no receipt is without its file. It refuses
// nothing but what is too large to keep: a file that cannot be read has a
// receipt too, and is judged later. An archive of files it opens, through
// ingest/bundle, and takes each file as if it had come beside the others. It
// never opens a workbook and never trusts a file name. Package ingest/format
// reads what it keeps, and each package under ingest/source is one door.
//
// Start reading at [Desk.Receive]; [Walk] finds the files behind the arguments
// of a command.
package ingest
