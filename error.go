package tonghop

import (
	"errors"
	"sort"
	"strings"
)

// Error is a failure that a person must be told about: the program, or a file
// as a whole, could not do its job. Code is stable and never shown; the
// sentence and the hint for people stand under the code in templates/letters.
// A fault inside a report is a [Finding], not an Error.
type Error struct {
	Code  string            // "file.encrypted", "usage.period"
	Args  map[string]string // what the sentence names: a file, a limit
	Cause error             // the technical reason, for the log
}

// Fail builds an Error; args come in pairs of name and value.
func Fail(code string, cause error, args ...string) *Error {
	e := &Error{Code: code, Cause: cause}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = map[string]string{}
		}
		e.Args[args[i]] = args[i+1]
	}
	return e
}

// Error is the technical form, for logs and wrapping.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	keys := make([]string, 0, len(e.Args))
	for k := range e.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		b.WriteString(" " + k + "=" + e.Args[k])
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf finds the code of the first Error in the chain; "" if there is none.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
