package overlay

// told is a part of the page with the words that it needs.
type told struct {
	Entry entry
	Table *table
	Say   words
}

func paired(e entry, say map[string]string) told  { return told{Entry: e, Say: say} }
func tabled(t *table, say map[string]string) told { return told{Table: t, Say: say} }

// legend lists what tints and signs mean: class, label, explanation.
func legend() [][3]string {
	var out [][3]string
	for _, l := range [][2]string{{"a-reject", "reject"}, {"a-query", "query"}, {"k-value", "value"}, {"k-head", "head"},
		{"k-title", "title"}, {"aside", "aside"}} {
		out = append(out, [3]string{l[0], "key_" + l[1], "say_" + l[1]})
	}
	return out
}
