package viet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadMeasure(t *testing.T) {
	for in, want := range map[string]Measure{
		"đồng": {"money", 0, ""}, "nghìn đồng": {"money", 3, ""}, "Ngàn đồng": {"money", 3, ""}, "1.000 đồng": {"money", 3, ""},
		"1000đ": {"money", 3, ""}, "ngđ": {"money", 3, ""}, "triệu đồng": {"money", 6, ""}, "tr.đ": {"money", 6, ""}, "trđ": {"money", 6, ""},
		"Tr.đồng": {"money", 6, ""}, "triệu": {"money", 6, ""}, "tỷ đồng": {"money", 9, ""}, "tỉ đồng": {"money", 9, ""}, "VNĐ": {"money", 0, ""},
		"triệu đồng/người/năm": {"money", 6, "nguoi nam"}, "trđ / người / năm": {"money", 6, "nguoi nam"},
		"nghìn đồng/đầu người": {"money", 3, "nguoi"}, "triệu đồng/khẩu/tháng": {"money", 6, "nguoi thang"},
		"m²": {"area", 0, ""}, "m2/người": {"area", 0, "nguoi"}, "ha": {"area", 4, ""}, "km2": {"area", 6, ""}, "km": {"length", 3, ""},
	} {
		if got, ok := ReadMeasure(in); !ok || got != want {
			t.Errorf("ReadMeasure(%q) = %+v, %v, want %+v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "%", "nhà", "tỷ lệ", "cộng đồng", "hộ", "đồng bào", "mô hình", "triệu phú"} {
		if got, ok := ReadMeasure(in); ok {
			t.Errorf("ReadMeasure(%q) = %+v, want none", in, got)
		}
	}
}

func TestStatedMeasures(t *testing.T) {
	million, thousand := Measure{Kind: "money", Power: 6}, Measure{Kind: "money", Power: 3}
	per := func(m Measure, p string) Measure { m.Per = p; return m }
	for in, want := range map[string][]Stated{
		"Đơn vị tính: nghìn đồng":                        {{thousand, "nghìn đồng"}},
		"ĐVT: %, triệu đồng/người/năm":                   {{per(million, "nguoi nam"), "triệu đồng/người/năm"}},
		"(Đơn vị tính: Triệu đồng)":                      {{million, "Triệu đồng"}},
		"Thu nhập bình quân đầu người (1.000 đồng/năm)":  {{per(thousand, "nam"), "1.000 đồng/năm"}},
		"Thu nhập BQĐN tính bằng nghìn đồng/người":       {{per(thousand, "nguoi"), "nghin dong/nguoi"}},
		"Kỳ báo cáo: Năm 2023 - Đơn vị tính: Triệu đồng": {{million, "Triệu đồng"}},
		"triệu đồng":                          {{million, "triệu đồng"}},
		"Tổ khuyến nông cộng đồng":            nil,
		"Tỷ lệ hộ có nhà ở kiên cố (%)":       nil,
		"Đơn vị tính: theo từng chỉ tiêu":     nil,
		"17.4 Đất cây xanh (m2/người)":        {{Measure{"area", 0, "nguoi"}, "m2/người"}},
		"ĐƠN VỊ: UBND HUYỆN TRÀ CÚ":           nil,
		"Đơn vị tính: tỷ lệ % (làm tròn 0,1)": nil,
	} {
		if d := cmp.Diff(want, StatedMeasures(in)); d != "" {
			t.Errorf("StatedMeasures(%q) (-want +got):\n%s", in, d)
		}
	}
}
