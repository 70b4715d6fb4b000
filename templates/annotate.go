package templates

import "github.com/tonghop/tonghop"

// Annotate is a text of the annotated workbook with its placeholders filled; args
// come in pairs of name and value. A key without a text is "".
func (l *Letters) Annotate(key string, args ...string) string {
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	return l.fill(l.annotate[key], values)
}

// AnnotateWords are all texts of the annotated workbook as they stand.
func (l *Letters) AnnotateWords() map[string]string { return l.annotate }

// FieldName says a field in words, as findings do.
func (l *Letters) FieldName(field string) string { return l.fieldName(field) }

// Meaning tells what follows from a return: accepted, accepted_asked, held,
// held_system, rejected, rejected_system. The letter and the annotated workbook
// speak by it.
func Meaning(r tonghop.Return) string { return meaning(r) }
