package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// sampleFile is the embedded sample of the configuration.
const sampleFile = "config/tonghop.yaml"

// mostConfig is how large a configuration may be, in bytes: whoever names
// another file by mistake is told so at once.
const mostConfig = 1 << 20

// Config is what the operator sets: the content of the configuration file, with
// the defaults for whatever it does not say. Start with [DefaultConfig] or
// [ReadConfig], then [Config.Override].
type Config struct {
	File         string // the file that it was read from; "" = none
	Home         string // the data folder
	Province     string // code, or "all"; "" = nobody said
	Database     Secret // URL of a PostgreSQL database; "" = SQLite, see [Config.Ledger]
	DatabaseFile string // the file that Database was read from; "" = none
	Output       string // folder for editions; "" = see [Config.OutputFolder]
	Language     string // "vi" or "en"
	Listen       string // host:port of health and metrics; "" = off
	ListenPublic bool   // Listen may be reached from other machines
	Log          LogConfig
	Readers      int            // how many files are read at once; 0 = number of processors
	LateWait     time.Duration  // how long the next issue waits after a late return
	PasswordFile string         // a line each: passwords that open workbooks; "" = none, "-" = standard input
	Convert      bool           // another program may convert what we do not read
	Limits       tonghop.Limits // of files; zero fields are the defaults
	Doors        []DoorConfig
	Schedules    []ScheduleConfig

	at map[string]place // where each key was set; nil = nowhere
}

// LogConfig says what is written to the log, and how.
type LogConfig struct {
	Level  string // "debug", "info", "warn" or "error"
	Format string // "text" or "json"
}

// DoorConfig is a folder in which offices drop their files.
type DoorConfig struct {
	Name     string
	Folder   string
	Settle   time.Duration     // so long a file must stay as it is before it is taken
	MinAge   time.Duration     // and so old it must be
	Patience time.Duration     // so long what is not whole is waited for
	Offices  map[string]string // subfolder → code of the unit whose files lie there
	Line     int               // in the configuration file
}

// ScheduleConfig is something that the clock starts.
type ScheduleConfig struct {
	Name   string
	Action string // "pull": look into the doors; "close": close a period
	Cron   string // expression of five fields, not compiled here
	Period string // of "close": "previous-month"…
	Line   int    // in the configuration file; 0 = built in
}

// place is where a key was set: in the file, or by a variable of the
// environment.
type place struct {
	line, column int
	variable     string
}

// DefaultConfig is the configuration of a program that was told nothing: no
// door, the built-in schedules.
func DefaultConfig() Config {
	return Config{
		Home: "tonghop-data", Language: "vi", Listen: "127.0.0.1:9464",
		Log: LogConfig{Level: "info", Format: "text"}, LateWait: 2 * time.Minute, Convert: true,
		Limits: tonghop.Limits{}.WithDefaults(),
		Schedules: []ScheduleConfig{
			{Name: "pull", Action: "pull", Cron: "*/5 * * * *"},
			{Name: "month", Action: "close", Cron: "0 6 5 * *", Period: "previous-month"},
			{Name: "quarter", Action: "close", Cron: "0 6 5 1,4,7,10 *", Period: "previous-quarter"},
		},
	}
}

// defaultDoor is a door of which only name and folder were said.
func defaultDoor() DoorConfig {
	return DoorConfig{Settle: 3 * time.Second, MinAge: 10 * time.Second, Patience: 15 * time.Minute}
}

// SampleConfig gives the commented sample of the configuration as it stands:
// it is a working configuration.
func SampleConfig(fsys fs.FS) ([]byte, error) {
	raw, err := fs.ReadFile(fsys, sampleFile)
	if err != nil {
		return nil, fmt.Errorf("read sample configuration: %w", err)
	}
	return raw, nil
}

// ReadConfig reads a configuration file, and the file that its database_file
// names. Everything that is wrong in it comes back in one error, config.wrong
// (file, count), whose causes are the faults in the order of their lines; a
// file that cannot be read is config.missing or config.unreadable (file). With
// config.wrong comes the configuration as far as it could be read, for whoever
// looks for more that is wrong in it: see [Config.Together].
func ReadConfig(name string) (Config, error) {
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, tonghop.Fail("config.missing", err, "file", name)
	}
	if err != nil {
		return Config{}, tonghop.Fail("config.unreadable", err, "file", name)
	}
	c, faults := parseConfig(raw, name)
	if f := c.readDatabase(); f != nil {
		faults = append(faults, f)
	}
	if len(faults) > 0 {
		return c, c.Wrong(faults...)
	}
	return c, nil
}

// ParseConfig decodes the bytes of a configuration file. name stands in errors,
// and paths in the file are relative to its folder. The file that database_file
// names is not read: [ReadConfig] does that.
func ParseConfig(raw []byte, name string) (Config, error) {
	c, faults := parseConfig(raw, name)
	if len(faults) > 0 {
		return c, c.Wrong(faults...)
	}
	return c, nil
}

// readDatabase reads the URL of the database out of the file that holds it. The
// fault never says what stands there.
func (c *Config) readDatabase() *tonghop.Error {
	if c.DatabaseFile == "" || c.Database != "" {
		return nil
	}
	raw, err := os.ReadFile(c.DatabaseFile)
	if err != nil {
		return c.Place("database_file", tonghop.Fail("config.database_file", err, "path", c.DatabaseFile))
	}
	url := strings.TrimSpace(string(raw))
	if !postgres(url) {
		return c.Place("database_file", tonghop.Fail("config.database_content", nil, "path", c.DatabaseFile))
	}
	c.Database = Secret(url)
	return nil
}

// Ledger names the ledger: the URL of a PostgreSQL database, or the path of the
// SQLite file in the data folder.
func (c Config) Ledger() string {
	if c.Database != "" {
		return string(c.Database)
	}
	return filepath.Join(c.Home, "tonghop.db")
}

// OutputFolder is where editions are handed out: ban-tong-hop in the data
// folder unless another one was set.
func (c Config) OutputFolder() string {
	if c.Output != "" {
		return c.Output
	}
	return filepath.Join(c.Home, "ban-tong-hop")
}

// At is where in the configuration file a key was set: "home", "log.level",
// "doors[0].offices.tra-cu", "schedules[1].cron"; zeros if it was not.
func (c Config) At(key string) (line, column int) {
	p := c.at[key]
	return p.line, p.column
}

// Place adds to a fault in the value of a key where it stands: the arguments
// "at" (file:line:column, "" if the file does not say the key) and "key" (or
// the variable of the environment that set it).
func (c Config) Place(key string, fault *tonghop.Error) *tonghop.Error {
	p := c.at[key]
	args := map[string]string{"key": key}
	switch {
	case p.variable != "":
		args["key"] = p.variable
	case p.line > 0:
		args["at"] = fmt.Sprintf("%s:%d:%d", c.File, p.line, p.column)
	}
	for k, v := range fault.Args {
		args[k] = v
	}
	return &tonghop.Error{Code: fault.Code, Args: args, Cause: fault.Cause}
}

// Wrong is the error that tells of all faults of a configuration at once,
// each made by [Config.Place].
func (c Config) Wrong(faults ...*tonghop.Error) error {
	return tonghop.Fail("config.wrong", joined(faults), "file", c.File, "count", fmt.Sprint(len(faults)))
}

// joined makes one error of faults.
func joined(faults []*tonghop.Error) error {
	all := make([]error, len(faults))
	for i, f := range faults {
		all[i] = f
	}
	return errors.Join(all...)
}
