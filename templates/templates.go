// Package templates embeds everything that a person edits (forms, criteria,
// units, letters, the look of editions) and decodes it into the words of the
// program. The folder HOME/templates lays over the embedded files file by
// file, so an office changes a threshold or a sentence without building
// anything.
//
// It contains no rule of the field itself, never writes a file and never
// repairs one: what it does not understand is an error with file and line.
//
// Start with [FS], then [Units] and [CriteriaFor].
package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// embedded holds the folders as they were when the program was built. A new
// folder is named here once it has a file.
//
//go:embed config criteria editions forms letters pages static units
var embedded embed.FS

// FS gives the template files in force: those under home/templates where they
// exist, the embedded ones otherwise. Without a home, or where it has no such
// folder, all are the embedded ones. Hidden files and the leftovers of editors
// (names starting with ".", "_" or "~") are not seen.
func FS(home string) fs.FS {
	if home == "" {
		return embedded
	}
	return overlay{over: os.DirFS(filepath.Join(home, "templates")), under: embedded}
}

// Digest is the SHA-256, in hexadecimal, over names and contents of all files
// of fsys in the order of their names. It is recorded in each edition, so that
// a later reader can tell whether the same rules were in force. The folder
// config, the pages and the blank forms are left out: no figure depends on how the program
// is run or on what an office was sent to fill in, and a word changed there must
// not make a new issue of every edition.
func Digest(fsys fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == path.Dir(sampleFile) || name == path.Dir(overlayPage) || name == path.Dir(overlayStyle) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Base(name) == blankFile {
			return nil
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		// The length keeps the end of one file apart from the next name.
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(content))
		_, err = h.Write(content)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("digest templates: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
