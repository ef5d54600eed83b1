package normalize

import (
	"bytes"
	"unicode/utf8"
)

// trimCell drops blanks and invisible characters at both edges, and the apostrophe by which
// a spreadsheet marks a number as text.
func trimCell(b []byte) []byte {
	if len(b) > 0 && !atEdge[b[0]] && blankBefore(b) == 0 {
		return b // Nearly all cells.
	}
	b = trimBlanks(b)
	if len(b) > 1 && b[0] == '\'' {
		if r := halfLetter(following(b[1:])); r >= '0' && r <= '9' {
			return trimBlanks(b[1:])
		}
	}
	return b
}

// atEdge are the bytes with which something may begin that trimCell drops.
var atEdge = func() (t [256]bool) {
	for c := range t {
		t[c] = c <= ' ' || c == 0x7F || c == '\'' || c == 0xC2 || c == 0xE2 || c == 0xE3 || c == 0xEF
	}
	return t
}()

// trimBlanks drops blanks and invisible characters at both edges. It shares b.
func trimBlanks(b []byte) []byte {
	for len(b) > 0 {
		n := blankAt(b)
		if n == 0 {
			break
		}
		b = b[n:]
	}
	for len(b) > 0 {
		n := blankBefore(b)
		if n == 0 {
			break
		}
		b = b[:len(b)-n]
	}
	return b
}

// blankAt is the length of the blank that b begins with, or 0. All blanks outside ASCII
// begin with one of four bytes.
func blankAt(b []byte) int {
	switch c := b[0]; {
	case c <= ' ', c == 0x7F:
		return 1
	case c == 0xC2, c == 0xE2, c == 0xE3, c == 0xEF:
		if r, n := utf8.DecodeRune(b); blank(r) {
			return n
		}
	}
	return 0
}

// blankBefore is the length of the blank that b ends with, or 0.
func blankBefore(b []byte) int {
	c := b[len(b)-1]
	if c < utf8.RuneSelf {
		if c <= ' ' || c == 0x7F {
			return 1
		}
		return 0
	}
	n := len(b)
	lead2 := n >= 2 && b[n-2] == 0xC2
	lead3 := n >= 3 && (b[n-3] == 0xE2 || b[n-3] == 0xE3 || b[n-3] == 0xEF)
	if !lead2 && !lead3 {
		return 0
	}
	if r, size := utf8.DecodeLastRune(b); blank(r) {
		return size
	}
	return 0
}

// blank reports blanks and characters that cannot be seen: no value begins or ends with one.
func blank(r rune) bool {
	switch {
	case r <= ' ', r == 0x7F, r >= 0x80 && r <= 0xA0, r == 0x3000, r == 0xFEFF:
		return true
	case r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r >= 0x205F && r <= 0x2064:
		return true
	}
	return false
}

// invisible reports blanks that take no room: they hide inside a text.
func invisible(r rune) bool {
	switch {
	case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7F, r >= 0x80 && r <= 0x9F, r == 0xAD, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		return true
	}
	return false
}

func isDigit(c byte) bool { return c-'0' <= 9 }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

// cutPointZero drops the .0 that a spreadsheet prints after a whole number.
func cutPointZero(b []byte) []byte {
	if n := len(b); n > 2 && b[n-1] == '0' && b[n-2] == '.' && allDigits(b[:n-2]) {
		return b[:n-2]
	}
	return b
}

// masked reports a text that somebody has hidden a part of.
func masked(b []byte) bool { return bytes.IndexByte(b, '*') >= 0 || bytes.Contains(b, []byte("＊")) }
