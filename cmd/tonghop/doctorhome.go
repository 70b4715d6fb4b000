package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// home looks whether the data folder is there and can be written.
func (d *checkup) home() {
	path := d.a.config.Home
	if absent(path) {
		d.warn("home", "home_none", "path", path)
		return
	}
	d.folder("home", path)
}

// output looks whether editions can be handed out. The folder is made for the
// first one.
func (d *checkup) output() {
	path := d.a.config.OutputFolder()
	if !absent(path) {
		d.folder("output", path)
	} else if d.a.config.Output != "" {
		d.warn("output", "output_none", "path", path)
	}
}

// absent reports whether nothing is there.
func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// folder looks whether a folder can be written.
func (d *checkup) folder(subject, path string) {
	if err := probe(path); err != nil {
		d.bad(subject, tonghop.Fail("output.write", err, "path", path))
		return
	}
	d.good(subject, "folder_ok", "path", path)
}

// probe writes a file into a folder, renames it, and takes it away.
func probe(path string) error {
	f, err := os.CreateTemp(path, ".thu-ghi-*")
	if err != nil {
		return err
	}
	name, other := f.Name(), f.Name()+".2"
	defer os.Remove(name)
	defer os.Remove(other)
	_, err = f.WriteString("tonghop\n")
	return errors.Join(err, f.Sync(), f.Close(), os.Rename(name, other))
}

// How much free space is too little, in bytes: somebody should see to it, or
// the next files will find none.
const (
	roomLittle = 1 << 30
	roomNone   = 100 << 20
)

// room looks how much space is left for data.
func (d *checkup) room() {
	free, err := freeSpace(d.a.config.Home)
	if err != nil {
		return // not every system tells, and a folder that is not there has none
	}
	d.roomLeft(d.a.config.Home, free)
}

// roomLeft says how much space is left.
func (d *checkup) roomLeft(path string, free uint64) {
	mb := strconv.FormatUint(free>>20, 10)
	switch {
	case free < roomNone:
		d.say(weightBad, "home", "room_none", "mb", mb, "path", path)
	case free < roomLittle:
		d.warn("home", "room_little", "mb", mb, "path", path)
	default:
		d.good("home", "room_ok", "mb", mb)
	}
}

// open opens the ledger if there is one; nil if not, or if it cannot be opened.
// An SQLite file is not made: that would call a ledger good that is lost.
func (d *checkup) open(ctx context.Context) *store.DB {
	if d.a.config.Database == "" && !d.ledgerFile() {
		return nil
	}
	db, err := d.a.open(ctx)
	if err != nil {
		d.bad("ledger", err)
		return nil
	}
	return db
}

// ledgerFile reports whether the file of the ledger is there with something in
// it, and says so if not. What was written last may lie beside it.
func (d *checkup) ledgerFile() bool {
	path := d.a.config.Ledger()
	_, err := os.Stat(path)
	switch {
	case filled(path), filled(path + "-wal"):
		return true
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		d.bad("ledger", tonghop.Fail("ledger.open", err, "path", path))
	case holdsFiles(d.a.vaultFolder()):
		d.say(weightBad, "ledger", "ledger_lost", "path", path, "vault", d.a.vaultFolder())
	case !absent(d.a.config.Home):
		d.warn("ledger", "ledger_none", "path", path)
	}
	return false
}

// filled reports whether something is there that is not empty.
func filled(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// holdsFiles reports whether a file lies anywhere below a folder.
func holdsFiles(folder string) bool {
	found := false
	_ = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be seen does not count
		}
		if e.Type().IsRegular() {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}
