package bundle_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/bundle"
)

// packed is a file of an archive; its content is its name if it has none.
type packed struct {
	name, content string
	method        uint16
	extra         []byte
}

// pack makes an archive as most programs do.
func pack(t testing.TB, files ...packed) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: f.method, NonUTF8: true, Extra: f.extra})
		if err == nil && !strings.HasSuffix(f.name, "/") {
			if f.content == "" {
				f.content = f.name
			}
			_, err = w.Write([]byte(f.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// named packs files of these names.
func named(t testing.TB, names ...string) []byte {
	var files []packed
	for _, name := range names {
		files = append(files, packed{name: name, method: zip.Deflate})
	}
	return pack(t, files...)
}

// opened is what an archive gives: "a.xlsx", "-.DS_Store system" for what is
// skipped; an error as its code with the file that it names.
func opened(t testing.TB, raw []byte, lim tonghop.Limits) (got []string) {
	t.Helper()
	p := tonghop.Parcel{Name: "a.zip", Key: "k", Bytes: raw}
	members, is, err := bundle.Open(p, lim)
	why := bundle.Why(raw, lim)
	if tonghop.CodeOf(err) != tonghop.CodeOf(why) || (err == nil) != (why == nil) {
		t.Errorf("Open says %v, Why says %v", err, why)
	}
	switch {
	case !is:
		return []string{"no archive"}
	case err != nil:
		var e *tonghop.Error
		if !errors.As(err, &e) || members != nil {
			t.Fatalf("%d members, %v", len(members), err)
		}
		return []string{strings.TrimSpace(e.Code + " " + e.Args["file"])}
	}
	for _, m := range members {
		name := strings.TrimPrefix(m.Name, "a.zip/")
		if m.Skip != "" {
			name = fmt.Sprintf("-%s %s", name, m.Skip)
			if m.Bytes != nil {
				t.Errorf("%s has bytes", name)
			}
		}
		got = append(got, name)
	}
	return got
}

func TestMembers(t *testing.T) {
	received := time.Date(2023, 7, 3, 8, 0, 0, 0, time.UTC)
	p := tonghop.Parcel{Door: "drop", Name: "Trà Cú/BC.zip", Sender: "lan", Received: received, Office: "849", Key: "k", Delivery: "TH-000001",
		Expect: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}, Bytes: pack(t, packed{name: "b/", method: zip.Store},
			packed{"b/BC.xlsx", "two", zip.Deflate, nil}, packed{"a.xlsx", "one", zip.Store, nil}, packed{"b/.DS_Store", "x", zip.Store, nil})}
	got, is, err := bundle.Open(p, tonghop.Limits{})
	if err != nil || !is {
		t.Fatal(is, err)
	}
	member := func(name, content string) bundle.Member {
		m := bundle.Member{Parcel: p}
		m.Name, m.Key, m.Bytes = "Trà Cú/BC.zip/"+name, "k/"+name, nil
		if content != "" {
			m.Bytes = []byte(content)
		}
		return m
	}
	skipped := member("b/.DS_Store", "")
	skipped.Skip = "system"
	want := []bundle.Member{member("a.xlsx", "one"), skipped, member("b/BC.xlsx", "two")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p.Key = ""
	if got, _, err := bundle.Open(p, tonghop.Limits{}); err != nil || got[0].Key != "" {
		t.Errorf("a door that cannot repeat itself: key %q, %v", got[0].Key, err)
	}
}

// Archives that real programs made: testdata/make.py.
func TestPrograms(t *testing.T) {
	infozip := []string{"Cầu Kè.xlsx", "Huyện Trà Cú/BC tháng 6.xlsx", "-Thumbs.db system"}
	for name, want := range map[string][]string{
		"windows-437.zip":   {"BC 6.xlsx", "Trà Cú/BC.xlsx", "Trà Vinh.xlsx"},
		"windows-1258.zip":  {"Báo cáo tháng 6/Cầu Kè.xlsx", "Huyện Tiểu Cần.xlsx"},
		"backslash.zip":     {"BC/Cầu Kè.xlsx"},
		"macos.zip":         {"-Tháng 6/.DS_Store system", "Tháng 6/Cầu Kè.xlsx", "-Tháng 6/Icon_ system", "-Tháng 6/~$Cầu Kè.xlsx office_lock", "-__MACOSX/Tháng 6/._Cầu Kè.xlsx system", "-__MACOSX/Tháng 6/._Icon_ system"},
		"infozip.zip":       infozip,
		"infozip-c.zip":     infozip,
		"infozip-store.zip": infozip,
		"stream.zip":        infozip,
		"password.zip":      {"file.zip_password"},
		"lzma.zip":          {"file.zip_method b.xlsx"},
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, opened(t, raw, tonghop.Limits{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// unicodeField is the field in which some programs write a name in UTF-8.
func unicodeField(raw, name string) []byte {
	b := binary.LittleEndian.AppendUint16(nil, 0x7075)
	b = binary.LittleEndian.AppendUint16(b, uint16(5+len(name)))
	b = append(b, 1)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(raw)))
	return append(b, name...)
}

func TestNames(t *testing.T) {
	second := func(raw, about, name string) []byte {
		return pack(t, packed{name: raw, extra: unicodeField(about, name)})
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"second name":                {second("Tr? C?.xlsx", "Tr? C?.xlsx", "Trà Cú.xlsx"), "Trà Cú.xlsx"},
		"second name of another":     {second("renamed.xlsx", "Tr? C?.xlsx", "Trà Cú.xlsx"), "renamed.xlsx"},
		"second name is no text":     {second("a.xlsx", "a.xlsx", "\xff"), "a.xlsx"},
		"second name leads out":      {second("a.xlsx", "a.xlsx", "../a.xlsx"), "file.zip_names ../a.xlsx"},
		"TCVN3":                      {named(t, "B\xb8o c\xb8o huy\xd6n Tr\xb5 C\xf3.xlsx"), "Báo cáo huyện Trà Cú.xlsx"},
		"in pieces":                  {named(t, "Tra\u0300.xlsx"), "Trà.xlsx"},
		"dot before":                 {named(t, "./BC//a.xlsx"), "BC/a.xlsx"},
		"control":                    {named(t, "a\nb\u202e.xlsx"), "a_b_.xlsx"},
		"short names":                {named(t, "a", "b", "c/", "c/d"), "a b c/d"},
		"case apart":                 {named(t, "BC.xlsx", "bc.xlsx"), "BC.xlsx bc.xlsx"},
		"no letters":                 {named(t, "\x81\xb1.xlsx"), "ü▒.xlsx"},
		"hidden folder":              {named(t, ".git/a.xlsx", "a.xlsx"), "-.git/a.xlsx hidden a.xlsx"},
		"up":                         {named(t, "a.xlsx", "../b.xlsx"), "file.zip_names ../b.xlsx"},
		"up by backslash":            {named(t, `b\..\..\b.xlsx`), `file.zip_names b\..\..\b.xlsx`},
		"absolute":                   {named(t, "/etc/a.xlsx"), "file.zip_names /etc/a.xlsx"},
		"drive":                      {named(t, `C:\BC\a.xlsx`), `file.zip_names C:\BC\a.xlsx`},
		"share":                      {named(t, `\\may\a.xlsx`), `file.zip_names \\may\a.xlsx`},
		"twice":                      {named(t, "a.xlsx", "a.xlsx"), "file.zip_names a.xlsx"},
		"twice, spelled differently": {named(t, "Tra\u0300.xlsx", "Tr\u00e0.xlsx"), "file.zip_names Trà.xlsx"},
		"skipped twice":              {named(t, ".DS_Store", ".DS_Store", "a.xlsx"), "-.DS_Store system -.DS_Store system a.xlsx"},
		"nothing but a dot":          {named(t, "."), "file.zip_names ."},
		"long":                       {named(t, strings.Repeat("x", 2000)), "file.zip_names " + strings.Repeat("x", 2000)},
		"folder with content":        {named(t, `a\`), `file.zip_names a\`},
	} {
		if got := strings.Join(opened(t, c.raw, tonghop.Limits{}), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What is no archive of files is not taken for one.
func TestNoArchive(t *testing.T) {
	whole := named(t, "a.xlsx", "b.xlsx")
	for name, raw := range map[string][]byte{
		"nothing": nil, "text": []byte("PK"), "workbook": named(t, "docProps/app.xml", "[Content_Types].xml"),
		"OpenDocument": named(t, "mimetype", "content.xml"), "backslashes": named(t, `_rels\.rels`), "what is left of a workbook": named(t, "xl/workbook.xml"),
		"Numbers": named(t, "Index/Document.iwa"), "cut off": whole[:len(whole)-30], "no end": whole[:100], "more behind": append(bytes.Clone(whole), "x"...),
		"two ends": append(bytes.Clone(whole), whole[len(whole)-22:]...), "before": append([]byte("x"), whole...),
	} {
		if got := opened(t, raw, tonghop.Limits{}); got[0] != "no archive" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRefused(t *testing.T) {
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf("%02d.xlsx", i))
	}
	stored := pack(t, packed{name: "a.xlsx", content: "good"}, packed{name: "b/b.xlsx", content: "better"})
	damaged := bytes.Replace(stored, []byte("better"), []byte("bitter"), 1)
	moved := bytes.Clone(stored) // the directory names another file than the file itself does
	copy(moved[bytes.LastIndex(moved, []byte("b/b.xlsx")):], "b/c.xlsx")
	large := pack(t, packed{name: "a.xlsx", content: "small"}, packed{name: "lớn.xlsx", content: strings.Repeat("12345678", 200)})
	flat := pack(t, packed{"a.xlsx", strings.Repeat("0", 4<<20), zip.Deflate, nil})
	for name, c := range map[string]struct {
		raw  []byte
		lim  tonghop.Limits
		want string
	}{
		"empty":               {named(t), tonghop.Limits{}, "file.zip_empty"},
		"folders only":        {named(t, "a/", "a/b/"), tonghop.Limits{}, "file.zip_empty"},
		"nothing to be read":  {named(t, "a/", "a/.DS_Store", "~$BC.xlsx"), tonghop.Limits{}, "file.zip_empty"},
		"too many":            {named(t, many...), tonghop.Limits{Files: 11}, "file.zip_many"},
		"too many of systems": {named(t, append([]string{".a", ".b", ".c", ".d", ".e", ".f", ".g", ".h", ".i", ".j"}, "a.xlsx")...), tonghop.Limits{Files: 1}, "file.zip_many"},
		"damaged":             {damaged, tonghop.Limits{}, "file.zip_damaged b/b.xlsx"},
		"two names":           {moved, tonghop.Limits{}, "file.zip_damaged b/c.xlsx"},
		"one too large":       {large, tonghop.Limits{Bytes: 1000}, "file.too_large lớn.xlsx"},
		"all too large":       {large, tonghop.Limits{Total: 1604}, "file.zip_total"},
		"bomb":                {flat, tonghop.Limits{}, "file.zip_bomb a.xlsx"},
	} {
		if got := strings.Join(opened(t, c.raw, c.lim), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := opened(t, named(t, many...), tonghop.Limits{Files: 12}); len(got) != 12 {
		t.Errorf("as many as may be: %q", got)
	}
}

// An archive in an archive is a file.
func TestNested(t *testing.T) {
	inner := string(named(t, "a.xlsx"))
	if diff := cmp.Diff([]string{"b.zip"}, opened(t, pack(t, packed{name: "b.zip", content: inner, method: zip.Deflate}), tonghop.Limits{})); diff != "" {
		t.Error(diff)
	}
}
