//go:build unix

package office

import (
	"crypto/md5"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"unicode/utf16"
)

// environment is all that the program gets of ours.
func environment(dir string) []string {
	home := filepath.Join(dir, homeDir)
	return []string{
		"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
		"HOME=" + home, "TMPDIR=" + home, "XDG_RUNTIME_DIR=" + home, "XDG_CACHE_HOME=" + home, "XDG_CONFIG_HOME=" + home,
		"SAL_USE_VCLPLUGIN=svp",                                     // draws into memory
		"SAL_DISABLE_PRINTERLIST=1", "SAL_DISABLE_DEFAULTPRINTER=1", // no printer is asked
		"SAL_DISABLE_OPENCL=1",     // and on no graphics card
		"GSETTINGS_BACKEND=memory", // asks no service for settings
	}
}

// killGroup ends the program and all that it started and that did not leave its
// group.
func killGroup(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

// pipePlaces is where LibreOffice makes the socket by which a second start
// finds the first. It makes it nowhere else, and does not start without it.
var pipePlaces = []string{"/tmp", "/var/tmp"}

// removePipe takes that socket of a call away: behind its walls LibreOffice
// cannot, and killed it does not. Its name has a digest of the profile's
// address, in UTF-16, each byte in hexadecimal without leading zeros.
func removePipe(dir string) error {
	var wide []byte
	for _, u := range utf16.Encode([]rune(fileURL(filepath.Join(dir, profileDir)))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	digest := ""
	for _, b := range md5.Sum(wide) {
		digest += fmt.Sprintf("%x", b)
	}
	for _, place := range pipePlaces {
		// The star is a user's number, and not always ours.
		found, err := filepath.Glob(filepath.Join(place, "OSL_PIPE_*_SingleOfficeIPC_"+digest))
		if err != nil {
			return fmt.Errorf("find socket: %w", err)
		}
		for _, path := range found {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove socket: %w", err)
			}
		}
	}
	return nil
}
