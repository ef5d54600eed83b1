package normalize

import (
	"bytes"
	"unicode/utf8"
)

// momentText is a date in ASCII. It is no slice, so that it stays on the stack.
type momentText [48]byte

// The tens 十, 廿 and 卅 until they are written out: control characters, which no date has.
const (
	ten    = 1
	twenty = 2
	thirty = 3
)

// foldMoment writes b into dst in ASCII and tells how much: full width to half width, 年 as
// Y, 月 as M, 日 as a blank, 时 and 分 as colons, Chinese numerals as digits. It gives -1 for
// a character that no date has.
func foldMoment(dst *momentText, b []byte) int {
	n, numerals := 0, false
	for i := 0; i < len(b); {
		c, size := narrow(b[i:])
		switch {
		case c == 0:
			r, _ := utf8.DecodeRune(b[i:])
			if c = momentRune(r); c == 0 {
				if c = numeral(r); c != 0 {
					numerals = true
				} else if rest := b[i+size:]; r == '元' && (bytes.HasPrefix(rest, []byte("年")) || bytes.HasPrefix(rest, []byte("月"))) {
					c, numerals = '1', true // The first year of an era, or January.
				}
			}
		case c <= thirty:
			c = 0
		}
		i += size
		if c == 0 || n == len(dst) {
			return -1
		}
		dst[n] = c
		n++
	}
	if numerals {
		return writeOut(dst, n)
	}
	return n
}

func momentRune(r rune) byte {
	switch r {
	case '年':
		return 'Y'
	case '月':
		return 'M'
	case '日', '号', '秒', 0xA0, 0x3000:
		return ' '
	case '时', '点', '分':
		return ':'
	}
	if r >= 0x2010 && r <= 0x2015 {
		return '-'
	}
	return 0
}

// numeral gives the digit that a Chinese numeral stands for (GB/T 15835), or the sign for ten,
// twenty or thirty.
func numeral(r rune) byte {
	switch r {
	case '〇', '零', '○', '◯':
		return '0'
	case '一':
		return '1'
	case '二':
		return '2'
	case '三':
		return '3'
	case '四':
		return '4'
	case '五':
		return '5'
	case '六':
		return '6'
	case '七':
		return '7'
	case '八':
		return '8'
	case '九':
		return '9'
	case '十':
		return ten
	case '廿':
		return twenty
	case '卅':
		return thirty
	}
	return 0
}

// writeOut writes tens as digits: 十 is 10, 十一 is 11, 二十 is 20, 二十一 is 21. A letter O
// between numerals is the zero of typists. It gives -1 for a ten in a longer number.
func writeOut(dst *momentText, n int) int {
	from := *dst
	out := 0
	put := func(c byte) {
		if out < len(dst) {
			dst[out] = c
		}
		out++
	}
	for i := range n {
		c := from[i]
		before, after := i > 0 && isDigit(from[i-1]), i+1 < n && isDigit(from[i+1])
		switch c {
		case 'O':
			put('0')
		case ten, twenty, thirty:
			switch {
			case before && (c != ten || i > 1 && isDigit(from[i-2])):
				return -1
			case !before:
				put('0' + c)
			}
			if !after {
				put('0')
			}
		default:
			put(c)
		}
	}
	if out > len(dst) {
		return -1
	}
	return out
}
