package normalize

import (
	"testing"

	"github.com/tonghop/tonghop/internal/viet"
)

// TestPowerTo compares the unit that a header states with the field's: the set
// of 2016-2020 asks for "triệu đồng/người" and means those of a year.
func TestPowerTo(t *testing.T) {
	for _, c := range []struct {
		stated, own string
		power       int32
		ok          bool
	}{
		{"nghìn đồng/người/năm", "triệu đồng/người", -3, true},
		{"đồng/người/năm", "triệu đồng/người", -6, true},
		{"nghìn đồng/người", "triệu đồng/người/năm", -3, true},
		{"nghìn đồng/người/tháng", "triệu đồng/người", 0, false},
		{"nghìn đồng/hộ/năm", "triệu đồng/người", 0, false},
		{"nghìn đồng/người/năm", "triệu đồng/người/tháng", 0, false},
	} {
		m, ok := viet.ReadMeasure(c.stated)
		if !ok {
			t.Fatalf("%q is no unit", c.stated)
		}
		if power, ok := powerTo(m, c.own); power != c.power || ok != c.ok {
			t.Errorf("%s in %s is %d %v; want %d %v", c.stated, c.own, power, ok, c.power, c.ok)
		}
	}
}
