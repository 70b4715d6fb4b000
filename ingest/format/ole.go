package format

import (
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
)

// oleKind tells what a compound file holds, by the names of its streams: a kind,
// or the code of its refusal.
func oleKind(r io.ReaderAt, size int64, lim tonghop.Limits) (string, error) {
	c, err := compound.Open(r, size, lim)
	if err != nil {
		return "", err
	}
	for _, k := range [...]struct{ stream, code string }{
		{"EncryptedPackage", kindEncrypted},
		{"EncryptionInfo", kindEncrypted},
		{"Workbook", kindXLS},
		{"Book", kindXLS},
		{"WordDocument", "file.doc"},
		{"PowerPoint Document", "file.ppt"},
	} {
		if c.Holds(k.stream) {
			return k.code, nil
		}
	}
	return "file.ole", nil
}
