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

// capital is an amount of money as certificates write it: 5000(万元人民币), 50万人民币,
// 3,320,000(人民币元).
type capital struct {
	number   number
	places   int    // the unit as a power of ten yuan
	currency string // empty if it names none
	about    bool   // an approximate sign stood before the number
}

// capitalReader knows the currencies and the unit of an amount that names none.
type capitalReader struct {
	currencies *codes.Table
	bare       int
	// commaPoint says that the feed writes a comma for the decimal point.
	commaPoint bool
	// known are the words after the number that have been seen, as they are written.
	known map[string]moneyUnit
}

// moneyUnit is a unit with its currency.
type moneyUnit struct {
	places   int
	currency string
}

// capitalDefect says why a text is no capital.
type capitalDefect uint8

const (
	capitalOK capitalDefect = iota
	capitalForm
	capitalUnit
	capitalRange
)

// aboutSigns stand before an amount that is not exact.
var aboutSigns = [][]byte{[]byte("约"), []byte("大约"), []byte("近"), []byte("≈")}

// read reads an amount.
func (p *capitalReader) read(b []byte) (capital, capitalDefect) {
	a := capital{places: p.bare}
	if len(b) > 0 && !isDigit(b[0]) {
		for _, sign := range aboutSigns {
			if rest, ok := bytes.CutPrefix(b, sign); ok {
				a.about, b = true, rest
				break
			}
		}
	}
	var spare [64]byte
	words := spare[:0]
	if i := numberStart(b); i > 0 { // 人民币50万元
		words = appendWords(words, b[:i])
		b = b[i:]
	}
	negative := false
	if len(words) > 0 && words[len(words)-1] == '-' {
		negative, words = true, words[:len(words)-1]
	}
	n, rest, defect := readNumberOf(b, groups{declared: p.commaPoint})
	switch {
	case defect == numberRange:
		return a, capitalRange
	case defect != numberOK:
		return a, capitalForm
	}
	if negative {
		n.digits = -n.digits
	}
	a.number = n
	if len(words) == 0 {
		if len(rest) == 0 {
			return a, capitalOK
		}
		if u, ok := p.known[string(rest)]; ok {
			a.places, a.currency = u.places, u.currency
			return a, capitalOK
		}
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

// moneyScales are the characters of units as powers of ten; 千万 is the product of both.
var moneyScales = []struct {
	word   []byte
	places int
}{{[]byte("万"), wanPlaces}, {[]byte("萬"), wanPlaces}, {[]byte("亿"), yiPlaces}, {[]byte("億"), yiPlaces},
	{[]byte("千"), 3}, {[]byte("百"), 2}, {[]byte("十"), 1}}

// yuanWords name the unit and no currency.
var yuanWords = [][]byte{[]byte("元整"), []byte("元"), []byte("圆整"), []byte("圆")}

// words reads unit and currency: 万元人民币, 万人民币元, 人民币万元, 万美元, 千元, 百万元, 元整.
func (p *capitalReader) words(a *capital, w []byte) capitalDefect {
	if len(w) == 0 {
		return capitalOK
	}
	a.places = 0
	for i, scale := range moneyScales {
		if i == 4 { // 百慕大元 is a currency, so 千, 百 and 十 are looked for where no currency is found.
			if p.currency(a, w) {
				return capitalOK
			}
		}
		if at := bytes.Index(w, scale.word); at >= 0 {
			a.places += scale.places
			w = append(w[:at], w[at+len(scale.word):]...)
		}
	}
	if p.currency(a, w) {
		return capitalOK
	}
	return capitalUnit
}

// currency reads what is left of the words without the unit.
func (p *capitalReader) currency(a *capital, w []byte) bool {
	if len(w) == 0 {
		return true
	}
	if p.isCurrency(a, w) {
		return true
	}
	for _, yuan := range yuanWords {
		for _, w := range [][]byte{bytes.TrimPrefix(w, yuan), bytes.TrimSuffix(w, yuan), bytes.TrimPrefix(bytes.TrimSuffix(w, yuan), yuan)} {
			if len(w) == 0 || p.isCurrency(a, w) {
				return true
			}
		}
	}
	return false
}

// moneySigns are signs that the code table does not have; $ and ¥ alone can be of several.
var moneySigns = map[string]string{"¥": renminbi, "￥": renminbi, "RMB¥": renminbi, "US$": "840", "HK$": "344", "€": "978", "£": "826"}

func (p *capitalReader) isCurrency(a *capital, w []byte) bool {
	code, ok := moneySigns[string(w)]
	if !ok && p.currencies != nil {
		code, ok = p.currencies.Fold(w)
	}
	if ok {
		a.currency = code
	}
	return ok
}

// usualUnits are what most amounts are written with.
var usualUnits = []string{"(万元人民币)", "(万元)", "(万)", "万人民币", "万元人民币", "(万人民币元)", "(万美元)", "（万元）", "万元", "()", "(万元(人民币))",
	"万人民币元", "(万香港元)", "(万港币)", "(人民币元)", "元", "万", "万美元", "亿元", "千元"}

// learn reads the usual units once, so that amounts are read by one look.
func (p *capitalReader) learn() {
	p.known = make(map[string]moneyUnit, len(usualUnits))
	for _, u := range usualUnits {
		a := capital{places: p.bare}
		if p.words(&a, appendWords(nil, []byte(u))) == capitalOK {
			p.known[u] = moneyUnit{places: a.places, currency: a.currency}
		}
	}
}
