package rich_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/rich"
)

func TestFonts(t *testing.T) {
	var f rich.Fonts
	tests := []struct {
		name  string
		parts []tonghop.Run // what is given
		font  string
		want  []tonghop.Run // nil = one font
	}{
		{"nothing", nil, "", nil},
		{"the cell's", []tonghop.Run{{Text: "xã"}, {Text: " Long"}}, "", nil},
		{"one", []tonghop.Run{{Text: "X·", Font: ".VnTime"}, {Text: " "}, {Text: "Long", Font: ".VnTime"}}, ".VnTime", nil},
		{"two", []tonghop.Run{{Text: "X·", Font: ".VnTime"}, {Text: " "}, {Text: "Trà", Font: "Arial"}, {Text: " Cú", Font: "Arial"}, {Text: "\n"}}, "",
			[]tonghop.Run{{Text: "X·", Font: ".VnTime"}, {Text: " Trà Cú\n", Font: "Arial"}}},
		{"the cell's and another", []tonghop.Run{{Text: "a"}, {Text: "b", Font: "Arial"}}, "",
			[]tonghop.Run{{Text: "a"}, {Text: "b", Font: "Arial"}}},
	}
	for _, tt := range tests {
		f.Reset()
		text := ""
		for _, p := range tt.parts {
			text += p.Text
			f.Add(p.Font, []byte(p.Text), len(text))
		}
		var got []tonghop.Run
		if r := f.Rich(text); r != nil {
			got = r.Runs
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || f.Name() != tt.font {
			t.Errorf("%s: font %q, want %q\n%s", tt.name, f.Name(), tt.font, diff)
		}
	}
}
