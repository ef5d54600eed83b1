package ident

import (
	"bytes"
	"unicode/utf8"
)

// What fold writes for characters that have no ASCII form of their own.
const (
	foreign   = 0x00 // a character that no identifier has
	lookAlike = 0x01 // Cyrillic or Greek Ha/Chi, the multiplication sign: typed for X
)

// folded is a cell as the parsers read it: half width, upper case, without blanks and invisible characters.
type folded struct {
	b       [maxFolded]byte // the rest is only counted
	n       int             // characters of the cell, may exceed len(b)
	inner   bool            // blanks stood between characters, not only around them
	changed bool            // the cell was not in this form already
}

// maxFolded is longer than any identifier: that of an electronic certificate has some seventy characters.
const maxFolded = 128

// bytes gives the characters that fit; the caller has compared n with the lengths it takes.
func (f *folded) bytes() []byte { return f.b[:min(f.n, len(f.b))] }

// asciiFolds is what a byte of ASCII becomes: capital letters, a blank for control characters. Bytes that need a look
// at what stands around them are unfolded.
var asciiFolds = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf, c == '\'':
			t[c] = unfolded
		case 'a' <= c && c <= 'z':
			t[c] = byte(c) - 'a' + 'A'
		case c <= ' ' && c != foreign:
			t[c] = unfolded
		default:
			t[c] = byte(c)
		}
	}
	return t
}()

const unfolded = 0xFF

// fold reads the cell. Leading apostrophes (how spreadsheets mark text) are dropped, and so is a ".0" after digits
// (how they print a number).
func fold(f *folded, cell []byte) {
	var changed byte
	gap := false
	for i := 0; i < len(cell); {
		c, size := asciiFolds[cell[i]], 1
		if c == unfolded {
			c, size = foldOther(cell[i:])
			changed |= cell[i] >> 7
			if c == ' ' || c == '\'' && f.n == 0 {
				i += size
				changed, gap = 1, f.n > 0
				continue
			}
		} else {
			changed |= c ^ cell[i]
		}
		i += size
		if gap {
			f.inner, gap = true, false
		}
		if f.n < len(f.b) {
			f.b[f.n] = c
		}
		f.n++
	}
	f.changed = changed != 0
	if n := f.n; n > 2 && n <= len(f.b) && f.b[n-1] == '0' && f.b[n-2] == '.' && digits(f.b[:n-2]) {
		f.n -= 2
		f.changed = true
	}
}

// foldOther folds the first character of b, which is a blank, an apostrophe or outside ASCII, and says how long it is.
func foldOther(b []byte) (c byte, size int) {
	switch {
	case b[0] == '\'':
		return '\'', 1
	case b[0] < utf8.RuneSelf:
		return ' ', 1
	}
	r, size := utf8.DecodeRune(b)
	return foldRune(r), size
}

// foldRune gives the ASCII form of a character from outside ASCII, or a blank, foreign or lookAlike.
func foldRune(r rune) byte {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full width ASCII
		c := byte(r - 0xFEE0)
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		return c
	case r == 0xA0, r == 0x3000, r == 0xFEFF, r >= 0x2000 && r <= 0x200F, r == 0x202F, r == 0x2060:
		return ' '
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xFE63:
		return '-'
	case r == 0x0425, r == 0x0445, r == 0x03A7, r == 0x03C7, r == 0xD7:
		return lookAlike
	}
	return foreign
}

// dropHyphens takes hyphens out, as in the XXXXXXXX-X form of GB 11714.
func (f *folded) dropHyphens() {
	k := 0
	for _, c := range f.bytes() {
		if c == '-' {
			f.n--
			f.changed = true
			continue
		}
		f.b[k] = c
		k++
	}
}

// spoiled names what made a number unreadable before it came here: nothing in it, masking, a spreadsheet.
func (f *folded) spoiled() Reason {
	if f.n == 0 {
		return Empty
	}
	b := f.bytes()
	if bytes.IndexByte(b, '*') >= 0 {
		return Masked
	}
	if scientific(b) {
		return Scientific
	}
	return OK
}

// scientific reports the form 3.90101E+17, in which a spreadsheet has lost the digits.
func scientific(b []byte) bool {
	i := 0
	for i < len(b) && (isDigit(b[i]) || b[i] == '.') {
		i++
	}
	return i > 0 && i+2 < len(b) && b[i] == 'E' && b[i+1] == '+' && digits(b[i+2:])
}
