package viet

import (
	"strconv"
	"strings"
)

// Canonical turns a number as a spreadsheet file stores it ("1E+2",
// "0.85499999999999998") into the figure that its user sees: the shortest
// decimal that is equal to it in 15 significant digits, in plain notation with
// a point and without trailing zeros ("100", "0.855"). ok is false for text
// that is no finite number, or none between 1e-40 and 1e30 in size.
func Canonical(stored string) (figure string, ok bool) {
	stored = strings.TrimSpace(stored)
	if stored == "" || len(stored) > maxNumberText || strings.Trim(stored, "0123456789+-.eE") != "" {
		return "", false
	}
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return "", false
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', maxDigits-1, 64), "e")
	power, err := strconv.Atoi(exponent)
	if err != nil || power > 30 || power < -40 {
		return "", false
	}
	sign, mantissa := cutSign(mantissa)
	all := strings.Replace(mantissa, ".", "", 1)
	if power < 0 {
		return trimFigure(sign, "0", strings.Repeat("0", -power-1)+all), true
	}
	all += strings.Repeat("0", max(0, power+1-len(all)))
	return trimFigure(sign, all[:power+1], all[power+1:]), true
}

// plainFigure is the canonical form of sign, whole part and fraction, all in
// ASCII digits; ok is false beyond 15 significant digits.
func plainFigure(sign, whole, fraction string) (figure string, ok bool) {
	figure = trimFigure(sign, whole, fraction)
	significant := strings.TrimLeft(strings.Replace(strings.TrimPrefix(figure, "-"), ".", "", 1), "0")
	return figure, len(significant) <= maxDigits
}

// trimFigure drops zeros that say nothing, and the sign of zero.
func trimFigure(sign, whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	switch {
	case whole == "" && fraction == "":
		return "0"
	case whole == "":
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// Ratio reads "15/19", "05/08" or "19 / 19 tiêu chí": how many of how many.
// ok is false for anything else, also where the second number is zero. It does
// not ask whether n exceeds d.
func Ratio(s string) (n, d int, ok bool) {
	if len(s) > maxNumberText {
		return 0, 0, false
	}
	left, right, found := strings.Cut(unifyMarks(Clean(s)), "/")
	if !found {
		return 0, 0, false
	}
	body, unit := cutBody(strings.TrimSpace(right))
	left = strings.TrimSpace(left)
	if !digits(left) || !digits(body) || len(left) > 6 || len(body) > 6 || !unitText(unit) || strings.Contains(unit, "/") {
		return 0, 0, false
	}
	n, _ = strconv.Atoi(left)
	d, _ = strconv.Atoi(body)
	return n, d, d > 0
}
