package tonghop_test

import (
	"reflect"
	"testing"

	"github.com/tonghop/tonghop"
)

// Every limit is printed, with the value that holds: whoever adds one adds its
// line.
func TestLimitsList(t *testing.T) {
	if list, fields := (tonghop.Limits{}).List(), reflect.TypeFor[tonghop.Limits]().NumField(); len(list) != fields {
		t.Errorf("%d limits are listed, there are %d", len(list), fields)
	}
	seen := map[string]bool{}
	for _, l := range (tonghop.Limits{Sheets: 7}).List() {
		if seen[l.Name] || l.Value <= 0 || l.Unit == "" || l.Name == "sheets" && l.Value != 7 {
			t.Errorf("%+v", l)
		}
		seen[l.Name] = true
	}
}
