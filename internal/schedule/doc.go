// Package schedule is the clock and the record of due runs: it knows when a
// schedule is due, and sees to it that every due time gets its run, once,
// whatever happens to the program, to its clock and to the number of servers.
//
// It never does what a schedule is for and never finishes a run: it claims a
// due time in the ledger, where one line for each schedule and due time decides
// who has it, and the queue does the rest. No timer, mark or memory of a
// process is trusted for that; they only save work.
//
// Due times are those of the wall clock in Asia/Ho_Chi_Minh, on any machine.
//
// Start reading at [Compile], then [Keeper.Tick] and settle.go, which holds
// what is done about due times that were missed.
package schedule
