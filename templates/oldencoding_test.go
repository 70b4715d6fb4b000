package templates_test

import (
	"io/fs"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop/templates"
)

// An old encoding is found in text files as well, which have no fonts and are
// not shown by Excel: the sentence about it holds for them too.
func TestOldEncodingOfTextFiles(t *testing.T) {
	for lang, never := range map[string][]string{"vi": {"phông", "Excel"}, "en": {"font", "Excel"}} {
		raw, err := fs.ReadFile(templates.FS(""), "letters/findings."+lang+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]struct{ Message string }{}
		if err := yaml.Unmarshal(raw, &of); err != nil {
			t.Fatal(err)
		}
		message := of["TEP-007"].Message
		for _, word := range never {
			if message == "" || strings.Contains(message, word) {
				t.Errorf("%s: %q speaks of %s", lang, message, word)
			}
		}
	}
}
