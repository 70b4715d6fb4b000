package pipeline_test

import (
	"archive/zip"
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/ingest/source/folder"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// bench is a run over a new data folder with one door.
type bench struct {
	t      *testing.T
	in     *pipeline.Intake
	rec    *pipeline.Reception
	closer *pipeline.Closer
	drop   string // the folder of the door "drop"
	out    string
}

func newBench(t *testing.T, province string) *bench {
	t.Helper()
	in, con := desk(t)
	letters, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, in: in, drop: t.TempDir(), out: t.TempDir()}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	b.rec = &pipeline.Reception{Intake: in, Readers: in.Readers, Originals: con.Vault, Letters: letters, Log: log,
		Doors: map[string]ingest.Source{"drop": &folder.Folder{Door: "drop", Root: b.drop}}}
	b.closer = &pipeline.Closer{Consolidation: con, Province: province, Out: b.out, Letters: letters, Clock: in.Desk.Clock, Log: log}
	return b
}

// ruleSet lists the rules of a return.
func ruleSet(ret tonghop.Return) map[string]bool {
	rules := map[string]bool{}
	for _, f := range ret.Findings {
		rules[f.Rule] = true
	}
	return rules
}

// hand hands files of an office in at once.
func (b *bench) hand(office string, files ...[]byte) []string {
	b.t.Helper()
	var parcels []tonghop.Parcel
	for i, raw := range files {
		parcels = append(parcels, tonghop.Parcel{Door: "drop", Office: office, Name: office + "/" + string(rune('a'+i)) + ".xlsx", Bytes: raw})
	}
	taken, err := b.in.Desk.Deliver(b.t.Context(), parcels)
	if err != nil {
		b.t.Fatal(err)
	}
	var receipts []string
	for _, s := range slices.Concat(taken...) {
		receipts = append(receipts, s.Receipt)
	}
	return receipts
}

// state is how a submission stands, and the rules of its return.
func (b *bench) state(receipt string) (tonghop.State, map[string]bool) {
	b.t.Helper()
	sub, err := b.in.Ledger.Submission(b.t.Context(), receipt)
	if err != nil {
		b.t.Fatal(err)
	}
	rules := map[string]bool{}
	for r, err := range b.in.Ledger.Returns(b.t.Context(), store.Filter{Receipt: receipt, Current: true}) {
		if err != nil {
			b.t.Fatal(err)
		}
		rules = ruleSet(r)
	}
	return sub.State, rules
}

// letter is where the answer on the n-th file of an office lies.
func (b *bench) letter(office, receipt string, n int) string {
	return filepath.Join(b.drop, office, "đã nhận", receipt+" "+string(rune('a'+n))+".xlsx.txt")
}

// changed is the same workbook in other bytes.
func changed(t *testing.T, raw []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err == nil {
			_, err = io.Copy(w, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is a sample.
func (b *bench) file(start string) []byte {
	b.t.Helper()
	_, raw := sample(b.t, start)
	return raw
}

// Another office's form beside an office's own holds nothing but itself.
func TestForeignIsNoRival(t *testing.T) {
	b := newBench(t, "84")
	r := b.hand("849", b.file("BC NTM T6 - Trà Cú"), b.file("Cầu Kè"))
	if err := b.rec.Settle(t.Context(), r[0]); err != nil {
		t.Fatal(err)
	}
	if state, rules := b.state(r[0]); state != tonghop.Accepted {
		t.Errorf("its own form: %s, %v", state, rules)
	}
	if state, rules := b.state(r[1]); state != tonghop.Held || !rules["DV-007"] || rules["LO-001"] {
		t.Errorf("the other's form: %s, %v", state, rules)
	}
}

// A file that waited longer than what came after it takes nobody's place.
func TestLeftBehind(t *testing.T) {
	b := newBench(t, "84")
	raw := b.file("TP Trà Vinh")
	old, err := b.in.Desk.Receive(t.Context(), tonghop.Parcel{Door: pipeline.DoorCommand, Name: "cũ.xlsx", Bytes: raw})
	if err != nil {
		t.Fatal(err)
	}
	newer := b.hand("842", changed(t, raw))
	for _, receipt := range []string{newer[0], old.Receipt} {
		if err := b.rec.Settle(t.Context(), receipt); err != nil {
			t.Fatal(err)
		}
	}
	if state, _ := b.state(newer[0]); state != tonghop.Accepted {
		t.Errorf("what came later is %s", state)
	}
	if state, _ := b.state(old.Receipt); state != tonghop.Superseded {
		t.Errorf("what was left behind is %s", state)
	}
}

// Files of one batch at the keyboard are read together also if the batch was
// cut off: rivals among them stay rivals.
func TestRivalsAfterCut(t *testing.T) {
	b := newBench(t, "84")
	raw := b.file("TP Trà Vinh")
	first, err := b.in.Desk.Receive(t.Context(), tonghop.Parcel{Door: pipeline.DoorCommand, Name: "a.xlsx", Bytes: raw})
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.in.Desk.Receive(t.Context(), tonghop.Parcel{Door: pipeline.DoorCommand, Name: "b.xlsx", Bytes: changed(t, raw), Delivery: first.Delivery})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.rec.Settle(t.Context(), second.Receipt); err != nil {
		t.Fatal(err)
	}
	for _, receipt := range []string{first.Receipt, second.Receipt} {
		if state, rules := b.state(receipt); state != tonghop.Held || !rules["LO-001"] {
			t.Errorf("%s: %s, %v", receipt, state, rules)
		}
	}
}

// One letter that cannot be written keeps no other one back; a door that is not
// there is an error, not a silence.
func TestLetters(t *testing.T) {
	b := newBench(t, "84")
	r := b.hand("849", b.file("BC NTM T6 - Trà Cú"), []byte("no workbook"))
	inTheWay := b.letter("849", r[0], 0)
	if err := os.MkdirAll(filepath.Join(inTheWay, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := b.rec.Settle(t.Context(), r[0]); err == nil {
		t.Error("a letter that is not written is no error")
	}
	if _, err := os.Stat(b.letter("849", r[1], 1)); err != nil {
		t.Errorf("the other letter: %v", err)
	}
	if err := os.RemoveAll(inTheWay); err != nil {
		t.Fatal(err)
	}
	if err := b.rec.Settle(t.Context(), r[0]); err != nil {
		t.Errorf("again: %v", err)
	}
	b.rec.Doors = nil
	if err := b.rec.Settle(t.Context(), r[0]); tonghop.CodeOf(err) != "door.gone" {
		t.Errorf("without the door: %v", err)
	}
}

// A month that has not begun is asked about; what replaces an accepted report of
// a closed month says so, and asks if the last month has not come.
func TestMonths(t *testing.T) {
	b := newBench(t, "84")
	raw := b.file("TP Trà Vinh")
	b.in.Desk.Clock = func() time.Time { return time.Date(2023, 5, 20, 1, 0, 0, 0, time.UTC) }
	early := b.hand("842", raw)
	if err := b.rec.Settle(t.Context(), early[0]); err != nil {
		t.Fatal(err)
	}
	if state, rules := b.state(early[0]); state != tonghop.Held || !rules["KY-007"] {
		t.Errorf("in May, of June: %s, %v", state, rules)
	}
	b.in.Desk.Clock = func() time.Time { return time.Date(2023, 7, 3, 1, 0, 0, 0, time.UTC) }
	settle := func(raw []byte) map[string]bool {
		r := b.hand("842", raw)
		if err := b.rec.Settle(t.Context(), r[0]); err != nil {
			t.Fatal(err)
		}
		state, rules := b.state(r[0])
		if state != tonghop.Accepted {
			t.Errorf("%s: %s, %v", r[0], state, rules)
		}
		return rules
	}
	if rules := settle(raw); rules["LO-004"] || rules["KY-008"] || rules["KY-009"] {
		t.Errorf("the first: %v", rules)
	}
	if rules := settle(changed(t, raw)); !rules["LO-004"] || rules["KY-008"] || rules["KY-009"] {
		t.Errorf("a correction: %v", rules)
	}
	if _, err := b.closer.Close(t.Context(), june, b.in.Desk.Clock()); err != nil {
		t.Fatal(err)
	}
	b.in.Desk.Clock = func() time.Time { return time.Date(2023, 8, 3, 1, 0, 0, 0, time.UTC) }
	if rules := settle(raw); !rules["LO-004"] || !rules["KY-008"] || !rules["KY-009"] || !rules["LO-002"] {
		t.Errorf("in August, of June: %v", rules)
	}
}

// For all provinces a closing closes each, also those of which nobody has
// reported: whoever reports later gets an edition. One that fails keeps no other
// back. A province that was none then is said, and not tried for ever.
func TestCloseAll(t *testing.T) {
	b := newBench(t, "all")
	result, err := b.closer.Close(t.Context(), june, b.in.Desk.Clock())
	if err != nil || result.Outcome != pipeline.OutcomeNothing {
		t.Fatalf("%+v, %v", result, err)
	}
	closed, err := b.in.Ledger.Closings(t.Context(), june, "")
	if err != nil || len(closed) != 63 {
		t.Errorf("%d provinces are closed, %v", len(closed), err)
	}
	r := b.hand("842", b.file("TP Trà Vinh"))
	if err := b.rec.Settle(t.Context(), r[0]); err != nil {
		t.Fatal(err)
	}
	if err := b.closer.Issue(t.Context(), june, "84"); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(b.out, "*.xlsx")); len(files) != 1 {
		t.Errorf("editions: %v", files)
	}
	b.closer.Province = "84"
	result, err = b.closer.Close(t.Context(), tonghop.Period{Kind: tonghop.Month, Year: 2026, N: 5}, b.in.Desk.Clock())
	if err != nil || result.Outcome != pipeline.OutcomeNoProvince {
		t.Errorf("a province that is gone: %+v, %v", result, err)
	}
	if err := b.closer.Issue(t.Context(), tonghop.Period{Kind: tonghop.Month, Year: 2026, N: 5}, "84"); err != nil {
		t.Errorf("its edition: %v", err)
	}
}

// A closing for which nobody has reported leaves a note that names them all, and
// tells those who sent nothing from those who sent what cannot be used.
func TestCloseNothing(t *testing.T) {
	b := newBench(t, "84")
	r := b.hand("849", []byte("no workbook"))
	if err := b.rec.Settle(t.Context(), r[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := b.closer.Close(t.Context(), june, b.in.Desk.Clock()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(b.out, "tong-hop-xa-ntm-84-2023-06-0.txt"))
	if err != nil {
		t.Fatal(err)
	}
	silent, sent, _ := strings.Cut(string(raw), "Đã gửi nhưng")
	if !strings.Contains(silent, "Thành phố Trà Vinh") || strings.Contains(silent, "Trà Cú") || !strings.Contains(sent, "Huyện Trà Cú") || strings.Contains(string(raw), "[[") {
		t.Errorf("the note:\n%s", raw)
	}
}

// What the program broke down over is read again when it is told to, under the
// same receipt and in its old place; nothing else is.
func TestReread(t *testing.T) {
	b := newBench(t, "84")
	raw := b.file("TP Trà Vinh")
	b.rec.Readers = jailed(t, jail.Limits{Time: time.Millisecond})
	lost := b.hand("842", raw)
	if err := b.rec.Settle(t.Context(), lost[0]); err != nil {
		t.Fatal(err)
	}
	if state, rules := b.state(lost[0]); state != tonghop.Held || !rules["TEP-003"] {
		t.Fatalf("%s, %v", state, rules)
	}
	letter, err := os.ReadFile(b.letter("842", lost[0], 0))
	if err != nil || !strings.Contains(string(letter), "Không phải làm gì") {
		t.Errorf("the letter: %v\n%s", err, letter)
	}
	b.rec.Readers = b.in.Readers
	other := b.hand("849", b.file("Cầu Kè"))
	if err := b.rec.Settle(t.Context(), other[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := b.in.Reread(t.Context(), other[0]); tonghop.CodeOf(err) != "reread.other" {
		t.Errorf("a form of another office: %v", err)
	}
	again, err := b.in.Reread(t.Context())
	if err != nil || !slices.Equal(again, lost) {
		t.Fatalf("read again: %v, %v", again, err)
	}
	if err := b.rec.Settle(t.Context(), lost[0]); err != nil {
		t.Fatal(err)
	}
	if state, rules := b.state(lost[0]); state != tonghop.Accepted || rules["TEP-003"] {
		t.Errorf("afterwards: %s, %v", state, rules)
	}
	letter, _ = os.ReadFile(b.letter("842", lost[0], 0))
	if !strings.Contains(string(letter), "ĐÃ NHẬN") {
		t.Errorf("the letter afterwards:\n%s", letter)
	}
	if again, err := b.in.Reread(t.Context()); err != nil || len(again) != 0 {
		t.Errorf("once more: %v, %v", again, err)
	}
}
