// Package jail runs work on untrusted bytes in child processes of the program:
// each has little memory and little time, may write no file, and is replaced
// after a while. Whatever a file does to the code that reads it costs one child
// and never the service.
//
// It knows nothing of what the children do: requests and answers are values of
// any two types. It never runs another program and never trusts an answer's
// length.
//
// Start reading at [Pool] (pool.go, the parent), then [Serve] (child.go) and
// what lies between them (wire.go).
package jail
