package csv_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

func fixture(t testing.TB, name string) string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// Python's csv module writes one table in four dialects.
func TestPython(t *testing.T) {
	want := "UBND HUYỆN TRÀ CÚ\nSTT|Tên xã|Thu nhập (triệu đồng)|Ghi chú\n" +
		"1|Ngọc Biên|43,2|nhà \"Đại đoàn kết\"\n2|Hàm Giang|1.234,5|chưa đạt; chờ thẩm tra,⏎sẽ bổ sung\n" +
		"3| Kim Sơn |85.5|ống 5\" | 6\"\n4|Long Hiệp||tab\tở giữa"
	for name, sep := range map[string]byte{"comma": ',', "semicolon-all": ';', "tab": '\t', "bar": '|'} {
		b, c, err := read(fixture(t, "python-"+name+".csv"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.Separator != sep || !c.SeparatorSure {
			t.Errorf("%s: %+v", name, c)
		}
		if diff := cmp.Diff(want, grid(b)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// LibreOffice saves a sample as text, iconv changes its encoding: the cells
// read as in the workbook.
func TestLibreOffice(t *testing.T) {
	names, err := filepath.Glob("../../../cmd/tonghop/samples/TX Duy*.xlsx")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	file, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, way := range map[string]struct {
		encoding string
		sep      byte
		change   func(string) string
	}{
		"soffice-comma":            {charset.UTF8, ',', nil},
		"soffice-semicolon-quoted": {charset.UTF8, ';', nil},
		"soffice-tab-utf16":        {charset.UTF16LE, '\t', nil},
		"iconv-1258":               {charset.Windows1258, ';', nil},
		"iconv-utf16le":            {charset.UTF16LE, ';', nil},
		"iconv-tcvn3":              {charset.TCVN3, ';', smallToned},
	} {
		t.Run(name, func(t *testing.T) {
			_, want := saveAs(&book.Sheets[1], func(s string) string {
				if way.change != nil {
					s = way.change(s)
				}
				if strings.HasPrefix(name, "iconv") && way.encoding != charset.UTF16LE {
					s = strings.NewReplacer("≥", "?", "–", "-").Replace(s)
				}
				return s
			})
			b, c, err := read(fixture(t, name+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			if c.Encoding != way.encoding || !c.EncodingSure || c.Separator != way.sep || !c.SeparatorSure {
				t.Errorf("%+v", c)
			}
			if diff := cmp.Diff(oneCase(way.encoding, want), oneCase(way.encoding, texts(&b.Sheets[0]))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// After any change of one byte no cell differs but those whose bytes changed,
// or the file is refused.
func TestFlips(t *testing.T) {
	text := fixture(t, "soffice-semicolon-quoted.csv")
	book, _, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	whole := texts(&book.Sheets[0])
	refused, most := 0, 0
	for i := range len(text) {
		bits := []byte{1, 4, 16, 25, 128}
		if text[i] == '"' || text[i] == '\n' {
			bits = []byte{1, 25} // 25 makes a separator a quote, and the other way
		} else if i%23 != 0 {
			continue // most separators are alike
		}
		for _, bit := range bits {
			damaged := text[:i] + string([]byte{text[i] ^ bit}) + text[i+1:]
			b, _, err := read(damaged)
			if err != nil {
				refused++
				continue
			}
			if n := differ(whole, texts(&b.Sheets[0])); n > most {
				most = n
				if n > 2 {
					t.Errorf("byte %d, bit %d (%q): %d cells differ", i, bit, damaged[max(i-20, 0):min(i+20, len(damaged))], n)
				}
			}
		}
	}
	t.Logf("%d refused", refused)
}

// differ counts the addresses whose text is not the same.
func differ(a, b map[string]string) int {
	n := 0
	for at, text := range a {
		if b[at] != text {
			n++
		}
	}
	for at := range b {
		if _, ok := a[at]; !ok {
			n++
		}
	}
	return n
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"python-comma.csv", "python-tab.csv", "iconv-1258.csv", "iconv-utf16le.csv", "soffice-semicolon-quoted.csv"} {
		f.Add(fixture(f, name))
	}
	f.Add("sep=;\na;\"b\"\"\n\";c\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, c, err := read(text)
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		if c.Encoding == "" || c.Separator == 0 && !strings.Contains(text, "\x00") {
			t.Fatalf("%+v", c)
		}
		row := 0
		for _, l := range b.Sheets[0].Lines {
			if l.Row <= row || len(l.Cells) == 0 {
				t.Fatalf("row %d after %d", l.Row, row)
			}
			row = l.Row
			for i, cell := range l.Cells {
				if cell.Row != row || i > 0 && cell.Col <= l.Cells[i-1].Col || cell.Blank() && !cell.HasForm || cell.Style == nil {
					t.Fatalf("cell %+v", cell)
				}
			}
		}
	})
}
