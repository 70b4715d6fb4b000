package pipeline_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// june is the period of the samples.
var june = tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}

// shipped is a reader by the templates of the program.
var shipped = sync.OnceValues(func() (*pipeline.Reader, error) { return pipeline.NewReader(templates.FS(""), "84", "") })

// newReader is a reader by the templates of the program, which are compiled once
// for all tests; it remembers nothing of what others read.
func newReader(t testing.TB) *pipeline.Reader {
	t.Helper()
	r, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return r.Fresh()
}

// sample gives the sample workbook whose file name begins with a text.
func sample(t testing.TB, start string) (name string, raw []byte) {
	t.Helper()
	files, err := filepath.Glob("../../cmd/tonghop/samples/" + start + "*.xlsx")
	if err != nil || len(files) != 1 {
		t.Fatalf("%d samples begin with %q, %v", len(files), start, err)
	}
	if raw, err = os.ReadFile(files[0]); err != nil {
		t.Fatal(err)
	}
	return filepath.Base(files[0]), raw
}

// understood is what the facts of a return say; a file that was changed must
// say the same or nothing.
type understood struct {
	Office, Province string
	Period           tonghop.Period
	Rows             []tonghop.Row
}

func facts(r tonghop.Return) understood {
	return understood{r.Office.Code, r.Province, r.Period, r.Rows}
}

// parcel is a file that somebody hands in for June.
func parcel(name string, raw []byte) tonghop.Parcel {
	return tonghop.Parcel{Name: name, Bytes: raw, Expect: june}
}
