package connectors

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbCharset decodes GB18030 or its subset GBK, row by row into one buffer.
//
// The tables of x/text give U+FFFD, without an error, for 2,067 two-byte positions: the
// user-defined zones and the positions that GB 18030-2005 and -2022 moved, where rare
// characters of names live. A name must not lose a character silently, so a row whose
// decoding has a U+FFFD that the sender did not write is bad.
type gbCharset struct {
	decoder *encoding.Decoder
	// replacement is how the sender writes U+FFFD; GBK has no bytes for it.
	replacement []byte
	buf         []byte
}

func newGB18030() *gbCharset {
	return &gbCharset{decoder: simplifiedchinese.GB18030.NewDecoder(), replacement: []byte("\x84\x31\xa4\x37")}
}

func newGBK() *gbCharset {
	return &gbCharset{decoder: simplifiedchinese.GBK.NewDecoder()}
}

var utf8Replacement = []byte("\uFFFD")

func (g *gbCharset) decode(raw []byte) ([]byte, int) {
	if isASCII(raw) {
		return raw, -1
	}
	// A byte becomes three bytes at most: the euro sign at 0x80, or U+FFFD.
	if need := utf8.UTFMax * len(raw); cap(g.buf) < need {
		g.buf = make([]byte, need)
	}
	g.decoder.Reset()
	n, _, err := g.decoder.Transform(g.buf[:cap(g.buf)], raw, true)
	text := g.buf[:n]
	if err != nil {
		return text, 0
	}
	if bytes.Contains(text, utf8Replacement) {
		return text, g.firstLoss(raw)
	}
	return text, -1
}

// firstLoss is the offset of the first character that decodes to a U+FFFD of the decoder's
// own, or -1. It decodes one character at a time, which only damaged rows pay for.
func (g *gbCharset) firstLoss(raw []byte) int {
	var one [utf8.UTFMax]byte
	for i := 0; i < len(raw); {
		size := min(gbLen(raw[i:]), len(raw)-i)
		n, _, err := g.decoder.Transform(one[:], raw[i:i+size], true)
		lost := err != nil || bytes.Contains(one[:n], utf8Replacement)
		if lost && !(len(g.replacement) > 0 && bytes.HasPrefix(raw[i:], g.replacement)) {
			return i
		}
		i += size
	}
	return -1
}

// gbLen is the length of the character at the start of b by the byte ranges of GB 18030: a
// lead byte 81–FE with a digit is the start of four bytes, with another trail byte of two.
func gbLen(b []byte) int {
	switch {
	case !isGBLead(b[0]) || len(b) < 2:
		return 1
	case b[1] >= '0' && b[1] <= '9':
		return 4
	case isGBTrail(b[1]):
		return 2
	default:
		return 1
	}
}

func isGBLead(c byte) bool { return c >= 0x81 && c <= 0xfe }

func isGBTrail(c byte) bool { return c >= 0x40 && c <= 0xfe && c != 0x7f }

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
