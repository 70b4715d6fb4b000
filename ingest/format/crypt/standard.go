package crypt

import (
	"crypto/cipher"
	"crypto/sha1"
	"crypto/subtle"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
)

// standardRounds is fixed for standard encryption.
const standardRounds = 50_000

// standard is the encryption of Excel 2007: AES without chaining, SHA-1.
type standard struct {
	keyBytes int
	salt     []byte
	verifier []byte // encrypted
	digest   []byte // of the verifier, encrypted
}

// Flags and algorithms of the header.
const (
	flagExternal = 0x10
	flagAES      = 0x20
	algRC4       = 0x6801
	algAES128    = 0x660e
	algAES192    = 0x660f
	algAES256    = 0x6610
	algSHA1      = 0x8004
)

// parseStandard reads the description behind its version: flags, the size of a
// header, the header, and the verifier.
func parseStandard(b []byte) (scheme, error) {
	const headerMin, verifierSize = 32, 4 + 16 + 16 + 4 + 32
	if len(b) < 8 {
		return nil, damaged("the description of the encryption ends early")
	}
	size := uint64(le.Uint32(b[4:]))
	b = b[8:]
	if size < headerMin || size > uint64(len(b)) {
		return nil, damaged("the description of the encryption has a header of %d bytes", size)
	}
	header, v := b[:size], b[size:]
	keyBytes, err := standardKeySize(header)
	if err != nil {
		return nil, err
	}
	if len(v) < verifierSize || le.Uint32(v) != 16 || le.Uint32(v[36:]) != sha1.Size {
		return nil, damaged("the verifier of the password has other sizes or ends early")
	}
	return &standard{keyBytes: keyBytes, salt: v[4:20], verifier: v[20:36], digest: v[40:72]}, nil
}

// standardKeySize proves the algorithms and gives the bytes of the key.
func standardKeySize(header []byte) (int, error) {
	flags, alg, hash, bits := le.Uint32(header), le.Uint32(header[8:]), le.Uint32(header[12:]), le.Uint32(header[16:])
	switch {
	case flags&flagExternal != 0:
		return 0, refuse(kindExternal, nil)
	case alg == algRC4 || flags&flagAES == 0:
		return 0, refuse(kindRC4, nil)
	}
	want, ok := map[uint32]uint32{0: 128, algAES128: 128, algAES192: 192, algAES256: 256}[alg]
	if !ok || hash != 0 && hash != algSHA1 {
		return 0, refuse(kindAlgorithm, fmt.Errorf("cipher %#x, digest %#x", alg, hash))
	}
	if bits != want {
		return 0, damaged("cipher %#x with keys of %d bits", alg, bits)
	}
	return int(want / 8), nil
}

func (s *standard) rounds() int { return standardRounds }

// key derives the key; it is the right one if it decrypts the verifier and the
// digest to a pair.
func (s *standard) key(password []byte) ([]byte, bool) {
	h := spin(sha1.New(), s.salt, password, standardRounds)
	last := sha1.Sum(append(h, 0, 0, 0, 0)) // the number of the block, always 0
	var long []byte
	for _, fill := range []byte{0x36, 0x5c} {
		var pad [64]byte
		for i := range pad {
			if pad[i] = fill; i < len(last) {
				pad[i] ^= last[i]
			}
		}
		x := sha1.Sum(pad[:])
		long = append(long, x[:]...)
	}
	key := long[:s.keyBytes]
	c := newAES(key)
	verifier, digest := make([]byte, len(s.verifier)), make([]byte, len(s.digest))
	eachBlock(c, verifier, s.verifier)
	eachBlock(c, digest, s.digest)
	want := sha1.Sum(verifier)
	return key, subtle.ConstantTimeCompare(want[:], digest[:sha1.Size]) == 1
}

// open decrypts the package. Nothing in the file proves the bytes, so they have
// to be a zip archive, which proves itself when it is read.
func (s *standard) open(p sealed, key []byte) ([]byte, error) {
	eachBlock(newAES(key), p.body, p.body)
	if plain := p.body[:p.size:p.size]; isZip(plain) {
		return plain, nil
	}
	return nil, tonghop.Fail("file.damaged", errors.New("what was encrypted is no zip archive"))
}

// eachBlock decrypts whole blocks, each for itself.
func eachBlock(c cipher.Block, to, from []byte) {
	for i := 0; i+block <= len(from); i += block {
		c.Decrypt(to[i:i+block], from[i:i+block])
	}
}
