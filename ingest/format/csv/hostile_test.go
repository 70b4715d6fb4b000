package csv_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// Texts made to be slow take the time of their bytes.
func TestHostile(t *testing.T) {
	const n, limit = 1 << 18, 30 * time.Second // a machine under load is no fault
	for name, text := range map[string]string{
		"separators":             strings.Repeat(";", 8*n),
		"wide rows of nothing":   "a;b\nc;d\ne;f\n" + strings.Repeat(";", 16*n) + "\n",
		"rows of separators":     "a;b\nc;d\n" + strings.Repeat(";\n", 8*n),
		"line ends":              strings.Repeat("\n", 8*n) + "a;b",
		"quotes":                 strings.Repeat(`"`, 4*n),
		"odd quotes":             "a;" + strings.Repeat(`"`, 4*n+1) + ";b\nc;d\n",
		"quotes behind blanks":   strings.Repeat(` "a;b`, n) + "\n",
		"quotes that open only":  strings.Repeat("a;\"b\nc", n),
		"fallback after blanks":  strings.Repeat(` """;`, n) + "\n" + strings.Repeat("a;b\n", 3),
		"blanks":                 "a;" + strings.Repeat(" ", 4*n) + "\nb;c\n" + strings.Repeat("\t", 4*n),
		"words of high bytes":    strings.Repeat("X\xb7 \xa7\xf8c;"+strings.Repeat("\xe9", 40)+"\n", n/8),
		"one long word":          "a;b\nc;" + strings.Repeat("\xe9", 4*n) + "\n",
		"tones without a letter": "a;b\nhuy\xean;x\xe3\nc;" + strings.Repeat("\xec", n) + "\n",
		"long lines of code":     strings.Repeat("f(a, b); ", n) + "\n",
		"brackets":               strings.Repeat("[", 4*n),
		"short rows":             strings.Repeat("a;b\n", n/2),
		"ragged rows":            strings.Repeat("a;b\nc;d;e\n", n/4),
	} {
		start := time.Now()
		b, _, err := read(text)
		if took := time.Since(start); took > limit {
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v, %v", name, took.Round(time.Millisecond), tonghop.CodeOf(err))
		}
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
		if name == "short rows" && (err != nil || len(b.Sheets[0].Lines) != n/2) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
