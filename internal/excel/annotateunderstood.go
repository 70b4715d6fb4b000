package excel

import "fmt"

// understoodWidths are the widths of its columns.
func understoodWidths() []float64 { return []float64{18, 19, 34, 14, 17, 13, 35, 10} }

// understoodSheet writes what every cell was taken for.
func understoodSheet(notes Notes, o ownStyle, name, list string) ownSheet {
	s := &sheetWriter{looks: o.looks, scale: o.scale, widths: understoodWidths()}
	say := func(key string) string { return notes.Words[key] }
	s.tagged("")
	s.wide("", ownCell{text: say("understood_title"), look: lookTitle})
	s.wide("", ownCell{text: say("understood_lead")})
	s.line()
	var heads []ownCell
	for _, k := range []string{"cell", "unit", "field", "found", "meaning", "measure", "changed", "asked"} {
		heads = append(heads, ownCell{text: say(k), look: lookHead})
	}
	s.line(heads...)
	header := s.row
	_, first := firstItem(notes)
	for _, u := range notes.Understood {
		asked := ownCell{look: lookText}
		if u.Item > 0 {
			asked.text, asked.to = fmt.Sprint(u.Item), place(list, first+u.Item-1, 1)
		}
		s.line(ownCell{text: u.Ref.String(), look: lookText, to: place(u.Ref.Sheet, u.Ref.Row, u.Ref.Col)}, ownCell{text: u.Unit, look: lookText},
			ownCell{text: brief(u.Field, fieldMost), look: lookText}, ownCell{text: u.Found, look: lookText}, ownCell{text: u.Meaning, look: lookText},
			ownCell{text: u.Measure, look: lookText}, ownCell{text: u.Changed, look: lookText}, asked)
	}
	if notes.Left != "" {
		s.wide("", ownCell{text: notes.Left})
	}
	s.line()
	s.wide("", ownCell{text: say("ignored_title"), look: lookTitle})
	if len(notes.Ignored) == 0 {
		s.wide("", ownCell{text: say("ignored_none")})
	} else {
		s.line(ownCell{text: say("where"), look: lookHead}, ownCell{text: say("reason"), look: lookHead}, ownCell{text: say("text"), look: lookHead})
	}
	for _, a := range notes.Ignored {
		s.line(ownCell{text: a.Where, look: lookText}, ownCell{text: a.Reason, look: lookText}, ownCell{text: a.Text, look: lookText})
	}
	return ownSheet{name, s.sheet(header, "", "FF4472C4", false), header}
}
