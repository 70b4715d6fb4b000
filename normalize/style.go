package normalize

import "github.com/tonghop/tonghop/internal/viet"

// numberStyle is how an author writes numbers as text.
type numberStyle int

// The styles. A column that mixes them has none.
const (
	styleUnknown    numberStyle = iota
	styleVietnamese             // 1.234,5
	styleEnglish                // 1,234.5
)

// styleVotes counts the texts of a column that can be read in one style only.
type styleVotes struct {
	vietnamese, english         int
	vietnameseText, englishText string // the first of each
}

// add counts a text by its readings; one with two readings says nothing.
func (s *styleVotes) add(readings []viet.Reading, text string) {
	if len(readings) != 1 {
		return
	}
	switch readings[0].Why {
	case viet.DecimalComma, viet.ThousandsDot:
		s.vietnamese++
		if s.vietnameseText == "" {
			s.vietnameseText = text
		}
	case viet.DecimalPoint, viet.ThousandsComma:
		s.english++
		if s.englishText == "" {
			s.englishText = text
		}
	}
}

// join adds the votes of another column.
func (s *styleVotes) join(other styleVotes) {
	if s.vietnameseText == "" {
		s.vietnameseText = other.vietnameseText
	}
	if s.englishText == "" {
		s.englishText = other.englishText
	}
	s.vietnamese += other.vietnamese
	s.english += other.english
}

// decided is the one style that enough texts have and none contradicts, with
// an example.
func (s styleVotes) decided(enough int) (numberStyle, string) {
	switch {
	case s.vietnamese >= enough && s.english == 0:
		return styleVietnamese, s.vietnameseText
	case s.english >= enough && s.vietnamese == 0:
		return styleEnglish, s.englishText
	}
	return styleUnknown, ""
}

// fewest texts that make a style: in the column itself, and in the sheet, where
// they may be another author's.
const (
	enoughInColumn = 2
	enoughInSheet  = 4
)

// allows reports whether a reading is written in the style.
func (s numberStyle) allows(why viet.Why) bool {
	switch why {
	case viet.DecimalComma, viet.ThousandsDot:
		return s == styleVietnamese
	case viet.DecimalPoint, viet.ThousandsComma:
		return s == styleEnglish
	}
	return false
}
