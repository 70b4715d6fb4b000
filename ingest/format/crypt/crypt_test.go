package crypt

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// secret is the password of the fixtures, composed.
var secret = norm.NFC.String("Mật khẩu huyện Trà Cú")

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What other programs encrypted opens, and is a whole workbook.
func TestOtherPrograms(t *testing.T) {
	for _, tt := range []struct {
		file      string
		passwords []string
		asked     bool
		code      string
	}{
		{"agile.xlsx", []string{"", "sai", secret}, true, ""},
		{"agile.xlsx", []string{""}, false, "file.encrypted"},
		{"agile.xlsx", []string{"Mat khau huyen Tra Cu"}, false, "file.password"},
		{"standard.xlsx", []string{"sai", secret}, true, ""},
		{"standard.xlsx", []string{"sai"}, false, "file.password"},
		{"apart.xlsx", []string{secret}, true, ""},
		{"velvet.xlsx", []string{"sai"}, false, ""},
		{"plain.xlsx", []string{secret}, false, "file.damaged"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			plain, asked, err := decrypt(fixture(t, tt.file), tt.passwords...)
			if tonghop.CodeOf(err) != tt.code || asked != tt.asked || (err == nil) != (plain != nil) {
				t.Fatalf("%q: asked %v, %v; want %v, %q", tt.passwords, asked, err, tt.asked, tt.code)
			}
			if err != nil {
				return
			}
			book, err := xlsx.Load(bytes.NewReader(plain), int64(len(plain)), tonghop.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			s := book.Sheets[0]
			if got := s.Cell(1, 1).Stored; got != "Xã Ngọc Biên" || len(s.Lines) != 200 || s.Cell(1, 2).Stored != "43.2" {
				t.Errorf("%q in %d rows", got, len(s.Lines))
			}
		})
	}
}

// Files that Excel and others encrypted, from excelize's own tests.
func TestExcelFiles(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/xuri/excelize/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"encryptSHA1.xlsx", "encryptSHA512.xlsx", "encryptAES.xlsx"} {
		file, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "test", name))
		if err != nil {
			t.Fatal(err)
		}
		plain, asked, err := decrypt(file, "password")
		if err != nil || !asked {
			t.Errorf("%s: %v %v", name, asked, err)
			continue
		}
		if _, err := xlsx.Load(bytes.NewReader(plain), int64(len(plain)), tonghop.Limits{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every key and digest of both kinds opens. excelize gives the same bytes but for
// AES-192, where it takes what fills the key up for a part of it.
func TestVariants(t *testing.T) {
	plain := archive(t, 5000)
	options := &excelize.Options{Password: password}
	for hash := range digests {
		for _, bits := range []int{128, 192, 256} {
			file := agileFile(plain, recipe{keyBits: bits, wrapBits: bits, hash: hash, wrapHash: hash, spin: 50})
			got, asked, err := decrypt(file, password)
			oracle, err2 := excelize.Decrypt(file, options)
			if err != nil || err2 != nil || !asked || !bytes.Equal(got, plain) || bytes.Equal(got, oracle) != (bits != 192) {
				t.Errorf("%s, %d bits: %v %v", hash, bits, err, err2)
			}
		}
	}
	for _, bits := range []int{128, 192, 256} {
		got, _, err := decrypt(standardFile(plain, bits, nil), password)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("standard, %d bits: %v", bits, err)
		}
	}
	oracle, err := excelize.Decrypt(standardFile(plain, 256, nil), options)
	if err != nil || !bytes.HasPrefix(oracle, plain) {
		t.Errorf("standard, by excelize: %v", err)
	}
	file, err := excelize.Encrypt(plain, options)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := decrypt(file, password); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("by excelize: %v", err)
	}
	for name, r := range map[string]recipe{
		"mixed":         {keyBits: 128, wrapBits: 256, hash: "SHA256", wrapHash: "SHA1"},
		"mixed too":     {keyBits: 256, wrapBits: 192, hash: "SHA1", wrapHash: "SHA384"},
		"short salt":    {salt: 5},
		"long salt":     {salt: 1000},
		"other names":   {hash: "SHA1", wrapHash: "SHA1", xml: strings.NewReplacer(`"SHA1"`, `"SHA-1"`)},
		"other prefix":  {xml: strings.NewReplacer("xmlns:p=", "xmlns:k=", "<p:", "<k:")},
		"zeros behind":  {xml: strings.NewReplacer("</encryption>", "</encryption>\x00\x00\x00")},
		"long password": {password: strings.Repeat("ữ", 255)},
	} {
		p := r.defaults().password
		if got, _, err := decrypt(agileFile(plain, r), p); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Packages of every length around the blocks and the segments come back to the
// byte.
func TestLengths(t *testing.T) {
	base := len(archive(t, 0))
	for _, at := range []int{block * 10, segment, 2 * segment} {
		for n := at - base - 17; n <= at-base+17; n++ {
			plain := archive(t, n)
			if got, _, err := decrypt(agileFile(plain, recipe{}), password); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("%d bytes: %v", len(plain), err)
			}
		}
	}
}

// A password opens what was encrypted with any of its spellings, whichever of
// them is given.
func TestSpellings(t *testing.T) {
	plain := archive(t, 100)
	for _, p := range []string{"Trà Vinh", "đường ữ", "ệ", "abc", "ĐẠT 100%", "😀ế"} {
		forms := []string{norm.NFC.String(p), norm.NFD.String(p), tonesApart(p)}
		for _, set := range forms {
			file := agileFile(plain, recipe{password: set})
			for _, given := range forms {
				if _, asked, err := decrypt(file, "khác", given); err != nil || !asked {
					t.Errorf("set %+q, given %+q: %v", set, given, err)
				}
			}
		}
	}
	for in, want := range map[string]string{"ế": "ê\u0301", "ự": "ư\u0323", "ạ": "a\u0323", "ặ": "ă\u0323", "đ": "đ", "a\u0323\u0302": "â\u0323", "Ồ": "Ô\u0300"} {
		if got := tonesApart(in); got != want {
			t.Errorf("%+q: %+q, want %+q", in, got, want)
		}
	}
}

// At most 20 passwords are tried, and it is said if there were more.
func TestPasswordCount(t *testing.T) {
	file := agileFile(archive(t, 100), recipe{password: "p20"})
	var list []string
	for i := 1; i <= 21; i++ {
		list = append(list, "p"+strconv.Itoa(i), "", "p1")
	}
	if _, asked, err := decrypt(file, list...); err != nil || !asked {
		t.Errorf("the twentieth: %v", err)
	}
	file = agileFile(archive(t, 100), recipe{password: "p21"})
	_, _, err := decrypt(file, list...)
	if want := "file.password given=21 tried=20"; err == nil || err.Error() != want {
		t.Errorf("the twenty-first: %v, want %s", err, want)
	}
}
