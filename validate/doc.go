// Package validate says whether what an office reports is acceptable under the
// criteria in force on the report's date.
//
// It judges rows and never changes a value. A figure of the criteria that is
// not verified decides nothing: it raises a query at most, and our own
// judgement stays open with its reason. Rules are data (rules.yaml beside each
// form); a rule's kind is a function here.
//
// Start reading at judge.go; standing.go is the judgement of one commune, the
// other files hold one kind of check each.
package validate
