// Package viet reads Vietnamese office text: it cleans what a keyboard or a
// copied web page left behind, makes keys under which spellings of one name
// meet, and finds the numbers and periods in a text.
//
// It knows nothing of units, forms or criteria, never guesses between two
// honest readings (it returns both), and never changes the caller's text: what
// is shown to people is always the text as typed.
//
// Start with [Clean] and [Fold]; then [Numbers] and [Periods].
package viet
