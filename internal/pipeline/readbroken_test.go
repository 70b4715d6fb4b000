//go:build !race

package pipeline_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// One byte that went wrong on the way gives the same facts or a refusal, never
// other facts.
func TestReadFlipped(t *testing.T) {
	r := newReader(t)
	for _, start := range []string{"TP Trà Vinh", "TX Duyên Hải", "BC NTM T6 - Trà Cú"} {
		name, raw := sample(t, start)
		whole := r.Read(parcel(name, raw))
		if whole.State != tonghop.Accepted {
			t.Fatalf("%s: %s", name, whole.State)
		}
		same, refused := 0, 0
		for at := 0; at < len(raw); at += 97 {
			broken := bytes.Clone(raw)
			broken[at] ^= 1 << (at % 8)
			got := r.Read(parcel(name, broken))
			if got.State == tonghop.Rejected {
				refused++
				continue
			}
			same++
			if diff := cmp.Diff(facts(whole), facts(got)); diff != "" {
				t.Errorf("%s, byte %d (-whole +flipped):\n%s", name, at, diff)
			}
		}
		t.Logf("%s: %d refused, %d with the same facts", name, refused, same)
		if refused < same {
			t.Errorf("%s: only %d of %d were refused: were the bytes changed?", name, refused, refused+same)
		}
	}
}

// A file that was cut off anywhere is refused with its reason.
func TestReadCut(t *testing.T) {
	r := newReader(t)
	name, raw := sample(t, "TP Trà Vinh")
	for n := 0; n < len(raw); n += 211 {
		got := r.Read(parcel(name, raw[:n]))
		if got.State != tonghop.Rejected || len(got.Findings) != 1 || got.Findings[0].Rule != "TEP-001" || len(got.Rows) != 0 {
			t.Errorf("%d of %d bytes: %s, %d rows, %v", n, len(raw), got.State, len(got.Rows), got.Findings)
		}
	}
}

// What is not a workbook that we read says so, and whose turn it is: a format
// that we have yet to learn is ours, a picture is the office's.
func TestReadRefused(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		content, code string
		owner         tonghop.Owner
	}{
		{"", "file.empty", tonghop.OwnerOffice},
		{"%PDF-1.7\n", "file.pdf", tonghop.OwnerOffice},
		{"\x89PNG\r\n\x1a\n", "file.image", tonghop.OwnerOffice},
		{"<html><p>xã</p></html>", "file.html_no_table", tonghop.OwnerOffice},
		{"Kính gửi: Văn phòng Điều phối.\n", "file.text", tonghop.OwnerOffice},
		{"Rar!\x1a\x07\x00", "file.archive", tonghop.OwnerSystem},
		{"PK\x03\x04", "file.damaged", tonghop.OwnerOffice},
	} {
		got := r.Read(parcel("báo cáo.xlsx", []byte(c.content)))
		if got.State != tonghop.Rejected || len(got.Findings) != 1 {
			t.Fatalf("%q: %s, %v", c.content, got.State, got.Findings)
		}
		if f := got.Findings[0]; f.Args["code"] != c.code || f.Owner != c.owner {
			t.Errorf("%q: %s, owner %s; want %s, owner %s", c.content, f.Args["code"], f.Owner, c.code, c.owner)
		}
	}
}

// One reader reads the same file twice in the same way, whatever it read in
// between, and the values that an open question names are marked.
func TestReadAgain(t *testing.T) {
	r := newReader(t)
	name, raw := sample(t, "BC NTM T6 - Trà Cú")
	first := r.Read(parcel(name, raw))
	other, rawOther := sample(t, "Cầu Kè")
	r.Read(parcel(other, rawOther))
	if diff := cmp.Diff(first, r.Read(parcel(name, raw))); diff != "" {
		t.Errorf("the second time (-first +second):\n%s", diff)
	}
	doubts := map[string]bool{}
	for _, row := range first.Rows {
		for _, v := range row.Values {
			if v.Doubt && row.LeftOut == "" {
				doubts[v.Ref.Cell()] = true
			}
		}
	}
	for _, cell := range []string{"BG23", "AN26", "AH32"} {
		if !doubts[cell] {
			t.Errorf("%s is asked about and not marked", cell)
		}
	}
	if len(doubts) > 4 {
		t.Errorf("marked: %v", doubts)
	}
}
