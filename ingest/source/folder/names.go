package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tonghop/tonghop/internal/viet"
)

const (
	takenName    = "đã nhận"      // the subfolder of an office for what was taken, and the letters
	noteEnding   = ".ghi chú.txt" // a note beside a file
	letterEnding = ".txt"         // the letter about a file that was taken
	tempStart    = ".tonghop-"    // a file of the door's own on its way to its name
	tempEnding   = ".tmp"
	nameMax      = 255 // bytes of a name that every file system takes
	namesakes    = 100 // so many names are not tried, when one after the other is in use
)

// isTaken reports whether a folder is one for what was taken, however its name
// is composed and whatever its case. It has a number if something else stood
// under the first name.
func isTaken(base string) bool {
	rest, ok := strings.CutPrefix(viet.Fold(base), viet.Fold(takenName))
	if !ok || rest == "" {
		return ok
	}
	number, opened := strings.CutPrefix(strings.TrimSpace(rest), "(")
	number, closed := strings.CutSuffix(number, ")")
	n, err := strconv.Atoi(number)
	return opened && closed && err == nil && n > 1 && n < namesakes && number == strconv.Itoa(n)
}

// isNote reports whether a name is that of a note.
func isNote(base string) bool {
	return strings.HasSuffix(base, noteEnding) || strings.HasSuffix(viet.Fold(base), viet.Fold(noteEnding))
}

// isTemp reports whether a name is one of the door's own files on its way.
func isTemp(base string) bool {
	return strings.HasPrefix(base, tempStart) && strings.HasSuffix(base, tempEnding)
}

// notePath is where the note about a file lies.
func notePath(at string) string {
	return path.Join(path.Dir(at), fit(path.Base(at), nameMax-len(noteEnding))+noteEnding)
}

// takenBase is the name of a file that was taken; with ".txt" that of its
// letter. There is room for both, and for a number that tells namesakes apart.
func takenBase(receipt, base string) string {
	start := receipt + " "
	return start + fit(base, nameMax-len(start)-len(" (99)")-len(letterEnding))
}

// archived is what a file that came in an archive is called beside it: "bao
// cao.zip - Trà Cú.xlsx". "" for a name that leads through no archive. The name
// never was one on this disk, and need not be fit to be one.
func archived(name string) string {
	parts := strings.Split(name, "/")
	for i := 1; i < len(parts)-1; i++ { // the first is the folder of the office
		if strings.EqualFold(path.Ext(parts[i]), ".zip") {
			return strings.Map(func(r rune) rune {
				if r < 0x20 || strings.ContainsRune(`<>:"|?*\`, r) { // no name of a file in Windows has one
					return '_'
				}
				return r
			}, strings.Join(parts[i:], " - "))
		}
	}
	return ""
}

// fit makes a name that has at most so many bytes and is valid text: one that
// is not is cut before its ending, and a few digits of its digest keep it apart
// from others that begin alike.
func fit(base string, room int) string {
	if len(base) <= room && utf8.ValidString(base) {
		return base
	}
	sum := sha256.Sum256([]byte(base))
	mark, ending := "~"+hex.EncodeToString(sum[:4]), path.Ext(base)
	if len(ending) > 16 || !utf8.ValidString(ending) {
		ending = ""
	}
	stem := strings.ToValidUTF8(strings.TrimSuffix(base, ending), "_")
	stem = stem[:min(len(stem), room-len(mark)-len(ending))]
	return strings.ToValidUTF8(stem, "") + mark + ending
}

// single reports whether a text from outside is the name of one file or folder
// and leads nowhere else.
func single(name string) bool {
	return name != "." && filepath.IsLocal(name) && filepath.Base(name) == name && !strings.ContainsAny(name, "/\x00")
}
