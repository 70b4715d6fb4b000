package folder

import (
	"io/fs"
	"syscall"
	"time"
)

// nonblock is nothing here.
const nonblock = 0

// changed is when the file came to lie here: a copy keeps the times of writing,
// not this one.
func changed(info fs.FileInfo) time.Time {
	if d, ok := info.Sys().(*syscall.Win32FileAttributeData); ok {
		return time.Unix(0, d.CreationTime.Nanoseconds())
	}
	return time.Time{}
}

// lastChange is when the file was last written, or brought here with the time of
// writing that it had elsewhere.
func lastChange(info fs.FileInfo) time.Time {
	if c := changed(info); c.After(info.ModTime()) {
		return c
	}
	return info.ModTime()
}

// identity is not told here.
func identity(fs.FileInfo) string { return "" }
