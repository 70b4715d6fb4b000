package store

import "testing"

func TestPrintable(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://lan:secret@db.example.vn:5432/tonghop":                 "postgres://lan@db.example.vn:5432/tonghop",
		"postgresql://lan@db/tonghop":                                      "postgresql://lan@db/tonghop",
		"postgres://db":                                                    "postgres://db",
		"postgres://lan:se%40cret@one,two:5433/x":                          "postgres://lan@one,two:5433/x",
		"postgres://lan:secret@[::1]:5432/x":                               "postgres://lan@[::1]:5432/x",
		"postgres://lan:secret:with:colons@db/x":                           "postgres://lan@db/x",
		"postgres://db/x?password=secret&user=lan&sslmode=require":         "postgres://db/x?sslmode=require&user=lan",
		"postgres://db/x?sslpassword=secret&pass%77ord=secret":             "postgres://db/x",
		"postgres:///x?host=/run/postgresql":                               "postgres:///x?host=%2Frun%2Fpostgresql",
		"postgres://db/x?passfile=/secret&sslkey=secret&options=-c%20x%3D": "postgres://db/x",

		// a sign of the password not written as % and two digits
		"postgres://lan:se@cret@db/x":      "postgres://…",
		"postgres://lan:12/secret@db/x":    "postgres://…",
		"postgres://lan:12#secret@db/x":    "postgres://…",
		"postgres://lan:12?secret@db/x":    "postgres://…",
		"postgres://lan:12?a=secret@db":    "postgres://…",
		"postgres://db/x?password=sec#ret": "postgres://…",
		"postgres://lan:secret":            "postgres://…",
		"postgres://lan:secret/x":          "postgres://…",
		"postgres://db/x?password=%zz":     "postgres://db/x",
		"postgres://lan:%zz@db/x":          "postgres://lan@db/x",
	} {
		if got := printable(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}
