package xlsx

import "github.com/tonghop/tonghop/ingest/format/xmlscan"

// quickCell reads a cell in the shape in which nearly all cells come, straight
// from the window:
//
//	<c r="B7" s="3" t="s"><f>A1*2</f><v>12</v></c>
//
// with any of the parts left out. It accepts nothing that the scanner would
// not read the same way; whatever is unusual, or not wholly in the window, is
// left to the scanner. It reports whether it took the cell.
func (w *sheetReader) quickCell() (bool, error) {
	s := w.s
	var raw rawCell
	b := s.Window()
	if len(b) < 4 || b[0] != '<' || b[1] != 'c' || b[2] != ' ' && b[2] != '>' {
		return false, nil
	}
	i, tag := quickTag(b)
	if i < 0 {
		return false, nil
	}
	mark := len(w.text)
	closed := b[i] == '/'
	i += len(">")
	if closed {
		i++
	} else if i = w.quickParts(b, i, &raw); i < 0 {
		w.text = w.text[:mark]
		return false, nil
	}
	s.Advance(i)
	if err := w.readTag(&tag, &raw); err != nil {
		return true, err
	}
	return true, w.inCell(w.addCell(&raw))
}

// cellTag holds the attributes of a cell as written; nil if absent.
type cellTag struct{ r, s, t []byte }

// quickTag reads attributes r, s and t in double quotes and returns where > or
// /> stands, -1 for anything else.
func quickTag(b []byte) (int, cellTag) {
	var tag cellTag
	for i := 2; i+5 < len(b); {
		switch b[i] {
		case '>':
			return i, tag
		case '/':
			if b[i+1] == '>' {
				return i, tag
			}
			return -1, tag
		case ' ':
		default:
			return -1, tag
		}
		if b[i+2] != '=' || b[i+3] != '"' {
			return -1, tag
		}
		from := i + 4
		end := from
		for end < len(b) && wordASCII[b[end]] {
			end++
		}
		if end == len(b) || b[end] != '"' {
			return -1, tag
		}
		var at *[]byte
		switch b[i+1] {
		case 'r':
			at = &tag.r
		case 's':
			at = &tag.s
		case 't':
			at = &tag.t
		default:
			return -1, tag
		}
		if *at != nil {
			return -1, tag
		}
		*at = b[from:end]
		i = end + 1
	}
	return -1, tag
}

// quickParts reads <f>, <v> and </c> from b[i:] and returns where the cell
// ends, -1 for anything else.
func (w *sheetReader) quickParts(b []byte, i int, raw *rawCell) int {
	if i+3 < len(b) && b[i] == '<' && b[i+1] == 'f' && b[i+2] == '>' {
		i += 3
		from := i
		for i < len(b) && xmlscan.Plain(b[i]) {
			i++
		}
		if i+4 > len(b) || b[i] != '<' || b[i+1] != '/' || b[i+2] != 'f' || b[i+3] != '>' || mayEscape(b[from:i]) {
			return -1
		}
		raw.hasF = true
		mark := len(w.text)
		w.text = append(w.text, b[from:i]...)
		raw.formula = spanFrom(mark, w.text)
		i += 4
	}
	if i+3 < len(b) && b[i] == '<' && b[i+1] == 'v' && b[i+2] == '>' {
		i += 3
		from := i
		for i < len(b) && xmlscan.Plain(b[i]) {
			i++
		}
		if i+4 > len(b) || b[i] != '<' || b[i+1] != '/' || b[i+2] != 'v' || b[i+3] != '>' {
			return -1
		}
		raw.hasV = true
		mark := len(w.text)
		w.text = append(w.text, b[from:i]...)
		raw.v = spanFrom(mark, w.text)
		i += 4
	}
	if i+4 > len(b) || b[i] != '<' || b[i+1] != '/' || b[i+2] != 'c' || b[i+3] != '>' {
		return -1
	}
	return i + 4
}

// mayEscape reports whether the text could hold an _xHHHH_ escape.
func mayEscape(b []byte) bool {
	for i := 1; i < len(b); i++ {
		if b[i] == 'x' && b[i-1] == '_' {
			return true
		}
	}
	return false
}

// wordASCII holds what the attributes of a cell are made of. The table never
// changes.
var wordASCII = func() (set [256]bool) {
	for c := range set {
		b := byte(c)
		set[c] = 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
	}
	return set
}()
