package folder

import (
	"context"
	"fmt"
	"os"
	"path"

	"github.com/tonghop/tonghop"
)

// Answer writes the letter beside the file that it answers:
// <office's folder>/đã nhận/<receipt> <file name>.txt. The same letter again
// changes nothing; another one takes its place. It does not matter whether the
// file has been moved yet. If several files bear the receipt, as after a backup
// was restored, it is the one with the submission's bytes that gets the letter.
// The letter about a file that came in an archive is
// <receipt> <archive> - <file name>.txt.
//
// The errors are door.open (door, path), door.list (door, folder), door.write
// (door, folder), and door.foreign (door, receipt, file) for a name in the
// ledger that is no file of this door, and leads elsewhere.
func (f *Folder) Answer(ctx context.Context, sub tonghop.Submission, letter string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	named := single(path.Base(sub.Name)) || single(archived(sub.Name))
	if !single(subfolder(sub.Name)) || !named || !single(sub.Receipt) {
		return tonghop.Fail("door.foreign", nil, "door", f.Door, "receipt", shown(sub.Receipt), "file", shown(sub.Name))
	}
	root, err := f.open()
	if err != nil {
		return err
	}
	defer root.Close()
	if err := f.answer(root, sub, letter); err != nil {
		return fmt.Errorf("answer %s: %w", sub.Receipt, err)
	}
	return nil
}

// answer writes a letter. An office's folder is made again if somebody took it
// away: better there than nowhere.
func (f *Folder) answer(root *os.Root, sub tonghop.Submission, letter string) error {
	of := subfolder(sub.Name)
	if err := root.MkdirAll(of, 0o777); err != nil {
		return f.cannotWrite(".", "", err)
	}
	dirs, err := f.takenFolders(root, of, "")
	if err != nil {
		return err
	}
	at, err := f.letterPath(root, dirs, sub)
	if err != nil {
		return f.cannotList(dirs[0], err)
	}
	if _, err := writeText(root, at, letter); err != nil {
		return f.cannotWrite(path.Dir(at), "", err)
	}
	return nil
}
