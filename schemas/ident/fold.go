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
	b       [24]byte // longer than any identifier; the rest is only counted
	n       int      // characters of the cell, may exceed len(b)
	inner   bool     // blanks stood between characters, not only around them
	changed bool     // the cell was not in this form already
}

// bytes gives the characters that fit; the caller has compared n with the lengths it takes.
func (f *folded) bytes() []byte { return f.b[:min(f.n, len(f.b))] }

// fold reads the cell. Leading apostrophes (how spreadsheets mark text) are dropped, and so is a ".0" after digits
// (how they print a number).
func fold(f *folded, cell []byte) {
	gap := false
	for i := 0; i < len(cell); {
		c, size := cell[i], 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRune(cell[i:])
			c = foldRune(r)
			f.changed = true
		} else if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
			f.changed = true
		} else if c < ' ' && c != foreign {
			c = ' '
		}
		i += size
		if c == ' ' || c == '\'' && f.n == 0 {
			f.changed = true
			gap = f.n > 0
			continue
		}
		if gap {
			f.inner, gap = true, false
		}
		if f.n < len(f.b) {
			f.b[f.n] = c
		}
		f.n++
	}
	if n := f.n; n > 2 && n <= len(f.b) && f.b[n-1] == '0' && f.b[n-2] == '.' && digits(f.b[:n-2]) {
		f.n -= 2
		f.changed = true
	}
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

func isDigit(c byte) bool { return c-'0' <= 9 }

func digits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}
