package normalize

import (
	"unicode"
	"unicode/utf8"
)

// dot is the character between the parts of a name (GB/T 40646, U+00B7).
const dot = '·'

// folding describes how a text is written again: every character mapped, invisible ones
// dropped, blanks between two characters kept as one or dropped.
type folding struct {
	// quick marks the bytes that folding never changes: a text of only these stays as it is.
	quick [256]bool
	// brackets is set when （ and ） are never changed either.
	brackets bool
	// char maps a character, to -1 to drop it; prev and next are its neighbors without blanks, 0 at an edge.
	char func(r, prev, next rune) rune
	// glue reports that blanks between the two characters, as mapped, are dropped.
	glue func(prev, next rune) bool
}

// changes says what a folding did to a text.
type changes struct{ invisible, blank, char bool }

// newFolding marks letters, digits and Han characters as quick, and these characters too.
func newFolding(quick string, char func(r, prev, next rune) rune, glue func(prev, next rune) bool) *folding {
	f := &folding{char: char, glue: glue}
	f.brackets = char('（', 0, 0) == '（' && char('）', 0, 0) == '）'
	for c := '0'; c <= '9'; c++ {
		f.quick[c] = true
	}
	for c := 'a'; c <= 'z'; c++ {
		f.quick[c], f.quick[c-'a'+'A'] = true, true
	}
	for c := 0x80; c < 0xC0; c++ { // continuation bytes
		f.quick[c] = true
	}
	for c := 0xE4; c <= 0xE9; c++ { // U+4000 to U+9FFF
		f.quick[c] = true
	}
	for i := range len(quick) {
		f.quick[quick[i]] = true
	}
	return f
}

// apply folds c.Text.
func (f *folding) apply(c *Cell) changes {
	if f.clean(c.Text) {
		return changes{}
	}
	return f.rewrite(c)
}

// clean reports a text that folding leaves as it is, as far as one look at its bytes tells.
func (f *folding) clean(text []byte) bool {
	for i := 0; i < len(text); {
		b := text[i]
		if b-0xE4 <= 0xE9-0xE4 && i+2 < len(text) && (text[i+1]^0x80)|(text[i+2]^0x80) < 0x40 { // a Han character
			i += 3
			continue
		}
		if !f.quick[b] && !(f.brackets && bracketAt(text[i:])) {
			return false
		}
		i++
	}
	return true
}

// bracketAt reports （ or ）, U+FF08 and U+FF09.
func bracketAt(b []byte) bool {
	return len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBC && b[2]&^1 == 0x88
}

func (f *folding) rewrite(c *Cell) changes {
	var did changes
	out := c.Buffer()
	prev, gap := rune(0), false
	for in := c.Text; len(in) > 0; {
		r, size := utf8.DecodeRune(in)
		in = in[size:]
		switch {
		case invisible(r):
			did.invisible = true
			continue
		case blank(r) || unicode.IsSpace(r):
			gap = true
			continue
		}
		to := f.char(r, prev, following(in))
		did.char = did.char || to != r
		if to < 0 {
			continue
		}
		if gap && prev != 0 {
			if f.glue(prev, to) {
				did.blank = true
			} else {
				out = append(out, ' ')
			}
		}
		out = utf8.AppendRune(out, to)
		prev, gap = to, false
	}
	c.Put(out)
	return did
}

// following is the first character of b that can be seen, 0 if there is none.
func following(b []byte) rune {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if !blank(r) && !invisible(r) {
			return r
		}
		b = b[size:]
	}
	return 0
}

// han reports characters that Chinese names and addresses are written with; private use
// counts, since rare characters come that way.
func han(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r == '〇', r >= 0x3400 && r <= 0x4DBF, r >= 0xF900 && r <= 0xFAFF:
		return true
	case r >= 0x20000 && r <= 0x3FFFF, r >= 0xE000 && r <= 0xF8FF:
		return true
	}
	return false
}

// hasHan reports a text with at least one such character.
func hasHan(b []byte) bool {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if han(r) {
			return true
		}
		b = b[size:]
	}
	return false
}

// wide reports Han characters and the punctuation that goes with them.
func wide(r rune) bool {
	return han(r) || r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF5E
}

// halfLetter gives full-width letters and digits in half width.
func halfLetter(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xFEE0
	}
	return r
}
