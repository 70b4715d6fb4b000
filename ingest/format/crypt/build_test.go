package crypt

import (
	"archive/zip"
	"bytes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
	"github.com/tonghop/tonghop/ingest/format/compound/compoundtest"
)

// archive is a zip archive of about n bytes.
func archive(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "a", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// recipe says how a test encrypts a package; the zero value is an honest file
// that takes little time.
type recipe struct {
	keyBits, wrapBits int               // default 256
	hash, wrapHash    string            // default SHA512
	spin              int               // default 1
	salt              int               // bytes, default 16
	password          string            // default "mật khẩu"
	size              func(n int) int   // what the package says of its size
	body              func([]byte)      // spoils the encrypted package after its digest was made
	xml               *strings.Replacer // spoils the description
}

const password = "mật khẩu"

func (r recipe) defaults() recipe {
	for _, d := range []struct {
		n  *int
		is int
	}{{&r.keyBits, 256}, {&r.wrapBits, 256}, {&r.spin, 1}, {&r.salt, 16}} {
		if *d.n == 0 {
			*d.n = d.is
		}
	}
	for _, d := range []struct {
		s  *string
		is string
	}{{&r.hash, "SHA512"}, {&r.wrapHash, "SHA512"}, {&r.password, password}} {
		if *d.s == "" {
			*d.s = d.is
		}
	}
	return r
}

// noise makes salts and keys, the same ones for every file, so that a file that
// fails a test can be made again.
func noise() func(n int) []byte {
	source := rand.NewChaCha8([32]byte{1})
	return func(n int) []byte {
		b := make([]byte, n)
		if _, err := source.Read(b); err != nil {
			panic(err)
		}
		return b
	}
}

// filled fills b up with zeros to whole blocks.
func filled(b []byte) []byte {
	return append(bytes.Clone(b), make([]byte, (block-len(b)%block)%block)...)
}

func chain(key, iv, plain []byte) []byte {
	b := filled(plain)
	cipher.NewCBCEncrypter(newAES(key), iv).CryptBlocks(b, b)
	return b
}

// agileFile encrypts plain as the recipe says.
func agileFile(plain []byte, r recipe) []byte {
	r = r.defaults()
	random, h, w := noise(), digests[r.hash], digests[r.wrapHash]
	dataSalt, wrapSalt, key := random(16), random(r.salt), random(r.keyBits/8)
	stream := le.AppendUint64(nil, uint64(len(plain)))
	if r.size != nil {
		stream = le.AppendUint64(nil, uint64(r.size(len(plain))))
	}
	for i, at := 0, 0; at < len(plain); i, at = i+1, at+segment {
		iv := fit(sum(h(), dataSalt, le.AppendUint32(nil, uint32(i))), block)
		stream = append(stream, chain(key, iv, plain[at:min(at+segment, len(plain))])...)
	}
	hmacKey := random(h().Size())
	mac := hmac.New(h, hmacKey)
	mac.Write(stream)
	if r.body != nil {
		r.body(stream[8:])
	}
	part := func(use, plain []byte) string {
		return base64.StdEncoding.EncodeToString(chain(key, fit(sum(h(), dataSalt, use), block), plain))
	}
	spun := spin(w(), wrapSalt, utf16le(r.password), r.spin)
	wrapped := func(use, plain []byte) string {
		return base64.StdEncoding.EncodeToString(chain(fit(sum(w(), spun, use), r.wrapBits/8), fit(wrapSalt, block), plain))
	}
	verifier := random(r.salt)
	parameters := func(name string, salt []byte, bits int, hash string) string {
		return fmt.Sprintf(`saltSize="%d" blockSize="16" keyBits="%d" hashSize="%d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%s" saltValue="%s"`,
			len(salt), bits, digests[hash]().Size(), name, base64.StdEncoding.EncodeToString(salt))
	}
	xml := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
		`<keyData ` + parameters(r.hash, dataSalt, r.keyBits, r.hash) + `/>` +
		`<dataIntegrity encryptedHmacKey="` + part(useHMACKey, hmacKey) + `" encryptedHmacValue="` + part(useHMACValue, mac.Sum(nil)) + `"/>` +
		`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
		`<p:encryptedKey spinCount="` + fmt.Sprint(r.spin) + `" ` + parameters(r.wrapHash, wrapSalt, r.wrapBits, r.wrapHash) +
		` encryptedVerifierHashInput="` + wrapped(useVerifier, verifier) +
		`" encryptedVerifierHashValue="` + wrapped(useDigest, sum(w(), verifier)) +
		`" encryptedKeyValue="` + wrapped(useKey, key) + `"/></keyEncryptor></keyEncryptors></encryption>`
	if r.xml != nil {
		xml = r.xml.Replace(xml)
	}
	return compoundtest.Write(compoundtest.Stream{Name: infoStream, Data: append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, xml...)},
		compoundtest.Stream{Name: packageStream, Data: stream})
}

// standardKey is the key of all of them, which takes long to derive; that of
// fewer bits is its beginning.
var standardKey = sync.OnceValue(func() []byte {
	s := &standard{keyBytes: 32, salt: noise()(16), verifier: make([]byte, 16), digest: make([]byte, 32)}
	key, _ := s.key(utf16le(password))
	return key
})

// standardFile encrypts plain as Excel 2007 does, with AES of so many bits;
// spoil may change the description, and what stands in front of the package.
func standardFile(plain []byte, bits int, spoil func(info, stream []byte) ([]byte, []byte)) []byte {
	random := noise()
	salt := random(16)
	c := newAES(standardKey()[:bits/8])
	each := func(b []byte) []byte {
		b = filled(b)
		for i := 0; i < len(b); i += block {
			c.Encrypt(b[i:i+block], b[i:i+block])
		}
		return b
	}
	alg := map[int]uint32{128: algAES128, 192: algAES192, 256: algAES256}[bits]
	info := []byte{4, 0, 2, 0}
	for _, v := range []uint32{0x24, 32 + 4, 0x24, 0, alg, algSHA1, uint32(bits), 0x18, 0, 0, 'A', 16} {
		info = le.AppendUint32(info, v)
	}
	verifier := random(16)
	digest := sha1.Sum(verifier)
	info = append(append(info, salt...), each(verifier)...)
	info = append(le.AppendUint32(info, sha1.Size), each(digest[:])...)
	stream := append(le.AppendUint64(nil, uint64(len(plain))), each(plain)...)
	if spoil != nil {
		info, stream = spoil(info, stream)
	}
	return compoundtest.Write(compoundtest.Stream{Name: infoStream, Data: info}, compoundtest.Stream{Name: packageStream, Data: stream})
}

// streams gives the description and the package of a file.
func streams(t testing.TB, file []byte) (info, stream []byte) {
	t.Helper()
	f, err := compound.Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if info, err = f.Read(infoStream); err != nil {
		t.Fatal(err)
	}
	if stream, err = f.Read(packageStream); err != nil {
		t.Fatal(err)
	}
	return info, stream
}

func decrypt(file []byte, passwords ...string) ([]byte, bool, error) {
	return Decrypt(bytes.NewReader(file), int64(len(file)), passwords, tonghop.Limits{})
}
