package crypt

import (
	"bytes"
	"testing"

	"github.com/tonghop/tonghop"
)

// FuzzAgile feeds descriptions and packages: no panic, and bytes only for a
// password that fits.
func FuzzAgile(f *testing.F) {
	plain := archive(f, 100)
	for _, r := range []recipe{{}, {hash: "SHA1", wrapHash: "SHA1", keyBits: 128, wrapBits: 128}, {salt: 40, keyBits: 192}} {
		file := agileFile(plain, r)
		info, stream := streams(f, file)
		f.Add(info[8:], stream)
	}
	f.Fuzz(func(t *testing.T, xml, stream []byte) {
		s, err := parseAgile(xml)
		if err != nil {
			coded(t, err)
			return
		}
		a := s.(*agile)
		a.spin = min(a.spin, 100)
		seal, err := unwrap(bytes.Clone(stream))
		if err != nil {
			coded(t, err)
			return
		}
		if _, ok := a.key([]byte("x")); ok {
			t.Fatal("a wrong password fits")
		}
		key, ok := a.key(utf16le(password))
		if !ok {
			// The package is opened all the same, to see what a key does.
			key = make([]byte, a.data.keyBytes)
		}
		got, err := a.open(seal, key)
		if err != nil {
			coded(t, err)
		} else if !bytes.Equal(got, plain) {
			t.Fatalf("%d other bytes", len(got))
		}
	})
}

// FuzzStandard feeds descriptions and packages of the other kind.
func FuzzStandard(f *testing.F) {
	plain := archive(f, 100)
	for _, bits := range []int{128, 192, 256} {
		info, stream := streams(f, standardFile(plain, bits, nil))
		f.Add(info[4:], stream)
	}
	f.Fuzz(func(t *testing.T, info, stream []byte) {
		s, err := parseStandard(info)
		if err != nil {
			coded(t, err)
			return
		}
		seal, err := unwrap(bytes.Clone(stream))
		if err != nil {
			coded(t, err)
			return
		}
		// Deriving a key takes too long here; what a wrong one does is seen.
		if _, err := s.open(seal, make([]byte, s.(*standard).keyBytes)); err != nil {
			coded(t, err)
		}
	})
}

// FuzzFile feeds whole files, without a password: only Excel's own is tried.
func FuzzFile(f *testing.F) {
	f.Add(agileFile(archive(f, 100), recipe{}))
	f.Add(agileFile(archive(f, 100), recipe{password: excelsOwn}))
	f.Add(standardFile(archive(f, 100), 128, nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		plain, asked, err := Decrypt(bytes.NewReader(file), int64(len(file)), nil, tonghop.Limits{Bytes: 1 << 20})
		if err != nil {
			coded(t, err)
		}
		if asked || (err == nil) != isZip(plain) {
			t.Fatalf("%d bytes, %v, %v", len(plain), asked, err)
		}
	})
}

func coded(t *testing.T, err error) {
	t.Helper()
	if tonghop.CodeOf(err) == "" {
		t.Fatalf("error without a code: %v", err)
	}
}
