// Package crypt opens workbooks that are encrypted with a password: the
// "standard" encryption of Excel 2007 and the "agile" one of Excel 2010 and
// later, as [MS-OFFCRYPTO] has them.
//
// Bytes come out only if they are what was put in. A password has to give the
// verifier that the file carries. Agile files carry a keyed digest of the whole
// package, which is checked too. Standard ones carry none: there the package
// has to be a zip archive, whose own checksums prove the rest when it is read.
//
// What a file can make us spend is bounded: rounds of hashing over all
// passwords together, bytes, and the description of the encryption.
//
// It never encrypts, never guesses a password, never keeps or logs one, and
// never opens the encrypted files of Excel 97 to 2003.
//
// Start reading at [Decrypt], then agile.go and standard.go.
//
// [MS-OFFCRYPTO]: https://learn.microsoft.com/openspecs/office_file_formats/ms-offcrypto
package crypt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
)

var le = binary.LittleEndian

// infoMax is how long the description of an encryption may be. Excel's has
// about 1,200 bytes; each certificate that may open a file adds some 2,000.
const infoMax = 256 << 10

// scheme is one way in which a package is encrypted.
type scheme interface {
	// rounds is how many hashes trying a password takes.
	rounds() int
	// key turns a password, in UTF-16LE, into the key of the package; false if
	// the password is not the right one.
	key(password []byte) ([]byte, bool)
	// open decrypts the package in place.
	open(p sealed, key []byte) ([]byte, error)
}

// Decrypt opens the encrypted package in the compound file in r, which is size
// bytes long, with the first of the passwords that fits, and gives the zip
// archive that was encrypted. asked tells that one of the passwords was needed;
// it is false for files that Excel encrypts with a password of its own, and that
// every program opens without asking.
//
// A password beyond ASCII fits in whichever way its accents were composed when
// it was set. At most 20 passwords are tried; the empty one is none.
//
// Errors:
//   - file.encrypted: no password was given; or, with (kind), the encryption is
//     one that is not opened here: see the kinds in refusal.go
//   - file.password: none fits; with (tried, given) if more were given than are
//     tried
//   - file.damaged, file.unreadable, file.too_large, file.too_many_parts
//   - file.not_spreadsheet: nothing is encrypted in it, or no zip archive
func Decrypt(r io.ReaderAt, size int64, passwords []string, lim tonghop.Limits) (plain []byte, asked bool, err error) {
	if err := lim.CheckSize(size); err != nil {
		return nil, false, err
	}
	f, err := compound.Open(r, size, lim)
	if err != nil {
		return nil, false, err
	}
	s, err := schemeOf(f)
	if err != nil {
		return nil, false, err
	}
	b, err := f.Read(packageStream)
	if err != nil {
		return nil, false, err
	}
	p, err := unwrap(b)
	if err != nil {
		return nil, false, err
	}
	key, asked, err := unlock(s, passwords, roundsSum)
	if err != nil {
		return nil, false, err
	}
	if plain, err = s.open(p, key); err != nil {
		return nil, false, err
	}
	return plain, asked, nil
}

const (
	infoStream    = "EncryptionInfo"
	packageStream = "EncryptedPackage"
)

// schemeOf reads how the package of the file is encrypted.
func schemeOf(f *compound.File) (scheme, error) {
	n, described := f.Size(infoStream)
	_, sealed := f.Size(packageStream)
	switch {
	case f.Holds("DRMEncryptedTransform") || f.Holds("DRMEncryptedDataSpace"):
		return nil, refuse(kindIRM, nil)
	case !described && !sealed:
		return nil, tonghop.Fail("file.not_spreadsheet", nil)
	case !described || !sealed:
		return nil, damaged("the package or the description of its encryption is missing")
	case n > infoMax:
		return nil, damaged("the description of the encryption has %d bytes", n)
	}
	info, err := f.Read(infoStream)
	if err != nil {
		return nil, err
	}
	if len(info) < 8 {
		return nil, damaged("the description of the encryption has %d bytes", len(info))
	}
	switch major, minor := le.Uint16(info), le.Uint16(info[2:]); {
	case major == 4 && minor == 4:
		return parseAgile(info[8:])
	case major >= 2 && major <= 4 && minor == 2:
		return parseStandard(info[4:])
	case (major == 3 || major == 4) && minor == 3:
		return nil, refuse(kindExtensible, nil)
	case major == 1 && minor == 1:
		return nil, refuse(kindRC4, nil)
	default:
		return nil, refuse(kindUnknown, fmt.Errorf("version %d.%d", major, minor))
	}
}

// block is the size of what AES works on; segment what agile encryption starts
// anew after.
const (
	block   = 16
	segment = 4096
)

// sealed is an encrypted package.
type sealed struct {
	stream []byte // all of it, as the digest covers it
	body   []byte // encrypted: whole blocks
	size   int    // bytes of the body that are the package; the rest fills it up
}

// unwrap reads the size before the package and holds it to the bytes behind it.
func unwrap(stream []byte) (sealed, error) {
	if len(stream) < 8 {
		return sealed{}, damaged("the package has %d bytes", len(stream))
	}
	size, body := le.Uint64(stream), stream[8:]
	if n := uint64(len(body)); size == 0 || size > n || n-size >= segment || n%block != 0 {
		return sealed{}, damaged("the package says it has %d bytes, and has %d", size, n)
	}
	return sealed{stream: stream, body: body, size: int(size)}, nil
}

// isZip reports whether b begins and ends as a zip archive does. What lies
// between is for the reader of archives.
func isZip(b []byte) bool {
	const endMax = 22 + 1<<16 // the last record, with its comment
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) && bytes.Contains(b[max(0, len(b)-endMax):], []byte("PK\x05\x06"))
}

func damaged(format string, args ...any) error {
	return tonghop.Fail("file.damaged", fmt.Errorf(format, args...))
}

var errDigest = errors.New("the digest of the package is another one")
