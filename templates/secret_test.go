package templates_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/tonghop/tonghop/templates"
)

// No way of printing a configuration shows the password.
func TestSecret(t *testing.T) {
	c := templates.DefaultConfig()
	for url, shown := range map[string]string{
		"postgres://u:hunter2@db:5432/x?sslmode=require":       "postgres://u@db:5432/x?sslmode=require",
		"postgres://db/x?user=u&password=hunter2":              "postgres://db/x?user=u",
		"postgres://db/x?sslpassword=hunter2&PASSWORD=hunter2": "postgres://db/x",
		"postgres://u:x@hunter2/w@db/x":                        "***",
		"postgres://u:x/hunter2@db/x":                          "***",
		"postgres://u:hunter2#@db/x":                           "***",
		"host=db password=hunter2":                             "***",
		"postgres:hunter2":                                     "***",
		"postgres://u:hunter2%zz@db/x":                         "***",
	} {
		c.Database = templates.Secret(url)
		encoded, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "config", c, "database", c.Database)
		for _, s := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v", c, c), string(encoded), log.String()} {
			if strings.Contains(s, "hunter2") || !strings.Contains(s, "db") && shown != "***" {
				t.Errorf("%s: printed as %s", url, s)
			}
		}
		if c.Database.Shown() != shown {
			t.Errorf("%s is shown as %s, want %s", url, c.Database.Shown(), shown)
		}
	}
}
