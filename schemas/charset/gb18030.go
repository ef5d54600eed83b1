package charset

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

const highBits = 0x8080808080808080

// slack is how far decoding may write behind the text, so that it can write words.
const slack = 8

// euro is the euro sign, which code page 936 of Windows has at 0x80 and GB 18030 at A2 E3.
const euro = '€'

// gb decodes GB 18030 and its subsets.
type gb struct {
	*gbTables
	// four allows codes of four bytes, euro the single byte 0x80.
	four, euro bool
	// holds says which two-byte positions the subset has; nil is all.
	holds func(b1, b2 byte) bool
}

// Append decodes src behind dst, in one go: ASCII by eight bytes, pairs by one look into a table.
func (g gb) Append(dst, src []byte) ([]byte, int) {
	start := len(dst)
	// A byte becomes three at most: the euro sign.
	dst = slices.Grow(dst, 3*len(src)+slack)
	out := dst[start : start+3*len(src)+slack]
	n, i := 0, 0
	for i < len(src) {
		c := src[i]
		if c < utf8.RuneSelf {
			k := ascii(out[n:], src[i:])
			n, i = n+k, i+k
			continue
		}
		if g.holds == nil {
			var k int
			n, k = g.pairs(out, src[i:], n)
			if i += k; k > 0 {
				continue
			}
		}
		r, size := g.odd(src[i:])
		if size == 0 {
			return dst[:start+n], i
		}
		n += utf8.EncodeRune(out[n:n+utf8.UTFMax], r)
		i += size
	}
	return dst[:start+n], -1
}

// ascii copies what of src is ASCII and says how long that is.
func ascii(out, src []byte) int {
	n := 0
	for len(src)-n >= 8 {
		w := binary.LittleEndian.Uint64(src[n:])
		binary.LittleEndian.PutUint64(out[n:], w)
		if m := w & highBits; m != 0 {
			return n + bits.TrailingZeros64(m)>>3
		}
		n += 8
	}
	for ; n < len(src) && src[n] < utf8.RuneSelf; n++ {
		out[n] = src[n]
	}
	return n
}

// pairs decodes two-byte codes behind out[:n] and gives the new n and how many bytes they had.
func (g gb) pairs(out, src []byte, n int) (to, read int) {
	i := 0
	for ; i+1 < len(src); i += 2 {
		t := g.text[uint(src[i]&0x7F)<<8|uint(src[i+1])]
		if t == 0 || src[i] < utf8.RuneSelf {
			break
		}
		binary.LittleEndian.PutUint32(out[n:], t)
		n += int(t >> 24)
	}
	return n, i
}

// odd decodes one code of any kind; size is 0 if there is none.
func (g gb) odd(src []byte) (r rune, size int) {
	if src[0] == 0x80 && g.euro {
		return euro, 1
	}
	if len(src) < 2 {
		return 0, 0
	}
	if t := g.text[uint(src[0]&0x7F)<<8|uint(src[1])]; t != 0 {
		if g.holds != nil && !g.holds(src[0], src[1]) {
			return 0, 0
		}
		r, _ := utf8.DecodeRune([]byte{byte(t), byte(t >> 8), byte(t >> 16)})
		return r, 2
	}
	if !g.four || len(src) < 4 || !fourBytes(src) {
		return 0, 0
	}
	number := ((uint32(src[0]-0x81)*10+uint32(src[1]-'0'))*126+uint32(src[2]-0x81))*10 + uint32(src[3]-'0')
	if r, ok := g.fourRune(number); ok {
		return r, 4
	}
	return 0, 0
}

// fourBytes reports bytes that have the form of a four-byte code.
func fourBytes(b []byte) bool {
	return isLead(b[0]) && isDigit(b[1]) && isLead(b[2]) && isDigit(b[3])
}

func isLead(c byte) bool { return c >= 0x81 && c <= 0xFE }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// The four-byte codes: those of the basic plane from number 0 on, the others from 90 30 81 30.
const (
	basicCodes = 39420
	planeCodes = 189000
)

// fourRune is the character of a four-byte code by its number.
func (t *gbTables) fourRune(number uint32) (rune, bool) {
	if number >= planeCodes {
		r := rune(number-planeCodes) + 0x10000
		return r, r <= utf8.MaxRune
	}
	if number >= basicCodes {
		return 0, false
	}
	at, found := slices.BinarySearchFunc(t.spans, number, func(s span, n uint32) int { return int(s.number) - int(n) })
	if !found {
		at--
	}
	return t.spans[at].r + rune(number-t.spans[at].number), true
}

// fourNumber is the number of the four-byte code of a character that has no two bytes.
func (t *gbTables) fourNumber(r rune) uint32 {
	if r >= 0x10000 {
		return planeCodes + uint32(r-0x10000)
	}
	if s, is := t.swapped[r]; is {
		r = s
	}
	at, found := slices.BinarySearchFunc(t.spans, r, func(s span, r rune) int { return int(s.r) - int(r) })
	if !found {
		at--
	}
	return t.spans[at].number + uint32(r-t.spans[at].r)
}

// AppendGB18030 encodes UTF-8 in GB 18030-2022 behind dst. Every character has a code; bad is
// the offset of the first byte that is no UTF-8, or -1.
func AppendGB18030(dst, text []byte) (out []byte, bad int) {
	t := tables()
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return dst, i
		}
		i += size
		if r < 0x10000 && t.code[r] != 0 {
			dst = append(dst, byte(t.code[r]>>8), byte(t.code[r]))
			continue
		}
		n := t.fourNumber(r)
		dst = append(dst, byte(n/12600)+0x81, byte(n/1260%10)+'0', byte(n/10%126)+0x81, byte(n%10)+'0')
	}
	return dst, -1
}
