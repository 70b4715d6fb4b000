//go:build !race

package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop/internal/pipeline"
)

// A folder is an office's by its code or its name, however it is typed; a name
// that two offices bear is nobody's.
func TestOffices(t *testing.T) {
	register := newReader(t).Known.Register
	traVinh := pipeline.NewOffices(register, "84", "2026-11-22")
	for folder, want := range map[string]string{
		"849": "849", "849 Trà Cú": "849", "849-tra-cu": "849", "Huyện Trà Cú": "849", "HUYỆN TRÀ CÚ": "849", "Tra Cu": "849",
		"H. Trà Cú": "849", "h.tra cu": "849", "Huye\u0323\u0302n Tra\u0300 Cu\u0301": "849", "huyen_tra_cu": "849",
		"TP Trà Vinh": "842", "Thành phố Trà Vinh": "842", "TX Duyên Hải": "851", "Thị xã Duyên Hải": "851",
		"Huyện Duyên Hải": "850", "H. Duyên Hải": "850",
		"Duyên Hải": "", "Trà": "", "": "", "đã nhận": "", "847": "847", "001": "", "Hà Nội": "", "84": "",
	} {
		got, ok := traVinh.Find(folder)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", folder, got, ok, want)
		}
	}
	find := traVinh.Finder(map[string]string{"Pho\u0300ng nông nghiê\u0323p": "849", "Huyện Cầu Kè": "846"})
	for folder, want := range map[string]string{"Phòng nông nghiệp": "849", "Huyện Cầu Kè": "846", "845": "845"} {
		if got, _ := find(folder); got != want {
			t.Errorf("%q is configured: %q, want %q", folder, got, want)
		}
	}
	for code, want := range map[string]bool{"849": true, "842": true, "84": false, "29269": false, "001": false, "999": false, "": false} {
		if got := traVinh.Known(code); got != want {
			t.Errorf("%q is known: %v", code, got)
		}
	}
	for folder, want := range map[string]string{
		"Duyên Hải": "850 Huyện Duyên Hải, 851 Thị xã Duyên Hải", "duyen_hai": "850 Huyện Duyên Hải, 851 Thị xã Duyên Hải",
		"Huyện Duyên Hải": "", "850": "", "849 Duyên Hải": "", "Đâu đó": "", "": "",
	} {
		if got := strings.Join(traVinh.Candidates(folder), ", "); got != want {
			t.Errorf("%q may be %q, want %q", folder, got, want)
		}
	}
	everywhere := pipeline.NewOffices(register, "all", "2026-11-22")
	if !everywhere.Known("001") || everywhere.Known("29269") {
		t.Error("of every province only the offices are known")
	}
	if got := everywhere.Candidates("Châu Thành"); len(got) < 8 || !slices.Contains(got, "847 Huyện Châu Thành") || !slices.IsSorted(got) {
		t.Errorf("Châu Thành may be %q", got)
	}
	if got, ok := everywhere.Find("Huyện Châu Thành"); ok {
		t.Errorf("one of many Châu Thành: %s", got)
	}
	if got, _ := everywhere.Find("849"); got != "849" {
		t.Errorf("code without a province: %q", got)
	}
}
