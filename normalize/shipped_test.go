package normalize

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// Shipped is the register, the form and the criteria that the program ships.
func Shipped(t testing.TB) tonghop.Known {
	t.Helper()
	fsys := templates.FS("")
	register, err := templates.Units(fsys)
	if err != nil {
		t.Fatal(err)
	}
	form, err := templates.Form(fsys, "xa-ntm", "2023-06-30")
	if err != nil {
		t.Fatal(err)
	}
	criteria, err := templates.Criteria(fsys, form.Criteria)
	if err != nil {
		t.Fatal(err)
	}
	return tonghop.Known{Register: register, Form: &form, Criteria: criteria}
}
