package schemas

import "unicode/utf8"

// Comparators read both values rune by rune through a fold and stop at the first
// difference, so they allocate nothing and are quick where values differ.

// Runes that no text has.
const (
	runeEnd  rune = -1           // the value is read to its end
	runeDrop rune = -2           // the fold ignores this rune
	runeBad  rune = utf8.MaxRune // a byte that is no UTF-8 is runeBad + 1 + the byte
)

// nextFolded reads the next rune of b at i that the fold keeps, and the place after it.
// Bytes that are not UTF-8 stay distinct, so that two broken values are not one.
func nextFolded(b []byte, i int, fold func(rune) rune) (rune, int) {
	for i < len(b) {
		r, size := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && size == 1 {
				r = runeBad + 1 + rune(b[i])
			}
		}
		i += size
		if r = fold(r); r != runeDrop {
			return r, i
		}
	}
	return runeEnd, i
}

// sameFolded reports whether two values are the same after folding.
func sameFolded(a, b []byte, fold func(rune) rune) bool {
	i := sameStart(a, b)
	j := i
	for {
		var x, y rune
		x, i = nextFolded(a, i, fold)
		y, j = nextFolded(b, j, fold)
		if x != y {
			return false
		}
		if x == runeEnd {
			return true
		}
	}
}

// sameStart is how far both values begin with the same characters, which fold alike.
func sameStart(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	for i > 0 && i < max(len(a), len(b)) && (i < len(a) && !utf8.RuneStart(a[i]) || i < len(b) && !utf8.RuneStart(b[i])) {
		i--
	}
	return i
}

// appendFolded appends the folded form of src to dst.
func appendFolded(dst, src []byte, fold func(rune) rune) []byte {
	for i := 0; ; {
		var r rune
		r, i = nextFolded(src, i, fold)
		switch {
		case r == runeEnd:
			return dst
		case r > runeBad:
			dst = append(dst, byte(r-runeBad-1))
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
}

// foldWidth folds full-width ASCII to half width and letters to lower case, and drops
// blanks and invisible characters.
func foldWidth(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == ' ', r == '\t', r == 0xA0, r == 0x3000, r >= 0x2000 && r <= 0x200F, r == 0x202F, r == 0x2060, r == 0xFEFF:
		return runeDrop
	}
	return r
}
