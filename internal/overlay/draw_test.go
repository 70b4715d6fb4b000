package overlay_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/internal/overlay/overlaytest"
)

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// plain is a text without its blanks.
func plain(s string) string { return strings.Join(strings.Fields(s), "") }

// Whatever stands in a cell, in the name of a sheet or in a message is text on the
// page and nothing else.
func TestAnyTextIsText(t *testing.T) {
	p := page(t, "vi")
	hostile := []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</style><b>`, `{{.Words}}`, `&lt;`, `javascript:x`, `'--><!--`, `]]>`}
	letters := rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringOfN(rapid.RuneFrom([]rune(`<>"'&/=ạ中 ax{}-!`)), 1, 12, -1))
	rapid.Check(t, func(rt *rapid.T) {
		text := func(name string) string { return "x" + letters.Draw(rt, name) }
		s := grid(text("sheet"), []string{text("A1"), text("B1")})
		p := p
		p.Verdict, p.Title, p.Steps = text("verdict"), text("title"), []string{text("step")}
		label := text("label")
		p.Taken = []overlay.Taken{{Ref: tonghop.Ref{Sheet: s.Name, Row: 1, Col: 1}, Kind: overlay.KindValue, Label: label, Full: text("full")}}
		p.Items = []overlay.Item{{No: 1, Severity: tonghop.Query, Weight: text("weight"), Sheet: s.Name, Areas: []tonghop.Area{{Top: 1, Left: 2, Bottom: 1, Right: 2}},
			Where: text("where"), Message: text("message"), Found: text("found"), Fix: text("fix"), Rule: text("rule")}}
		_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, p)
		count := map[string]int{}
		for _, e := range all {
			count[e.Name]++
			for name := range e.Attrs {
				if name == "src" || name == "style" || strings.HasPrefix(name, "on") {
					rt.Fatalf("<%s %s>", e.Name, name)
				}
			}
		}
		if count["script"]+count["img"]+count["b"] > 0 || count["style"] != 1 || count["table"] != 1 {
			rt.Fatalf("elements that are not ours: %v", count)
		}
		ids := overlaytest.ByID(t, all)
		a := ids["s1-A1"]
		if want := plain(s.Lines[0].Cells[0].Shown + label); a == nil || plain(a.Text) != want {
			rt.Fatalf("A1 is %+v, want %q", a, want)
		}
		if a.Attrs["title"] != p.Taken[0].Full || !strings.Contains(plain(ids["f1"].Text), plain(p.Items[0].Message)) {
			rt.Fatalf("a text is not what it was: %q", a.Attrs["title"])
		}
	})
}

// A finding stands in its cell as a flag with a sign, leads to its line, and the
// line leads back; what follows from it is folded under it with its count.
func TestFlagsLeadBothWays(t *testing.T) {
	p := page(t, "vi")
	at := func(row, col int) []tonghop.Area {
		return []tonghop.Area{{Top: row, Left: col, Bottom: row, Right: col}}
	}
	p.Items = []overlay.Item{
		{No: 1, Severity: tonghop.Reject, Weight: "! Phải sửa", Sheet: "B", Areas: at(1, 1), Where: "B!A1", Message: "one", Rule: "R-1"},
		{No: 2, Cause: 1, Severity: tonghop.Query, Weight: "? Cần xem lại", Sheet: "B", Areas: at(2, 1), Where: "B!A2", Message: "two", Rule: "R-2"},
		{No: 3, Cause: 1, Severity: tonghop.Query, Weight: "? Cần xem lại", Sheet: "B", Areas: at(2, 2), Where: "B!B2", Message: "three", Rule: "R-2"},
		{No: 4, Severity: tonghop.Query, Weight: "? Cần xem lại", Sheet: "B", Where: "Trang tính B", Message: "four", Rule: "R-3"},
		{No: 5, Severity: tonghop.Query, Weight: "? Cần xem lại", Where: "Cả tệp", Message: "five", Rule: "R-4"},
	}
	_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{grid("B", []string{"a", "b"}, []string{"c", "d"})}}, p)
	ids := overlaytest.ByID(t, all)
	for no, cell := range map[int]string{1: "s1-A1", 2: "s1-A2", 3: "s1-B2", 4: "s1"} {
		line := ids[fmt.Sprintf("f%d", no)]
		if line == nil || ids[cell] == nil {
			t.Fatalf("%d: line %v, cell %v", no, line, ids[cell])
		}
		if !strings.Contains(strings.Join(line.Links, " "), "#"+cell) || !strings.Contains(strings.Join(ids[cell].Links, " "), fmt.Sprintf("#f%d", no)) {
			t.Errorf("%d: the line leads to %v, its cell to %v", no, line.Links, ids[cell].Links)
		}
	}
	if !strings.Contains(ids["s1-A1"].Text, "!1") || !strings.Contains(ids["s1-A2"].Text, "?2") {
		t.Errorf("signs: %q, %q", ids["s1-A1"].Text, ids["s1-A2"].Text)
	}
	if one := ids["f1"].Text; !strings.Contains(one, "Thêm 2 chỗ") || !strings.Contains(one, "three") {
		t.Errorf("what follows is not under its cause: %q", one)
	}
	counted := false
	for _, e := range all {
		counted = counted || e.Name == "h3" && e.Text == "! Phải sửa (1 nguyên nhân, thêm 2 chỗ theo sau)"
	}
	if !counted {
		t.Error("nothing says how many follow")
	}
	links := ""
	for _, e := range all {
		if e.Name == "section" && e.Attrs["class"] == "known" {
			links = strings.Join(e.Links, " ")
		}
	}
	if !strings.Contains(links, "#f5") || strings.Contains(links, "#f4") {
		t.Errorf("flags of the whole file: %s", links)
	}
}

// Merged, hidden and unused parts are shown as such, and every row of a table is
// as wide as its header.
func TestShownAsItIs(t *testing.T) {
	s := grid("B", []string{"title", "", "", "x"}, []string{"", "", "", "y"}, []string{"a", "b", "c", "d"}, []string{"e", "f", "g", "h"})
	s.Merges = []tonghop.Area{{Top: 1, Left: 1, Bottom: 2, Right: 3}, {Top: 2, Left: 3, Bottom: 3, Right: 4}} // they overlap: the first counts
	s.Lines[3].Hidden = true
	s.HiddenCols = map[int]bool{2: true}
	aside := grid("Khác", []string{"k"})
	aside.Hidden = true
	p := page(t, "vi")
	p.Unused = []overlay.Unused{{Sheet: "B", Area: tonghop.Area{Top: 4, Left: 1, Bottom: 4, Right: 4}, Reason: "vì thế"}, {Sheet: "Khác", Reason: "trang khác"}}
	_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s, aside}}, p)
	ids := overlaytest.ByID(t, all)
	if a := ids["s1-A1"]; a.Attrs["rowspan"] != "2" || a.Attrs["colspan"] != "3" || ids["s1-B1"] != nil || ids["s1-C2"] != nil {
		t.Errorf("the merged title: %v", a.Attrs)
	}
	if ids["s1-D3"] == nil || ids["s1-C3"] == nil {
		t.Error("cells of an overlapping area are lost")
	}
	if !strings.Contains(ids["s1-A4"].Text, "vì thế") || !strings.Contains(ids["s1-A4"].Attrs["class"], "aside") {
		t.Errorf("the unused row: %+v", ids["s1-A4"])
	}
	hidden := 0
	for _, e := range all {
		if e.Name == "th" && strings.Contains(e.Text, p.Words["hidden"]) {
			hidden++
		}
	}
	if hidden != 2 || !strings.Contains(ids["s2"].Text, p.Words["sheet_hidden"]) || !strings.Contains(ids["s2"].Text, "trang khác") {
		t.Errorf("%d hidden rows and columns; the other sheet says %q", hidden, ids["s2"].Text)
	}
}

// A long title in a narrow column runs on over blank cells, but over none of
// which something is said.
func TestLongTextRunsOn(t *testing.T) {
	long := strings.Repeat("tiêu đề dài ", 20)
	p := page(t, "vi")
	p.Items = []overlay.Item{{No: 1, Severity: tonghop.Query, Weight: "?", Sheet: "B", Where: "B!D2", Message: "m", Rule: "R-1",
		Areas: []tonghop.Area{{Top: 2, Left: 4, Bottom: 2, Right: 4}}}}
	s := grid("B", []string{long, "", "", "", "", "x"}, []string{long, "", "", "", "", "x"}, []string{"short", "", "y", "z", "z", "z"}, []string{long, "y"})
	_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, p)
	ids := overlaytest.ByID(t, all)
	for id, cols := range map[string]string{"s1-A1": "5", "s1-A2": "3", "s1-A3": "", "s1-A4": ""} {
		if got := ids[id].Attrs["colspan"]; got != cols {
			t.Errorf("%s runs over %q columns, want %q", id, got, cols)
		}
	}
	if ids["s1-D2"] == nil || len(ids["s1-D2"].Links) != 1 {
		t.Error("a blank cell that is asked about is run over")
	}
	rectangular(t, all)
}
