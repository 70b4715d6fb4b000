package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// editionFile reads an edition of June 2023 from a data folder.
func editionFile(t *testing.T, home, province string, number int) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(home, "editions", fmt.Sprintf("tong-hop-xa-ntm-%s-2023-06-%d.xlsx", province, number)))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// rowOf finds the row of a sheet in which a text stands in a column.
func rowOf(t *testing.T, s *tonghop.Sheet, col int, name string) int {
	t.Helper()
	for _, l := range s.Lines {
		if text(s, l.Row, col) == name {
			return l.Row
		}
	}
	t.Fatalf("%s: no row for %q", s.Name, name)
	return 0
}

// An office that did not report, was held or was refused is named as such and
// is never zero: the edition says how many of how many.
func TestDelivery(t *testing.T) {
	t.Parallel()
	home, dir, _ := standing(t)
	_, held := mustSample(t, "TX Duyên Hải")
	taken(t, exitDone, home, "2023-05", put(t, dir, "giữ.xlsx", held))
	taken(t, exitRejected, home, june, put(t, dir, "hỏng.xlsx", held[:4000]))
	issue(t, home)
	b := openBook(t, editionFile(t, home, "84", 1))
	sent := sheet(t, b, "Tình hình nộp")
	for office, state := range map[string]string{"Thành phố Trà Vinh": "Đã tiếp nhận", "Thị xã Duyên Hải": "Tạm giữ", "Huyện Càng Long": "Chưa nộp"} {
		if got := text(sent, rowOf(t, sent, 2, office), 3); got != state {
			t.Errorf("%s: %q, want %q", office, got, state)
		}
	}
	rowOf(t, sent, 6, "hỏng.xlsx")
	sums := sheet(t, b, "Tổng hợp")
	_, at := columns(t, sums, "TT")
	for _, office := range []string{"Thị xã Duyên Hải", "Huyện Càng Long"} {
		row := rowOf(t, sums, 2, office)
		for _, band := range []string{"19", "15–18", "10–14", "5–9", "<5", "Bình quân tiêu chí/xã"} {
			if got := text(sums, row, at[band]); at[band] == 0 || got != "" {
				t.Errorf("%s, %s: %q, want nothing", office, band, got)
			}
		}
	}
	if got := text(sums, rowOf(t, sums, 1, "Tổng cộng"), at["Đã báo cáo/ tổng số"]); got != "1/85" {
		t.Errorf("total: %q", got)
	}
	for _, l := range sheet(t, b, "Xã").Lines {
		for _, c := range l.Cells[1:] {
			if c.Stored == "0" && l.At(1) != nil && l.At(1).Stored == "29269" {
				t.Errorf("a commune that did not report has 0 in column %d", c.Col)
			}
		}
	}
}

// The change since the previous month is counted over the communes that both
// months have, and traces to both files.
func TestChangeSincePrevious(t *testing.T) {
	t.Parallel()
	home, dir, raw := standing(t)
	may := mustAlter(t, raw, "ng 06 n", "ng 05 n", "30/6/2023", "31/5/2023",
		`r="BY10" s="10" t="n"><v>19</v>`, `r="BY10" s="10" t="n"><v>17</v>`)
	if r := taken(t, exitDone, home, "2023-05", put(t, dir, "may.xlsx", may))["may.xlsx"]; r.State != "accepted" || r.Period != "2023-05" {
		t.Fatalf("%s of %s", r.State, r.Period)
	}
	issue(t, home)
	sums := sheet(t, openBook(t, editionFile(t, home, "84", 1)), "Tổng hợp")
	_, at := columns(t, sums, "TT")
	row, col := rowOf(t, sums, 2, "Thành phố Trà Vinh"), at["Tăng (+), giảm (-) so với kỳ trước"]
	if got := text(sums, row, col); got != "2" {
		t.Errorf("change %q, want 2", got)
	}
	cell := fmt.Sprintf("Tổng hợp!%s%d", tonghop.ColumnName(col), row)
	out := want(t, exitDone, home, "trace", june, cell, "--json")
	for _, part := range []string{`"difference"`, `"may.xlsx"`, `"tp.xlsx"`, `"17"`, `"19"`} {
		if !strings.Contains(out, part) {
			t.Errorf("trace of %s has no %s:\n%s", cell, part, out)
		}
	}
}

// A person who interrupts gets the exit code for it, and nothing half done.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	home := filepath.Join(t.TempDir(), "home")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if code, _, _ := command(ctx, home, append([]string{"ingest"}, sampleFiles(t)...)...); code != exitInterrupted {
		t.Errorf("exit %d, want %d", code, exitInterrupted)
	}
	if got := facts(t, home, june); len(got) != 0 {
		t.Errorf("%d facts", len(got))
	}
}
