package templates

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// The provinces are those of the whole register, on each date; another code is
// none.
func TestIsProvince(t *testing.T) {
	r := register(t)
	for n := range 100 {
		code := string(rune('0'+n/10)) + string(rune('0'+n%10))
		for _, on := range []tonghop.Date{"2023-06-30", "2025-07-01"} {
			u, want := r.Unit(code, on)
			want = want && u.Parent == ""
			if got, err := IsProvince(FS(t.TempDir()), code, on); got != want || err != nil {
				t.Errorf("%s on %s: %t, %v; want %t", code, on, got, err, want)
			}
		}
	}
	for code, want := range map[string]bool{"84": true, "86": true, "842": false, "29242": false, "": false} {
		if got, err := IsProvince(FS(""), code, "2023-06-30", "2025-07-01"); got != want || err != nil {
			t.Errorf("%q on either date: %t, %v; want %t", code, got, err, want)
		}
	}
}

// A fault anywhere in an office's own register is found at once.
func TestIsProvinceOwnRegister(t *testing.T) {
	head, good := strings.Join(unitColumns, ",")+"\n", "84,Tỉnh Trà Vinh,tinh,,,,,,,\n"
	for rows, want := range map[string]string{good: "", good + "842,Huyện A,huyen,85,,,,,,\n": "line 3: parent 85"} {
		home := t.TempDir()
		file := filepath.Join(home, "templates", unitsFile)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(head+rows), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), "joins.csv"), []byte(joinsHeader+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := IsProvince(FS(home), "84", "2023-06-30")
		if want == "" && (!got || err != nil) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %t, %v; want %q", rows, got, err, want)
		}
	}
}
