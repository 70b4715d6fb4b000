package templates

// whole has a finding that stands for most cells of a column or a row speak of all
// of them: in the rule's own words for that, or with what is said of its first cell
// as the example. Args of the finding say which line it is; see validate.Fold.
func (l *Letters) whole(t findingText, args map[string]string, message, expected, fix string) (string, string, string) {
	kind := args["whole"]
	if kind != "column" && kind != "row" {
		return message, expected, fix
	}
	args["message"], args["wanted"], args["fix"] = message, expected, fix
	own := map[string]string{"column": t.Column, "row": t.Row}[kind]
	if own == "" {
		own = l.Word("whole", "message")
	}
	args["line"] = l.fill(l.Word("whole", kind), args)
	if expected != "" {
		expected = l.fill(l.Word("whole", "expected"), args)
	}
	return l.fill(own, args), expected, l.fill(l.Word("whole", "fix"), args)
}
