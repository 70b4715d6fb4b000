package csv_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/csv"
)

func read(text string) (*tonghop.Book, csv.Choice, error) {
	return csv.Read(strings.NewReader(text), int64(len(text)), tonghop.Limits{})
}

// grid is the cells of the only sheet as text: rows apart by a line break,
// cells by a bar, line breaks in cells as ⏎.
func grid(b *tonghop.Book) string {
	var out strings.Builder
	row := 1
	for _, l := range b.Sheets[0].Lines {
		for ; row < l.Row; row++ {
			out.WriteByte('\n')
		}
		col := 1
		for _, c := range l.Cells {
			for ; col < c.Col; col++ {
				out.WriteByte('|')
			}
			out.WriteString(strings.ReplaceAll(c.Shown, "\n", "⏎"))
		}
	}
	return out.String()
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, text, want string
		sep              byte
	}{
		{"commas", "a,b\nc,d\n", "a|b\nc|d", ','},
		{"semicolons and decimal commas", "Xã A;85,5\nXã B;90,25\n", "Xã A|85,5\nXã B|90,25", ';'},
		{"decimal commas in every field", "1,5;2,5;3,5\n4,5;5,5;6,5\n", "1,5|2,5|3,5\n4,5|5,5|6,5", ';'},
		{"tabs and commas", "Xã A, huyện B\t1\t2\nXã C, huyện D\t3\t4\n", "Xã A, huyện B|1|2\nXã C, huyện D|3|4", '\t'},
		{"bars", "a|b|c\n1|2|3\n", "a|b|c\n1|2|3", '|'},
		{"stated", "sep=;\r\na,b;c\r\n", "a,b|c", ';'},
		{"stated in quotes, odd sign", "\"sep=^\"\na^b\n", "a|b", '^'},
		{"stated, one column", "sep=,\na\nb\n", "a\nb", ','},
		{"all line ends", "a;b\rc;d\ne;f\r\ng;h", "a|b\nc|d\ne|f\ng|h", ';'},
		{"blank lines count", "a;b\n\n\nc;d\n", "a|b\n\n\nc|d", ';'},
		{"quotes", "\"a;b\";\"c \"\"d\"\"\"\n1;2\n", "a;b|c \"d\"\n1|2", ';'},
		{"line breaks in quotes", "\"a\r\nb\";c\n\"d\re\nf\";g\n", "a⏎b|c\nd⏎e⏎f|g", ';'},
		{"quote inside a field", "5\" ống;1\nnhà \"A\";2\n", "5\" ống|1\nnhà \"A\"|2", ';'},
		{"text behind a quote", "\"a\"b;1\n\"c\"\"d\" e;2\n", "ab|1\nc\"d e|2", ';'},
		{"blanks around quotes", "a, \"b, c\" ,d\ne,f,g\n", "a|b, c|d\ne|f|g", ','},
		{"a quote behind blanks that is a letter", "a; \"b;c\nd; \"e;f\n", "a| \"b|c\nd| \"e|f", ';'},
		{"trailing separators", "a;b;;;\nc;d;;;\n", "a|b\nc|d", ';'},
		{"ragged", "a;b;c\nd;e\nf;g;h;i\nk;l;m\n", "a|b|c\nd|e\nf|g|h|i\nk|l|m", ';'},
		{"a separator behind every row but the header", "x;y\n" + strings.Repeat("a;b;\n", 9) + "c;d;\n", "x|y\n" + strings.Repeat("a|b\n", 9) + "c|d", ';'},
		{"a separator behind the header alone", "x;y;\n" + strings.Repeat("a;b\n", 9) + "c;d\n", "x|y\n" + strings.Repeat("a|b\n", 9) + "c|d", ';'},
		{"blanks kept", " a ;b\nc; d\n", " a |b\nc| d", ';'},
		{"empty quotes", "\"\";a;\"\";c\n\"\";\"b\";\"\";d\n", "|a||c\n|b||d", ';'},
		{"one row", "a;b;c", "a|b|c", ';'},
		{"long heading", "Biểu 1\nTháng 6, năm 2023\nĐơn vị\nGhi chú\nKính gửi\nSTT;Xã;1;2;3\n1;A;x;y;z\n2;B;x;y;z\n", "Biểu 1\nTháng 6, năm 2023\nĐơn vị\nGhi chú\nKính gửi\nSTT|Xã|1|2|3\n1|A|x|y|z\n2|B|x|y|z", ';'},
		{"quoted line breaks with separators", "STT;Xã;1;2;3;4\n1;A;\"a; b;\nc\";2;3;4\n2;B;1;2;3;4\n", "STT|Xã|1|2|3|4\n1|A|a; b;⏎c|2|3|4\n2|B|1|2|3|4", ';'},
		{"end mark of DOS", "a;b\nc;d\n\x1a", "a|b\nc|d", ';'},
		{"protected zeros", "a;=\"0123\"\nb;\"=\"\"0456\"\"\"\n", "a|0123\nb|0456", ';'},
		{"arrow", "a;=> 90\nb;= 5\n", "a|=> 90\nb|= 5", ';'},
		{"form feed and tab inside", "a\fb;c\td\ne;f\n", "a\fb|c\td\ne|f", ';'},
		{"almost empty", ",,\n,,\n,,x\n,,\n,y,\n", "\n\n||x\n\n|y", ','},
		{"a column of figures", "Xã đạt\n19\n17.5\n30/06/2023\n", "Xã đạt\n19\n17.5\n30/06/2023", '\t'},
		{"a column in quotes", "\"Ấp 1, xã A\"\n\"Ấp 2\"\n", "Ấp 1, xã A\nẤp 2", '\t'},
		{"a column of decimal commas", "Tỷ lệ\n85,5\n72,1\n", "Tỷ lệ\n85,5\n72,1", '\t'},
		{"pairs without a heading", "85,5\n72,1\n", "85|5\n72|1", ','},
		{"points decide", "a,1.5\nb,2.5,3\nc,4,5\n", "a|1.5\nb|2.5|3\nc|4|5", ','},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, c, err := read(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if c.Separator != tt.sep {
				t.Errorf("separator %q, want %q", c.Separator, tt.sep)
			}
			if diff := cmp.Diff(tt.want, grid(b)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRefuses(t *testing.T) {
	rows := strings.Repeat("a;b;c;d;e;f;g\n", 12)
	comma := strings.Repeat("xã,1,2,3\n", 5)
	tests := []struct{ name, text, code string }{
		{"nothing", "", "file.empty"},
		{"blanks", " \r\n\t\n", "file.empty"},
		{"only the separator's line", "sep=;\n", "file.empty"},
		{"prose", "Kính gửi ủy ban nhân dân tỉnh,\nThực hiện công văn số 5, chúng tôi báo cáo như sau, có phụ lục kèm theo.\nTrân trọng, và cảm ơn.\n", "file.text"},
		{"list", "- một;\n- hai;\n- ba.\n", "file.text"},
		{"one column", "a\nb\nc\n", "file.text"},
		{"one figure", "12\n", "file.text"},
		{"a list with commas behind", "một,\nhai,\nba,\n", "file.text"},
		{"SYLK", "ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K1\nC;X2;K\"a\"\nE\n", "file.text"},
		{"DIF", "TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,1\r\n\"\"\r\nDATA\r\n0,0\r\n\"\"\r\n-1,0\r\nBOT\r\n0,1\r\nV\r\n-1,0\r\nEOD\r\n", "file.text"},
		{"json", "[{\"a\": 1, \"b\": 2},\n{\"a\": 3, \"b\": 4}]", "file.text"},
		{"json object", "{\"rows\": [1,2,3]}", "file.text"},
		{"json rows", "[\n[\"a\",\"b\"],\n[\"c\",\"d\"]\n]", "file.text"},
		{"sql", "INSERT INTO xa (ma, ten) VALUES (1, 'A');\nINSERT INTO xa (ma, ten) VALUES (2, 'B');\n", "file.text"},
		{"xml", "<?xml version=\"1.0\"?><a b=\"1,2\"/>", "file.text"},
		{"go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(1, 2)\n\tfmt.Println(3, 4)\n}\n", "file.text"},
		{"c", "#include <stdio.h>\nint main(void) {\n  int a = 1; int b = 2;\n  printf(\"%d\", a, b);\n  return 0;\n}\n", "file.text"},
		{"python", "import os\nfrom x import y\ndef f(a, b):\n    return a, b\nprint(f(1, 2), 3)\n", "file.text"},
		{"mail", "From: a@example.vn\nTo: b@example.vn, c@example.vn\nSubject: Báo cáo, tháng 6\n\nx, y\n", "file.text"},
		{"binary", "\x01\x02\x03\x04;\x05\x06\x07\xff", "file.unknown"},
		{"never closed", rows + "\"a;b;c;d;e;f;g\n" + rows, "file.quotes"},
		{"closed in another row", rows + "\"a;b;c;d;e;f;g\na;\"b\";c;d;e;f;g\n" + rows, "file.quotes"},
		{"closed at the end of another row's field", rows + "\"a;b;c;d;e;f;g\na\";b;c;d;e;f;g\n" + rows, "file.quotes"},
		{"a separator too many", rows + "a;b;c;x;d;e;f;g\n" + rows, "file.ragged"},
		{"a separator lost", rows + "a;b;cd;e;f;g\n" + rows, "file.ragged"},
		{"a line end lost", rows + "a;b;c;d;e;f;ga;b;c;d;e;f;g\n" + rows, "file.ragged"},
		{"a line end too many", rows + "a;b;c;d\ne;f;g\n" + rows, "file.ragged"},
		{"a line end in a cell", rows + "a;b;c;d\nd;e;f;g\n" + rows, "file.ragged"},
		{"a header that is short by one", "x;y\n" + strings.Repeat("1;a;b\n", 9), "file.ragged"},
		{"a decimal comma", comma + "xã,85,5,2,3\n", "file.ragged"},
		{"decimal commas in every row", "STT,Xã,Thu nhập,Hộ\n1,A,43,2,5\n2,B,44,1,6\n3,C,45,7,8\n", "file.ragged"},
		{"too wide", rows + strings.Repeat(";", 1<<14) + "a;b", "file.beyond_sheet"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _, err := read(tt.text)
			if got := tonghop.CodeOf(err); got != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
				if b != nil {
					t.Log(grid(b))
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	text := strings.Repeat("aaaa;bbbb\n", 100)
	for _, tt := range []struct {
		lim  tonghop.Limits
		code string
	}{
		{tonghop.Limits{Cells: 200, Text: 800, Part: 1000}, ""},
		{tonghop.Limits{Cells: 199}, "file.too_many_cells"},
		{tonghop.Limits{Text: 799}, "file.too_large"},
		{tonghop.Limits{Part: 999}, "file.too_large"},
	} {
		if _, err := csv.Load(strings.NewReader(text), int64(len(text)), tt.lim); tonghop.CodeOf(err) != tt.code {
			t.Errorf("%+v: %v", tt.lim, err)
		}
	}
	if _, err := csv.Load(strings.NewReader("a;b"), 4, tonghop.Limits{}); tonghop.CodeOf(err) != "file.unreadable" {
		t.Errorf("shorter than said: %v", err)
	}
}

// A formula stands in the cell with no value, and what protects zeros is text.
func TestFormulas(t *testing.T) {
	b, _, err := read("a;=SUM(A1:A3);=\"01\"\nb;=$B$3+1;-\n")
	if err != nil {
		t.Fatal(err)
	}
	style := &tonghop.Style{}
	want := []tonghop.Line{
		{Row: 1, Cells: []tonghop.Cell{
			{Row: 1, Col: 1, Kind: tonghop.CellText, Stored: "a", Shown: "a", Style: style},
			{Row: 1, Col: 2, Formula: "SUM(A1:A3)", HasForm: true, Style: style},
			{Row: 1, Col: 3, Kind: tonghop.CellText, Stored: "01", Shown: "01", Formula: `"01"`, HasForm: true, Cached: true, Style: style},
		}},
		{Row: 2, Cells: []tonghop.Cell{
			{Row: 2, Col: 1, Kind: tonghop.CellText, Stored: "b", Shown: "b", Style: style},
			{Row: 2, Col: 2, Formula: "$B$3+1", HasForm: true, Style: style},
			{Row: 2, Col: 3, Kind: tonghop.CellText, Stored: "-", Shown: "-", Style: style},
		}},
	}
	if diff := cmp.Diff(want, b.Sheets[0].Lines); diff != "" {
		t.Error(diff)
	}
}

// A text is a number where that takes no guess.
func TestKinds(t *testing.T) {
	number, text := tonghop.CellNumber, tonghop.CellText
	for typed, want := range map[string]tonghop.CellKind{
		"12": number, "-3": number, "0": number, "85.5": number, "0.125": number, "1234.567": number,
		"85,5": text, "1.234": text, "1,234": text, "17.10": text, "05": text, "1e5": text, "72%": text, ".5": text, " 5": text,
		"+5": text, "30/06/2023": text, "123456789012": text, "TRUE": text, "#N/A": tonghop.CellError, "#": text,
	} {
		b, _, err := read("a;" + typed + ";b\nc;d;e\n")
		if err != nil {
			t.Fatal(err)
		}
		if c := b.Sheets[0].Cell(1, 2); c.Kind != want || c.Stored != typed || c.Shown != typed {
			t.Errorf("%+v, want kind %d", c, want)
		}
	}
}

// What was not clear is said.
func TestChoice(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       csv.Choice
	}{
		{"clear", "Xã A;1\nXã B;2\n", csv.Choice{Encoding: "utf-8", EncodingSure: true, Separator: ';', SeparatorSure: true}},
		{"two separators", "a|b;c\nd|e;f\n", csv.Choice{Encoding: "utf-8", EncodingSure: true, Separator: ';', SeparatorSecond: '|'}},
		{"one word of a font", "X\xb7;1\na;2\n", csv.Choice{Encoding: "tcvn3", Font: ".VnTime", EncodingSecond: "windows-1258", Separator: ';', SeparatorSure: true}},
		{"damaged character", "Xã A;1\nX\xc3x B;2\nXã Đại An;3\n", csv.Choice{Encoding: "utf-8", EncodingSure: true, Lost: 1, Separator: ';', SeparatorSure: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, got, err := read(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
