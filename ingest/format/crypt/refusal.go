package crypt

import "github.com/tonghop/tonghop"

// The kinds of encryption that are not opened, as file.encrypted names them.
// None of them is the clerk's fault: Excel opens most of these.
const (
	kindIRM         = "IRM"         // rights management: the key lies with a server
	kindCertificate = "certificate" // only the holder of a certificate opens it
	kindExtensible  = "extensible"  // a program of its own encrypted it
	kindExternal    = "external"    // the same, in the words of 2007
	kindRC4         = "RC4"         // the cipher of Excel 2003
	kindAlgorithm   = "algorithm"   // a cipher or digest other than AES and SHA
	kindUnsigned    = "unsigned"    // agile without the digest of the package
	kindRounds      = "rounds"      // takes more hashing than we do for a file
	kindUnknown     = "unknown"
)

// refuse is the refusal of a kind of encryption; args as in [tonghop.Fail].
func refuse(kind string, cause error, args ...string) error {
	return tonghop.Fail("file.encrypted", cause, append([]string{"kind", kind}, args...)...)
}
