package normalize

import (
	"bytes"

	"jiku/schemas/codes"
)

// wanPlaces is 万 as a power of ten, yiPlaces 亿.
const (
	wanPlaces = 4
	yiPlaces  = 8
)

// renminbi is the currency of a capital that names none (GB/T 12406).
const renminbi = "156"

// capital is an amount of registered capital as certificates write it: 5000(万元人民币),
// 50万人民币, 3,320,000(人民币元).
type capital struct {
	number   number
	places   int // the unit as a power of ten yuan
	currency string
	about    bool // an approximate sign stood before the number
}

// capitalReader knows the currencies and the unit of an amount that names none.
type capitalReader struct {
	currencies *codes.Table
	bare       int
}

// capitalDefect says why a text is no capital.
type capitalDefect uint8

const (
	capitalOK capitalDefect = iota
	capitalForm
	capitalUnit
	capitalRange
)

// read reads an amount.
func (p *capitalReader) read(b []byte) (capital, capitalDefect) {
	a := capital{currency: renminbi, places: p.bare}
	if rest, ok := bytes.CutPrefix(b, []byte("约")); ok {
		a.about, b = true, rest
	}
	var spare [64]byte
	words := spare[:0]
	if i := numberStart(b); i > 0 { // 人民币50万元
		words = appendWords(words, b[:i])
		b = b[i:]
	}
	n, rest, defect := readNumber(b)
	switch {
	case defect == numberRange:
		return a, capitalRange
	case defect != numberOK, n.digits < 0:
		return a, capitalForm
	}
	a.number = n
	if len(rest) == 0 && len(words) == 0 {
		return a, capitalOK
	}
	wrong := p.words(&a, appendWords(words, rest))
	return a, wrong
}

// numberStart is the position of the first digit, or 0.
func numberStart(b []byte) int {
	for i := 0; i < len(b); {
		if c, _ := narrow(b[i:]); isDigit(c) {
			return i
		}
		i += runeLen(b[i:])
	}
	return 0
}

// appendWords appends what stands beside the number without brackets and blanks.
func appendWords(out, b []byte) []byte {
	for len(b) > 0 {
		if n := blankAt(b); n > 0 {
			b = b[n:]
			continue
		}
		c, size := narrow(b)
		switch {
		case c == '(' || c == ')':
		case c != 0:
			out = append(out, c)
		default:
			size = runeLen(b)
			out = append(out, b[:size]...)
		}
		b = b[size:]
	}
	return out
}

var (
	wan  = []byte("万")
	yi   = []byte("亿")
	yuan = []byte("元")
)

// words reads unit and currency: 万元人民币, 万人民币元, 人民币万元, 万美元, 人民币元, 元.
func (p *capitalReader) words(a *capital, w []byte) capitalDefect {
	if len(w) == 0 {
		return capitalOK
	}
	a.places = 0
	for _, u := range []struct {
		word   []byte
		places int
	}{{wan, wanPlaces}, {yi, yiPlaces}} {
		if i := bytes.Index(w, u.word); i >= 0 {
			a.places += u.places
			w = append(w[:i], w[i+len(u.word):]...)
		}
	}
	for _, w := range [][]byte{w, bytes.TrimPrefix(w, yuan), bytes.TrimSuffix(w, yuan), bytes.TrimPrefix(bytes.TrimSuffix(w, yuan), yuan)} {
		if len(w) == 0 {
			return capitalOK
		}
		if p.currencies == nil {
			continue
		}
		if code, ok := p.currencies.Fold(w); ok {
			a.currency = code
			return capitalOK
		}
	}
	return capitalUnit
}
