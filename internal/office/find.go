package office

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Find gives the path of LibreOffice's program on this machine: what PATH has,
// else what stands at the usual places. False if there is none.
func Find() (string, bool) {
	for _, name := range programs(runtime.GOOS) {
		if path, err := exec.LookPath(name); err == nil {
			if path, err = filepath.Abs(path); err == nil {
				return path, true
			}
		}
	}
	for _, pattern := range places(runtime.GOOS, os.Getenv) {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			continue
		}
		// Of several versions the last by name is the newest, mostly.
		if path, err := exec.LookPath(found[len(found)-1]); err == nil {
			return path, true
		}
	}
	return "", false
}

// installation is the folder that LibreOffice is installed in; "" if the place
// of the program does not tell.
func installation(program string) string {
	real, err := filepath.EvalSymlinks(program)
	if err != nil {
		return ""
	}
	switch dir := filepath.Dir(real); filepath.Base(dir) {
	case "program":
		return filepath.Dir(dir)
	case "MacOS": // LibreOffice.app/Contents/MacOS/soffice
		return filepath.Dir(dir)
	}
	return ""
}

// build is the name of the installation's build as it writes it into profiles;
// "" if it is not found.
func build(program string) string {
	for _, name := range []string{"program/versionrc", "program/version.ini", "Resources/versionrc"} {
		text, err := os.ReadFile(filepath.Join(installation(program), filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "buildid="); ok {
				return id
			}
		}
	}
	return ""
}

// programs is what the program is called.
func programs(system string) []string {
	if system == "windows" {
		return []string{"soffice.com", "soffice.exe"} // the first one waits for the second
	}
	return []string{"soffice", "libreoffice"}
}

// places is where the program lies when PATH does not have it, as patterns.
func places(system string, env func(string) string) []string {
	switch system {
	case "windows":
		var list []string
		for _, v := range []string{"ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"} {
			if dir := env(v); dir != "" {
				list = append(list, filepath.Join(dir, "LibreOffice*", "program", "soffice.com"))
			}
		}
		return list
	case "darwin":
		return []string{"/Applications/LibreOffice*.app/Contents/MacOS/soffice"}
	}
	return []string{
		"/usr/lib/libreoffice/program/soffice", "/usr/lib64/libreoffice/program/soffice",
		"/opt/libreoffice*/program/soffice", "/usr/local/lib/libreoffice/program/soffice",
		"/usr/local/bin/soffice", "/snap/bin/libreoffice",
	}
}
