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
// file has been moved yet. The name comes from the ledger: one that leads
// elsewhere is an error.
func (f *Folder) Answer(ctx context.Context, sub tonghop.Submission, letter string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	of, base := subfolder(sub.Name), path.Base(sub.Name)
	if !single(of) || !single(base) || !single(sub.Receipt) {
		return fmt.Errorf("answer %s: %q is no file of the door %q", sub.Receipt, sub.Name, f.Door)
	}
	root, err := f.open()
	if err != nil {
		return err
	}
	defer root.Close()
	if err := answer(root, of, takenBase(sub.Receipt, base)+".txt", letter); err != nil {
		return fmt.Errorf("answer %s: %w", sub.Receipt, err)
	}
	return nil
}

// answer writes a letter for an office's folder, which is made again if
// somebody took it away: better there than nowhere.
func answer(root *os.Root, of, base, letter string) error {
	if err := root.MkdirAll(of, 0o777); err != nil {
		return err
	}
	dir, err := takenFolder(root, of)
	if err != nil {
		return err
	}
	_, err = writeText(root, of, path.Join(dir, base), letter)
	return err
}
