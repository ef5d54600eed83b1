package charset

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// The ways in which text was read in the wrong encoding before it came here. Undo turns
// each around where not a byte got lost.
const (
	// UTF8AsGB18030 gives 鑻忓窞 for 苏州.
	UTF8AsGB18030 = "utf8_as_gb18030"
	// UTF8AsLatin1 gives Ã¥ for å; windows-1252 is meant with it, as by browsers.
	UTF8AsLatin1 = "utf8_as_latin1"
	// GB18030AsLatin1 gives ËÕÖÝ for 苏州.
	GB18030AsLatin1 = "gb18030_as_latin1"
)

// Ways lists the ways that Undo knows, in the order in which Trace tries them.
func Ways() []string { return []string{UTF8AsGB18030, UTF8AsLatin1, GB18030AsLatin1} }

// lostWords are what U+FFFD becomes when its bytes EF BF BD are read as GB 18030, two or more
// of them side by side, from the first byte or from one in the middle on. 锟 alone is a
// character of names; no text has two of these three side by side.
var lostWords = [][]byte{[]byte("锟斤"), []byte("斤拷"), []byte("拷锟")}

// Lost reports a text in which a conversion before us has replaced characters for good: by
// U+FFFD, or by 锟斤拷, which is U+FFFD read in the wrong encoding once more.
func Lost(text []byte) bool {
	if bytes.Contains(text, []byte("\uFFFD")) {
		return true
	}
	return slices.ContainsFunc(lostWords, func(w []byte) bool { return bytes.Contains(text, w) })
}

// Trace names the way in which a text became what it is, or is empty. It wants more than that
// the way can be turned around: the result has only characters of GB/T 2312. Of a million names
// of three characters drawn evenly from GB/T 2312 itself, four are named by accident.
func Trace(text []byte) string {
	first := slices.IndexFunc(text, func(c byte) bool { return c >= utf8.RuneSelf })
	// Of names drawn evenly from GB/T 2312, 96 of 100 end here: what was UTF-8 begins with E3 to
	// E9 or EF in GB 18030, which are rare characters, and what looks like Latin-1 is at most U+2122.
	if first < 0 || text[first] > 0xE2 && !leadsUTF8(text[first:]) {
		return ""
	}
	for _, way := range Ways() {
		if out, ok := Undo(nil, text, way); ok && plausible(out, way) {
			return way
		}
	}
	return ""
}

// leadsUTF8 reports a text whose first character has bytes in GB 18030 that begin a Chinese
// character in UTF-8.
func leadsUTF8(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	if r >= 0x10000 {
		return false
	}
	code := tables().code[r]
	lead, trail := byte(code>>8), byte(code)
	return (lead >= 0xE3 && lead <= 0xE9 || lead == 0xEF) && trail >= 0x80 && trail <= 0xBF
}

// plausible reports a text that has something beyond ASCII, and only what GB/T 2312 has or,
// by way of Latin-1, letters with accents.
func plausible(text []byte, way string) bool {
	chinese, latin := 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		i += size
		switch {
		case r < utf8.RuneSelf:
		case r < 0x250 && way == UTF8AsLatin1:
			latin++
		case r >= 0x10000:
			return false
		default:
			code := tables().code[r]
			if !inGB2312(byte(code>>8), byte(code)) {
				return false
			}
			if code >= 0xB0A1 {
				chinese++
			}
		}
	}
	// Two accents side by side are no word, but two Chinese characters may be four of them.
	return chinese > 1 || chinese+latin > 0 && way == UTF8AsLatin1
}

// Undo appends what text was before it was read in this wrong way. ok is false, and nothing
// is appended, unless the way leads from the result to exactly this text.
func Undo(dst, text []byte, way string) (out []byte, ok bool) {
	var raw, back []byte
	bad := 0
	if way == UTF8AsGB18030 {
		raw, bad = AppendGB18030(nil, text)
	} else {
		raw, bad = appendLatin1(nil, text)
	}
	if bad >= 0 || isASCII(raw) {
		return dst, false
	}
	start := len(dst)
	source := UTF8
	if way == GB18030AsLatin1 {
		source = GB18030
	}
	if dst, bad = NewDecoder(source).Append(dst, raw); bad >= 0 || bytes.Equal(dst[start:], text) {
		return dst[:start], false
	}
	if way == UTF8AsGB18030 {
		if back, bad = NewDecoder(GB18030).Append(nil, raw); bad >= 0 || !bytes.Equal(back, text) {
			return dst[:start], false
		}
	}
	return dst, true
}

// windows1252 are the characters that windows-1252 has at 80 to 9F, 0 where it has none:
// there a reader keeps the control character.
var windows1252 = [32]rune{
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
}

// appendLatin1 encodes a text in windows-1252; bad is where it cannot be, or -1.
func appendLatin1(dst, text []byte) ([]byte, int) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if at := slices.Index(windows1252[:], r); at >= 0 && r >= utf8.RuneSelf {
			dst = append(dst, byte(0x80+at))
		} else if r <= 0xFF {
			dst = append(dst, byte(r))
		} else {
			return dst, i
		}
		i += size
	}
	return dst, -1
}
