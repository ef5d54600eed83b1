package charset_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiku/schemas/charset"
)

func encodeUTF16(text string, big bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			out = binary.BigEndian.AppendUint16(out, u)
		} else {
			out = binary.LittleEndian.AppendUint16(out, u)
		}
	}
	return out
}

func decode(t testing.TB, name string, raw ...byte) (string, int) {
	t.Helper()
	text, bad := charset.NewDecoder(name).Append([]byte("before "), raw)
	if !strings.HasPrefix(string(text), "before ") {
		t.Fatalf("% x: what stood before is gone: %q", raw, text)
	}
	return string(text[len("before "):]), bad
}

// moved are the 18 code points of GB 18030-2022 and U+1E3F of the edition of 2005, as
// standards.md §7.2 has them: bytes, the code point before, the code point now.
var moved = []struct {
	b        uint16
	old, now rune
}{
	{0xA6D9, 0xE78D, 0xFE10}, {0xA6DA, 0xE78E, 0xFE12}, {0xA6DB, 0xE78F, 0xFE11}, {0xA6DC, 0xE790, 0xFE13}, {0xA6DD, 0xE791, 0xFE14},
	{0xA6DE, 0xE792, 0xFE15}, {0xA6DF, 0xE793, 0xFE16}, {0xA6EC, 0xE794, 0xFE17}, {0xA6ED, 0xE795, 0xFE18}, {0xA6F3, 0xE796, 0xFE19},
	{0xFE59, 0xE81E, 0x9FB4}, {0xFE61, 0xE826, 0x9FB5}, {0xFE66, 0xE82B, 0x9FB6}, {0xFE67, 0xE82C, 0x9FB7}, {0xFE6D, 0xE832, 0x9FB8},
	{0xFE7E, 0xE843, 0x9FB9}, {0xFE90, 0xE854, 0x9FBA}, {0xFEA0, 0xE864, 0x9FBB}, {0xA8BC, 0xE7C7, 0x1E3F},
}

// stillPrivate are the two-byte positions that have no character of their own after 2022.
var stillPrivate = map[uint16]rune{0xFE51: 0xE816, 0xFE52: 0xE817, 0xFE53: 0xE818, 0xFE6C: 0xE831, 0xFE76: 0xE83B, 0xFE91: 0xE855}

// zone is the user-defined zone's formula of §7.2, 0 outside.
func zone(b1, b2 int) rune {
	switch {
	case b1 >= 0xAA && b1 <= 0xAF && b2 >= 0xA1:
		return rune(0xE000 + (b1-0xAA)*94 + b2 - 0xA1)
	case b1 >= 0xF8 && b1 <= 0xFE && b2 >= 0xA1:
		return rune(0xE234 + (b1-0xF8)*94 + b2 - 0xA1)
	case b1 >= 0xA1 && b1 <= 0xA7 && b2 < 0xA1:
		n := b2 - 0x40
		if b2 > 0x7F {
			n--
		}
		return rune(0xE4C6 + (b1-0xA1)*96 + n)
	}
	return 0
}

// TestPairs decodes every two-byte unit and compares it with the formulas where x/text drops
// it, and with x/text elsewhere; then it encodes it back.
func TestPairs(t *testing.T) {
	now := map[int]rune{}
	for _, m := range moved {
		now[int(m.b)] = m.now
	}
	dropped, private := 0, map[rune]bool{}
	for b1 := 0x80; b1 <= 0xFF; b1++ {
		for b2 := range 0x100 {
			raw := []byte{byte(b1), byte(b2)}
			text, bad := decode(t, charset.GB18030, raw...)
			if b1 == 0x80 || b1 == 0xFF || b2 < 0x40 || b2 == 0x7F || b2 == 0xFF {
				if bad != 0 || text != "" {
					t.Fatalf("% x: text %q, bad %d; want it refused", raw, text, bad)
				}
				continue
			}
			x, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
			want, _ := utf8.DecodeRune(x)
			if want == utf8.RuneError {
				dropped++
			}
			code := b1<<8 | b2
			got, size := utf8.DecodeRuneInString(text)
			switch {
			case zone(b1, b2) != 0:
				want = zone(b1, b2)
			case now[code] != 0:
				want = now[code]
			case stillPrivate[uint16(code)] != 0:
				want = stillPrivate[uint16(code)]
			case want == utf8.RuneError: // One of the 149 gaps, whose values the oracles compare.
				want = got
				if got < 0xE766 || got > 0xE814 {
					t.Errorf("% x: %U, want private use from U+E766 to U+E814", raw, got)
				}
			}
			if bad >= 0 || size != len(text) || got != want {
				t.Fatalf("% x: %q, bad %d; want %U", raw, text, bad, want)
			}
			if back, bad := charset.AppendGB18030(nil, []byte(text)); bad >= 0 || string(back) != string(raw) {
				t.Fatalf("% x: %U encodes to % x", raw, got, back)
			}
			if got >= 0xE000 && got <= 0xF8FF {
				private[got] = true
			}
		}
	}
	if dropped != 2067 {
		t.Errorf("x/text drops %d two-byte positions, want 2067", dropped)
	}
	// 1,894 of the user zones, and 174 gaps less the 19 that were given away.
	if len(private) != 1894+174-19 {
		t.Errorf("%d private-use characters, want %d, each once", len(private), 1894+174-19)
	}
}

// TestEveryScalar encodes each of the 1,112,064 Unicode scalar values and decodes it again,
// and compares with x/text but for what that drops or has by an older edition.
func TestEveryScalar(t *testing.T) {
	differs := map[rune]rune{}
	for _, m := range moved {
		differs[m.old], differs[m.now] = m.now, m.now
	}
	encoder, d := simplifiedchinese.GB18030.NewEncoder(), charset.NewDecoder(charset.GB18030)
	var text, raw, back []byte
	n, other := 0, 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		n++
		text = utf8.AppendRune(text[:0], r)
		raw, _ = charset.AppendGB18030(raw[:0], text)
		var bad int
		back, bad = d.Append(back[:0], raw)
		got, _ := utf8.DecodeRune(back)
		want := r
		if differs[r] != 0 {
			want = differs[r]
		}
		if bad >= 0 || got != want {
			t.Fatalf("%U: % x decodes to %U, bad %d; want %U", r, raw, got, bad, want)
		}
		encoder.Reset()
		x, err := encoder.Bytes(text)
		if err != nil || string(x) != string(raw) {
			if other++; differs[r] == 0 && (r < 0xE000 || r > 0xF8FF) && r != utf8.RuneError {
				t.Fatalf("%U: % x, x/text has % x (%v)", r, raw, x, err)
			}
		}
	}
	if n != 1_112_064 {
		t.Errorf("%d scalar values", n)
	}
	t.Logf("x/text encodes %d characters in another way", other)
}

func TestFourBytes(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      rune // 0 is none
	}{
		{"first", "\x81\x30\x81\x30", 0x80},
		{"last of the basic plane", "\x84\x31\xA4\x39", 0xFFFF},
		{"behind it", "\x84\x31\xA5\x30", 0},
		{"reserved", "\x8F\x39\xFE\x39", 0},
		{"first of the next plane", "\x90\x30\x81\x30", 0x10000},
		{"last", "\xE3\x32\x9A\x35", 0x10FFFF},
		{"behind it", "\xE3\x32\x9A\x36", 0},
		{"far behind", "\xFE\x39\xFE\x39", 0},
		{"U+FE10 by the edition of 2005", "\x84\x31\x82\x36", 0xFE10},
		{"U+1E3F by the edition of 2000", "\x81\x35\xF4\x37", 0x1E3F},
		{"U+20087", "\x95\x32\x90\x31", 0x20087},
		{"U+20089", "\x95\x32\x90\x33", 0x20089},
		{"U+200CC", "\x95\x32\x97\x30", 0x200CC},
		{"U+215D7", "\x95\x36\xB9\x37", 0x215D7},
		{"U+2298F", "\x96\x30\xBA\x35", 0x2298F},
		{"U+241FE", "\x96\x35\xB6\x30", 0x241FE},
		{"U+20BB7", "\x95\x34\xB2\x35", 0x20BB7},
		{"U+4DAE", "\xFE\x9F", 0x4DAE},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, bad := decode(t, charset.GB18030, []byte(c.raw)...)
			if c.want == 0 && bad != 0 || c.want != 0 && (bad >= 0 || text != string(c.want)) {
				t.Errorf("% x: %q, bad %d; want %U", c.raw, text, bad, c.want)
			}
		})
	}
}

// TestNames encodes names of rare characters in every encoding that has them all, and back.
func TestNames(t *testing.T) {
	for _, name := range []string{"䶮", "㛃", "𬱖", "𫖯", "喆", "堃", "赟", "彧", "𠮷", "阿卜杜拉·试验", "试\uE863", "龴", "〇"} {
		gb, _ := charset.AppendGB18030(nil, []byte(name))
		for set, raw := range map[string][]byte{charset.GB18030: gb, charset.UTF8: []byte(name),
			charset.UTF16LE: encodeUTF16(name, false), charset.UTF16BE: encodeUTF16(name, true)} {
			if text, bad := decode(t, set, raw...); text != name || bad >= 0 {
				t.Errorf("%s in %s: % x, back %q, bad %d", name, set, raw, text, bad)
			}
		}
	}
}

func TestDecoders(t *testing.T) {
	for _, c := range []struct {
		name, set, raw, want string
		bad                  int
	}{
		{"euro in gbk", charset.GBK, "\x80", "€", -1},
		{"euro in gb18030", charset.GB18030, "a\xA2\xE3", "a€", -1},
		{"0x80 in gb18030", charset.GB18030, "a\x80b", "a", 1},
		{"ff", charset.GB18030, "12345678\xFF", "12345678", 8},
		{"four bytes in gbk", charset.GBK, "\x95\x34\xB2\x35", "", 0},
		{"user zone", charset.GBK, "ab\xF8\xA1", "ab\uE234", -1},
		{"cut pair", charset.GB18030, "a\xD5", "a", 1},
		{"cut four bytes", charset.GB18030, "a\x95\x34\xB2", "a", 1},
		{"sent replacement", charset.GB18030, "\x84\x31\xA4\x37\xAA\xA1", "\uFFFD\uE000", -1},
		{"dot of names", charset.GB2312, "\xA1\xA4", "·", -1},
		{"level 1", charset.GB2312, "\xB0\xA1\xD7\xF9", "啊座", -1},
		{"behind level 1", charset.GB2312, "\xD7\xFA", "", 0},
		{"of gbk, not of gb2312", charset.GB2312, "\xB0\xA1\x81\x40", "啊", 2},
		{"big5", charset.Big5, "a\xA4\xA4\xA4\xE5", "a中文", -1},
		{"big5 letter with accent", charset.Big5, "\x88\x62", "Ê̄", -1},
		{"big5 unassigned", charset.Big5, "\xA4\xA4\x81\x40", "中", 2},
		{"big5 cut", charset.Big5, "\xA4", "", 0},
		{"utf-8", charset.UTF8, "王𠮷\uFFFD", "王𠮷\uFFFD", -1},
		{"surrogate in utf-8", charset.UTF8, "a\xED\xA0\x80", "a", 1},
		{"cut utf-8", charset.UTF8, "王\xE7\x8E", "王", 3},
		{"utf-16 with mark", charset.UTF16, "\xFE\xFF\x73\x8B", "王", -1},
		{"utf-16 without", charset.UTF16, "\x73\x8B", "", 0},
		{"lone surrogate", charset.UTF16LE, "a\x00\x00\xD8b\x00", "a", 2},
		{"cut utf-16", charset.UTF16BE, "\x00a\xD8\x40\xDC", "a", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			if text, bad := decode(t, c.set, []byte(c.raw)...); text != c.want || bad != c.bad {
				t.Errorf("text %q, bad %d; want %q, %d", text, bad, c.want, c.bad)
			}
		})
	}
}

// TestGB2312Count counts the characters of GB/T 2312: 682 signs and 6,763 Chinese characters.
func TestGB2312Count(t *testing.T) {
	signs, han := 0, 0
	for b1 := range 0x100 {
		for b2 := range 0x100 {
			if _, bad := decode(t, charset.GB2312, byte(b1), byte(b2)); bad >= 0 || b1 < 0x80 {
				continue
			}
			if b1 < 0xB0 {
				signs++
			} else {
				han++
			}
		}
	}
	if signs != 682 || han != 6763 {
		t.Errorf("%d signs and %d Chinese characters", signs, han)
	}
}

func TestCheck(t *testing.T) {
	for _, name := range charset.Names() {
		if err := charset.Check(name); err != nil {
			t.Error(err)
		}
	}
	for name, want := range map[string]string{
		"UTF8": "did you mean utf-8?", "cp936": "did you mean gbk?", "GB-18030": "did you mean gb18030?", "unicode": "did you mean utf-16le?",
		"latin1": `"latin1", want one of utf-8, gb18030, gbk, gb2312, big5, utf-16, utf-16le, utf-16be`,
	} {
		if err := charset.Check(name); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	raw, _ := charset.AppendGB18030(nil, []byte("赵𬱖,390101196504300012,1965-04-30,某省某市某区,试\uE863"))
	dst := make([]byte, 0, 4*len(raw)+64)
	for _, set := range []string{charset.GB18030, charset.UTF8} {
		d := charset.NewDecoder(set)
		if n := testing.AllocsPerRun(100, func() { _, _ = d.Append(dst, raw) }); n > 0 {
			t.Errorf("%s: %v allocations", set, n)
		}
	}
}

// TestInvalid holds what is UTF-8 to the standard library: all sequences of four bytes that
// begin or end a range of the encoding, at places where vectors of 16 and 32 bytes meet.
func TestInvalid(t *testing.T) {
	edges := []byte{0, 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE6, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF}
	for _, pad := range []string{"", "abc", "39010119650430123,赵小明某", strings.Repeat("某", 10), strings.Repeat("某", 21) + "x"} {
		for _, after := range []string{"", ",1965-04-30,甲市乙区丙街道12号,1390000"} {
			b := []byte(pad + "...." + after)
			for i := range len(edges) * len(edges) * len(edges) * len(edges) {
				for j, n := 0, i; j < 4; j, n = j+1, n/len(edges) {
					b[len(pad)+j] = edges[n%len(edges)]
				}
				if bad := charset.Invalid(b); bad < 0 != utf8.Valid(b) || bad >= 0 && (!utf8.Valid(b[:bad]) || utf8.Valid(b[:bad+1])) {
					t.Fatalf("% x: first bad byte %d", b, bad)
				}
			}
		}
	}
}
