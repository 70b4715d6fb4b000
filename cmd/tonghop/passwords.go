package main

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
)

// Bounds of the file of passwords.
const (
	mostPasswords     = 20      // each costs its share of a second on every file with one
	mostPasswordBytes = 1 << 16 // of the file
)

// keyring holds the passwords of workbooks as they were last read.
type keyring struct {
	mu      sync.Mutex
	read    bool
	changed time.Time // of the file, when it was read
	size    int64
	list    []string
}

// passwords reads the passwords of workbooks, a line each, from the file that
// is set or from the standard input ("-"), which is read once. A line is also
// tried without the blanks around it; empty lines are none. Errors:
// passwords.file (path), passwords.many (path, limit).
func (a *app) passwords() ([]string, error) {
	path := a.config.PasswordFile
	if path == "" {
		return nil, nil
	}
	k := &a.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	if path == "-" {
		if k.read {
			return k.list, nil
		}
		return k.take(path, os.Stdin)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, tonghop.Fail("passwords.file", err, "path", path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, tonghop.Fail("passwords.file", err, "path", path)
	}
	if k.read && info.ModTime().Equal(k.changed) && info.Size() == k.size {
		return k.list, nil
	}
	list, err := k.take(path, f)
	if err == nil {
		k.changed, k.size = info.ModTime(), info.Size()
	}
	return list, err
}

// take reads the list.
func (k *keyring) take(path string, in io.Reader) ([]string, error) {
	raw, err := io.ReadAll(io.LimitReader(in, mostPasswordBytes+1))
	if err == nil && (len(raw) > mostPasswordBytes || !utf8.Valid(raw)) {
		err = errors.New("no list of passwords in UTF-8")
	}
	if err != nil {
		return nil, tonghop.Fail("passwords.file", err, "path", path)
	}
	var list []string
	lines := 0
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		lines++
		for _, p := range []string{line, strings.TrimSpace(line)} {
			if p != "" && !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	if lines > mostPasswords || len(list) > mostPasswords {
		return nil, tonghop.Fail("passwords.many", nil, "path", path, "limit", "20")
	}
	k.read, k.list = true, list
	return list, nil
}

// currentPasswords are the passwords of now: whoever works for months takes up a
// list that was changed. Where it cannot be read the last one holds.
func (a *app) currentPasswords() []string {
	list, err := a.passwords()
	if err != nil {
		slog.Warn("cannot read the passwords", "cause", err)
		a.keys.mu.Lock()
		defer a.keys.mu.Unlock()
		return a.keys.list
	}
	return list
}
