package normalize

import (
	"testing"

	"github.com/tonghop/tonghop"
)

// TestColumnWithoutHeader names no cell that does not exist: a column that has
// no header is named by its rows alone, which are added later.
func TestColumnWithoutHeader(t *testing.T) {
	n := &Normalizer{}
	c := tonghop.Column{Col: 141}
	c.Header.Sheet = "Biểu"
	if f := n.columnFinding("COT-006", c); f.Cells() != "" || f.Sheet != "Biểu" || f.Args["column"] != "EK" {
		t.Errorf("%q on sheet %q, column %q; want no cell of the sheet, column EK", f.Cells(), f.Sheet, f.Args["column"])
	}
	c.Header.Row, c.Header.Col = 4, 141
	if f := n.columnFinding("COT-006", c); f.Cells() != "EK4" {
		t.Errorf("with a header: %q, want EK4", f.Cells())
	}
}
