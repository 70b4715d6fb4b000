package templates

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// settingKind is what may be written as the value of a key.
type settingKind int

const (
	aText   settingKind = iota
	aCode               // digits, in quotes or not: 01 stays 01
	aNumber             // a whole number
	aTruth              // true or false
	aSpan               // a duration: 90s, 2m, 1h30m
)

// setting is one key of the configuration with one value.
type setting struct {
	name     string // in the file; "log.level" stands below log
	variable string // of the environment; "" = none
	kind     settingKind
	set      func(value string) *tonghop.Error // what is wrong with it, without its place
}

// keys are the keys of c that have one value. Paths are relative to base.
func (c *Config) keys(base string) []setting {
	return []setting{
		{"home", "TONGHOP_HOME", aText, setPath(&c.Home, base)},
		{"province", "TONGHOP_PROVINCE", aCode, setCode(&c.Province, provinceCode, "84, all")},
		{"database", "TONGHOP_DATABASE", aText, c.setDatabase},
		{"database_file", "", aText, setPath(&c.DatabaseFile, base)},
		{"output", "TONGHOP_OUTPUT", aText, orNone(&c.Output, setPath(&c.Output, base))},
		{"language", "TONGHOP_LANGUAGE", aText, setChoice(&c.Language, "vi", "en")},
		{"listen", "TONGHOP_LISTEN", aText, setListen(&c.Listen)},
		{"listen_public", "", aTruth, setTruth(&c.ListenPublic)},
		{"log.level", "TONGHOP_LOG_LEVEL", aText, setChoice(&c.Log.Level, "debug", "info", "warn", "error")},
		{"log.format", "TONGHOP_LOG_FORMAT", aText, setChoice(&c.Log.Format, "text", "json")},
		{"readers", "TONGHOP_READERS", aNumber, setNumber(&c.Readers, 0, 256)},
		{"late_wait", "", aSpan, setSpan(&c.LateWait, 0, 7*24*time.Hour)},
		{"password_file", "TONGHOP_PASSWORD_FILE", aText, orStdin(&c.PasswordFile, setPath(&c.PasswordFile, base))},
		{"convert", "", aTruth, setTruth(&c.Convert)},
		{"limits.file_mb", "", aNumber, setBytes(&c.Limits.Bytes, 1, 200)},
		{"limits.archive_files", "", aNumber, setNumber(&c.Limits.Files, 1, 10_000)},
		{"limits.sheets", "", aNumber, setNumber(&c.Limits.Sheets, 1, 10_000)},
		{"limits.cells", "", aNumber, setNumber(&c.Limits.Cells, 1000, 10_000_000)},
		{"limits.memory_mb", "", aNumber, setBytes(&c.Limits.Memory, 128, 16*1024)},
		{"limits.seconds", "", aNumber, setSeconds(&c.Limits.Time, 1, 600)},
	}
}

// keys are the keys of a door that have one value. Zero durations are refused,
// since a door that is told none takes its own.
func (d *DoorConfig) keys(base string) []setting {
	return []setting{
		{"name", "", aText, setName(&d.Name)},
		{"folder", "", aText, setPath(&d.Folder, base)},
		{"settle", "", aSpan, setSpan(&d.Settle, time.Millisecond, time.Hour)},
		{"min_age", "", aSpan, setSpan(&d.MinAge, time.Millisecond, 24*time.Hour)},
		{"patience", "", aSpan, setSpan(&d.Patience, time.Second, 24*time.Hour)},
	}
}

// keys are the keys of a schedule. The expression is compiled elsewhere.
func (s *ScheduleConfig) keys() []setting {
	return []setting{
		{"name", "", aText, setName(&s.Name)},
		{"action", "", aText, setChoice(&s.Action, "pull", "close")},
		{"cron", "", aText, setCron(&s.Cron)},
		{"period", "", aText, setPeriod(&s.Period)},
	}
}

var (
	provinceCode = regexp.MustCompile(`^([0-9]{2}|all)$`)
	officeCode   = regexp.MustCompile(`^[0-9]{2,5}$`)
	configName   = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)
)

func setChoice(into *string, allowed ...string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		for _, a := range allowed {
			if v == a {
				*into = v
				return nil
			}
		}
		return tonghop.Fail("config.choice", nil, "found", v, "allowed", strings.Join(allowed, ", "))
	}
}

// setPeriod takes one of the rules that count from the due time, or a period.
func setPeriod(into *string) func(string) *tonghop.Error {
	rule := setChoice(into, "previous-month", "previous-quarter", "previous-half", "nine-months", "previous-year")
	return func(v string) *tonghop.Error {
		if _, err := tonghop.ParsePeriod(v); err == nil {
			*into = v
			return nil
		}
		return rule(v)
	}
}

func setCode(into *string, pattern *regexp.Regexp, allowed string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if !pattern.MatchString(v) {
			return tonghop.Fail("config.code", nil, "found", v, "allowed", allowed)
		}
		*into = v
		return nil
	}
}

func setName(into *string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if !configName.MatchString(v) {
			return tonghop.Fail("config.name", nil, "found", v)
		}
		*into = v
		return nil
	}
}

// setPath takes a path relative to base. "~" means something to a shell only.
func setPath(into *string, base string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		switch {
		case strings.TrimSpace(v) == "" || strings.ContainsRune(v, 0):
			return tonghop.Fail("config.path", nil)
		case v == "~" || strings.HasPrefix(v, "~/"):
			return tonghop.Fail("config.tilde", nil, "found", v)
		case filepath.IsAbs(v):
			*into = filepath.Clean(v)
		default:
			*into = filepath.Join(base, v)
		}
		return nil
	}
}

// orNone lets an empty value unset what set sets.
func orNone(into *string, set func(string) *tonghop.Error) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if v == "" {
			*into = ""
			return nil
		}
		return set(v)
	}
}

// orStdin lets "-" stand for the standard input.
func orStdin(into *string, set func(string) *tonghop.Error) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if v == "-" {
			*into = v
			return nil
		}
		return set(v)
	}
}

func setTruth(into *bool) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		*into = strings.EqualFold(v, "true")
		return nil
	}
}

func setNumber(into *int, least, most int) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		n, err := strconv.Atoi(v)
		if err != nil || n < least || n > most {
			return tonghop.Fail("config.number", nil, "found", v, "least", strconv.Itoa(least), "most", strconv.Itoa(most))
		}
		*into = n
		return nil
	}
}

// setBytes takes a number of MB.
func setBytes(into *int64, least, most int) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		var n int
		if f := setNumber(&n, least, most)(v); f != nil {
			return f
		}
		*into = int64(n) * tonghop.MB
		return nil
	}
}

// setSeconds takes a number of seconds.
func setSeconds(into *time.Duration, least, most int) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		var n int
		if f := setNumber(&n, least, most)(v); f != nil {
			return f
		}
		*into = time.Duration(n) * time.Second
		return nil
	}
}

func setSpan(into *time.Duration, least, most time.Duration) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		d, err := time.ParseDuration(v)
		if err != nil || d < least || d > most {
			return tonghop.Fail("config.duration", nil, "found", v, "least", short(least), "most", short(most))
		}
		*into = d
		return nil
	}
}

// short writes a duration without its zero parts: 24h, not 24h0m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// setCron keeps an expression as it is written.
func setCron(into *string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if strings.TrimSpace(v) == "" {
			return tonghop.Fail("config.cron", nil, "found", v)
		}
		*into = v
		return nil
	}
}

// setDatabase takes a URL of PostgreSQL. It never says what was found: there
// is a password in it. A URL given by the environment stands before a file.
func (c *Config) setDatabase(v string) *tonghop.Error {
	if v != "" && !postgres(v) {
		return tonghop.Fail("config.database", nil)
	}
	c.Database = Secret(v)
	return nil
}

// postgres reports whether a text is the URL of a database, by its shape. A
// sign of the password that is not written as % and two digits cuts the URL in
// the wrong place.
func postgres(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") && u.Opaque == "" && clean(u) &&
		(len(u.Path) > 1 || u.Query().Get("dbname") != "")
}

// setListen takes host:port; "" and "off" are off.
func setListen(into *string) func(string) *tonghop.Error {
	return func(v string) *tonghop.Error {
		if v == "" || v == "off" {
			*into = ""
			return nil
		}
		_, port, err := net.SplitHostPort(v)
		if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || strconv.FormatUint(n, 10) != port {
			return tonghop.Fail("config.listen", nil, "found", v)
		}
		*into = v
		return nil
	}
}

// loopback reports whether an address can be reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
