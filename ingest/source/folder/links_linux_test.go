package folder_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/tonghop/tonghop"
)

// Links are not followed, and a pipe does not hold up the door.
func TestLinksAndPipes(t *testing.T) {
	s := newShop(t)
	outside := filepath.Join(t.TempDir(), "BC.xlsx")
	s.put(traCu+"/BC.xlsx", "Huyện Cầu Kè/đã nhận/cũ.xlsx")
	err := errors.Join(os.WriteFile(outside, []byte("secret"), 0o644),
		os.Symlink(outside, s.at(traCu+"/ngoài.xlsx")), os.Symlink(filepath.Dir(outside), s.at(traCu+"/thư mục")),
		os.Symlink("BC.xlsx", s.at(traCu+"/trong.xlsx")), os.Symlink(traCu, s.at("Huyện Cầu Ngang")),
		syscall.Mkfifo(s.at(traCu+"/ống.xlsx"), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	s.collects([]string{traCu + "/BC.xlsx"})
	// A link in place of the folder for what was taken is not followed either.
	if err := errors.Join(os.RemoveAll(s.at(traCu+"/đã nhận")), os.Symlink(filepath.Dir(outside), s.at(traCu+"/đã nhận"))); err != nil {
		t.Fatal(err)
	}
	s.put(traCu + "/BC 2.xlsx")
	s.collects([]string{traCu + "/BC 2.xlsx"})
	s.contains(traCu+"/đã nhận (2)/TH-000002 BC 2.xlsx", "BC 2.xlsx")
	if err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx"}, "x"); err != nil {
		t.Error(err)
	}
	s.contains(traCu+"/đã nhận (2)/TH-000001 BC.xlsx.txt", "x")
	check(t, s, "door.link folder=Huyện Cầu Ngang", "door.blocked file=đã nhận folder="+traCu)
	if entries, err := os.ReadDir(filepath.Dir(outside)); len(entries) != 1 {
		t.Errorf("outside lie %v, %v", entries, err)
	}
}
