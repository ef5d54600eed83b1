package charset

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	vector "github.com/segmentio/asm/utf8"
)

// The encodings that feeds declare.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030"
	GBK     = "gbk"
	GB2312  = "gb2312"
	Big5    = "big5"
	UTF16   = "utf-16"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// Names lists the encodings, the most usual first.
func Names() []string { return []string{UTF8, GB18030, GBK, GB2312, Big5, UTF16, UTF16LE, UTF16BE} }

// Check says whether a declared name is one of Names.
func Check(name string) error {
	if slices.Contains(Names(), name) {
		return nil
	}
	hint := ""
	if near, ok := aliases[strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))]; ok {
		hint = fmt.Sprintf("; did you mean %s?", near)
	}
	return fmt.Errorf("%q, want one of %s%s", name, strings.Join(Names(), ", "), hint)
}

// aliases are what people write for the names, without hyphens. They are told and not
// accepted: "ansi" and "unicode" mean what the writer's Windows makes of them.
var aliases = map[string]string{
	"utf8": UTF8, "utf8bom": UTF8, "utf8sig": UTF8, "gb180302022": GB18030, "gb180302005": GB18030, "ansi": GB18030, "cp936": GBK, "windows936": GBK, "ms936": GBK,
	"936": GBK, "gbk": GBK, "gb2312": GB2312, "gb231280": GB2312, "euccn": GB2312, "big5": Big5, "cp950": Big5, "big5hkscs": Big5,
	"utf16": UTF16, "unicode": UTF16LE, "ucs2": UTF16LE, "utf16le": UTF16LE, "utf16be": UTF16BE, "gb18030": GB18030,
}

// Decoder turns the bytes of one encoding into UTF-8. It keeps nothing between calls and is
// safe for several goroutines.
type Decoder interface {
	// Append adds the text of src to dst. bad is the offset of the first byte of src that
	// means nothing, where it stops, or -1. A character must not be cut at the end of src.
	Append(dst, src []byte) (text []byte, bad int)
}

// NewDecoder is the decoder of an encoding; a name that is not one of Names is UTF-8.
func NewDecoder(name string) Decoder {
	switch name {
	case GB18030:
		return gb{gbTables: tables(), four: true}
	case GBK:
		return gb{gbTables: tables(), euro: true}
	case GB2312:
		return gb{gbTables: tables(), holds: inGB2312}
	case Big5:
		return big5{}
	case UTF16LE:
		return utf16{}
	case UTF16BE:
		return utf16{big: true}
	case UTF16:
		return utf16{marked: true}
	default:
		return utf8Decoder{}
	}
}

// utf8Decoder checks.
type utf8Decoder struct{}

// Append copies what is valid.
func (utf8Decoder) Append(dst, src []byte) ([]byte, int) {
	bad := Invalid(src)
	if bad < 0 {
		return append(dst, src...), -1
	}
	return append(dst, src[:bad]...), bad
}

// Invalid is the offset of the first byte that is no UTF-8, or -1.
func Invalid(b []byte) int {
	if vector.Valid(b) { // The standard library's takes four times as long on rows of Chinese.
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// inGB2312 reports the 7,445 positions of GB/T 2312-1980: nine rows of signs, 3,755
// characters of level 1 in rows 16 to 55 and 3,008 of level 2 in rows 56 to 87.
func inGB2312(b1, b2 byte) bool {
	if b2 < 0xA1 {
		return false
	}
	switch b1 {
	case 0xA1, 0xA3:
		return true
	case 0xA2:
		return b2 >= 0xB1 && b2 <= 0xE2 || b2 >= 0xE5 && b2 <= 0xEE || b2 >= 0xF1 && b2 <= 0xFC
	case 0xA4:
		return b2 <= 0xF3
	case 0xA5:
		return b2 <= 0xF6
	case 0xA6:
		return b2 <= 0xB8 || b2 >= 0xC1 && b2 <= 0xD8
	case 0xA7:
		return b2 <= 0xC1 || b2 >= 0xD1 && b2 <= 0xF1
	case 0xA8:
		return b2 <= 0xBA || b2 >= 0xC5 && b2 <= 0xE9
	case 0xA9:
		return b2 >= 0xA4 && b2 <= 0xEF
	case 0xD7:
		return b2 <= 0xF9
	}
	return b1 >= 0xB0 && b1 <= 0xF7
}
