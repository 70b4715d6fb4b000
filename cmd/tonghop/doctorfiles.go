package main

import (
	"os"
	"runtime"
	"strconv"

	"github.com/tonghop/tonghop/internal/office"
)

// files looks at what reading files needs beside the program: the passwords of
// workbooks, and the program that converts what is not read here.
func (d *checkup) files() {
	if path := d.a.config.PasswordFile; path != "" {
		d.passwords(path)
	}
	if !d.a.config.Convert {
		return
	}
	if program, found := office.Find(); found {
		d.good("convert", "convert_found", "path", program)
	} else {
		d.good("convert", "convert_none")
	}
}

// passwords looks whether the file of passwords can be read, and by whom.
func (d *checkup) passwords(path string) {
	keys, err := d.a.passwords()
	if err != nil {
		d.bad("passwords", err)
		return
	}
	info, err := os.Stat(path)
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		d.warn("passwords", "passwords_open", "path", path)
		return
	}
	d.good("passwords", "passwords_ok", "path", path, "count", strconv.Itoa(len(keys)))
}
