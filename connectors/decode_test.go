package connectors

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestGB18030LosesNothing decodes every two-byte unit: it gives a character that encodes
// back, or the row is bad. U+FFFD never comes out silently.
func TestGB18030LosesNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		set  charset
	}{{"gb18030", newGB18030()}, {"gbk", newGBK()}} {
		t.Run(c.name, func(t *testing.T) {
			refused := 0
			for b1 := 0x81; b1 <= 0xfe; b1++ {
				for b2 := range 0x100 {
					raw := []byte{'x', byte(b1), byte(b2)}
					text, bad := c.set.decode(raw)
					if bad >= 0 {
						refused++
						if bad != 1 {
							t.Fatalf("% x: bad at %d, want 1", raw, bad)
						}
						continue
					}
					back, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
					if b1 == 0xa3 && b2 == 0xa0 {
						continue // A second way to write the ideographic space.
					}
					if err != nil || len(text) < 3 || string(back) != string(raw) {
						t.Fatalf("% x: decodes to %q, which encodes to % x (%v)", raw, text, back, err)
					}
				}
			}
			// 256 second bytes less the 190 trail bytes 40–7E and 80–FE are refused in any
			// case, and the 2,067 positions that x/text has no character for.
			if want := 126*(256-190) + 2067; refused != want {
				t.Errorf("%d of %d units refused, want %d", refused, 126*256, want)
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	for _, c := range []struct {
		name, set, raw, want string
		bad                  int
	}{
		{"rare names", gb18030Name, "\xfe\x9f\x95\x34\xb2\x35", "䶮𠮷", -1},
		{"euro", gbkName, "\x80", "€", -1},
		{"four bytes in gbk", gbkName, "\x95\x34\xb2\x35", "", 0},
		{"user zone", gb18030Name, "ab\xf8\xa1", "", 2},
		{"moved by the edition of 2005", gb18030Name, "\xa8\xbc", "", 0},
		{"cut character", gb18030Name, "a\xd5", "", 1},
		{"cut four bytes", gb18030Name, "a\x95\x34\xb2", "", 1},
		{"ff", gb18030Name, "12345678\xff", "", 8},
		{"sent replacement, then a loss", gb18030Name, "\x84\x31\xa4\x37\xaa\xa1", "", 4},
		{"utf-8", utf8Name, "王𠮷\uFFFD", "王𠮷\uFFFD", -1},
		{"surrogate in utf-8", utf8Name, "a\xed\xa0\x80", "", 1},
		{"cut utf-8", utf8Name, "王\xe7\x8e", "", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, bad := newCharset(c.set).decode([]byte(c.raw))
			if bad != c.bad || bad < 0 && string(text) != c.want {
				t.Errorf("text %q, bad %d; want %q, %d", text, bad, c.want, c.bad)
			}
		})
	}
}

// FuzzGB18030 checks that a row is either text without losses or bad.
func FuzzGB18030(f *testing.F) {
	for _, s := range []string{"", "\xd5\xd4", "\x84\x31\xa4\x37", "\xaa\xa1", "a\x80\xff", "\x95\x34\xb2\x35"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, c := range []*gbCharset{newGB18030(), newGBK()} {
			text, bad := c.decode(raw)
			if bad >= len(raw) && bad > 0 || bad < 0 && !utf8.Valid(text) {
				t.Errorf("% x: text %q, bad %d", raw, text, bad)
			}
		}
	})
}
