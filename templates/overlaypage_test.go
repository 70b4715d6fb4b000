package templates_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// The page that shows how a file was understood has a text for whatever it asks
// for, in both languages, with the same values in them.
func TestOverlaySpeaks(t *testing.T) {
	words := map[string]map[string]string{}
	for _, lang := range []string{"vi", "en"} {
		l, err := templates.ReadLetters(templates.FS(""), lang)
		if err != nil {
			t.Fatal(err)
		}
		if l.Lang() != lang {
			t.Errorf("the letters in %s are in %s", lang, l.Lang())
		}
		words[lang] = l.OverlayWords()
	}
	value := regexp.MustCompile(`\{[a-z_|]+\}`)
	foreign := regexp.MustCompile(`(?i)\b(invalid|error|cell|sheet|row|column|file|không hợp lệ)\b`)
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
		if word := foreign.FindString(value.ReplaceAllString(vi, "")); word != "" {
			t.Errorf("%s says %q in Vietnamese", key, word)
		}
	}
	page, style, err := templates.OverlayPage(templates.FS(""))
	if err != nil || style == "" {
		t.Fatalf("style of %d bytes, %v", len(style), err)
	}
	asked := regexp.MustCompile(`\.(?:Words|Say)\.([a-z_]+)`).FindAllStringSubmatch(page, -1)
	for _, file := range []string{"../internal/overlay/draw.go", "../internal/overlay/view.go", "../internal/overlay/list.go", "../internal/pipeline/overlaynotes.go"} {
		code, err := os.ReadFile(filepath.FromSlash(file))
		if err != nil {
			t.Fatal(err)
		}
		asked = append(asked, regexp.MustCompile(`(?:Overlay|say|say\.of|add)\("([a-z_]+)"|say\["([a-z_]+)"\]`).FindAllStringSubmatch(string(code), -1)...)
	}
	for _, role := range []string{tonghop.ColNumber, tonghop.ColUnit, tonghop.ColCode, tonghop.ColDistrict, tonghop.ColIgnored, tonghop.ColCross, tonghop.ColUnknown} {
		asked = append(asked, []string{"", "role_" + role})
	}
	for _, key := range []string{"reject", "query", "value", "head", "title", "aside"} { // of the legend
		asked = append(asked, []string{"", "key_" + key}, []string{"", "say_" + key})
	}
	found := 0
	for _, m := range asked {
		key := m[1]
		if len(m) > 2 {
			key += m[2]
		}
		switch {
		case strings.HasSuffix(key, "_"): // a code follows
		case words["vi"][key] == "":
			t.Errorf("nothing says %s", key)
		default:
			found++
		}
	}
	if found < 50 {
		t.Errorf("found only %d texts: is the pattern still right?", found)
	}
}
