package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"github.com/tonghop/tonghop"
)

// mostPasswords is how many passwords are tried on one file: each costs its
// share of a second.
const mostPasswords = 20

// passwords reads the passwords of workbooks, a line each, from the file that
// is set or from the standard input ("-"), once. Blanks belong to a password;
// empty lines are none. Errors: passwords.file (path), passwords.many (path,
// limit).
func (a *app) passwords() ([]string, error) {
	path := a.config.PasswordFile
	if path == "" || a.keys != nil {
		return a.keys, nil
	}
	var in io.Reader = os.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, tonghop.Fail("passwords.file", err, "path", path)
		}
		defer f.Close()
		in = f
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if line := strings.TrimPrefix(lines.Text(), "\ufeff"); line != "" {
			a.keys = append(a.keys, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, tonghop.Fail("passwords.file", err, "path", path)
	}
	if len(a.keys) > mostPasswords {
		return nil, tonghop.Fail("passwords.many", nil, "path", path, "limit", "20")
	}
	return a.keys, nil
}
