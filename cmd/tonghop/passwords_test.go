package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// The list of passwords is read as it stands now, and only if it is one.
func TestPasswords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mat-khau")
	a := &app{config: templates.Config{PasswordFile: path}}
	if _, err := a.passwords(); tonghop.CodeOf(err) != "passwords.file" {
		t.Errorf("a list that is not there: %v", err)
	}
	var first time.Time
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		first = first.Add(time.Second) // a clock that is too coarse hides the change
		if err := os.Chtimes(path, first, first); err != nil {
			t.Fatal(err)
		}
	}
	first = time.Now()
	for text, want := range map[string][]string{
		"\ufeffmật khẩu\r\n\r\n hai  ba \n": {"mật khẩu", " hai  ba ", "hai  ba"},
		"":                                  nil,
		"một":                               {"một"},
	} {
		write(text)
		if got, err := a.passwords(); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
	}
	write("một")
	a.currentPasswords()
	for text, code := range map[string]string{
		"m\x00\xed\x00":                          "passwords.file", // UTF-16
		strings.Repeat("x", mostPasswordBytes+1): "passwords.file",
		strings.Repeat("x\ny\n", 10) + "z":       "passwords.many",
	} {
		write(text)
		if _, err := a.passwords(); tonghop.CodeOf(err) != code {
			t.Errorf("%.20q: %v, want %s", text, err, code)
		}
		if got := a.currentPasswords(); !slices.Equal(got, []string{"một"}) {
			t.Errorf("after %.20q: %q", text, got)
		}
	}
}
