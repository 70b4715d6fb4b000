//go:build !race

package jail

// own is how many times a child's memory the process may take.
const own = 1
