package office

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What a file system may be asked for, in groups of Landlock's rights.
const (
	fileRead = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE
	dirRead  = fileRead | unix.LANDLOCK_ACCESS_FS_READ_DIR
	fileAll  = fileRead | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE
	dirAll   = dirRead | fileAll | unix.LANDLOCK_ACCESS_FS_REMOVE_DIR | unix.LANDLOCK_ACCESS_FS_REMOVE_FILE |
		unix.LANDLOCK_ACCESS_FS_MAKE_DIR | unix.LANDLOCK_ACCESS_FS_MAKE_REG | unix.LANDLOCK_ACCESS_FS_MAKE_SOCK |
		unix.LANDLOCK_ACCESS_FS_MAKE_SYM | unix.LANDLOCK_ACCESS_FS_MAKE_FIFO | unix.LANDLOCK_ACCESS_FS_REFER
	handled = dirAll | unix.LANDLOCK_ACCESS_FS_MAKE_CHAR | unix.LANDLOCK_ACCESS_FS_MAKE_BLOCK
)

// seen is what the program may read beside its own folder and its own
// installation: libraries, fonts, locales and how names are looked up. Nothing
// of a person and nothing of ours lies there.
var seen = []string{
	"/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/snap", "/nix", "/gnu", "/proc", "/var/cache/fontconfig",
	"/var/lib/libreoffice", "/var/spool/libreoffice",
	"/etc/libreoffice", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/alternatives", "/etc/passwd", "/etc/group",
	"/etc/nsswitch.conf", "/etc/localtime", "/etc/papersize", "/etc/paperspecs", "/etc/locale.alias", "/etc/host.conf",
	"/sys/devices/system/cpu", "/dev/urandom", "/dev/random", "/dev/zero",
}

// version asks the kernel which Landlock it has; 3 is the first that stops
// every way to write.
func version() (int, error) {
	v, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0, fmt.Errorf("landlock: %w", errno)
	}
	return int(v), nil
}

// landlocked says why files cannot be kept from the program; nil if they can.
func landlocked() error {
	v, err := version()
	if err == nil && v < 3 {
		err = fmt.Errorf("landlock: version %d is too old", v)
	}
	return err
}

// confine keeps this thread, and what it starts, from all files but those of
// dir and the system's, and from all connections. It cannot be undone.
func confine(dir, program string) error {
	if err := landlocked(); err != nil {
		return err
	}
	v, _ := version()
	rules := unix.LandlockRulesetAttr{Handled_access_fs: handled}
	size := unsafe.Sizeof(rules.Handled_access_fs)
	if v >= 4 {
		rules.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
		size += unsafe.Sizeof(rules.Handled_access_net)
	}
	if v >= 6 {
		rules.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
		size += unsafe.Sizeof(rules.Scoped)
	}
	set, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), size, 0)
	if errno != 0 {
		return fmt.Errorf("landlock: make rules: %w", errno)
	}
	defer unix.Close(int(set))
	if err := allowAll(int(set), dir, program); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("landlock: give up privileges: %w", err)
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, set, 0, 0); errno != 0 {
		return fmt.Errorf("landlock: %w", errno)
	}
	return nil
}

// allowAll adds the rules of one call to the set.
func allowAll(set int, dir, program string) error {
	for _, path := range append(slices.Clone(seen), installation(program)) {
		if err := allow(set, path, dirRead); err != nil {
			return err
		}
	}
	if err := allow(set, "/dev/null", fileAll); err != nil {
		return err
	}
	for _, place := range pipePlaces {
		if err := allow(set, place, unix.LANDLOCK_ACCESS_FS_MAKE_SOCK); err != nil {
			return err
		}
	}
	return allow(set, dir, dirAll)
}

// allow adds a rule for what is below path. What is not there needs none.
func allow(set int, path string, rights uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EACCES) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("landlock: open %s: %w", path, err)
	}
	defer unix.Close(fd)
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		rights &= fileAll
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: rights, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(set), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	if errno != 0 {
		return fmt.Errorf("landlock: allow %s: %w", path, errno)
	}
	return nil
}
