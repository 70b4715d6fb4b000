//go:build !race

package normalize

// nameStep is every how many names are tried; the race detector is slow.
const nameStep = 1
