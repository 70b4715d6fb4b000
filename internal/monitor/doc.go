// Package monitor lets other programs see how tonghop is: an HTTP server, on
// this machine alone unless told otherwise, that answers whether the program is
// alive (/healthz), whether it can do its work (/readyz), and with what it has
// counted (/metrics, as Prometheus reads them).
//
// It never changes anything, shows no figure of a report and no text of an
// error, for those may name people, paths and passwords: what is wrong stands
// in the log, the answer has its code. It has no state of the process: two
// servers in one program do not know of each other.
//
// Start reading at [Start] and [NewMetrics].
package monitor
