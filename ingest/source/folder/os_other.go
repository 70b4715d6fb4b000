//go:build !linux && !windows

package folder

import (
	"io/fs"
	"time"
)

// nonblock is nothing here.
const nonblock = 0

// changed is not told here.
func changed(fs.FileInfo) time.Time { return time.Time{} }

// lastChange is when the file was last written.
func lastChange(info fs.FileInfo) time.Time { return info.ModTime() }

// identity is not told here.
func identity(fs.FileInfo) string { return "" }
