package connectors

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"jiku/schemas/charset"
)

// decoder turns the bytes of a row into UTF-8. One is used by one goroutine.
type decoder interface {
	// decode gives the text, valid until the next call, and the offset in raw of the first
	// byte that has no meaning in the encoding, or -1.
	decode(raw []byte) (text []byte, bad int)
}

// newDecoder makes the decoder of a declared encoding.
func newDecoder(name string) decoder {
	if !wide(name) {
		return utf8Rows{} // UTF-16 has become UTF-8 before its rows are found.
	}
	return &wideRows{set: charset.NewDecoder(name), gb: name != charset.Big5}
}

// wide reports encodings in which the second byte of a character may look like a delimiter
// or a backslash. None of their bytes after the first looks like a line end or a quote.
func wide(name string) bool {
	switch name {
	case charset.GB18030, charset.GBK, charset.GB2312, charset.Big5:
		return true
	}
	return false
}

// isUTF16 reports encodings of two bytes a unit.
func isUTF16(name string) bool {
	return name == charset.UTF16 || name == charset.UTF16LE || name == charset.UTF16BE
}

func checkEncoding(name string) error {
	if err := charset.Check(name); err != nil {
		return fmt.Errorf("setting encoding: %w", err)
	}
	return nil
}

// utf8Rows checks and hands the bytes through.
type utf8Rows struct{}

func (utf8Rows) decode(raw []byte) ([]byte, int) { return raw, charset.Invalid(raw) }

// wideRows decodes rows into one buffer. Those of a GB encoding that are UTF-8 are refused.
type wideRows struct {
	set charset.Decoder
	gb  bool
	buf []byte
}

func (w *wideRows) decode(raw []byte) ([]byte, int) {
	if isASCII(raw) {
		return raw, -1
	}
	if at := charset.UTF8Evidence(raw); w.gb && at >= 0 {
		return nil, at
	}
	var bad int
	w.buf, bad = w.set.Append(w.buf[:0], raw)
	return w.buf, bad
}

// isLead reports the first byte of a character in a wide encoding.
func isLead(c byte) bool { return c >= 0x81 && c <= 0xfe }

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
