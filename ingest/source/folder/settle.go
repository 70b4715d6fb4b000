package folder

import (
	"cmp"
	"crypto/sha256"
	"io/fs"
	"slices"
	"time"
)

// waiting is a file that lay still for two looks.
type waiting struct {
	path   string
	info   fs.FileInfo
	still  time.Duration // how long it has been lying still
	office string        // code
	sum    [sha256.Size]byte
	came   time.Time // when it came to lie there
}

// sighting is a file and when something was first seen of it.
type sighting struct {
	info fs.FileInfo
	at   time.Time
}

// settled lists the files that are the same in both looks and have been lying
// still for MinAge, the oldest first.
func (f *Folder) settled(first, second *sight) []*waiting {
	var out []*waiting
	now, future := f.now(), map[string]sighting{}
	f.mu.Lock()
	defer f.mu.Unlock()
	for at, info := range second.files {
		before, seen := first.files[at]
		if !seen || !same(before, info) {
			before = nil
		}
		still := now.Sub(lastChange(info))
		if still < 0 {
			// Somebody's clock is wrong. Ours counts from when we first saw the file so.
			s, known := f.future[at]
			if !known || !same(s.info, info) {
				s = sighting{info, now}
			}
			future[at], still = s, now.Sub(s.at)
		}
		if before != nil && still >= orDuration(f.MinAge, 10*time.Second) {
			out = append(out, &waiting{path: at, info: info, still: still})
		}
	}
	f.future = future
	slices.SortFunc(out, func(a, b *waiting) int {
		return cmp.Or(a.info.ModTime().Compare(b.info.ModTime()), cmp.Compare(a.path, b.path))
	})
	return out
}
