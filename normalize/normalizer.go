package normalize

import (
	"github.com/tonghop/tonghop"
)

// Normalizer recognises and reads the workbooks of one form. It remembers the
// register's arrangement for the dates it met, so one is used by one goroutine
// at a time.
type Normalizer struct {
	known  tonghop.Known
	words  *vocabulary
	names  *nameBook
	places map[placeKey]*places
	legend legend // of the book that is read
	labels memo[label]
	typed  memo[typedName]
	signs  memo[sign]

	communes map[string]commune // by code and first day
	answered *answers           // what people answered about the layouts of the book that is read; nil = nothing
}

type placeKey struct {
	province string
	on       tonghop.Date
}

// New compiles a Normalizer from the register, the form and the criteria set
// whose indicators are the form's columns.
func New(k tonghop.Known) *Normalizer {
	words := compileVocabulary(k.Form)
	return &Normalizer{known: k, words: words, names: compileNames(k.Form, k.Criteria, words),
		places: map[placeKey]*places{}, communes: map[string]commune{}}
}

// For compiles a Normalizer of another form that shares what this one has
// learnt of the register. The two are used by one goroutine at a time.
func (n *Normalizer) For(form *tonghop.Form, criteria *tonghop.Criteria) *Normalizer {
	k := n.known
	k.Form, k.Criteria = form, criteria
	other := New(k)
	other.places, other.communes = n.places, n.communes
	return other
}

// Hints is what is known of one file besides its content.
type Hints struct {
	Province string         // code, or "" and "all" for every province
	Expect   tonghop.Period // zero if nobody said
	AsOf     tonghop.Date   // "" = the last day of the period
	FileName string         // a hint, never trusted
	Office   string         // code of the unit that handed the file in; "" = nobody vouches for one
}

func (n *Normalizer) placesOn(province string, on tonghop.Date) *places {
	if province == "all" {
		province = ""
	}
	key := placeKey{province, on}
	if n.places[key] == nil {
		n.places[key] = n.newPlaces(province, on)
	}
	return n.places[key]
}

// name takes a typed name apart.
func (n *Normalizer) name(text string) typedName {
	return n.typed.get(text, func() typedName { return parseName(text) })
}

// isCommune reports whether any commune of the register ever bore the name: at
// either end of the form's time too, whichever file was read before.
func (n *Normalizer) isCommune(t typedName) bool {
	for _, p := range n.places {
		if p.borne(t) {
			return true
		}
	}
	form := n.known.Form
	return n.placesOn("", form.From).borne(t) || form.To != "" && n.placesOn("", form.To).borne(t)
}

// commune gives the keys of a commune's name.
func (n *Normalizer) commune(u tonghop.Unit) commune {
	key := u.Code + string(u.From)
	c, ok := n.communes[key]
	if !ok {
		c = newCommune(u)
		n.communes[key] = c
	}
	return c
}
