package folder_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// An archive moves under the first receipt of its files; the letters about them
// lie beside it, under the same names before and after the move, and where their
// owner took the archive away.
func TestArchive(t *testing.T) {
	s := newShop(t)
	zip := traCu + "/T6/BC.zip"
	s.put(zip, traCu+"/a.xlsx")
	var subs []tonghop.Submission
	for i, name := range []string{"/Xã A/BC.xlsx", "/Xã B/BC.xlsx", "/BC.zip", "/6: ?\"<b>.xlsx"} {
		subs = append(subs, tonghop.Submission{Receipt: fmt.Sprintf("TH-00000%d", i+2), Name: zip + name, SHA256: strings.Repeat("0", 64)})
	}
	letters := []string{traCu + "/đã nhận/TH-000002 BC.zip - Xã A - BC.xlsx.txt", traCu + "/đã nhận/TH-000003 BC.zip - Xã B - BC.xlsx.txt",
		traCu + "/đã nhận/TH-000004 BC.zip - BC.zip.txt", traCu + "/đã nhận/TH-000005 BC.zip - 6_ ___b_.xlsx.txt"}
	answer := func(more ...string) {
		t.Helper()
		for _, sub := range subs {
			if err := s.Answer(t.Context(), sub, "Trả lời "+sub.Receipt); err != nil {
				t.Fatal(err)
			}
		}
		s.holds(append(more, letters...)...)
		for i, letter := range letters {
			s.contains(letter, "Trả lời "+subs[i].Receipt)
		}
	}
	answer(zip, traCu+"/a.xlsx") // before it is moved
	err := s.Collect(t.Context(), func(_ context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		var taken [][]tonghop.Submission
		for _, p := range parcels {
			if p.Name == zip {
				taken = append(taken, subs)
			} else {
				taken = append(taken, []tonghop.Submission{{Receipt: "TH-000001", Name: p.Name}})
			}
		}
		return taken, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	moved := []string{traCu + "/đã nhận/TH-000001 a.xlsx", traCu + "/đã nhận/TH-000002 BC.zip"}
	answer(moved...)
	answer(moved...)
	if err := os.Remove(s.at(moved[1])); err != nil {
		t.Fatal(err)
	}
	answer(moved[0])
}

// A file in a folder that is named as an archive is no file of one.
func TestFolderNamedAsArchive(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/T6.zip/BC.xlsx")
	sub := tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/T6.zip/BC.xlsx", SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(traCu+"/T6.zip/BC.xlsx")))}
	for range 2 {
		if err := s.Answer(t.Context(), sub, "Trả lời"); err != nil {
			t.Fatal(err)
		}
		s.contains(traCu+"/đã nhận/TH-000001 BC.xlsx.txt", "Trả lời")
		if _, err := s.collect(); err != nil {
			t.Fatal(err)
		}
	}
	s.holds(traCu+"/đã nhận/TH-000001 BC.xlsx", traCu+"/đã nhận/TH-000001 BC.xlsx.txt")
}

// A desk that forgets a file has not taken it.
func TestDeskForgets(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/a.xlsx", traCu+"/b.zip")
	for _, taken := range [][][]tonghop.Submission{nil, {{{Receipt: "TH-000001"}}}, {{{Receipt: "TH-000001"}}, {}}} {
		err := s.Collect(t.Context(), func(context.Context, []tonghop.Parcel) ([][]tonghop.Submission, error) { return taken, nil })
		var e *tonghop.Error
		if !errors.As(err, &e) || e.Code != "door.desk" {
			t.Errorf("%v: %v", taken, err)
		}
		s.holds(traCu+"/a.xlsx", traCu+"/b.zip")
	}
}
