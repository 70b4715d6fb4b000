//go:build !race

package pipeline_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// unzipped are the parts of a workbook.
func unzipped(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range zr.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

// rezipped is a workbook of parts, in the order of their names.
func rezipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := zw.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// others are workbooks that are not annotated themselves: of other formats, in
// the strict form, with macros.
func others(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, path := range map[string]string{
		"tra cu.xls":    "../../ingest/format/xls/testdata/samples/BC NTM T6 - Trà Cú.xls",
		"tieu can.ods":  "../../ingest/format/ods/testdata/sample-tiểu cần ntm thang 6 (sửa).ods",
		"cau ngang.xls": "../../ingest/format/xls/testdata/samples/UBND huyện Cầu Ngang BC thang 6 nam 2023.xls",
	} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = raw
	}
	_, raw := sample(t, "BC NTM T6 - Trà Cú")
	strict, macros := unzipped(t, raw), unzipped(t, raw)
	for name, text := range strict {
		strict[name] = strings.NewReplacer("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(text)
	}
	const types = "[Content_Types].xml"
	macros[types] = strings.Replace(macros[types], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", 1)
	out["strict.xlsx"], out["macros.xlsm"] = rezipped(t, strict), rezipped(t, macros)
	var rows strings.Builder
	r := newReader(t)
	for _, row := range r.Read(parcel("tra cu.xlsx", raw)).Rows[:5] {
		fmt.Fprintf(&rows, "%s,%s,x?,Đạt\n", row.Name, strings.Repeat("Đạt,", 17))
	}
	out["tra cu.csv"] = []byte("UBND HUYỆN TRÀ CÚ\nKẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025\nTháng 6 năm 2023\nTên xã,TC1,TC2,TC3,TC4,TC5,TC6,TC7,TC8,TC9,TC10,TC11,TC12,TC13,TC14,TC15,TC16,TC17,TC18,TC19\n" + rows.String())
	return out
}

// boxes are the cells of a list in which something may be explained, of the
// person first.
func boxes(list string) []string {
	look := regexp.MustCompile(`<c r="D\d+" s="(\d+)"/><c r="E\d+" s="(\d+)"/>`).FindStringSubmatch(list)
	if look == nil || look[1] != look[2] {
		return nil
	}
	return regexp.MustCompile(`<c r="(?:D|I)\d+" s="`+look[1]+`"/>`).FindAllString(list, -1)
}

// typedIn types into boxes of the list of a copy, the person first.
func typedIn(t *testing.T, raw []byte, texts ...string) []byte {
	t.Helper()
	const list = "xl/worksheets/tonghop1.xml"
	parts := unzipped(t, raw)
	at := boxes(parts[list])
	if len(at) < len(texts) {
		t.Fatalf("%d boxes for %d texts", len(at), len(texts))
	}
	for i, text := range texts {
		open := strings.TrimSuffix(at[i], "/>")
		parts[list] = strings.Replace(parts[list], at[i], open+` t="inlineStr"><is><t>`+text+`</t></is></c>`, 1)
	}
	return rezipped(t, parts)
}

// What is not annotated itself is answered in the copy that comes back: sent, it
// says the same of the communes and cells, and its answers are read.
func TestAnswerInCopy(t *testing.T) {
	a, r := annotator(t), newReader(t)
	const person, why = "Nguyễn Thị B, công chức", "xã đã họp lại ngày 30/6"
	for name, raw := range others(t) {
		p := parcel(name, raw)
		ret := r.Read(p)
		made, err := a.Annotate(t.Context(), p, ret)
		if err != nil || made.InPlace || tonghop.CountAsked(ret.Findings) == 0 {
			t.Fatalf("%s: in place %v, %d asked, %v", name, made.InPlace, tonghop.CountAsked(ret.Findings), err)
		}
		p.Bytes = made.Workbook
		p.Name = "bản chép.xlsx"
		copied := r.Read(p)
		if diff := cmp.Diff(facts(ret), facts(copied)); diff != "" {
			t.Errorf("%s: the copy says otherwise:\n%.600s", name, diff)
		}
		if a, b := questioned(ret), questioned(copied); a != b {
			t.Errorf("%s: asked is %s, of the copy %s", name, a, b)
		}
		p.Bytes = typedIn(t, made.Workbook, person, why)
		again := r.Read(p)
		if len(again.Explained) != 1 || again.Explained[0].Text != why || again.Explained[0].Person != person || again.Explained[0].Loose {
			t.Errorf("%s: explained %+v", name, again.Explained)
		}
		if was, is := tonghop.CountAsked(copied.Findings), tonghop.CountAsked(again.Findings); is >= was {
			t.Errorf("%s: %d asked before the answer, %d after", name, was, is)
		}
	}
}

// questioned lists what is asked: rule, place, and what stands there.
func questioned(ret tonghop.Return) string {
	var out []string
	for _, f := range ret.Findings {
		if f.Severity != tonghop.Note {
			out = append(out, f.Rule+" "+f.Sheet+"!"+f.Cells()+" "+f.Found)
		}
	}
	return strings.Join(out, "\n")
}
