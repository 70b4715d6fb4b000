package crypt

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
	"github.com/tonghop/tonghop/ingest/format/compound/compoundtest"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// two writes a file with a description and a package.
func two(info, stream []byte) []byte {
	return compoundtest.Write(compoundtest.Stream{Name: infoStream, Data: info}, compoundtest.Stream{Name: packageStream, Data: stream})
}

func edit(pairs ...string) recipe { return recipe{xml: strings.NewReplacer(pairs...)} }

// expect sees that a file gives no byte, and the refusal that it should.
func expect(t *testing.T, name, code, kind string, file []byte) {
	t.Helper()
	b, asked, err := decrypt(file, password)
	var e *tonghop.Error
	if !errors.As(err, &e) || e.Code != code || e.Args["kind"] != kind || b != nil || asked {
		t.Errorf("%s: %d bytes, %v; want %s %s", name, len(b), err, code, kind)
	}
}

// An agile file that lies or asks for too much is refused.
func TestHostileAgile(t *testing.T) {
	plain := archive(t, 9000)
	for _, tt := range []struct {
		name, code, kind string
		r                recipe
	}{
		{"spins of a billion", "file.encrypted", kindRounds, edit(`spinCount="1"`, `spinCount="1000000000"`)},
		{"spins above ours", "file.encrypted", kindRounds, edit(`spinCount="1"`, `spinCount="1000001"`)},
		{"spins beyond numbers", "file.damaged", "", edit(`spinCount="1"`, `spinCount="99999999999999999999"`)},
		{"spins below zero", "file.damaged", "", edit(`spinCount="1"`, `spinCount="-1"`)},
		{"no spins", "file.damaged", "", edit(`spinCount="1"`, ``)},
		{"other spins", "file.password", "", edit(`spinCount="1"`, `spinCount="0"`)},
		{"blocks of 0", "file.damaged", "", edit(`blockSize="16"`, `blockSize="0"`)},
		{"blocks of 4096", "file.damaged", "", edit(`blockSize="16"`, `blockSize="4096"`)},
		{"no salt", "file.damaged", "", recipe{salt: 16, xml: strings.NewReplacer(`saltSize="16"`, `saltSize="0"`)}},
		{"salt that is longer", "file.damaged", "", edit(`saltSize="16"`, `saltSize="17"`)},
		{"salt beyond the limit", "file.damaged", "", recipe{salt: saltMax + 1}},
		{"keys of 0 bits", "file.damaged", "", edit(`keyBits="256"`, `keyBits="0"`)},
		{"keys of 8 bits", "file.damaged", "", edit(`keyBits="256"`, `keyBits="8"`)},
		{"keys of 2^29 bits", "file.damaged", "", edit(`keyBits="256"`, `keyBits="536870912"`)},
		{"digest of 0", "file.damaged", "", edit(`hashSize="64"`, `hashSize="0"`)},
		{"digest of 20", "file.damaged", "", edit(`hashSize="64"`, `hashSize="20"`)},
		{"MD5", "file.encrypted", kindAlgorithm, edit(`hashAlgorithm="SHA512"`, `hashAlgorithm="MD5"`)},
		{"DES", "file.encrypted", kindAlgorithm, edit(`cipherAlgorithm="AES"`, `cipherAlgorithm="DES"`)},
		{"CFB", "file.encrypted", kindAlgorithm, edit(`ChainingModeCBC`, `ChainingModeCFB`)},
		{"no digest of the package", "file.encrypted", kindUnsigned, edit(`<dataIntegrity `, `<other `)},
		{"certificate", "file.encrypted", kindCertificate, edit(`<p:encryptedKey`, `<encryptedKey`)},
		{"no way to open", "file.damaged", "", edit(`<p:encryptedKey`, `<encryptedKey`, `<keyEncryptor `, `<other `, `</keyEncryptor>`, `</other>`)},
		{"no key data", "file.damaged", "", edit(`<keyData `, `<other `)},
		{"key data twice", "file.damaged", "", edit(`<dataIntegrity`, `<keyData/><dataIntegrity`)},
		{"attribute twice", "file.damaged", "", edit(`spinCount="1"`, `spinCount="1" spinCount="2"`)},
		{"document type", "file.damaged", "", edit(`<encryption`, `<!DOCTYPE e [<!ENTITY a "b">]><encryption`)},
		{"another root", "file.damaged", "", edit(`office/2006/encryption"`, `office/2007/encryption"`)},
		{"other encoding", "file.damaged", "", edit(`UTF-8`, `windows-1258`)},
		{"cut XML", "file.damaged", "", edit(`</encryption>`, ``)},
		{"no base64", "file.damaged", "", edit(`saltValue="`, `saltValue="*`)},
		{"short verifier", "file.damaged", "", edit(`encryptedVerifierHashInput="`, `encryptedVerifierHashInput="" was="`)},
		{"short key", "file.damaged", "", edit(`encryptedKeyValue="`, `encryptedKeyValue="AAAAAAAAAAAAAAAAAAAAAA==" was="`)},
		{"no key of the digest", "file.damaged", "", edit(`encryptedHmacKey="`, `encryptedHmacKey="" was="`)},
		{"another key of the digest", "file.damaged", "", edit(`encryptedHmacKey="`, `encryptedHmacKey="AAAAAAAAAAAAAAAAAAAAAA==" was="`)},
		{"another digest", "file.damaged", "", edit(`encryptedHmacValue="`, `encryptedHmacValue="`+strings.Repeat("AAAA", 21)+`AA==" was="`)},
		{"another byte at the start", "file.damaged", "", recipe{body: func(b []byte) { b[0] ^= 1 }}},
		{"another byte at the end", "file.damaged", "", recipe{body: func(b []byte) { b[len(b)-1] ^= 0x80 }}},
		{"size 0", "file.damaged", "", recipe{size: func(int) int { return 0 }}},
		{"size below zero", "file.damaged", "", recipe{size: func(int) int { return -1 }}},
		{"size of 8 EB", "file.damaged", "", recipe{size: func(int) int { return math.MaxInt64 }}},
		{"size beyond the end", "file.damaged", "", recipe{size: func(n int) int { return n + 17 }}},
		{"size far before the end", "file.damaged", "", recipe{size: func(n int) int { return n - segment }}},
	} {
		expect(t, tt.name, tt.code, tt.kind, agileFile(plain, tt.r))
	}
	expect(t, "no zip archive", "file.not_spreadsheet", "", agileFile([]byte("%PDF-1.4 and so on"), recipe{}))
	expect(t, "wrong password", "file.password", "", agileFile(plain, recipe{password: "khác"}))
}

// A standard file that lies, or is of a kind that is not opened, is refused.
func TestHostileStandard(t *testing.T) {
	plain := archive(t, 9000)
	number := func(at int, v uint32) func(info, stream []byte) ([]byte, []byte) {
		return func(info, stream []byte) ([]byte, []byte) {
			le.PutUint32(info[at:], v)
			return info, stream
		}
	}
	const header = 12 // where it begins
	const verifier = header + 36
	for _, tt := range []struct {
		name, code, kind string
		spoil            func(info, stream []byte) ([]byte, []byte)
	}{
		{"RC4", "file.encrypted", kindRC4, number(header+8, algRC4)},
		{"RC4 by its flags", "file.encrypted", kindRC4, number(header, 4)},
		{"external", "file.encrypted", kindExternal, number(header, 0x34)},
		{"unknown cipher", "file.encrypted", kindAlgorithm, number(header+8, 0x6602)},
		{"unknown digest", "file.encrypted", kindAlgorithm, number(header+12, 0x8003)},
		{"keys of 0 bits", "file.damaged", "", number(header+16, 0)},
		{"keys of 4 billion bits", "file.damaged", "", number(header+16, math.MaxUint32)},
		{"keys of AES-256", "file.damaged", "", number(header+16, 256)},
		{"header of 4 GB", "file.damaged", "", number(8, math.MaxUint32)},
		{"header of 0", "file.damaged", "", number(8, 0)},
		{"header that takes the verifier", "file.damaged", "", number(8, 40)},
		{"salt of 0", "file.damaged", "", number(verifier, 0)},
		{"digest of 4 GB", "file.damaged", "", number(verifier+36, math.MaxUint32)},
		{"another verifier", "file.password", "", number(verifier+20, 1)},
		{"another start of the package", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) {
			stream[8] ^= 1
			return info, stream
		}},
		{"package of some bytes more", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) { return info, append(stream, 1, 2, 3) }},
		{"package cut", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) { return info, stream[:len(stream)-16] }},
		{"package of 7 bytes", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) { return info, stream[:7] }},
		{"package of no bytes", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) { return info, nil }},
		{"version of agile", "file.damaged", "", func(info, stream []byte) ([]byte, []byte) { info[2] = 4; return info, stream }},
		{"extensible", "file.encrypted", kindExtensible, func(info, stream []byte) ([]byte, []byte) { info[2] = 3; return info, stream }},
		{"version of RC4", "file.encrypted", kindRC4, func(info, stream []byte) ([]byte, []byte) { return []byte{1, 0, 1, 0, 0, 0, 0, 0}, stream }},
		{"unknown version", "file.encrypted", kindUnknown, func(info, stream []byte) ([]byte, []byte) { info[0] = 9; return info, stream }},
	} {
		expect(t, tt.name, tt.code, tt.kind, standardFile(plain, 128, tt.spoil))
	}
	honest := standardFile(plain, 128, func(info, stream []byte) ([]byte, []byte) {
		le.PutUint32(info[header+8:], 0) // the flags say it
		return info, stream
	})
	if _, _, err := decrypt(honest, password); err != nil {
		t.Error(err)
	}
}

// What is in the compound file besides decides what it is told to be.
func TestStreams(t *testing.T) {
	stream := compoundtest.Stream{Name: packageStream, Data: make([]byte, 40)}
	for _, tt := range []struct {
		name, code, kind string
		file             []byte
	}{
		{"rights management", "file.encrypted", kindIRM, compoundtest.Write(stream, compoundtest.Stream{Name: "DRMEncryptedTransform", Data: []byte{1}})},
		{"no description", "file.damaged", "", compoundtest.Write(stream)},
		{"no package", "file.damaged", "", compoundtest.Write(compoundtest.Stream{Name: infoStream, Data: []byte{4, 0, 4, 0, 0x40, 0, 0, 0}})},
		{"old workbook", "file.not_spreadsheet", "", compoundtest.Write(compoundtest.Stream{Name: "Workbook", Data: []byte{9, 8}})},
		{"description of 7 bytes", "file.damaged", "", two([]byte{4, 0, 4, 0, 0x40, 0, 0}, make([]byte, 40))},
		{"description of 1 MB", "file.damaged", "", two(append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, bytes.Repeat([]byte("<"), 1<<20)...), make([]byte, 40))},
		{"description of depth", "file.damaged", "", two(append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, bytes.Repeat([]byte("<encryption xmlns='"+nsEncryption+"'>"), 2000)...), make([]byte, 40))},
		{"no compound file", "file.damaged", "", []byte("PK\x03\x04")},
		{"empty", "file.damaged", "", nil},
	} {
		expect(t, tt.name, tt.code, tt.kind, tt.file)
	}
	file := agileFile(archive(t, 9000), recipe{})
	_, _, err := Decrypt(bytes.NewReader(file), int64(len(file)), []string{password}, tonghop.Limits{Bytes: 9000})
	if tonghop.CodeOf(err) != "file.too_large" {
		t.Errorf("above the limit: %v", err)
	}
}

// A file that takes many rounds is left before all passwords are tried, and
// nobody is told that they are wrong.
func TestRoundsTogether(t *testing.T) {
	file := agileFile(archive(t, 100), recipe{spin: 1000, password: "8"})
	f, err := compound.Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := schemeOf(f)
	if err != nil {
		t.Fatal(err)
	}
	for left, want := range map[int]string{
		8999: "file.encrypted kind=rounds rounds=1000", // Excel's own, and seven of them
		9000: "",
	} {
		key, asked, err := unlock(s, []string{"1", "2", "3", "4", "5", "6", "7", "8"}, left)
		if want == "" && (err != nil || !asked || len(key) != 32) || want != "" && (err == nil || err.Error() != want || key != nil) {
			t.Errorf("%d rounds: %v, want %q", left, err, want)
		}
	}
	// Twenty passwords with accents are tried in all spellings at Excel's rounds.
	if most := (1 + 3*passwordsMax) * 100_000; roundsSum < most {
		t.Errorf("%d rounds, %d are needed", roundsSum, most)
	}
}

// A changed byte of an agile file gives a refusal or the same package.
func TestFlipAgile(t *testing.T) {
	plain := archive(t, 300)
	file := agileFile(plain, recipe{})
	refused := 0
	for at := 0; at < len(file); at += 3 {
		file[at] ^= 0x41
		got, _, err := decrypt(file, password)
		file[at] ^= 0x41
		switch {
		case err != nil && tonghop.CodeOf(err) == "":
			t.Fatalf("byte %d: error without a code: %v", at, err)
		case err != nil:
			refused++
		case !bytes.Equal(got, plain):
			t.Fatalf("byte %d: other bytes", at)
		}
	}
	t.Logf("%d of %d refused", refused, len(file)/3)
}

// The same of the package of a standard one, where the archive that comes out
// proves itself.
func TestFlipStandard(t *testing.T) {
	plain := fixture(t, "plain.xlsx")
	info, stream := streams(t, standardFile(plain, 128, nil))
	s, err := parseStandard(info[4:])
	if err != nil {
		t.Fatal(err)
	}
	refused, same := 0, 0
	for at := 0; at < len(stream); at += 41 {
		b := bytes.Clone(stream)
		b[at] ^= 0x41
		p, err := unwrap(b)
		var got []byte
		if err == nil {
			got, err = s.open(p, standardKey()[:16])
		}
		if err == nil && bytes.Equal(got, plain) {
			same++
			continue
		}
		if err == nil {
			_, err = xlsx.Load(bytes.NewReader(got), int64(len(got)), tonghop.Limits{})
		}
		if tonghop.CodeOf(err) == "" {
			t.Errorf("byte %d: %v", at, err)
		}
		refused++
	}
	t.Logf("%d refused, %d the same", refused, same)
}

// A changed byte of what describes a standard one gives no byte of another
// package.
func TestFlipStandardInfo(t *testing.T) {
	plain := archive(t, 100)
	for at := 0; at < 120; at += 29 {
		file := standardFile(plain, 128, func(info, stream []byte) ([]byte, []byte) {
			info[at] ^= 0x41
			return info, stream
		})
		if got, _, err := decrypt(file, password); (err == nil) != bytes.Equal(got, plain) || err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("byte %d: %d bytes, %v", at, len(got), err)
		}
	}
}

// A file cut short anywhere gives nothing.
func TestTruncated(t *testing.T) {
	for _, file := range [][]byte{agileFile(archive(t, 300), recipe{}), fixture(t, "agile.xlsx"), fixture(t, "standard.xlsx")} {
		for n := 0; n < len(file); n += 61 {
			if b, _, err := decrypt(file[:n], password); tonghop.CodeOf(err) == "" || b != nil {
				t.Fatalf("cut to %d of %d bytes: %d bytes, %v", n, len(file), len(b), err)
			}
		}
	}
}
