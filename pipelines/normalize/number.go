package normalize

import (
	"math"
	"unicode/utf8"
)

// numberDefect says why a text is no number; it is the detail of the finding.
type numberDefect string

const (
	numberOK         numberDefect = ""
	numberForm       numberDefect = "form"
	numberScientific numberDefect = "scientific"
	numberGroups     numberDefect = "comma"
	numberRange      numberDefect = "range"
)

// number is a decimal number: digits · 10^-places.
type number struct {
	digits int64
	places int
	exact  bool // no digit was dropped because there were too many decimals
	comma  bool // a comma stands for the decimal point
}

// maxPlaces is how many decimals are kept while reading; items keep fewer.
const maxPlaces = 8

// groups counts the digits around commas.
type groups struct {
	commas, first, last int
	// declared says that the feed writes a comma for the decimal point.
	declared bool
}

// readNumber reads a number at the beginning of b and gives what follows it. Digits, signs
// and separators may be full width. Commas stand between groups of three digits. One comma
// before so many digits that they are no groups of three or four is a decimal comma, as in
// the 9,7460000 of some registrars; any other comma is refused rather than read wrong.
func readNumber(b []byte) (number, []byte, numberDefect) { return readNumberOf(b, groups{}) }

func readNumberOf(b []byte, g groups) (number, []byte, numberDefect) {
	n := number{exact: true}
	c, size := narrow(b)
	negative := c == '-'
	if negative || c == '+' {
		b = b[size:]
	}
	point := false
	for ; len(b) > 0; b = b[size:] {
		c, size = narrow(b)
		switch {
		case isDigit(c) && point && n.places == maxPlaces:
			n.exact = n.exact && c == '0'
		case isDigit(c):
			if n.digits > (math.MaxInt64-9)/10 {
				return n, b, numberRange
			}
			n.digits = n.digits*10 + int64(c-'0')
			if point {
				n.places++
			} else {
				g.last++
			}
		case g.last == 0:
			return n, b, numberEmpty(g)
		case c == ',' && !point:
			if g.commas == 0 {
				g.first = g.last
			} else if g.last != 3 {
				return n, b, numberGroups
			}
			g.commas, g.last = g.commas+1, 0
		case c == '.' && !point:
			point = true
		case c == 'E' || c == 'e':
			return n, b, numberScientific
		default:
			return n.finish(g, negative, point), b, g.check(point)
		}
	}
	return n.finish(g, negative, point), b, g.check(point)
}

func numberEmpty(g groups) numberDefect {
	if g.commas > 0 {
		return numberGroups
	}
	return numberForm
}

// check tests the places of the commas.
func (g groups) check(point bool) numberDefect {
	switch {
	case g.last == 0:
		return numberEmpty(g)
	case g.declared && g.commas > 0 && !g.decimal(point):
		return numberGroups
	case g.commas == 0, g.first <= 3 && g.last == 3, g.decimal(point):
		return numberOK
	}
	return numberGroups
}

// decimal reports one comma that can only stand for the decimal point.
func (g groups) decimal(point bool) bool {
	if g.declared {
		return g.commas == 1 && !point && g.last <= maxPlaces
	}
	return g.commas == 1 && !point && g.last >= 5 && g.last <= maxPlaces && g.last%3 != 0 && g.last%4 != 0
}

func (n number) finish(g groups, negative, point bool) number {
	if g.decimal(point) {
		n.places, n.comma = g.last, true
	}
	if negative {
		n.digits = -n.digits
	}
	return n
}

// scaled gives the number times 10^exponent as an integer, rounded half away from zero.
func (n number) scaled(exponent int) (v int64, exact, ok bool) {
	v, exact = n.digits, n.exact
	shift := exponent - n.places
	for ; shift > 0; shift-- {
		if v > math.MaxInt64/10 || v < math.MinInt64/10 {
			return 0, exact, false
		}
		v *= 10
	}
	if shift == 0 {
		return v, exact, true
	}
	unit := int64(1)
	for ; shift < 0; shift++ {
		unit *= 10
	}
	rest := v % unit
	v /= unit
	switch {
	case rest*2 >= unit:
		v++
	case rest*2 <= -unit:
		v--
	}
	return v, exact && rest == 0, true
}

// narrow gives the first character of b in half width; 0 for one outside ASCII and at the end.
func narrow(b []byte) (byte, int) {
	if len(b) == 0 {
		return 0, 0
	}
	if b[0] < utf8.RuneSelf {
		return b[0], 1
	}
	r, size := utf8.DecodeRune(b)
	if r >= 0xFF01 && r <= 0xFF5E {
		return byte(r - 0xFEE0), size
	}
	if r == 0x2212 { // minus sign
		return '-', size
	}
	return 0, size
}
