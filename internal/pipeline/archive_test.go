//go:build !race

package pipeline_test

import (
	"os"
	"testing"

	"github.com/tonghop/tonghop"
)

// An archive that could not be taken as its files is refused with the reason
// that says what its sender can do.
func TestReadArchive(t *testing.T) {
	nested, err := os.ReadFile("../../ingest/bundle/testdata/infozip.zip")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		limits tonghop.Limits
		code   string
		owner  tonghop.Owner
	}{
		"infozip.zip":     {tonghop.Limits{}, "file.zip", tonghop.OwnerSystem}, // an archive in an archive
		"password.zip":    {tonghop.Limits{}, "file.zip_password", tonghop.OwnerOffice},
		"lzma.zip":        {tonghop.Limits{}, "file.zip_method", tonghop.OwnerSystem},
		"windows-437.zip": {tonghop.Limits{Files: 2}, "file.zip_many", tonghop.OwnerOffice},
	} {
		raw, err := os.ReadFile("../../ingest/bundle/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		r := newReader(t)
		r.Limits = c.limits
		ret := r.Read(parcel(name, raw))
		if len(ret.Findings) != 1 || ret.Findings[0].Args["code"] != c.code || ret.Findings[0].Owner != c.owner || ret.State != tonghop.Rejected {
			t.Errorf("%s: %s, %+v", name, ret.State, ret.Findings)
		}
	}
	if ret := newReader(t).Read(parcel("cut.zip", nested[:len(nested)-20])); len(ret.Findings) != 1 || ret.Findings[0].Args["code"] != "file.damaged" {
		t.Errorf("cut off: %+v", ret.Findings)
	}
}
