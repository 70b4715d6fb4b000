//go:build race

package jail

// own is how many times a child's memory the process may take: the detector of
// races writes beside every byte what happened to it, in pieces of 128 MB, and
// that is not the file's.
const own = 4
