package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"text/template"

	"gopkg.in/yaml.v3"

	"github.com/tonghop/tonghop"
)

// Letters are the sentences for people in one language: of findings by rule,
// of errors by code, and the words for codes.
type Letters struct {
	findings map[string]findingText
	errors   map[string]errorText
	words    map[string]map[string][]string
	annotate map[string]string // what the annotated workbook says
	overlay  map[string]string // what the page says that shows how a file was understood
	lang     int               // place of the language in the words
	verdict  *template.Template
}

type findingText struct {
	Message  string `yaml:"message"`
	Column   string `yaml:"column"` // instead of message, of a whole column; "" = the general one
	Row      string `yaml:"row"`    // and of a whole row
	Expected string `yaml:"expected"`
	Fix      string `yaml:"fix"`
}

type errorText struct {
	Message string `yaml:"message"`
	Hint    string `yaml:"hint"`
}

// ReadLetters decodes letters/*.yaml for the language "vi" or "en".
func ReadLetters(fsys fs.FS, lang string) (*Letters, error) {
	l := &Letters{}
	if lang == "en" {
		l.lang = 1
	}
	for name, into := range map[string]any{
		"letters/findings." + lang + ".yaml": &l.findings,
		"letters/errors." + lang + ".yaml":   &l.errors,
		"letters/words.yaml":                 &l.words,
		"letters/annotate." + lang + ".yaml": &l.annotate,
		"letters/overlay." + lang + ".yaml":  &l.overlay,
	} {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read letters %q: %w", name, err)
		}
		if err := yaml.Unmarshal(raw, into); err != nil {
			return nil, fmt.Errorf("read letters %q: %w", name, err)
		}
	}
	name := "letters/verdict." + lang + ".txt"
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read letters %q: %w", name, err)
	}
	l.verdict, err = readVerdict(name, raw)
	return l, err
}

// Rules lists the rules that have sentences.
func (l *Letters) Rules() []string {
	out := make([]string, 0, len(l.findings))
	for rule := range l.findings {
		out = append(out, rule)
	}
	return out
}

// Finding gives the sentences of a finding: what is the matter, what was
// expected, what to do. A finding about a file that could not be read speaks
// with the words of its error.
func (l *Letters) Finding(f tonghop.Finding) (message, expected, fix string) {
	args := map[string]string{"found": f.Found, "expected": f.Expected, "field": l.fieldName(f.Field), "cells": f.Cells(), "sheet": f.Sheet}
	for k, v := range f.Args {
		args[k] = v
	}
	if own := f.Args["field"]; own != "" {
		args["field"] = l.fieldName(own)
	}
	if code := f.Args["code"]; code != "" {
		message, fix = l.text(code, args)
		return l.answered(message, f.Expected, fix, args)
	}
	t := l.findings[f.Rule]
	expected = l.fill(t.Expected, args)
	if expected == "" {
		expected = f.Expected
	}
	message, fix = l.fill(t.Message, args)+l.since(t.Message, args), l.fill(t.Fix, args)
	message, expected, fix = l.whole(t, args, message, expected, fix)
	return l.answered(message, expected, fix, args)
}

// since says what was reported last of a cell that is asked about, where the
// question itself does not.
func (l *Letters) since(message string, args map[string]string) string {
	if args["last"] == "" || args["before"] == "" || strings.Contains(message, "{before}") {
		return ""
	}
	return " " + l.fill(l.Word("since", "figure"), args)
}

// Error gives the sentence for an error and a hint what to do; an error
// without a code of its own speaks as an internal one.
func (l *Letters) Error(err error) (message, hint string) {
	var e *tonghop.Error
	if errors.As(err, &e) {
		if _, ok := l.errors[e.Code]; ok {
			return l.text(e.Code, l.withCauses(e))
		}
	}
	return l.text("internal", map[string]string{"detail": err.Error()})
}

// fieldName says a field in words: indicators by their number, the mark of a
// whole criterion and the form's own fields by name.
func (l *Letters) fieldName(field string) string {
	if n, ok := strings.CutPrefix(field, "TC"); ok {
		return l.fill(l.Word("own", "criterion"), map[string]string{"n": n})
	}
	return l.Word("own", field)
}

// named says a field in words that stand by themselves: chỉ tiêu 8.1, tiêu chí 8.
func (l *Letters) named(field string) string {
	if name := l.fieldName(field); name == "" || name[0] < '0' || name[0] > '9' {
		return name
	}
	return l.fill(l.Word("own", "indicator"), map[string]string{"n": field})
}

func (l *Letters) text(code string, args map[string]string) (message, hint string) {
	t := l.errors[code]
	return l.fill(t.Message, args), l.fill(t.Hint, args)
}

// Word is the word for a code of a group: Word("state", "held"). A code
// without a word stands for itself. In sentences {x|period} writes a period out.
func (l *Letters) Word(group, code string) string {
	if w := l.words[group][code]; l.lang < len(w) {
		return w[l.lang]
	}
	return code
}

var (
	placeholder = regexp.MustCompile(`\{([a-z_][a-z0-9_]*)(?:\|([a-z_]+))?\}`)
	optional    = regexp.MustCompile(`(?s)\[\[(.*?)\]\]`)
)

// fill puts values into a sentence. {x} is a value, {x|group} the word for a
// code, {x|named} a field by what it is, and [[…]] goes when a value in it is empty. A
// {formula} is cut where it is long.
func (l *Letters) fill(text string, args map[string]string) string {
	text = optional.ReplaceAllStringFunc(text, func(part string) string {
		part = part[2 : len(part)-2]
		for _, m := range placeholder.FindAllStringSubmatch(part, -1) {
			if args[m[1]] == "" {
				return ""
			}
		}
		return part
	})
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		m := placeholder.FindStringSubmatch(p)
		switch m[2] {
		case "period":
			return l.periodWords(args[m[1]])
		case "named":
			return l.named(args[m[1]])
		}
		if m[2] != "" {
			return l.Word(m[2], args[m[1]])
		}
		if m[1] == "formula" {
			return beginning(args[m[1]])
		}
		return args[m[1]]
	})
}

// formulaMost is how much of a formula a sentence quotes: enough to know it by. The
// cell has all of it, and a count of nineteen criteria would bury the sentence.
const formulaMost = 60

// beginning is the formula, or how it begins.
func beginning(formula string) string {
	if r := []rune(formula); len(r) > formulaMost+1 {
		return string(r[:formulaMost]) + "…"
	}
	return formula
}

// periodWords writes a period with the words of its kind: tháng 6/2023.
func (l *Letters) periodWords(s string) string {
	p, err := tonghop.ParsePeriod(s)
	if err != nil {
		return s
	}
	return l.fill(l.Word("period", string(p.Kind)), map[string]string{"n": fmt.Sprint(p.N), "year": fmt.Sprint(p.Year)})
}

// Talk is what the program itself says: a text of the group "talk" with its
// placeholders filled; args come in pairs of name and value.
func (l *Letters) Talk(key string, args ...string) string { return l.Say("talk", key, args...) }

// Say is the text for a code of a group with its placeholders filled; args come
// in pairs of name and value.
func (l *Letters) Say(group, code string, args ...string) string {
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	return l.fill(l.Word(group, code), values)
}

// Help is the help of the command line.
type Help struct {
	Commands map[string]Bilingual
	Flags    map[string]Bilingual
	Exit     Bilingual
}

// Bilingual is a text in Vietnamese and English.
type Bilingual struct {
	Vi string `yaml:"vi"`
	En string `yaml:"en"`
}

// Both is the Vietnamese text with the English behind it.
func (b Bilingual) Both() string { return b.Vi + " / " + b.En }

// ReadHelp decodes letters/commands.yaml.
func ReadHelp(fsys fs.FS) (Help, error) {
	const name = "letters/commands.yaml"
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Help{}, fmt.Errorf("read help %q: %w", name, err)
	}
	var file struct {
		Flags    map[string]Bilingual `yaml:"flags"`
		Exit     Bilingual            `yaml:"exit_codes"`
		Commands map[string]Bilingual `yaml:",inline"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		return Help{}, fmt.Errorf("read help %q: %w", name, err)
	}
	return Help{Commands: file.Commands, Flags: file.Flags, Exit: file.Exit}, nil
}
