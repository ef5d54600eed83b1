package connectors

import (
	"fmt"
	"unicode/utf8"
)

// The character sets that feeds declare.
const (
	utf8Name    = "utf-8"
	gb18030Name = "gb18030"
	gbkName     = "gbk"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// charset turns the bytes of a row into UTF-8. One is used by one goroutine.
type charset interface {
	// decode gives the text, valid until the next call, and the offset in raw of the first
	// byte that has no meaning in the character set, or -1.
	decode(raw []byte) (text []byte, bad int)
}

// newCharset makes the character set with a declared name.
func newCharset(name string) charset {
	switch name {
	case gb18030Name:
		return newGB18030()
	case gbkName:
		return newGBK()
	default:
		return utf8Charset{}
	}
}

func checkEncoding(name string) error {
	switch name {
	case utf8Name, gb18030Name, gbkName:
		return nil
	}
	return fmt.Errorf("setting encoding: %q, want %s, %s or %s", name, utf8Name, gb18030Name, gbkName)
}

// utf8Charset checks and hands the bytes through.
type utf8Charset struct{}

func (utf8Charset) decode(raw []byte) ([]byte, int) {
	if utf8.Valid(raw) {
		return raw, -1
	}
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return raw, i
		}
		i += size
	}
	return raw, -1
}
