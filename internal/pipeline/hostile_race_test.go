//go:build race

package pipeline_test

// raced says that the detector of races is built in: it takes several times the
// memory and time of the program.
const raced = true
