package templates

import (
	"errors"
	"maps"
	"strings"

	"github.com/tonghop/tonghop"
)

// withCauses gives the arguments of an error's sentence. An error that has
// several causes, as errors.Join makes them, may tell of all of them with
// {causes}: the sentence and the hint of each on a line of its own, behind the
// place that its argument "at" names.
func (l *Letters) withCauses(e *tonghop.Error) map[string]string {
	many, ok := e.Cause.(interface{ Unwrap() []error })
	if !ok {
		return e.Args
	}
	var lines strings.Builder
	for _, cause := range many.Unwrap() {
		message, hint := l.Error(cause)
		lines.WriteString("\n  ")
		var placed *tonghop.Error
		if errors.As(cause, &placed) && placed.Args["at"] != "" {
			lines.WriteString(placed.Args["at"] + ": ")
		}
		lines.WriteString(strings.TrimSpace(message + " " + hint))
	}
	args := map[string]string{}
	maps.Copy(args, e.Args)
	args["causes"] = lines.String()
	return args
}
