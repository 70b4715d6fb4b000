//go:build !unix

package main

import "errors"

// freeSpace is how many bytes are free where a folder lies; this system is not
// asked.
func freeSpace(string) (uint64, error) { return 0, errors.ErrUnsupported }
