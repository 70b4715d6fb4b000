package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// configFile is the configuration that is taken where nobody names one.
const configFile = "tonghop.yaml"

// prepare makes ready what every command needs: configuration, language,
// sentences, clock. A flag overrides the environment, the environment the file,
// the file what is built in.
func (a *app) prepare(c *cobra.Command) error {
	if err := a.configure(c); err != nil {
		return err
	}
	if lang := a.config.Language; lang != "vi" && lang != "en" {
		a.config.Language = "vi"
		return tonghop.Fail("usage.flags", nil, "detail", "--lang", "command", "")
	}
	var err error
	if a.letters, err = a.readLetters(); err != nil {
		return err
	}
	if a.clock, err = newClock(os.Getenv(clockVariable)); err != nil {
		return err
	}
	return a.checkProvince()
}

// configure reads the configuration and lays environment and flags over it.
// The demonstration keeps to itself: it must never touch a real ledger.
func (a *app) configure(c *cobra.Command) error {
	a.config = templates.DefaultConfig()
	flags := c.Root().PersistentFlags()
	if file, _ := flags.GetString("config"); c.Name() != "demo" {
		config, err := readConfig(file)
		if err != nil {
			return err
		}
		a.config = config
	}
	for name, setting := range map[string]*string{"home": &a.config.Home, "province": &a.config.Province, "lang": &a.config.Language,
		"password-file": &a.config.PasswordFile} {
		if flags.Changed(name) {
			*setting, _ = flags.GetString(name)
		}
	}
	if flags.Changed("database") {
		address, _ := flags.GetString("database")
		return a.config.SetDatabase(address)
	}
	return nil
}

// readConfig reads the configuration that is named, by the flag or by
// TONGHOP_CONFIG, or tonghop.yaml where the program was started, if it is there.
func readConfig(file string) (templates.Config, error) {
	if file == "" {
		file = os.Getenv("TONGHOP_CONFIG")
	}
	if file == "" {
		if _, err := os.Stat(configFile); err == nil {
			file = configFile
		}
	}
	config := templates.DefaultConfig()
	if file != "" {
		var err error
		if config, err = templates.ReadConfig(file); err != nil {
			return config, everyFault(config, err)
		}
	}
	return config, config.Override(os.Getenv)
}
