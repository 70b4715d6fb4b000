package csv

import (
	"regexp"
	"strings"
)

// What lines of texts that are no table look like.
var (
	jsonStart   = regexp.MustCompile(`^[\[{]\s*(\{|\[|"[^"]*"\s*[:,\]]|[\]}]\s*$|-?[0-9.]+\s*,\s)`)
	markupStart = regexp.MustCompile(`^<([!?a-zA-Z/])`)
	sylkStart   = regexp.MustCompile(`^ID;P[^\r\n]*[\r\n]+[A-Z]{1,2};`)
	difStart    = regexp.MustCompile(`^TABLE\s*[\r\n]+0,1\s*[\r\n]+"`)
	sqlLine     = regexp.MustCompile(`(?i)^\s*(insert\s+into\s|create\s+(or\s+replace\s+)?(table|database|view|index|procedure|function)\s|drop\s+(table|database|view)\s|alter\s+table\s|delete\s+from\s|update\s+\S+\s+set\s|select\s.*\sfrom\s|set\s+names\s)`)
	codeLine    = regexp.MustCompile(`^\s*(#include\s*[<"]|#!\s?/|<\?php|using\s+[\w.]+;|import\s+[\w.{*"']+|from\s+[\w.]+\s+import\s|package\s+\w+;?\s*$|(public|private|static|export|async)\s+\w|(function|func|def|class|interface|struct|namespace)\s+\w+\s*[({:<]|(var|let|const)\s+\w+\s*=|(if|for|while|switch)\s*\(.*[{;]\s*$|return\b.*;\s*$|\}\s*(else|catch|$)|//|/\*|\w[\w.]*\(.*\);\s*$)`)
	mailLine    = regexp.MustCompile(`^(From|To|Subject|Received|Message-ID|MIME-Version|Return-Path|Delivered-To): `)
)

// otherLines is how many lines are looked at.
const otherLines = 60

// otherText says what the text is if it is in a language of its own, whose
// commas and semicolons separate no cells; "" if it is not.
func otherText(text string) string {
	text = strings.TrimLeft(text[:min(len(text), headBytes)], " \t\r\n")
	switch {
	case jsonStart.MatchString(text[:min(len(text), 4096)]):
		return "JSON"
	case markupStart.MatchString(text):
		return "markup"
	case sylkStart.MatchString(text):
		return "SYLK"
	case difStart.MatchString(text):
		return "DIF"
	}
	sql, code, mail, lines := 0, 0, 0, 0
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = line[:min(len(line), 512)]
		if strings.TrimSpace(line) == "" {
			continue
		}
		if lines++; lines > otherLines {
			break
		}
		switch {
		case sqlLine.MatchString(line):
			sql++
		case codeLine.MatchString(line):
			code++
		case mailLine.MatchString(line):
			mail++
		}
	}
	switch {
	case sql > 0:
		return "SQL"
	case code*5 >= lines && code >= 2:
		return "source code"
	case mail >= 2:
		return "mail"
	}
	return ""
}
