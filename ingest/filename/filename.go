// Package filename tells from the name of a file whether it can be a report at all.
//
// It is a leaf, so that the walk at the keyboard and every door skip the same
// files. It looks at names only, never at a file, and never says what a file
// is: that is judged by its content. Start reading at [Judge].
package filename

import "strings"

// Skip is the code of the reason why a file is not taken.
type Skip string

// The reasons that a name can give. None is for a file that is to be read.
const (
	None       Skip = ""
	OfficeLock Skip = "office_lock" // ~$…, .~lock.…#: somebody has the workbook open
	Temporary  Skip = "temporary"   // *.tmp, *.part, *.crdownload: still being written
	System     Skip = "system"      // Thumbs.db, .DS_Store, desktop.ini
	Hidden     Skip = "hidden"      // name with a leading point; of a folder, with all below
)

// Judge tells from the last part of a name whether it can be a report. Of the
// reasons only Hidden means something for a folder.
func Judge(base string) Skip {
	lower := strings.ToLower(base)
	switch lower {
	case "thumbs.db", ".ds_store", "desktop.ini":
		return System
	}
	if strings.HasPrefix(base, "~$") || strings.HasPrefix(lower, ".~lock.") && strings.HasSuffix(lower, "#") {
		return OfficeLock
	}
	for _, ending := range []string{".tmp", ".part", ".crdownload"} {
		if strings.HasSuffix(lower, ending) {
			return Temporary
		}
	}
	if strings.HasPrefix(base, ".") && strings.Trim(base, ".") != "" {
		return Hidden
	}
	return None
}
