package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// BenchmarkRead recognises and reads the nine samples.
func BenchmarkRead(b *testing.B) {
	n := newNormalizer(b)
	var books []*tonghop.Book
	for _, book := range sampleBooks(b) {
		books = append(books, book)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, book := range books {
			read(b, n, book, normalize.Hints{})
		}
	}
}
