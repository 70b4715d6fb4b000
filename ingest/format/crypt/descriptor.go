package crypt

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

const (
	nsEncryption = "http://schemas.microsoft.com/office/2006/encryption"
	nsPassword   = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"
)

// element is the attributes of one element.
type element map[string]string

// descriptor is the elements of an agile description that matter here.
type descriptor struct {
	keyData, integrity, password element
	encryptors                   int // ways to open it, of any kind
}

// parseAgile reads the XML behind the version of an agile description.
func parseAgile(b []byte) (scheme, error) {
	d, err := readDescriptor(b)
	if err != nil {
		return nil, tonghop.Fail("file.damaged", fmt.Errorf("description of the encryption: %w", err))
	}
	switch {
	case d.password == nil && d.encryptors > 0:
		return nil, refuse(kindCertificate, nil)
	case d.password == nil || d.keyData == nil:
		return nil, damaged("the description of the encryption lacks a key")
	case d.integrity == nil:
		return nil, refuse(kindUnsigned, nil)
	}
	a, err := d.scheme()
	if err != nil {
		if tonghop.CodeOf(err) == "" {
			err = tonghop.Fail("file.damaged", fmt.Errorf("description of the encryption: %w", err))
		}
		return nil, err
	}
	return a, nil
}

// readDescriptor walks the XML once, up to the end of its root.
func readDescriptor(b []byte) (*descriptor, error) {
	d, depth := &descriptor{}, 0
	for x := xml.NewDecoder(bytes.NewReader(b)); ; {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, errors.New("it has a document type")
		case xml.StartElement:
			if depth++; depth == 1 && t.Name != (xml.Name{Space: nsEncryption, Local: "encryption"}) {
				return nil, fmt.Errorf("it begins with %q", t.Name.Local)
			}
			if err := d.take(t); err != nil {
				return nil, err
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				return d, nil
			}
		}
	}
}

// take keeps an element that matters. None may come twice.
func (d *descriptor) take(t xml.StartElement) error {
	var to *element
	switch t.Name {
	case xml.Name{Space: nsEncryption, Local: "keyData"}:
		to = &d.keyData
	case xml.Name{Space: nsEncryption, Local: "dataIntegrity"}:
		to = &d.integrity
	case xml.Name{Space: nsPassword, Local: "encryptedKey"}:
		to = &d.password
	case xml.Name{Space: nsEncryption, Local: "keyEncryptor"}:
		d.encryptors++
		return nil
	default:
		return nil
	}
	if *to != nil {
		return fmt.Errorf("%s is there twice", t.Name.Local)
	}
	*to = element{}
	for _, a := range t.Attr {
		if a.Name.Space != "" {
			continue
		}
		if _, ok := (*to)[a.Name.Local]; ok {
			return fmt.Errorf("%s is there twice", a.Name.Local)
		}
		(*to)[a.Name.Local] = a.Value
	}
	return nil
}

// scheme proves what the elements say of each other.
func (d *descriptor) scheme() (*agile, error) {
	a := &agile{}
	var err error
	if a.data, err = d.keyData.parameters(); err != nil {
		return nil, fmt.Errorf("keyData: %w", err)
	}
	if a.wrap, err = d.password.parameters(); err != nil {
		return nil, fmt.Errorf("encryptedKey: %w", err)
	}
	if a.spin, err = d.password.number("spinCount"); err != nil {
		return nil, err
	}
	for _, f := range []struct {
		to   *[]byte
		of   element
		name string
		size int // of what is encrypted; 0 if any
	}{
		{&a.verifier, d.password, "encryptedVerifierHashInput", len(a.wrap.salt)},
		{&a.digest, d.password, "encryptedVerifierHashValue", a.wrap.hashSize},
		{&a.dataKey, d.password, "encryptedKeyValue", a.data.keyBytes},
		{&a.hmacKey, d.integrity, "encryptedHmacKey", 0},
		{&a.hmacValue, d.integrity, "encryptedHmacValue", a.data.hashSize},
	} {
		b, err := f.of.bytes(f.name)
		if err != nil {
			return nil, err
		}
		if n := (f.size + block - 1) / block * block; f.size > 0 && len(b) != n || len(b) == 0 || len(b)%block != 0 {
			return nil, fmt.Errorf("%s has %d bytes", f.name, len(b))
		}
		*f.to = b
	}
	return a, nil
}

// digests are those that Office writes; each under the names it is found with.
var digests = map[string]func() hash.Hash{
	"SHA1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New,
}

// saltMax is the longest salt that the format knows.
const saltMax = 65_536

// parameters reads and proves how one part is encrypted.
func (e element) parameters() (parameters, error) {
	var p parameters
	// "SHA-1" and "SHA1" are both written.
	p.hash = digests[strings.ReplaceAll(e["hashAlgorithm"], "-", "")]
	if p.hash == nil || e["cipherAlgorithm"] != "AES" || e["cipherChaining"] != "ChainingModeCBC" {
		return p, refuse(kindAlgorithm, fmt.Errorf("cipher %q %q, digest %q", e["cipherAlgorithm"], e["cipherChaining"], e["hashAlgorithm"]))
	}
	numbers := map[string]int{}
	for _, name := range []string{"saltSize", "blockSize", "keyBits", "hashSize"} {
		n, err := e.number(name)
		if err != nil {
			return p, err
		}
		numbers[name] = n
	}
	var err error
	if p.salt, err = e.bytes("saltValue"); err != nil {
		return p, err
	}
	p.hashSize = p.hash().Size()
	bits := numbers["keyBits"]
	p.keyBytes = bits / 8
	switch {
	case len(p.salt) == 0 || len(p.salt) > saltMax || len(p.salt) != numbers["saltSize"]:
		return p, fmt.Errorf("salt of %d bytes that says %d", len(p.salt), numbers["saltSize"])
	case numbers["blockSize"] != block:
		return p, fmt.Errorf("AES in blocks of %d bytes", numbers["blockSize"])
	case bits != 128 && bits != 192 && bits != 256:
		return p, fmt.Errorf("AES with keys of %d bits", bits)
	case numbers["hashSize"] != p.hashSize:
		return p, fmt.Errorf("%s of %d bytes", e["hashAlgorithm"], numbers["hashSize"])
	}
	return p, nil
}

// number reads a number from 0 to 2^30.
func (e element) number(name string) (int, error) {
	n, err := strconv.ParseUint(e[name], 10, 30)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return int(n), nil
}

func (e element) bytes(name string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(e[name])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}
