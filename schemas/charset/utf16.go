package charset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The byte order marks.
const (
	markUTF8    = "\xEF\xBB\xBF"
	markGB18030 = "\x84\x31\x95\x33"
	markUTF16LE = "\xFF\xFE"
	markUTF16BE = "\xFE\xFF"
)

// Mark is the byte order mark that a file in the encoding may begin with, or empty: U+FEFF in
// its bytes. UTF-16 without an order has either of two.
func Mark(name string) string {
	switch name {
	case UTF8:
		return markUTF8
	case GB18030:
		return markGB18030
	case UTF16LE:
		return markUTF16LE
	case UTF16BE:
		return markUTF16BE
	}
	return ""
}

// FindMark is the encoding whose byte order mark b begins with, or empty.
func FindMark(b []byte) string {
	for _, name := range []string{UTF8, GB18030, UTF16LE, UTF16BE} {
		if m := Mark(name); len(b) >= len(m) && string(b[:len(m)]) == m {
			return name
		}
	}
	return ""
}

// utf16 decodes whole texts; Reader decodes files.
type utf16 struct{ big, marked bool }

// Append decodes src, whose mark, if it has one, is text unless the order is to be read from it.
func (u utf16) Append(dst, src []byte) ([]byte, int) {
	skip := 0
	if u.marked {
		switch FindMark(src) {
		case UTF16LE:
		case UTF16BE:
			u.big = true
		default:
			return dst, 0
		}
		skip = 2
	}
	for i := skip; i < len(src); {
		r, size := u.rune(src[i:])
		if size == 0 || r >= 0xD800 && r < 0xE000 {
			return dst, i
		}
		dst = utf8.AppendRune(dst, r)
		i += size
	}
	return dst, -1
}

// rune is the first character; a surrogate that stands alone is itself. size is 0 if it is cut.
func (u utf16) rune(b []byte) (r rune, size int) {
	if len(b) < 2 {
		return 0, 0
	}
	r = u.unit(b)
	if r < 0xD800 || r >= 0xDC00 {
		return r, 2
	}
	if len(b) < 4 {
		return r, 0
	}
	if low := u.unit(b[2:]); low >= 0xDC00 && low < 0xE000 {
		return (r-0xD800)<<10 + (low - 0xDC00) + 0x10000, 4
	}
	return r, 2
}

func (u utf16) unit(b []byte) rune {
	if u.big {
		return rune(binary.BigEndian.Uint16(b))
	}
	return rune(binary.LittleEndian.Uint16(b))
}

// ErrOrder is in the error of a UTF-16 file whose byte order changes on the way, as in two
// files that were joined.
var ErrOrder = errors.New("the byte order changes")

// Reader turns UTF-16 into UTF-8 so that every place in the one can be found in the other:
// see UTF16Len. A surrogate without its partner becomes the three bytes that it would have in
// UTF-8, which is no UTF-8, so that who reads on sees it as damage in its row and no more.
// A file of an odd number of bytes ends with io.ErrUnexpectedEOF, a change of the byte order
// with ErrOrder.
type Reader struct {
	src io.Reader
	utf16
	// buf[r:w] is read and not decoded; at is the offset of buf[r] in src.
	buf  []byte
	r, w int
	at   uint64
	err  error
	// rest is what of one did not fit into a short p.
	one  [utf8.UTFMax]byte
	rest []byte
}

// readSize is how much is read at once.
const readSize = 32 << 10

// NewReader reads src, which begins at a character, in this byte order. at is the offset of
// its first byte, for errors.
func NewReader(src io.Reader, bigEndian bool, at uint64) *Reader {
	return &Reader{src: src, utf16: utf16{big: bigEndian}, buf: make([]byte, readSize), at: at}
}

// Read fills p.
func (t *Reader) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		if len(p) >= utf8.UTFMax {
			return t.decode(p)
		}
		n, err := t.decode(t.one[:])
		if err != nil {
			return 0, err
		}
		t.rest = t.one[:n]
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// decode fills p, which has room for a character.
func (t *Reader) decode(p []byte) (int, error) {
	n := 0
	for {
		for n+utf8.UTFMax <= len(p) && t.w-t.r >= 2 {
			r, size := t.rune(t.buf[t.r:t.w])
			if size == 0 && t.err == nil {
				break
			}
			if r == 0xFFFE {
				t.err, t.w = fmt.Errorf("%w at byte %d", ErrOrder, t.at), t.r
				break
			}
			if size == 0 {
				size = 2 // A surrogate at the end.
			}
			n += encodeAny(p[n:], r)
			t.r += size
			t.at += uint64(size)
		}
		if n > 0 || t.err != nil && t.w-t.r < 2 {
			break
		}
		t.fill()
	}
	if n > 0 {
		return n, nil
	}
	if t.err == io.EOF && t.w > t.r {
		return 0, fmt.Errorf("half a character at byte %d: %w", t.at, io.ErrUnexpectedEOF)
	}
	return 0, t.err
}

// fill reads more after moving what is left to the front.
func (t *Reader) fill() {
	copy(t.buf, t.buf[t.r:t.w])
	t.w -= t.r
	t.r = 0
	for range 100 {
		var n int
		n, t.err = t.src.Read(t.buf[t.w:])
		t.w += n
		if n > 0 || t.err != nil {
			return
		}
	}
	t.err = io.ErrNoProgress
}

// encodeAny encodes a character in UTF-8, also a surrogate.
func encodeAny(p []byte, r rune) int {
	if r < 0xD800 || r >= 0xE000 {
		return utf8.EncodeRune(p, r)
	}
	p[0], p[1], p[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F)
	return 3
}

// UTF16Len is how many bytes of UTF-16 a piece of text from a Reader had, if it ends between
// two characters: two a character, four beyond the basic plane.
func UTF16Len(text []byte) uint64 {
	n := uint64(0)
	for _, c := range text {
		if c < 0x80 || c >= 0xC0 {
			n += 2
		}
		if c >= 0xF0 {
			n += 2
		}
	}
	return n
}
