package templates_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop/templates"
	"gopkg.in/yaml.v3"
)

// sentences reads one file of letters: by key, by part.
func sentences(t *testing.T, name string) map[string]map[string]string {
	t.Helper()
	raw, err := fs.ReadFile(templates.FS(""), "letters/"+name)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	if err := yaml.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// What stands in a sentence beside its own words: values, menus and examples.
var (
	values  = regexp.MustCompile(`\{[^}]*\}`)
	menus   = regexp.MustCompile(`\([^)]*\)`)
	quoted  = regexp.MustCompile(`"[^"]*"|“[^”]*”`)
	codes   = regexp.MustCompile(`[a-z]+_[a-z]+|[a-z]+[A-Z][a-z]+`)
	named   = regexp.MustCompile(`LibreOffice|PostgreSQL`)
	wordsOf = regexp.MustCompile(`\pL+`)
	bare    = regexp.MustCompile(`^[A-Za-z]+$`)
	// syllable is how Vietnamese writes a syllable that has no mark.
	syllable = regexp.MustCompile(`^(?i)(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ch|ng|nh|[cmnpt])?$`)
)

// names are programs, fonts, formats and commands, which have no Vietnamese name.
var names = []string{"Excel", "LibreOffice", "Unicode", "TCVN", "VNI", "UTF", "Windows", "Times", "New", "Roman", "Office", "Word", "PDF", "Save",
	"tonghop", "doctor", "xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "Google", "Sheets", "Ctrl", "UBND", "TC", "STT", "Calc", "WPS", "XML", "HTML", "RTF", "web", "Outlook", "Zalo", "zip", "rar"}

func stripped(text string, also ...*regexp.Regexp) string {
	for _, re := range append([]*regexp.Regexp{values}, also...) {
		text = re.ReplaceAllString(text, " ")
	}
	return text
}

// foreign lists the words of a Vietnamese text that no Vietnamese would read.
func foreign(text string) []string {
	var found []string
	for _, w := range wordsOf.FindAllString(stripped(text, menus, quoted), -1) {
		if bare.MatchString(w) && len(w) > 1 && !syllable.MatchString(w) && !slices.Contains(names, w) {
			found = append(found, w)
		}
	}
	return found
}

// verbs begin what a clerk is told to do; a condition may stand before them.
var verbs = map[string][]string{
	"vi": {"Ghi", "Gõ", "Sửa", "Gửi", "Kiểm", "Xem", "Mở", "Lưu", "Thêm", "Xóa", "Bỏ", "Chỉ", "Chuyển", "Dời", "Đổi", "Định", "Giữ", "Không", "Bấm", "Chép", "Nếu", "Để", "Chọn", "Tìm"},
	"en": {"Write", "Type", "Correct", "Send", "Check", "Look", "Open", "Save", "Add", "Delete", "Remove", "Keep", "Move", "Change", "Format", "Right-click", "Copy",
		"Nothing", "Nothing;", "If", "To", "Enter", "Put", "Take", "Fill", "Give", "State", "Leave", "Convert", "Use", "Unmerge", "Clear", "Make", "Report", "See", "Choose", "Name", "Repair", "Select", "Find"},
}

// Whatever clerks read is Vietnamese, says why, and tells what to do.
func TestWording(t *testing.T) {
	for _, name := range []string{"findings.vi.yaml", "errors.vi.yaml"} {
		for key, parts := range sentences(t, name) {
			if strings.HasPrefix(name, "errors") && !strings.HasPrefix(key, "file.") {
				continue // for whoever runs the program: it names flags and settings
			}
			for part, text := range parts {
				if w := foreign(text); len(w) > 0 {
					t.Errorf("%s: %s of %s says %q", name, part, key, w)
				}
				if c := codes.FindString(stripped(text, quoted, named)); c != "" {
					t.Errorf("%s: %s of %s names %q", name, part, key, c)
				}
				if strings.Contains(text, "!") || strings.Contains(text, "không hợp lệ") {
					t.Errorf("%s: %s of %s shouts or refuses: %s", name, part, key, text)
				}
			}
		}
	}
	for _, lang := range []string{"vi", "en"} {
		for rule, parts := range sentences(t, "findings."+lang+".yaml") {
			first, _, _ := strings.Cut(parts["fix"], " ")
			if parts["message"] == "" || parts["fix"] == "" {
				t.Errorf("%s has no %s sentences", rule, lang)
			}
			if !strings.HasPrefix(rule, "GC-") && !slices.Contains(verbs[lang], strings.Trim(first, ",.:")) {
				t.Errorf("%s: what to do begins with %q", rule, first)
			}
			nothing := strings.HasPrefix(parts["fix"], "Không phải làm gì") || strings.HasPrefix(parts["fix"], "Nothing") || strings.HasPrefix(parts["fix"], "Leave it as it is")
			if parts["expected"] == "" && !nothing && !strings.HasPrefix(rule, "GC-") { // notes say what was done
				t.Errorf("%s does not say in %s what was expected: %s", rule, lang, parts["fix"])
			}
		}
	}
}

var marked = regexp.MustCompile(`(?i)[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]`)

// English sentences are English: what they quote of a form stands in quotes or
// in brackets.
func TestEnglish(t *testing.T) {
	for _, name := range []string{"findings.en.yaml", "errors.en.yaml"} {
		for key, parts := range sentences(t, name) {
			if strings.HasPrefix(name, "errors") && !strings.HasPrefix(key, "file.") {
				continue // names of sheets of the edition
			}
			for part, text := range parts {
				for _, w := range wordsOf.FindAllString(stripped(text, menus, quoted), -1) {
					if marked.MatchString(w) && !slices.Contains([]string{"Đạt", "Chưa", "đạt", "Cơ", "bản", "Nam", "Việt", "xã", "thị", "trấn"}, w) {
						t.Errorf("%s: %s of %s says %q", name, part, key, w)
					}
				}
			}
		}
	}
}

// The checks of wording catch what they are for.
func TestWordingCatches(t *testing.T) {
	for _, text := range []string{"Ô này bị invalid.", "Mở file rồi gửi.", "Lỗi ở sheet đầu.", "Chưa có value."} {
		if foreign(text) == nil {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{"Mở tệp bằng Excel, chọn Bỏ ẩn (Unhide).", "Ghi {field} cho xong.", "Không phải làm gì."} {
		if w := foreign(text); w != nil {
			t.Errorf("%q is called foreign for %q", text, w)
		}
	}
	if codes.FindString("cột total_met") == "" || codes.FindString("cột mức đạt") != "" {
		t.Error("names of code are not told from words")
	}
}
