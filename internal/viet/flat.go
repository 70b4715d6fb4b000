package viet

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// flatText is a text without accents, in lower case, with single blanks, in
// which patterns are searched, and for each of its bytes the place in the
// original it stands for.
type flatText struct {
	original string
	plain    string
	at       []int // at[i] is the offset in original of plain[i]; at[len(plain)] its length
}

// flatten makes the flat text of s. Unlike [Plain] it keeps track of places.
func flatten(s string) flatText {
	var b strings.Builder
	at := make([]int, 0, len(s)+1)
	put := func(c string, i int) {
		b.WriteString(c)
		for range len(c) {
			at = append(at, i)
		}
	}
	blank := true
	for i, r := range s {
		if isBlank(r) || r == '_' {
			if !blank {
				put(" ", i)
			}
			blank = true
			continue
		}
		if invisible(r) || unicode.IsMark(r) {
			continue
		}
		blank = false
		put(flatRune(r), i)
	}
	return flatText{original: s, plain: b.String(), at: append(at, len(s))}
}

// flatRune is r in lower case without accents, in its ordinary form.
func flatRune(r rune) string {
	if r == '…' {
		return "..."
	}
	r = unicode.ToLower(sameLetter(unifyMark(r)))
	if r == 'đ' {
		return "d"
	}
	if r < utf8.RuneSelf {
		return string(r)
	}
	return string(bare(string(r), r))
}

// span is the place in the original of plain[from:to].
func (f flatText) span(from, to int) (int, int) {
	end := f.at[to]
	if to > from {
		// Blanks between the last character and the next are not part of it.
		trimmed := strings.TrimRightFunc(f.original[f.at[from]:end], isBlank)
		end = f.at[from] + len(trimmed)
	}
	return f.at[from], end
}

// letter is the original character behind plain[i], composed: "ă", "a".
func (f flatText) letter(i int) string {
	next := i + 1 + sort.SearchInts(f.at[i+1:], f.at[i]+1)
	return strings.ToLower(norm.NFC.String(f.original[f.at[i]:f.at[next]]))
}
