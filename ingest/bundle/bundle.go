// Package bundle opens an archive of files that was sent as one: a zip with the
// workbooks of an office, or of a whole month.
//
// An archive is taken whole or not at all. Its files come out proven, each with
// its length and its CRC-32, by ingest/format/container; what is refused is
// refused with a code that says what the sender can do, and nothing of it is
// taken. Names in an archive are hints as every file name is: they are made
// legible and checked, and never become a path on the disk.
//
// It never opens a workbook, which is a zip too, nor an archive inside an
// archive, and keeps nothing between calls. Start reading at [Open]; then
// directory.go (what the archive says it holds) and names.go (what its files
// are called).
package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/filename"
	"github.com/tonghop/tonghop/ingest/format/container"
)

// Member is one file of an archive.
type Member struct {
	tonghop.Parcel               // without Bytes, if it is skipped
	Skip           filename.Skip // why it is not to be read; filename.None for a report
}

// Open gives the files of the archive that a parcel is, sorted by their names.
// is reports whether it is an archive of files: a workbook or another document
// is none, nor is what is no zip, or so damaged that nobody can tell.
//
// A member's parcel is the archive's, but for its bytes, its name (that of the
// archive, "/", its own with its folders) and its key, which is made alike. Of
// those that can be no reports by their names there is the reason only.
//
// An archive that cannot be taken whole is an error, and the whole of it is to
// be kept as one file that was refused:
//
//	file.zip_password                    its files have a password
//	file.zip_empty                       there is no file in it that could be a report
//	file.zip_many (limit, files)         more files than lim.Files
//	file.zip_names (file)                a name that leads out of it, or stands there twice
//	file.zip_method (file)               a file is packed in a way that is not read
//	file.zip_total (limit, limit_mb)     all files together unpack to more than lim.Total
//	file.zip_bomb (file)                 a file is packed unusually tightly
//	file.zip_damaged (file)              the archive, or that file in it, is not as it was packed
//	file.too_large (file, limit, size, limit_mb, size_mb)  one file is over lim.Bytes
//
// Should the program break down over it, that is an error too, without a code:
// whoever reads the file, in a process that may break, finds out.
func Open(p tonghop.Parcel, lim tonghop.Limits) (members []Member, is bool, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			members, is, err = nil, true, fmt.Errorf("open archive: %v", broken)
		}
	}()
	a, is, err := open(p.Bytes, lim)
	if !is || err != nil {
		return nil, is, err
	}
	for _, f := range a.files {
		m := Member{Parcel: p, Skip: f.skip}
		m.Name, m.Bytes = join(p.Name, f.name), nil
		if p.Key != "" {
			m.Key = join(p.Key, f.name)
		}
		if f.skip == filename.None {
			if m.Bytes, err = a.read(f); err != nil {
				return nil, true, err
			}
		}
		members = append(members, m)
	}
	return members, true, nil
}

// Why tells why an archive of files cannot be taken, as [Open] does, but keeps
// nothing of it; nil for one that can be, and for what is no archive of files.
func Why(raw []byte, lim tonghop.Limits) error {
	a, is, err := open(raw, lim)
	if !is || err != nil {
		return err
	}
	for _, f := range a.files {
		if f.skip == filename.None {
			if err := a.copy(io.Discard, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// archive is one whose directory has been proven sound.
type archive struct {
	*container.Archive
	files   []file
	byLabel map[string]string // names as they are shown
}

// open reads the directory of an archive of files. Nothing is unpacked yet.
func open(raw []byte, lim tonghop.Limits) (a *archive, is bool, err error) {
	entries, ok := readDirectory(raw)
	if !ok || document(entries) {
		return nil, false, nil
	}
	lim = lim.WithDefaults()
	if err := checkEntries(entries, lim); err != nil {
		return nil, true, err
	}
	a = &archive{byLabel: map[string]string{}}
	if a.files, err = listFiles(entries); err != nil {
		return nil, true, err
	}
	if err := checkCount(a.files, lim); err != nil {
		return nil, true, err
	}
	labelled, err := relabel(raw, entries)
	if err != nil {
		return nil, true, err
	}
	for _, f := range a.files {
		a.byLabel[f.label] = f.name
	}
	// A file of an archive may be as large as all of them; checkSizes knows better.
	lim.Entries, lim.Part = len(entries), lim.Total
	if a.Archive, err = container.Open(bytes.NewReader(labelled), int64(len(labelled)), lim); err != nil {
		return nil, true, a.told(err)
	}
	return a, true, a.checkSizes(lim)
}

// others is how many entries an archive may have for each file that it may
// have: folders, and what systems put there.
const others = 10

// checkEntries refuses what can be seen without a look at the names.
func checkEntries(entries []*entry, lim tonghop.Limits) error {
	for _, e := range entries {
		if e.locked() {
			return tonghop.Fail("file.zip_password", nil)
		}
	}
	if len(entries) > others*lim.Files {
		return tooMany(len(entries), lim)
	}
	return nil
}

// checkCount refuses an archive of too many files, and of none.
func checkCount(files []file, lim tonghop.Limits) error {
	reports := 0
	for _, f := range files {
		if f.skip != filename.None {
			continue
		}
		reports++
		if !f.readable() {
			return tonghop.Fail("file.zip_method", errors.New("compression method "+strconv.Itoa(int(f.method))), "file", f.name)
		}
	}
	switch {
	case reports == 0:
		return tonghop.Fail("file.zip_empty", nil)
	case reports > lim.Files:
		return tooMany(reports, lim)
	}
	return nil
}

// tooMany refuses an archive of so many files.
func tooMany(files int, lim tonghop.Limits) error {
	return tonghop.Fail("file.zip_many", nil, "limit", strconv.Itoa(lim.Files), "files", strconv.Itoa(files))
}

// checkSizes refuses an archive for a file that would be refused alone.
func (a *archive) checkSizes(lim tonghop.Limits) error {
	for _, f := range a.files {
		if f.skip != filename.None {
			continue
		}
		if size := a.Size(f.label); size > lim.Bytes {
			e := tonghop.TooLarge(lim.Bytes, size)
			e.Args["file"] = f.name
			return e
		}
	}
	return nil
}

// read unpacks a file.
func (a *archive) read(f file) ([]byte, error) {
	b := bytes.NewBuffer(make([]byte, 0, a.Size(f.label)+bytes.MinRead))
	if err := a.copy(b, f); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// copy unpacks a file into w, and proves that it is as it was packed.
func (a *archive) copy(w io.Writer, f file) error {
	in, err := a.Open(f.label)
	if err != nil {
		return a.told(err)
	}
	defer in.Close()
	if _, err := io.Copy(w, in); err != nil {
		return a.told(err)
	}
	return nil
}

// told says of an archive of files what the container says of the parts of a
// workbook: what its sender can do is not the same.
func (a *archive) told(cause error) error {
	var e *tonghop.Error
	if !errors.As(cause, &e) {
		return tonghop.Fail("file.zip_damaged", cause)
	}
	code, args := "file.zip_damaged", []string{}
	if name := a.byLabel[e.Args["part"]]; name != "" {
		args = []string{"file", name}
	}
	switch e.Code {
	case "file.too_large":
		code, args = "file.zip_total", []string{"limit", e.Args["limit"], "limit_mb", e.Args["limit_mb"]}
	case "file.bomb":
		code = "file.zip_bomb"
	}
	return tonghop.Fail(code, cause, args...)
}

// join names what lies in an archive.
func join(archive, name string) string { return archive + "/" + name }
