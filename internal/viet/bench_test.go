package viet

import (
	"strings"
	"testing"
)

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("Tỷ lệ hộ có đăng ký trực tiếp và được sử dụng điện sinh hoạt (%)")
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("Xã Hoà Lợi")
	}
}

func BenchmarkClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Clean("Xã Hoà Lợi")
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Numbers("85,5")
	}
}

func BenchmarkCanonical(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Canonical("0.85499999999999998")
	}
}

func BenchmarkPeriods(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Periods("Kết quả thực hiện Bộ tiêu chí quốc gia về xã nông thôn mới 6 tháng đầu năm 2023")
	}
}

func BenchmarkPeriodsLongest(b *testing.B) {
	long := strings.Repeat("ngày 1 tháng 1 ", 300)
	for b.Loop() {
		Periods(long)
	}
}
