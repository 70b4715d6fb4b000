package xmlss

import "testing"

func TestToA1(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"R[-3]C", "C2"},
		{"SUM(R[-3]C:R[-1]C)", "SUM(C2:C4)"},
		{"R1C1+RC[1]*R[1]C2", "$A$1+D5*$B6"},
		{`IF(RC[-1]="R1C1","x",'Biểu R1C1'!R2C3)`, `IF(B5="R1C1","x",'Biểu R1C1'!$C$2)`},
		{"Sheet1!R[1]C", "Sheet1!C6"},
		{"ROUND(R[-1]C,2)", "ROUND(C4,2)"},
		{"RC", "C5"},
		{"SUM(C3)", "SUM(C3)"},
		{"SUM(R5)+RC[1]", "SUM(R5)+RC[1]"},
		{"R[-9]C", "R[-9]C"},
		{"Region1+1", "Region1+1"},
		{`"open`, `"open`},
		{"C(1)", "C(1)"},
	} {
		if got := toA1(tt.in, 5, 3); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}
