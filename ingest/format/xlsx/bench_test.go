//go:build unix

package xlsx_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// benchLimits let the big sheet through.
var benchLimits = tonghop.Limits{Total: 2048 * tonghop.MB, Part: 2048 * tonghop.MB, Cells: 10_000_000}

// BenchmarkRatios reads the same files, in one run, by this reader, by
// excelize in two ways, and by merely inflating and looking at each byte, and
// prints how many times as much processor time each takes as this reader.
//
//	go test ./ingest/format/xlsx -run '^$' -bench Ratios -benchtime 1x -timeout 30m
//
// "cells" asks excelize for value, formula and merges as the steps need them;
// the big sheet is too big for that.
func BenchmarkRatios(b *testing.B) {
	forms, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	if len(forms) == 0 {
		forms = sampleFiles(b)
	}
	var nine, many [][]byte
	for _, name := range forms {
		nine = append(nine, readFile(b, name))
	}
	for i := range 700 {
		many = append(many, nine[i%len(nine)])
	}
	b.Run("a-nine-forms", func(b *testing.B) { ratios(b, nine, 15, true) })
	b.Run("b-700-forms", func(b *testing.B) { ratios(b, many, 1, true) })
	b.Run("c-100000x60", func(b *testing.B) {
		big := bigSheet(b, 100_000, 60)
		ratios(b, [][]byte{big}, 1, false)
	})
}

// ratios times each way of reading, the best of so many rounds, taking turns.
func ratios(b *testing.B, files [][]byte, rounds int, cells bool) {
	ways := []struct {
		name string
		read func(testing.TB, []byte) int
	}{{"ours", oursRows}, {"ours-book", oursBook}, {"floor", floor}, {"excelize-rows", excelizeRows}, {"excelize-cells", excelizeCells}}
	best := make([]time.Duration, len(ways))
	var peak uint64
	for b.Loop() {
		for range rounds {
			for i, way := range ways {
				if way.name == "excelize-cells" && !cells || way.name == "ours-book" && !cells {
					continue
				}
				runtime.GC()
				stop := watchHeap()
				start := cpuTime(b)
				for _, f := range files {
					if way.read(b, f) == 0 {
						b.Fatalf("%s read nothing", way.name)
					}
				}
				took, heap := cpuTime(b)-start, stop()
				if best[i] == 0 || took < best[i] {
					best[i] = took
				}
				if i == 0 {
					peak = max(peak, heap)
				}
			}
		}
	}
	for i, way := range ways {
		if best[i] > 0 {
			b.Logf("%-15s %10.1f ms   %6.2f times ours", way.name, best[i].Seconds()*1e3, best[i].Seconds()/best[0].Seconds())
			b.ReportMetric(best[i].Seconds()/best[0].Seconds(), way.name+"/ours")
		}
	}
	b.Logf("ours is %.2f times the floor; peak heap of ours %.1f MB above the file", best[0].Seconds()/best[2].Seconds(), float64(peak)/tonghop.MB)
	b.ReportMetric(best[0].Seconds()/best[2].Seconds(), "ours/floor")
	b.ReportMetric(float64(peak)/tonghop.MB, "peak-MB")
}

// cpuTime is the processor time used so far, by all threads: other programs on
// the machine do not disturb it as they do the clock.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// watchHeap samples the live and not yet collected heap until stopped and
// returns how far it rose.
func watchHeap() func() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	base := sample[0].Value.Uint64()
	quit, out := make(chan struct{}), make(chan uint64)
	go func() {
		top := base
		for {
			select {
			case <-quit:
				out <- top - base
				return
			case <-time.After(2 * time.Millisecond):
				metrics.Read(sample)
				top = max(top, sample[0].Value.Uint64())
			}
		}
	}()
	return func() uint64 { close(quit); return <-out }
}

func oursRows(t testing.TB, file []byte) int {
	r, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), benchLimits)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range r.Sheets() {
		for line, err := range r.Rows(i) {
			if err != nil {
				t.Fatal(err)
			}
			n += len(line.Cells)
		}
		n += len(r.Extras(i).Merges)
	}
	return n
}

func oursBook(t testing.TB, file []byte) int {
	book, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), benchLimits)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range book.Sheets {
		n += len(book.Sheets[i].Lines)
	}
	return n
}

// floor inflates every part and looks at every byte.
func floor(t testing.TB, file []byte) int {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	buf := make([]byte, 64<<10)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for {
			k, err := r.Read(buf)
			for _, c := range buf[:k] {
				if c == '<' {
					n++
				}
			}
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		r.Close()
	}
	return n
}

func excelizeRows(t testing.TB, file []byte) int {
	x, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	n := 0
	for _, name := range x.GetSheetList() {
		rows, err := x.Rows(name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			cols, err := rows.Columns()
			if err != nil {
				t.Fatal(err)
			}
			n += len(cols)
		}
		rows.Close()
	}
	return n
}

func excelizeCells(t testing.TB, file []byte) int {
	x, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	n := 0
	for _, name := range x.GetSheetList() {
		rows, err := x.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r, cols := range rows {
			for c := range cols {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := x.GetCellType(name, at); err != nil {
					t.Fatal(err)
				}
				if _, err := x.GetCellFormula(name, at); err != nil {
					t.Fatal(err)
				}
				n++
			}
		}
		merged, err := x.GetMergeCells(name, true)
		if err != nil {
			t.Fatal(err)
		}
		n += len(merged)
	}
	return n
}

// bigSheet makes a workbook of one sheet: shared strings, figures with and
// without decimals, some formulas, as in a register of households.
func bigSheet(t testing.TB, rows, cols int) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "big.xlsx")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	small := workbook("")
	for _, part := range small.names {
		body := small.body[part]
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewWriter(w)
		switch part {
		case "xl/sharedStrings.xml":
			fmt.Fprintf(out, `<sst xmlns="%s">`, mainNS)
			for i := range 5000 {
				fmt.Fprintf(out, "<si><t>Xã Ngọc Biên, ấp %d</t></si>", i)
			}
			out.WriteString("</sst>")
		case "xl/worksheets/sheet1.xml":
			fmt.Fprintf(out, `<worksheet xmlns="%s"><sheetData>`, mainNS)
			bigRows(out, rows, cols)
			out.WriteString("</sheetData></worksheet>")
		default:
			out.WriteString(body)
		}
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return readFile(t, name)
}

func bigRows(out *bufio.Writer, rows, cols int) {
	seed := uint32(1)
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(out, `<row r="%d" spans="1:%d">`, r, cols)
		for c := 1; c <= cols; c++ {
			seed = seed*1664525 + 1013904223
			n := seed >> 12
			at := fmt.Sprintf(`%s%d`, tonghop.ColumnName(c), r)
			switch {
			case c%4 == 0:
				fmt.Fprintf(out, `<c r="%s" s="1" t="s"><v>%d</v></c>`, at, n%5000)
			case c%10 == 5:
				fmt.Fprintf(out, `<c r="%s"><f>A%d*2</f><v>%d</v></c>`, at, r, n%100000)
			case c%2 == 1:
				fmt.Fprintf(out, `<c r="%s" s="2"><v>%d.%d</v></c>`, at, n%10000, n%97)
			default:
				fmt.Fprintf(out, `<c r="%s"><v>%d</v></c>`, at, n%100000)
			}
		}
		out.WriteString("</row>")
	}
}
