package numfmt

import "testing"

// Which sections of conditions get a minus sign: not those that are for negative
// numbers alone and bring one.
func TestSignOfConditions(t *testing.T) {
	for _, tt := range []struct{ code, number, want string }{
		{`[>=1000]#,##0,"K";[<0]-0.0;0.00`, "-1", "-1.0"},
		{`[>=1000]#,##0,"K";[<0]-0.0;0.00`, "2500", "3K"},
		{`[>=1000]#,##0,"K";[<0]-0.0;0.00`, "5", "5.00"},
		{`[<0](0.0);0.0`, "-12.25", "(12.3)"},
		{`[<0]0.0;0.00`, "-1", "-1.0"},
		{`[<10]-0.0;0.00`, "-1", "--1.0"},
		{`[<=0]-0.0;0.00`, "-1", "--1.0"},
	} {
		v, ok := ParseDecimal([]byte(tt.number))
		if !ok {
			t.Fatal(tt.number)
		}
		if got := string(Compile(tt.code).AppendNumber(nil, []byte(tt.number), v, false)); got != tt.want {
			t.Errorf("%s in %s: %s, want %s", tt.number, tt.code, got, tt.want)
		}
	}
}
