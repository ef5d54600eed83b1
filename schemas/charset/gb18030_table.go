package charset

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// run is a run of two-byte positions in one row whose code points follow each other.
type run struct {
	lead, first, last byte
	r                 rune
}

// gaps are the positions outside the user zones to which GB 18030-2000 gave private-use code
// points, one after the other, and for which x/text has none.
var gaps = []run{
	{0xA2, 0xAB, 0xB0, 0xE766}, {0xA2, 0xE4, 0xE4, 0xE76D}, {0xA2, 0xEF, 0xF0, 0xE76E}, {0xA2, 0xFD, 0xFE, 0xE770},
	{0xA4, 0xF4, 0xFE, 0xE772}, {0xA5, 0xF7, 0xFE, 0xE77D}, {0xA6, 0xB9, 0xC0, 0xE785}, {0xA6, 0xD9, 0xDF, 0xE78D},
	{0xA6, 0xEC, 0xED, 0xE794}, {0xA6, 0xF3, 0xF3, 0xE796}, {0xA6, 0xF6, 0xFE, 0xE797}, {0xA7, 0xC2, 0xD0, 0xE7A0},
	{0xA7, 0xF2, 0xFE, 0xE7AF}, {0xA8, 0x96, 0xA0, 0xE7BC}, {0xA8, 0xBC, 0xBC, 0xE7C7}, {0xA8, 0xC1, 0xC4, 0xE7C9},
	{0xA8, 0xEA, 0xFE, 0xE7CD}, {0xA9, 0x58, 0x58, 0xE7E2}, {0xA9, 0x5B, 0x5B, 0xE7E3}, {0xA9, 0x5D, 0x5F, 0xE7E4},
	{0xA9, 0x97, 0xA3, 0xE7F4}, {0xA9, 0xF0, 0xFE, 0xE801}, {0xD7, 0xFA, 0xFE, 0xE810}, {0xFE, 0x51, 0x53, 0xE816},
	{0xFE, 0x59, 0x59, 0xE81E}, {0xFE, 0x61, 0x61, 0xE826}, {0xFE, 0x66, 0x67, 0xE82B}, {0xFE, 0x6C, 0x6D, 0xE831},
	{0xFE, 0x76, 0x76, 0xE83B}, {0xFE, 0x7E, 0x7E, 0xE843}, {0xFE, 0x90, 0x91, 0xE854}, {0xFE, 0xA0, 0xA0, 0xE864},
}

// moved are the private-use code points of GB 18030-2000 that a later edition gave away, and
// the character that has their two-byte position since: U+1E3F by the edition of 2005, the
// others by that of 2022.
var moved = []struct{ private, standard rune }{
	{0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11}, {0xE790, 0xFE13}, {0xE791, 0xFE14}, {0xE792, 0xFE15}, {0xE793, 0xFE16},
	{0xE794, 0xFE17}, {0xE795, 0xFE18}, {0xE796, 0xFE19}, {0xE7C7, 0x1E3F}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5}, {0xE82B, 0x9FB6},
	{0xE82C, 0x9FB7}, {0xE832, 0x9FB8}, {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB},
}

// span is a run of four-byte codes, by their number, whose code points follow each other.
type span struct {
	number uint32
	r      rune
}

// gbTables is GB 18030 in the two directions.
type gbTables struct {
	// text has for the position b1 b2, at b1&0x7F<<8|b2, its character in UTF-8, lowest byte
	// first, and in the highest byte how many there are: 0 is no position.
	text [1 << 15]uint32
	// code has for a character of the basic plane its two bytes, 0 if it has four.
	code [1 << 16]uint16
	// spans are the four-byte codes of the basic plane in order of both number and code point.
	spans []span
	// swapped exchanges code points between two and four bytes, in both directions.
	swapped map[rune]rune
}

var tables = sync.OnceValue(makeTables)

// makeTables takes 2 ms, once in a process that meets GB 18030.
func makeTables() *gbTables {
	t := &gbTables{swapped: map[rune]rune{}}
	for _, m := range moved {
		t.swapped[m.private], t.swapped[m.standard] = m.standard, m.private
	}
	// By the edition of 2000 first: what has no two bytes there has four, in order.
	var two [1 << 16]bool
	eachPair(func(_, _ byte, r rune) { two[r] = true })
	number, r := uint32(0), rune(0x80)
	for fresh := true; r < 0x10000; r++ {
		if two[r] || r >= 0xD800 && r < 0xE000 {
			fresh = true
			continue
		}
		if fresh {
			t.spans, fresh = append(t.spans, span{number, r}), false
		}
		number++
	}
	eachPair(func(b1, b2 byte, r rune) {
		if s, is := t.swapped[r]; is {
			r = s
		}
		var b [utf8.UTFMax]byte
		n := utf8.EncodeRune(b[:], r)
		t.text[uint(b1&0x7F)<<8|uint(b2)] = uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(n)<<24
		t.code[r] = uint16(b1)<<8 | uint16(b2)
	})
	return t
}

// eachPair goes through the two-byte positions of GB 18030-2000.
func eachPair(f func(b1, b2 byte, r rune)) {
	gap := map[[2]byte]rune{}
	for _, g := range gaps {
		for b := g.first; b <= g.last && b != 0; b++ {
			gap[[2]byte{g.lead, b}] = g.r + rune(b-g.first)
		}
	}
	decoder := simplifiedchinese.GB18030.NewDecoder()
	pair, out := make([]byte, 2), make([]byte, utf8.UTFMax)
	for b1 := byte(0x81); b1 <= 0xFE; b1++ {
		for b2 := byte(0x40); b2 <= 0xFE; b2++ {
			if b2 == 0x7F {
				continue
			}
			r := userZone(b1, b2)
			if r == 0 {
				r = gap[[2]byte{b1, b2}]
			}
			if r == 0 {
				pair[0], pair[1] = b1, b2
				_, _, _ = decoder.Transform(out, pair, true)
				r, _ = utf8.DecodeRune(out)
			}
			f(b1, b2, r)
		}
	}
}

// userZone is the code point of a position in the three user-defined zones of GB 18030, or 0.
func userZone(b1, b2 byte) rune {
	switch {
	case b1 >= 0xAA && b1 <= 0xAF && b2 >= 0xA1:
		return 0xE000 + rune(b1-0xAA)*94 + rune(b2-0xA1)
	case b1 >= 0xF8 && b2 >= 0xA1:
		return 0xE234 + rune(b1-0xF8)*94 + rune(b2-0xA1)
	case b1 >= 0xA1 && b1 <= 0xA7 && b2 <= 0xA0:
		r := 0xE4C6 + rune(b1-0xA1)*96 + rune(b2-0x40)
		if b2 > 0x7F {
			r--
		}
		return r
	}
	return 0
}
