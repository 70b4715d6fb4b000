package templates_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

// source reads the program's Go code, tests left out.
func source(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func letters(t *testing.T, lang string) *templates.Letters {
	t.Helper()
	l, err := templates.ReadLetters(templates.FS(""), lang)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestEveryRuleSpeaks looks for every rule number in the code and in the rule
// files, and asks for its sentences in both languages.
func TestEveryRuleSpeaks(t *testing.T) {
	rules := regexp.MustCompile(`"((?:BIEU|COT|DONG|DV|GC|GT|KY|LO|NG|O|TC|TONG)-[0-9]{3}|TEP-00[2-9]|TEP-0[12][0-9])"`).FindAllStringSubmatch(source(t), -1)
	forms, err := templates.Forms(templates.FS(""))
	if err != nil {
		t.Fatal(err)
	}
	var data []tonghop.Rule
	for _, form := range forms {
		own, err := templates.Rules(templates.FS(""), form)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, own...)
	}
	used := map[string]bool{}
	for _, m := range rules {
		used[m[1]] = true
	}
	for _, r := range data {
		used[r.ID] = true
	}
	if len(used) < 50 {
		t.Fatalf("found only %d rules: is the pattern still right?", len(used))
	}
	for _, lang := range []string{"vi", "en"} {
		l := letters(t, lang)
		for rule := range used {
			message, _, fix := l.Finding(tonghop.Finding{Rule: rule})
			if message == "" || fix == "" {
				t.Errorf("%s has no sentence or no fix in %s", rule, lang)
			}
		}
		for _, rule := range l.Rules() {
			if !used[rule] {
				t.Errorf("%s speaks in %s, but nothing says it", rule, lang)
			}
		}
	}
}

// TestEveryErrorSpeaks does the same for the codes of errors.
func TestEveryErrorSpeaks(t *testing.T) {
	code := source(t)
	codes := map[string]bool{}
	for _, m := range regexp.MustCompile(`Fail\("([a-z]+\.[a-z_]+)"|"(file\.[a-z_]+)"`).FindAllStringSubmatch(code, -1) {
		codes[m[1]+m[2]] = true
	}
	if len(codes) < 40 {
		t.Fatalf("found only %d codes: is the pattern still right?", len(codes))
	}
	for _, lang := range []string{"vi", "en"} {
		l := letters(t, lang)
		for c := range codes {
			message, hint := l.Error(tonghop.Fail(c, nil))
			unknown, _ := l.Error(errors.New(c))
			if message == "" || hint == "" || message == unknown {
				t.Errorf("%s has no sentence or no hint in %s", c, lang)
			}
		}
	}
}

// TestVietnameseStaysVietnamese keeps English and bare refusals out of what
// clerks read. Names of menus stand in parentheses.
func TestVietnameseStaysVietnamese(t *testing.T) {
	english := regexp.MustCompile(`(?i)\b(file|sheet|cell|row|column|invalid|error|value|format|upload|null|unknown)\b`)
	menus := regexp.MustCompile(`\([^)]*\)|\{[^}]*\}`)
	for _, name := range []string{"letters/findings.vi.yaml", "letters/errors.vi.yaml"} {
		raw, err := fs.ReadFile(templates.FS(""), name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(raw), "\n") {
			_, said, ok := strings.Cut(line, ": ")
			if !ok || strings.HasPrefix(line, "#") || strings.Contains(line, "templates/") || strings.Contains(line, "tonghop ") {
				continue
			}
			said = menus.ReplaceAllString(said, "")
			said = strings.NewReplacer("message:", "", "hint:", "", "fix:", "", "expected:", "").Replace(said)
			if m := english.FindString(said); m != "" && !slices.Contains([]string{"Format"}, m) {
				t.Errorf("%s:%d says %q: %s", name, i+1, m, line)
			}
			if strings.Contains(said, "không hợp lệ") {
				t.Errorf("%s:%d refuses without saying why: %s", name, i+1, line)
			}
		}
	}
}

// TestFill puts values, words for codes and optional parts into a sentence.
func TestFill(t *testing.T) {
	l := letters(t, "vi")
	f := tonghop.Finding{Rule: "DV-020", Found: "Xã Lạ"}.Arg("office", "Huyện Trà Cú")
	message, _, _ := l.Finding(f)
	if strings.Contains(message, "{") || strings.Contains(message, "[[") || !strings.Contains(message, "Xã Lạ") || !strings.Contains(message, "Huyện Trà Cú") {
		t.Errorf("unfinished sentence: %s", message)
	}
	near, _, _ := l.Finding(f.Arg("near", "Xã Lạc"))
	if near == message || !strings.Contains(near, "Xã Lạc") {
		t.Errorf("the optional part is missing: %s", near)
	}
	held, _, _ := l.Finding(tonghop.Finding{Rule: "KY-001"}.Arg("period", "2023-05").Arg("expected", "2023-Q2"))
	if !strings.Contains(held, "tháng 5/2023") || !strings.Contains(held, "quý 2/2023") {
		t.Errorf("periods are not written out: %s", held)
	}
}

// A long formula is quoted by its beginning, a short one in full; what a clerk must
// do stands behind it in sight.
func TestLongFormula(t *testing.T) {
	long := strings.TrimSuffix(strings.Repeat(`COUNTIF(E13,"Đạt")+`, 19), "+")
	for _, lang := range []string{"vi", "en"} {
		l := letters(t, lang)
		said, _, _ := l.Finding(tonghop.Finding{Rule: "O-006", Args: map[string]string{"formula": long}})
		if strings.Contains(said, long) || !strings.Contains(said, long[:40]) || !strings.Contains(said, "…") {
			t.Errorf("%s: %q", lang, said)
		}
		if said, _, _ := l.Finding(tonghop.Finding{Rule: "O-006", Args: map[string]string{"formula": "SUM(E13:E25)"}}); !strings.Contains(said, "=SUM(E13:E25)") {
			t.Errorf("%s: %q", lang, said)
		}
	}
}
