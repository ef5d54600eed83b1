package charset

import "sync"

// paired are the two-byte positions of GB 18030 that the edition of 2022 left in private use,
// though their characters have been in Unicode for long, with four-byte codes.
var paired = map[rune]rune{
	0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}

// IsPrivate reports characters of private use, which mean something only where they were made.
func IsPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r <= 0xFFFFD || r >= 0x100000 && r <= 0x10FFFD
}

// standard has the private-use characters of GB 18030-2000 that have a code point of their own.
var standard = sync.OnceValue(func() map[rune]rune {
	out := map[rune]rune{}
	for _, m := range moved {
		out[m.private] = m.standard
	}
	for private, r := range paired {
		out[private] = r
	}
	return out
})

// Standard is the character that a private-use code point of an older GB 18030 stands for: 19
// by the editions of 2005 and 2022, six by their shape. It has no say about vendors' characters.
func Standard(r rune) (rune, bool) {
	s, ok := standard()[r]
	return s, ok
}
