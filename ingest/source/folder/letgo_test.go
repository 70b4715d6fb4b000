package folder_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// What lies where a file is to go is never lost.
func TestTargetExists(t *testing.T) {
	s := newShop(t)
	taken := traCu + "/đã nhận/TH-000001 BC.xlsx"
	s.put(traCu + "/BC.xlsx")
	s.write(taken, "other bytes")
	s.collects([]string{traCu + "/BC.xlsx"})
	s.holds(taken, traCu+"/đã nhận/TH-000001 BC (2).xlsx")
	s.contains(taken, "other bytes")

	s.last = 0
	s.put(traCu + "/BC.xlsx")
	s.collects([]string{traCu + "/BC.xlsx"})
	s.holds(taken, traCu+"/đã nhận/TH-000001 BC (2).xlsx")
	s.contains(taken, "other bytes")

	// A file with two names is no reason to lose one of them.
	s.last = 1
	s.put(traCu + "/BC.xlsx")
	if err := os.Link(s.at(traCu+"/BC.xlsx"), s.at(traCu+"/đã nhận/TH-000002 BC.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.collects([]string{traCu + "/BC.xlsx"})
	s.holds(taken, traCu+"/đã nhận/TH-000001 BC (2).xlsx", traCu+"/đã nhận/TH-000002 BC.xlsx", traCu+"/đã nhận/TH-000002 BC (2).xlsx")
}

// A file that takes the place of another while the desk has it stays, and is
// taken the next time.
func TestSwappedWhileDelivered(t *testing.T) {
	s := newShop(t)
	s.put(traCu+"/a.xlsx", traCu+"/b.xlsx", traCu+"/c.xlsx")
	err := s.Collect(t.Context(), func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		s.write(traCu+"/mới.xlsx", "mới")
		if err := errors.Join(os.Rename(s.at(traCu+"/mới.xlsx"), s.at(traCu+"/a.xlsx")), os.Remove(s.at(traCu+"/b.xlsx"))); err != nil {
			t.Fatal(err)
		}
		return s.deliver(ctx, parcels)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.holds(traCu+"/a.xlsx", traCu+"/đã nhận/TH-000003 c.xlsx")
	s.collects([]string{traCu + "/a.xlsx"})
	s.holds(traCu+"/đã nhận/TH-000004 a.xlsx", traCu+"/đã nhận/TH-000003 c.xlsx")
	s.contains(traCu+"/đã nhận/TH-000004 a.xlsx", "mới")
}

// Files that take each other's place in the very moment of the move: what lies
// under a receipt is what has that receipt, and the last one is never lost.
func TestSwappedWhileMoved(t *testing.T) {
	s := newShop(t)
	s.MinAge, s.Clock, s.Settle = time.Nanosecond, nil, time.Nanosecond
	name, bytes := traCu+"/BC.xlsx", map[string]string{}
	for round := range 150 {
		text := fmt.Sprintf("round %d", round)
		s.write(name, text)
		var swapping sync.WaitGroup
		err := s.Collect(t.Context(), func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
			taken, err := s.deliver(ctx, parcels)
			for i, subs := range taken {
				bytes[subs[0].Receipt] = string(parcels[i].Bytes)
			}
			text += " swapped"
			swap := fmt.Sprintf("%s/.%d", traCu, round)
			s.write(swap, text)
			swapping.Go(func() {
				time.Sleep(time.Duration(round) * time.Microsecond)
				_ = os.Rename(s.at(swap), s.at(name))
			})
			return taken, err
		})
		swapping.Wait()
		if err != nil {
			t.Fatal(err)
		}
		left := map[string]bool{}
		for _, at := range []string{name, traCu + "/BC (2).xlsx"} {
			if b, err := os.ReadFile(s.at(at)); err == nil {
				left[string(b)] = true
				_ = os.Remove(s.at(at))
			}
		}
		if !left[text] {
			t.Fatalf("round %d: %q is lost; there is %v", round, text, left)
		}
	}
	entries, err := os.ReadDir(s.at(traCu + "/đã nhận"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		receipt, _, _ := strings.Cut(e.Name(), " ")
		if b, _ := os.ReadFile(s.at(traCu + "/đã nhận/" + e.Name())); string(b) != bytes[receipt] {
			t.Errorf("%s holds %q, its receipt is for %q", e.Name(), b, bytes[receipt])
		}
	}
}

func TestAnswer(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/T6/BC.xlsx")
	sub := tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/T6/BC.xlsx"}
	letter := traCu + "/đã nhận/TH-000001 BC.xlsx.txt"
	answer := func(text string) {
		t.Helper()
		if err := s.Answer(t.Context(), sub, text); err != nil {
			t.Fatal(err)
		}
	}
	answer("Đã nhận.\nXong.\r\n")
	s.holds(traCu+"/T6/BC.xlsx", letter)
	if b, err := os.ReadFile(s.at(letter)); string(b) != "\ufeffĐã nhận.\r\nXong.\r\n" {
		t.Errorf("letter %q, %v", b, err)
	}
	before, err := os.Stat(s.at(letter))
	if err != nil {
		t.Fatal(err)
	}
	answer("Đã nhận.\nXong.\n")
	if after, err := os.Stat(s.at(letter)); err != nil || !os.SameFile(before, after) {
		t.Errorf("the same letter was written again, %v", err)
	}
	answer("Khác.\n")
	s.contains(letter, "\ufeffKhác.\r\n")
	s.collects([]string{traCu + "/T6/BC.xlsx"})
	s.holds(letter, strings.TrimSuffix(letter, ".txt"))
	if err := os.RemoveAll(s.at(traCu)); err != nil {
		t.Fatal(err)
	}
	answer("Đã nhận.\n")
	s.holds(letter)
}

// A name from the ledger leads nowhere else.
func TestAnswerStaysInside(t *testing.T) {
	s := newShop(t)
	s.put(traCu + "/BC.xlsx")
	for _, sub := range []tonghop.Submission{
		{Receipt: "TH-000001", Name: "../BC.xlsx"}, {Receipt: "TH-000001", Name: "/etc/BC.xlsx"}, {Receipt: "TH-000001", Name: "BC.xlsx"},
		{Receipt: "TH-000001", Name: "./BC.xlsx"}, {Receipt: "TH-000001", Name: ""}, {Receipt: "../../TH", Name: traCu + "/BC.xlsx"},
		{Receipt: "", Name: traCu + "/BC.xlsx"}, {Receipt: "TH-000001", Name: traCu + "/.."}, {Receipt: "a/b", Name: traCu + "/BC.xlsx"},
	} {
		if err := s.Answer(t.Context(), sub, "x"); err == nil {
			t.Errorf("answered %+v", sub)
		}
	}
	s.holds(traCu + "/BC.xlsx")
	if err := s.Answer(t.Context(), tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/../../../a/BC.xlsx"}, "x"); err != nil {
		t.Fatal(err)
	}
	s.holds(traCu+"/BC.xlsx", traCu+"/đã nhận/TH-000001 BC.xlsx.txt")
}

// The letter lies beside the file that it is about, whatever name that got, and
// the letter of another file stays as it is.
func TestLetterFollowsFile(t *testing.T) {
	s := newShop(t)
	at := func(name string) string { return traCu + "/đã nhận/" + name }
	sub := func(content string) tonghop.Submission {
		return tonghop.Submission{Receipt: "TH-000001", Name: traCu + "/BC.xlsx", SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(content)))}
	}
	answer := func(content, letter string) {
		t.Helper()
		if err := s.Answer(t.Context(), sub(content), letter); err != nil {
			t.Fatal(err)
		}
	}
	// Receipts were given out again after a backup was restored.
	s.write(at("TH-000001 BC.xlsx"), "before the restore")
	s.write(at("TH-000001 BC.xlsx.txt"), "letter before the restore")
	s.write(traCu+"/BC.xlsx", "after")
	answer("after", "first word") // before it is moved
	s.contains(at("TH-000001 BC (2).xlsx.txt"), "first word")
	s.collects([]string{traCu + "/BC.xlsx"})
	s.contains(at("TH-000001 BC (2).xlsx"), "after")
	answer("after", "second word")
	answer("after", "second word")
	answer("before the restore", "another word")
	want := []string{at("TH-000001 BC.xlsx"), at("TH-000001 BC.xlsx.txt"), at("TH-000001 BC (2).xlsx"), at("TH-000001 BC (2).xlsx.txt")}
	s.holds(want...)
	s.contains(at("TH-000001 BC (2).xlsx.txt"), "second word")
	s.contains(at("TH-000001 BC.xlsx.txt"), "another word")

	// A letter without its file is no less that of another.
	orphan := at("TH-000002 BC.xlsx.txt")
	s.write(orphan, "letter about a file that somebody took away")
	later(t)
	s.write(traCu+"/BC.xlsx", "new")
	second := sub("new")
	second.Receipt = "TH-000002"
	for _, text := range []string{"before the move", "after the move"} {
		if err := s.Answer(t.Context(), second, text); err != nil {
			t.Fatal(err)
		}
		s.contains(at("TH-000002 BC (2).xlsx.txt"), text)
		s.contains(orphan, "somebody took away")
		_, _ = s.collect()
		s.contains(at("TH-000002 BC (2).xlsx"), "new")
	}

	// The same receipt once more; the first of its namesakes is gone.
	if err := os.Remove(s.at(at("TH-000001 BC.xlsx"))); err != nil {
		t.Fatal(err)
	}
	answer("after", "third word")
	s.contains(at("TH-000001 BC (2).xlsx.txt"), "third word")
	s.contains(at("TH-000001 BC.xlsx.txt"), "another word")

	// Somebody gave the file another name, or it lies in another folder for what was taken.
	if err := os.Rename(s.at(at("TH-000001 BC (2).xlsx")), s.at(at("TH-000001 Báo cáo.xlsx"))); err != nil {
		t.Fatal(err)
	}
	answer("after", "fourth word")
	s.contains(at("TH-000001 Báo cáo.xlsx.txt"), "fourth word")
	s.write(traCu+"/Đã nhận (2)/TH-000001 BC.xlsx", "elsewhere")
	answer("elsewhere", "fifth word")
	s.contains(traCu+"/Đã nhận (2)/TH-000001 BC.xlsx.txt", "fifth word")
}
