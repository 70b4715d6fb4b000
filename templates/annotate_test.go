package templates_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop/templates"
)

// The annotated workbook says the same things in both languages, with the same
// values in them, and has a text for whatever the code asks for.
func TestAnnotateSpeaks(t *testing.T) {
	words := map[string]map[string]string{}
	for _, lang := range []string{"vi", "en"} {
		raw, err := fs.ReadFile(templates.FS(""), "letters/annotate."+lang+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{}
		if err := yaml.Unmarshal(raw, &of); err != nil {
			t.Fatal(err)
		}
		words[lang] = of
	}
	value := regexp.MustCompile(`\{[a-z_|]+\}`)
	for key, vi := range words["vi"] {
		en := words["en"][key]
		if vi == "" || en == "" {
			t.Errorf("%s: %q, in English %q", key, vi, en)
		}
		for _, v := range value.FindAllString(vi, -1) {
			if !strings.Contains(en, v) {
				t.Errorf("%s does not say %s in English", key, v)
			}
		}
	}
	if len(words["en"]) != len(words["vi"]) {
		t.Errorf("%d texts in English, %d in Vietnamese", len(words["en"]), len(words["vi"]))
	}
	// Layout.Words are those of a blank form, which stand beside it.
	asked := regexp.MustCompile(`(?:Annotate|say|add)\("([a-z_]+)"|[^t]\.Words\["([a-z_]+)"\]`).FindAllStringSubmatch(source(t), -1)
	found := 0
	for _, m := range asked {
		key := m[1] + m[2]
		if strings.HasSuffix(key, "_") {
			continue // a code follows
		}
		if words["vi"][key] != "" {
			found++
		} else if strings.HasPrefix(key, "step_") || strings.HasPrefix(key, "legend_") || strings.HasPrefix(key, "weight_") {
			t.Errorf("nothing says %s", key)
		}
	}
	if found < 30 {
		t.Fatalf("found only %d texts: is the pattern still right?", found)
	}
}
