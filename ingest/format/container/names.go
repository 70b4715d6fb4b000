package container

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
)

// checkNames refuses names that lead out of a folder or that two programs
// could take for the same file, and indexes the others.
func checkNames(entries []entry) (byName, byFold map[string]int, err error) {
	byName = make(map[string]int, len(entries))
	byFold = make(map[string]int, len(entries))
	for i := range entries {
		name := entries[i].name
		key := fold(strings.TrimSuffix(name, "/"))
		other, twice := byFold[key]
		if twice && entries[i].folder() && entries[other].folder() {
			continue // nothing is in either
		}
		if twice || !safe(name) {
			return nil, nil, tonghop.Fail("file.unsafe_names", nil, "part", strings.ToValidUTF8(name, "?"))
		}
		byName[name], byFold[key] = i, i
	}
	return byName, byFold, nil
}

// slashes is the name of an entry with the separators of Windows, which some
// writers there use, put right.
func slashes(name []byte) string {
	return strings.ReplaceAll(string(name), `\`, "/")
}

// fold maps names that differ by case, or by the composition of an accent, to
// one key.
func fold(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.ToLower(strings.ToUpper(name)))
		}
	}
	return strings.ToLower(name)
}

// safe reports whether the name is a plain relative path.
func safe(name string) bool {
	if !utf8.ValidString(name) {
		return false
	}
	for i := range len(name) {
		if c := name[i]; c < 0x20 || c == 0x7f {
			return false
		}
	}
	if len(name) >= 2 && name[1] == ':' {
		return false // a drive letter
	}
	for seg := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if seg == "" || seg == "." || seg == ".." {
			return false
		}
	}
	return true
}
