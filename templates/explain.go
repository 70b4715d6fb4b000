package templates

import "github.com/tonghop/tonghop"

// answered adds to the sentences of a finding how its office answered it, and
// what is to be done then.
func (l *Letters) answered(message, expected, fix string, args map[string]string) (string, string, string) {
	how := args[tonghop.ArgAnswer]
	if how == "" {
		return message, expected, fix
	}
	filled := map[string]string{"allowed_words": l.fill(l.Word("allowed", args[tonghop.ArgAllowedKin]), args)}
	if args[tonghop.ArgOff] != "" {
		filled["off_words"] = l.fill(l.Word("off_by", args[tonghop.ArgAllowedKin]), args)
	}
	for k, v := range args {
		filled[k] = v
	}
	for _, typed := range []string{tonghop.ArgExplained, tonghop.ArgPerson, tonghop.ArgReason, tonghop.ArgWas} {
		filled[typed] = tonghop.OneLine(args[typed])
	}
	message += " " + l.fill(l.Word("answer", how), filled)
	switch next := l.words["answer_fix"][how]; {
	case next == nil: // it must be repaired all the same
	case how == tonghop.AnswerWaiting, how == tonghop.AnswerCause, how == tonghop.AnswerAccepted, how == tonghop.AnswerTolerated:
		return message, "", l.Word("answer_fix", how)
	default:
		fix += " " + l.Word("answer_fix", how)
	}
	return message, expected, fix
}
