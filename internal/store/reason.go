package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/tonghop/tonghop"
)

// serverFailed is the error of a server that cannot be used, with why.
func (db *DB) serverFailed(err error) error {
	return tonghop.Fail("ledger.server", err, "path", db.path, "reason", reason(err))
}

// The states of PostgreSQL that say why it refuses.
const (
	stateAuthorization = "28000" // no such role, none that may log in, not let in by pg_hba.conf
	statePassword      = "28P01"
	stateNoDatabase    = "3D000"
	stateNoSchema      = "3F000"
	stateNoRight       = "42501"
	stateReadOnly      = "25006"
)

// reason is why a server could not be used, as the sentences name it: password,
// role, database, access (pg_hba.conf), refused, host, tls, rights, read_only,
// full, timeout, lost, other. What the server itself said goes before what the
// network did on the way to it.
func reason(err error) string {
	if state := sqlState(err); state != "" {
		return stateReason(state, err)
	}
	var dns *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &dns), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "host"
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, fs.ErrNotExist): // the latter of a socket
		return "refused"
	case aboutTLS(err):
		return "tls"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &network) && network.Timeout():
		return "timeout"
	case gone(err):
		return "lost"
	}
	return "other"
}

// stateReason is the reason that a state of the server tells.
func stateReason(state string, err error) string {
	switch state {
	case statePassword:
		return "password"
	case stateAuthorization:
		return admission(err)
	case stateNoDatabase:
		return "database"
	case stateNoRight, stateNoSchema:
		return "rights"
	case stateReadOnly:
		return "read_only"
	}
	switch {
	case strings.HasPrefix(state, "53"):
		return "full"
	case gone(err):
		return "lost"
	}
	return "other"
}

// admission tells apart why the server lets nobody in: its message names the
// file pg_hba.conf in every language.
func admission(err error) string {
	var e *pgconn.PgError
	switch {
	case !errors.As(err, &e) || !strings.Contains(e.Message, "pg_hba.conf"):
		return "role"
	case strings.Contains(e.Message, "no encryption"):
		return "tls"
	}
	return "access"
}

// aboutTLS reports whether the two sides could not agree on TLS. That the
// server has none has no type of its own.
func aboutTLS(err error) bool {
	var record tls.RecordHeaderError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var alert tls.AlertError
	return errors.As(err, &record) || errors.As(err, &certificate) || errors.As(err, &authority) || errors.As(err, &name) ||
		errors.As(err, &alert) || strings.Contains(err.Error(), "tls error: ")
}
