package normalize

// memoSize bounds what one memo remembers; a workbook full of different texts
// empties it and nothing else happens.
const memoSize = 20000

// memo remembers what a text was read as. Offices repeat the same few words in
// thousands of cells, and folding Vietnamese text is most of the work.
type memo[V any] struct{ known map[string]V }

// get gives what key was read as, reading it first if it is new.
func (m *memo[V]) get(key string, read func() V) V {
	if v, ok := m.known[key]; ok {
		return v
	}
	if m.known == nil || len(m.known) >= memoSize {
		m.known = map[string]V{}
	}
	v := read()
	m.known[key] = v
	return v
}
