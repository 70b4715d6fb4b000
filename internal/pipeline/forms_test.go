//go:build !race

package pipeline_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// formCase is a form with a title of its own and a period of its time.
type formCase struct{ id, version, title, period string }

// formCases are the forms that are read.
var formCases = []formCase{
	{"xa-ntm", "2016-2020", "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016-2020", "Tháng 6 năm 2020"},
	{"xa-ntm", "2021-2025", "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025", "Tháng 6 năm 2023"},
	{"xa-ntm-nc", "2021-2025", "Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021-2025", "Tháng 6 năm 2023"},
}

// Offices: one with many communes, and one with a single one.
const manyCommunes, oneCommune = "849", "842"

// formSheet is the sheet of a workbook: rows of cells with their width.
type formSheet struct {
	name string
	rows [][]formCell
}

type formCell struct {
	text string
	wide int
}

// formOf makes the table of a form: a merged header with numbers and names, and
// every commune of an office with a value in each column. It gives what each
// field of a row holds.
func formOf(t *testing.T, r *pipeline.Reader, c formCase, office, title, period string) (formSheet, *tonghop.Criteria, []string) {
	t.Helper()
	set, err := templates.Criteria(templates.FS(""), c.id+"-"+c.version)
	if err != nil {
		t.Fatal(err)
	}
	criteria := []formCell{{"STT", 1}, {"Tên xã", 1}}
	numbers, names := []formCell{{"", 1}, {"", 1}}, []formCell{{"", 1}, {"", 1}}
	var values []string
	for _, cr := range set.Criteria {
		criteria = append(criteria, formCell{fmt.Sprintf("%d. %s", cr.No, cr.Name), len(cr.Indicators)})
		for _, in := range cr.Indicators {
			numbers, names = append(numbers, formCell{in.No, 1}), append(names, formCell{in.Name, 1})
			value := map[tonghop.ValueType]string{tonghop.TypeMark: "Đạt", tonghop.TypeGrade: "Chưa đạt",
				tonghop.TypePercent: "85.5", tonghop.TypeCount: "2", tonghop.TypeNumber: "45.5"}[in.Type]
			values = append(values, value)
		}
	}
	s := formSheet{name: "Biểu 01", rows: [][]formCell{{{map[string]string{manyCommunes: "UBND huyện Trà Cú", oneCommune: "UBND thành phố Trà Vinh"}[office], 1}}, {{"Kết quả thực hiện " + title, 1}}, {{period, 1}}, {}, criteria, numbers, names}}
	for i, u := range r.Known.Register.Communes(office, "2022-03-31") {
		row := []formCell{{fmt.Sprint(i + 1), 1}, {u.Name, 1}}
		for _, v := range values {
			row = append(row, formCell{v, 1})
		}
		s.rows = append(s.rows, row)
	}
	return s, set, values
}

// formBook writes sheets as an XML spreadsheet.
func formBook(t *testing.T, sheets ...formSheet) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` +
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`)
	for _, s := range sheets {
		fmt.Fprintf(&b, `<Worksheet ss:Name="%s"><Table>`, s.name)
		for _, row := range s.rows {
			b.WriteString("<Row>")
			for _, c := range row {
				kind := "String"
				if c.text != "" && strings.Trim(c.text, "0123456789.") == "" && strings.Count(c.text, ".") < 2 && c.wide == 1 {
					kind = "Number"
				}
				if len(row) > 5 && row[0].text == "" && kind == "Number" {
					kind = "String" // the numbers of indicators
				}
				fmt.Fprintf(&b, `<Cell ss:MergeAcross="%d"><Data ss:Type="%s">`, c.wide-1, kind)
				if err := xml.EscapeText(&b, []byte(c.text)); err != nil {
					t.Fatal(err)
				}
				b.WriteString("</Data></Cell>")
			}
			b.WriteString("</Row>")
		}
		b.WriteString("</Table></Worksheet>")
	}
	b.WriteString("</Workbook>")
	return []byte(b.String())
}

// asked lists what is asked or refused, by rule.
func asked(r tonghop.Return) string {
	var rules []string
	for _, f := range r.Findings {
		if f.Severity != tonghop.Note {
			rules = append(rules, f.Rule)
		}
	}
	return strings.Join(rules, " ")
}

// noted reports whether a note was made.
func noted(r tonghop.Return, rule string) bool {
	for _, f := range r.Findings {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

// A clean table of each form is read as that form, every field of every commune
// at its cell, and nothing is asked.
func TestFormsClean(t *testing.T) {
	r := newReader(t)
	for _, c := range formCases {
		sheet, set, values := formOf(t, r, c, manyCommunes, c.title, c.period)
		got := r.Read(tonghop.Parcel{Name: "báo cáo.xml", Bytes: formBook(t, sheet)})
		if got.Form != c.id || got.State != tonghop.Accepted || asked(got) != "" || got.Office.Code != manyCommunes {
			t.Fatalf("%s %s: form %s of %q, %s, asked %q", c.id, c.version, got.Form, got.Office.Code, got.State, asked(got))
		}
		known, err := r.KnownOf(got.Form, got.AsOf)
		if err != nil || known.Criteria.ID != set.ID {
			t.Errorf("%s on %s is judged by %s, %v; want %s", got.Form, got.AsOf, known.Criteria.ID, err, set.ID)
		}
		if old := c.version == "2016-2020"; noted(got, "GC-091") != old {
			t.Errorf("%s %s: the older criteria are named: %t", c.id, c.version, !old)
		}
		if len(got.Rows) != 15 {
			t.Errorf("%s %s: %d communes, want 15", c.id, c.version, len(got.Rows))
		}
		for i, row := range got.Rows {
			col := 3
			for _, cr := range set.Criteria {
				for _, in := range cr.Indicators {
					want := values[col-3]
					mark := want == "Đạt" || want == "Chưa đạt"
					v, ok := row.Value(in.No, mark)
					said := v.Figure()
					if mark {
						said = map[tonghop.Mark]string{tonghop.Met: "Đạt", tonghop.NotMet: "Chưa đạt"}[v.Mark]
					}
					if !ok || said != want && said != strings.ReplaceAll(want, ".", ",") || v.Ref.Col != col || v.Ref.Row != 8+i {
						t.Errorf("%s %s, %s of %s: %q at %s, want %q", c.id, c.version, in.No, row.Name, said, v.Ref, want)
					}
					col++
				}
			}
		}
		if n := len(r.Standings(got)); n != 15*19 {
			t.Errorf("%s %s: %d standings, want 285", c.id, c.version, n)
		}
	}
}

// The columns decide what a table is; a title of another form, or a date at
// which the form does not serve, holds it with the best guess.
func TestFormsCrosswise(t *testing.T) {
	r := newReader(t)
	plain := "tiêu chí xã nông thôn mới"
	old, ntm, nc := formCases[0], formCases[1], formCases[2]
	for _, c := range []struct {
		name           string
		table          formCase
		title, period  string
		form           string
		state          tonghop.State
		asks, alsoSays string
	}{
		{"57 under the title of 75", ntm, nc.title, ntm.period, "xa-ntm", tonghop.Held, "BIEU-040", ""},
		{"57 under the title of 49", ntm, old.title, ntm.period, "xa-ntm", tonghop.Held, "BIEU-040", ""},
		{"49 under the title of 75", old, nc.title, old.period, "xa-ntm", tonghop.Held, "BIEU-040", "GC-091"},
		{"75 under the title of 49", nc, old.title, nc.period, "xa-ntm-nc", tonghop.Held, "BIEU-040", ""},
		{"75 under a title in common", nc, plain, nc.period, "xa-ntm-nc", tonghop.Accepted, "", "GC-090"},
		{"57 under a title in common", ntm, plain, ntm.period, "xa-ntm", tonghop.Accepted, "", ""},
		{"57 under a title of both", ntm, "tiêu chí nông thôn mới và nông thôn mới nâng cao", ntm.period, "xa-ntm", tonghop.Accepted, "", ""},
		{"49 for 2021, under the programme's years", old, ntm.title, "Năm 2021", "xa-ntm", tonghop.Accepted, "", "GC-091"},
		{"49 a day before the end", old, old.title, "Tính đến ngày 28/02/2022", "xa-ntm", tonghop.Accepted, "", "GC-091"},
		{"49 for 2023", old, old.title, ntm.period, "xa-ntm", tonghop.Held, "BIEU-007", ""},
		{"57 for 2021", ntm, plain, "Năm 2021", "xa-ntm", tonghop.Held, "BIEU-007", ""},
		{"75 for 2021", nc, nc.title, "Năm 2021", "xa-ntm-nc", tonghop.Held, "BIEU-007", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheet, _, _ := formOf(t, r, c.table, oneCommune, c.title, c.period)
			got := r.Read(tonghop.Parcel{Name: "báo cáo.xml", Bytes: formBook(t, sheet)})
			if got.Form != c.form || got.State != c.state || asked(got) != c.asks || c.alsoSays != "" && !noted(got, c.alsoSays) {
				t.Errorf("%s, %s, asked %q, noted %s: %t; want %s, %s, asked %q", got.Form, got.State, asked(got), c.alsoSays,
					noted(got, c.alsoSays), c.form, c.state, c.asks)
			}
		})
	}
}

// A workbook with the tables of two forms is read as the one that is owed; the
// other sheet is asked for, whichever stands first.
func TestFormsTogether(t *testing.T) {
	r := newReader(t)
	ntm, _, _ := formOf(t, r, formCases[1], oneCommune, formCases[1].title, "Tháng 6 năm 2023")
	nc, _, _ := formOf(t, r, formCases[2], oneCommune, formCases[2].title, "Tháng 6 năm 2023")
	ntm.name, nc.name = "Biểu 01", "Biểu 02"
	for _, sheets := range [][]formSheet{{ntm, nc}, {nc, ntm}} {
		got := r.Read(tonghop.Parcel{Name: "báo cáo.xml", Bytes: formBook(t, sheets...)})
		if got.Form != "xa-ntm" || got.State != tonghop.Accepted || asked(got) != "BIEU-042" || len(got.Rows) != 1 {
			t.Errorf("%s first: %s, %s, asked %q, %d rows", sheets[0].name, got.Form, got.State, asked(got), len(got.Rows))
		}
		for _, f := range got.Findings {
			if f.Rule == "BIEU-042" && (f.Sheet != "Biểu 02" || len(f.Areas) != 1 || !f.Areas[0].Contains(8, 3)) {
				t.Errorf("asked about %s of sheet %s", f.Cells(), f.Sheet)
			}
		}
	}
}

// "Không" where the decision asks that there be no incident may mean either:
// it is asked, never read as not met.
func TestFormsDenied(t *testing.T) {
	r := newReader(t)
	nc := formCases[2]
	sheet, set, _ := formOf(t, r, nc, oneCommune, nc.title, nc.period)
	col := 2
	for _, cr := range set.Criteria {
		for _, in := range cr.Indicators {
			if in.No == "18.5" {
				sheet.rows[7][col].text = "Không"
			}
			col++
		}
	}
	got := r.Read(tonghop.Parcel{Name: "báo cáo.xml", Bytes: formBook(t, sheet)})
	if v, ok := got.Rows[0].Value("18.5", false); asked(got) != "O-002" || ok && v.Mark != tonghop.MarkNone {
		t.Errorf("asked %q, read %+v", asked(got), v)
	}
}

// There is a version of each form for each of its days, and no form of which
// nobody has heard.
func TestKnownOf(t *testing.T) {
	r := newReader(t)
	if got := strings.Join(r.Forms(), " "); got != "xa-ntm xa-ntm-nc" {
		t.Errorf("forms: %s", got)
	}
	for on, want := range map[tonghop.Date]string{"2021-12-31": "xa-ntm-2016-2020", "2022-03-07": "xa-ntm-2016-2020",
		"2022-03-08": "xa-ntm-2021-2025", "2030-01-01": "xa-ntm-2021-2025"} {
		if k, err := r.KnownOf(pipeline.DefaultForm, on); err != nil || k.Criteria.ID != want {
			t.Errorf("on %s: %s, %v; want %s", on, k.Criteria.ID, err, want)
		}
	}
	if _, err := r.KnownOf("huyen-ntm", "2023-06-30"); tonghop.CodeOf(err) != "form.none" {
		t.Errorf("an unknown form: %v", err)
	}
}

// A report of the advanced form is an edition of its own, in which nobody who
// has sent none is missing; the edition of the form that is owed knows nothing
// of it.
func TestFormsEdition(t *testing.T) {
	in, c := desk(t)
	nc := formCases[2]
	sheet, _, _ := formOf(t, in.Reader, nc, oneCommune, nc.title, nc.period)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "nâng cao.xml"), formBook(t, sheet), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := in.Batch(t.Context(), ingest.Walk([]string{dir}), june, func() {})
	if err != nil || len(out) != 1 || out[0].Return.State != tonghop.Accepted || out[0].Return.Form != "xa-ntm-nc" {
		t.Fatalf("%+v, %v", out, err)
	}
	province, _ := in.Reader.Known.Register.Unit("84", june.AsOf())
	if _, err := c.Build(t.Context(), june, province); tonghop.CodeOf(err) != "edition.nothing" {
		t.Errorf("the edition of the form that is owed: %v", err)
	}
	if codes, err := c.Provinces(t.Context(), june); err != nil || len(codes) != 0 {
		t.Errorf("provinces of the form that is owed: %v, %v", codes, err)
	}
	c.Form = "xa-ntm-nc"
	built, err := c.Build(t.Context(), june, province)
	if err != nil || built.Criteria != "xa-ntm-nc-2021-2025" || len(built.Returns) != 1 || len(built.Missing) != 0 || built.Expected != 1 {
		t.Errorf("criteria %s, %d returns, %d of %d missing, %v", built.Criteria, len(built.Returns), len(built.Missing), built.Expected, err)
	}
	if want := "tong-hop-xa-ntm-nc-84-2023-06-1.xlsx"; built.FileName() != want {
		t.Errorf("file %s, want %s", built.FileName(), want)
	}
}
