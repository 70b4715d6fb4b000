package templates

import (
	"log/slog"
	"net/url"
	"strings"
)

// Secret is the URL of a database, which may hold a password. Printing, logging
// or encoding it shows [Secret.Shown]; string(s) is the text itself.
type Secret string

// Shown is the URL without its password: postgres://tonghop@db/tonghop. Of the
// options only those are shown that say where the database is, and of what is
// not such a URL nothing is.
func (s Secret) Shown() string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(string(s))
	if err != nil || u.Scheme == "" || u.Opaque != "" || !clean(u) {
		return "***"
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	all, plain := u.Query(), url.Values{}
	for _, name := range []string{"host", "port", "user", "dbname", "sslmode"} {
		if values := all[name]; len(values) > 0 {
			plain[name] = values
		}
	}
	u.RawQuery = plain.Encode()
	return u.String()
}

// clean reports whether no piece of a password can stand in a wrong place.
func clean(u *url.URL) bool {
	return u.Fragment == "" && !strings.ContainsAny(u.Path+u.RawQuery+u.Host, "@#")
}

// String is what fmt prints.
func (s Secret) String() string { return s.Shown() }

// GoString is what fmt prints for %#v.
func (s Secret) GoString() string { return s.Shown() }

// MarshalText is what encoders write.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.Shown()), nil }

// LogValue is what log/slog writes.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.Shown()) }
