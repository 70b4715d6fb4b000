package folder

import (
	"io/fs"
	"strconv"
	"syscall"
	"time"
)

// nonblock keeps a pipe that took the place of a file from holding up the door.
const nonblock = syscall.O_NONBLOCK

// changed is when anything of the file changed last: its bytes, but also its
// rights and its name. Nobody can set it. Zero where the system does not tell.
func changed(info fs.FileInfo) time.Time {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(s.Ctim.Unix())
	}
	return time.Time{}
}

// lastChange is when the file was last written, or brought here with the time of
// writing that it had elsewhere: that one can lie anywhere, also in the future.
func lastChange(info fs.FileInfo) time.Time {
	if c := changed(info); !c.IsZero() {
		return c
	}
	return info.ModTime()
}

// identity tells one file from another that has its name later.
func identity(info fs.FileInfo) string {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return strconv.FormatUint(s.Ino, 10)
	}
	return ""
}
