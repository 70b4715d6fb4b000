package numfmt

import "testing"

// FuzzNumberFormat compiles any code and shows any number in it.
func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{"General", "0.00", `#,##0;[Red](#,##0);"-"??;@`, "dd/mm/yyyy hh:mm:ss.000 AM/PM", "[h]:mm", "0.0E+0", `[>=1000]0.0,"k";0%`, "# ?/?", `_(* "x"\y`, "[$₫-42A]0", "ſ", "yyyyyyyy"} {
		f.Add(code, "1234.5")
	}
	f.Add("0", "-1e-300")
	f.Fuzz(func(t *testing.T, code, number string) {
		v, ok := ParseDecimal([]byte(number))
		if !ok || len(code) > formatMax || len(number) > 100 {
			return
		}
		c := Compile(code)
		if c.General() {
			v.AppendGeneral(nil)
			return
		}
		for _, d1904 := range []bool{false, true} {
			if out := c.AppendNumber(nil, []byte(number), v, d1904); len(out) > 100*len(code)+1000 {
				t.Fatalf("%q in %q: %d bytes", number, code, len(out))
			}
		}
		if c.ShowsText() {
			c.AppendText(nil, "x")
		}
	})
}
