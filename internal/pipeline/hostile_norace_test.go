//go:build !race

package pipeline_test

// raced says that the detector of races is built in.
const raced = false
