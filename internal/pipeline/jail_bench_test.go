package pipeline_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jail"
	"github.com/tonghop/tonghop/internal/pipeline"
)

// manyForms is a month of the whole country's reports.
const manyForms = 700

// BenchmarkJail reads 700 forms in this process and in children, two at once,
// in turns, and gives the ratio of the best times.
func BenchmarkJail(b *testing.B) {
	var parcels []tonghop.Parcel
	files, err := filepath.Glob("../../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(files) == 0 {
		b.Fatalf("%d samples, %v", len(files), err)
	}
	for i := range manyForms {
		file := files[i%len(files)]
		raw, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		parcels = append(parcels, parcel(filepath.Base(file), raw))
	}
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	reader := newReader(b)
	for b.Loop() {
		best := [2]time.Duration{}
		for range 3 {
			pool := &jail.Pool{Command: []string{self, child}}
			for i, readers := range []pipeline.Readers{pipeline.NewLocal(reader, 2), pipeline.NewJailed(reader, pool, 2)} {
				start := time.Now()
				readAll(b, readers, parcels)
				if took := time.Since(start); best[i] == 0 || took < best[i] {
					best[i] = took
				}
			}
			pool.Close()
		}
		b.Logf("%d forms: %v here, %v in children", manyForms, best[0], best[1])
		b.ReportMetric(best[1].Seconds()/best[0].Seconds(), "children/here")
	}
}

// readAll reads every parcel, two at once.
func readAll(b *testing.B, readers pipeline.Readers, parcels []tonghop.Parcel) {
	next := make(chan tonghop.Parcel)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for p := range next {
				ret, err := readers.Read(b.Context(), p)
				if err != nil || len(ret.Rows) == 0 {
					b.Errorf("%s: %d rows, %v", p.Name, len(ret.Rows), err)
				}
			}
		})
	}
	for _, p := range parcels {
		next <- p
	}
	close(next)
	wg.Wait()
}
