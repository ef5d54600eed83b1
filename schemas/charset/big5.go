package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/traditionalchinese"
)

// big5 decodes Big5 with the Hong Kong supplement, as x/text has it. The table gives U+FFFD
// for positions that it does not know; Big5 has no bytes for U+FFFD, so each is a loss.
type big5 struct{}

// Append decodes one character after the other: such feeds are few and small.
func (big5) Append(dst, src []byte) ([]byte, int) {
	decoder := traditionalchinese.Big5.NewDecoder()
	var out [2 * utf8.UTFMax]byte // Two positions are a letter and an accent.
	for i := 0; i < len(src); {
		if src[i] < utf8.RuneSelf {
			dst = append(dst, src[i])
			i++
			continue
		}
		if !isLead(src[i]) || i+1 == len(src) {
			return dst, i
		}
		n, _, err := decoder.Transform(out[:], src[i:i+2], true)
		if r, _ := utf8.DecodeRune(out[:n]); err != nil || r == utf8.RuneError || r < utf8.RuneSelf {
			return dst, i
		}
		dst = append(dst, out[:n]...)
		i += 2
	}
	return dst, -1
}
