package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// A server that cannot be used is told with its reason and what to do, never
// with a password.
func TestDoctorServer(t *testing.T) {
	t.Parallel()
	address := pgtest.Database(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	secret, _ := u.User.Password()
	i := newIll(t)
	for want, c := range map[string][2]string{
		"sai tài khoản hoặc mật khẩu": {secret, "s3cr3t"},
		"không có cơ sở dữ liệu này":  {"?sslmode", "-?sslmode"},
		"không có máy chủ nào":        {u.Host, "127.0.0.1:1"},
		"TLS":                         {"sslmode=disable", "sslmode=require"},
		"không có dấu cách":           {"?sslmode", " x?sslmode"},
	} {
		at := strings.Replace(address, c[0], c[1], 1)
		_, talk := i.tonghop(exitFailed, "--database", at, "facts", "--period", june)
		if strings.Contains(want, "mật khẩu") {
			out, _ := i.tonghop(exitFailed, "--database", at, "doctor")
			talk += out
		}
		if !strings.Contains(talk, want) || strings.Contains(talk, "--home") {
			t.Errorf("want %q:\n%s", want, talk)
		}
		if strings.Contains(talk, secret) || strings.Contains(talk, "s3cr3t") {
			t.Errorf("a password is told:\n%s", talk)
		}
	}
}

// Every reason has its words and its remedy, in both languages.
func TestReasonsHaveWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"vi", "en"} {
		a := speaking(t, lang)
		for _, reason := range []string{"password", "role", "database", "access", "refused", "host", "tls", "rights", "read_only",
			"full", "timeout", "lost", "other"} {
			for _, group := range []string{"reason", "remedy"} {
				if a.letters.Word(group, reason) == reason {
					t.Errorf("%s: no %s for %s", lang, group, reason)
				}
			}
		}
	}
}
