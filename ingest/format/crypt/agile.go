package crypt

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/subtle"
	"hash"

	"github.com/tonghop/tonghop"
)

// agile is the encryption of Excel 2010 and later: AES in chained blocks, the
// digest of one's choice, a key that the password only wraps, and a keyed
// digest of the whole package.
type agile struct {
	data parameters // of the package
	wrap parameters // of what the password opens
	spin int

	verifier  []byte // all encrypted
	digest    []byte // of the verifier
	dataKey   []byte
	hmacKey   []byte
	hmacValue []byte
}

// parameters say how one part is encrypted; they are proven when read.
type parameters struct {
	salt     []byte
	keyBytes int
	hash     func() hash.Hash
	hashSize int
}

// What is hashed behind the password for each use of it, and behind the salt
// for each part of the digest.
var (
	useVerifier  = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	useDigest    = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	useKey       = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
	useHMACKey   = []byte{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6}
	useHMACValue = []byte{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33}
)

func (a *agile) rounds() int { return a.spin }

// key unwraps the key of the package; the password is the right one if it
// decrypts the verifier and its digest to a pair.
func (a *agile) key(password []byte) ([]byte, bool) {
	w := a.wrap
	h := spin(w.hash(), w.salt, password, a.spin)
	open := func(use, from []byte) []byte {
		return chained(fit(sum(w.hash(), h, use), w.keyBytes), fit(w.salt, block), from)
	}
	verifier, digest := open(useVerifier, a.verifier), open(useDigest, a.digest)
	want := sum(w.hash(), verifier[:len(w.salt)])
	if subtle.ConstantTimeCompare(want, digest[:w.hashSize]) != 1 {
		return nil, false
	}
	return open(useKey, a.dataKey)[:a.data.keyBytes], true
}

// open checks the digest of the package, then decrypts it.
func (a *agile) open(p sealed, key []byte) ([]byte, error) {
	d := a.data
	part := func(use, from []byte) []byte {
		return chained(key, fit(sum(d.hash(), d.salt, use), block), from)
	}
	// What fills the key up is zeros, which change nothing in a keyed digest.
	hmacKey := part(useHMACKey, a.hmacKey)
	mac := hmac.New(d.hash, hmacKey[:min(len(hmacKey), d.hashSize)])
	mac.Write(p.stream)
	if !hmac.Equal(mac.Sum(nil), part(useHMACValue, a.hmacValue)[:d.hashSize]) {
		return nil, tonghop.Fail("file.damaged", errDigest)
	}
	c, h := newAES(key), d.hash()
	for i, at := 0, 0; at < len(p.body); i, at = i+1, at+segment {
		iv := fit(sum(h, d.salt, le.AppendUint32(nil, uint32(i))), block)
		b := p.body[at:min(at+segment, len(p.body))]
		cipher.NewCBCDecrypter(c, iv).CryptBlocks(b, b)
	}
	plain := p.body[:p.size:p.size]
	if !isZip(plain) {
		return nil, tonghop.Fail("file.not_spreadsheet", nil)
	}
	return plain, nil
}

// chained decrypts chained blocks; the sizes of key and text are proven.
func chained(key, iv, from []byte) []byte {
	to := make([]byte, len(from))
	cipher.NewCBCDecrypter(newAES(key), iv).CryptBlocks(to, from)
	return to
}

// newAES takes keys whose size is proven.
func newAES(key []byte) cipher.Block {
	c, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // cannot be: 16, 24 or 32 bytes
	}
	return c
}

// spin hashes salt and password, then the digest again and again behind the
// number of the round.
func spin(h hash.Hash, salt, password []byte, rounds int) []byte {
	b := sum(h, salt, password)
	line := append(make([]byte, 4), b...)
	for i := range rounds {
		le.PutUint32(line, uint32(i))
		h.Reset()
		h.Write(line)
		h.Sum(line[:4])
	}
	return line[4:]
}

func sum(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts b to n bytes, or fills it up as the format says.
func fit(b []byte, n int) []byte {
	out := make([]byte, n)
	for i := copy(out, b); i < n; i++ {
		out[i] = 0x36
	}
	return out
}
