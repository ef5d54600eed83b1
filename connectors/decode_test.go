package connectors

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas/charset"
)

func toUTF16(text string, big bool) []byte {
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

func TestRowDecoders(t *testing.T) {
	for _, c := range []struct {
		name, set, raw, want string
		bad                  int
	}{
		{"rare names", charset.GB18030, "\xfe\x9f\x95\x34\xb2\x35", "䶮𠮷", -1},
		{"user zone and moved", charset.GB18030, "\xaa\xa1\xa8\xbc", "\uE000\u1E3F", -1},
		{"cut", charset.GBK, "a\xd5", "", 1},
		{"utf-8 of four characters in gbk", charset.GBK, "a,某省某市", "", 2},
		{"utf-8 of two could be either", charset.GBK, "a,王伟", "a,鐜嬩紵", -1},
		{"utf-8", charset.UTF8, "王𠮷", "王𠮷", -1},
		{"surrogate of utf-16", charset.UTF16LE, "a\xed\xa0\x80", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, bad := newDecoder(c.set).decode([]byte(c.raw))
			if bad != c.bad || bad < 0 && string(text) != c.want {
				t.Errorf("text %q, bad %d; want %q, %d", text, bad, c.want, c.bad)
			}
		})
	}
}

// FuzzGB18030 checks that a row is either text without losses or bad, for every wide encoding.
func FuzzGB18030(f *testing.F) {
	for _, s := range []string{"", "\xd5\xd4", "\x84\x31\xa4\x37", "\xaa\xa1", "a\x80\xff", "\x95\x34\xb2\x35"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, name := range []string{charset.GB18030, charset.GBK, charset.GB2312, charset.Big5} {
			text, bad := newDecoder(name).decode(raw)
			if bad >= len(raw) && bad > 0 || bad < 0 && !utf8.Valid(text) {
				t.Errorf("%s: % x: text %q, bad %d", name, raw, text, bad)
			}
		}
	})
}

// framesUTF16 reads the rows of UTF-16 from an offset on.
func framesUTF16(src io.Reader, at uint64, limit, buffer int) ([]frame, error) {
	f := newFramer(charset.NewReader(src, true, at), dialect{delimiter: ',', quote: '"', units: true}, limit)
	f.buf, f.base = make([]byte, buffer), at
	var out []frame
	for {
		var fr frame
		if !f.next(&fr) {
			return out, f.err
		}
		fr.raw = bytes.Clone(fr.raw)
		out = append(out, fr)
	}
}

// TestUTF16Positions draws files of UTF-16 and reads them whole, in pieces, and from each row
// on: positions are offsets in the file, and the bytes there are the row's.
func TestUTF16Positions(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aé王𠮷,\"\"\n\n\r")), 0, 60, -1).Draw(r, "text")
		file := toUTF16(text, true)
		utf8Rows, _ := frames(strings.NewReader(text), comma, 1<<20, frameBuffer)
		whole, err := framesUTF16(bytes.NewReader(file), 0, 1<<20, frameBuffer)
		if err != io.EOF || len(whole) != len(utf8Rows) {
			r.Fatalf("%d rows, %v; as UTF-8 %d", len(whole), err, len(utf8Rows))
		}
		for i, w := range whole {
			if !bytes.Equal(w.raw, utf8Rows[i].raw) || w.line != utf8Rows[i].line {
				r.Fatalf("row %d: %q at line %d, as UTF-8 %q", i, w.raw, w.line, utf8Rows[i].raw)
			}
			if !bytes.HasPrefix(file[w.position:], toUTF16(string(w.raw), true)) {
				r.Fatalf("row %d is not at %d", i, w.position)
			}
			rest, _ := framesUTF16(bytes.NewReader(file[w.position:]), w.position, 1<<20, 64)
			if len(rest) != len(whole)-i || rest[0].position != w.position {
				r.Fatalf("from row %d on: %d rows, the first at %d", i, len(rest), rest[0].position)
			}
		}
		pieces, _ := framesUTF16(iotest.OneByteReader(bytes.NewReader(file)), 0, 1<<20, 4)
		if !slices.EqualFunc(whole, pieces, sameFrame) {
			r.Fatalf("in pieces %v, at once %v", pieces, whole)
		}
		short, _ := framesUTF16(iotest.OneByteReader(bytes.NewReader(file)), 0, 8, 8)
		for i, s := range short {
			if s.position != whole[i].position || s.line != whole[i].line {
				r.Fatalf("row %d with a limit at %d line %d, want %d line %d", i, s.position, s.line, whole[i].position, whole[i].line)
			}
		}
	})
}

// TestUTF16TooLong checks the range of a row that is not kept: bytes of the file.
func TestUTF16TooLong(t *testing.T) {
	for name, rest := range map[string]string{"in the buffer": "王王王王王王\n", "beyond it": strings.Repeat("王", 60_000) + "\r\n"} {
		t.Run(name, func(t *testing.T) {
			file := toUTF16("a\n"+rest+"b\n", true)
			got, _ := framesUTF16(bytes.NewReader(file), 0, 8, 16)
			end := len(file) - len("b\n")*2 - len("\n")*2 - 2*strings.Count(rest, "\r")
			if want := "bytes 4 to " + strconv.Itoa(end); len(got) != 3 || len(got[1].bad) != 1 || !strings.HasPrefix(got[1].bad[0].Detail, want+",") {
				t.Fatalf("%d rows, the second %v; want %s", len(got), got[1].bad, want)
			}
			if want := uint64(len(file) - 4); got[2].position != want {
				t.Errorf("the row behind it at %d, want %d", got[2].position, want)
			}
		})
	}
}

// TestGB18030Positions reads GB18030 from each row on: no trail byte is a line end, so a row's
// offset is a place to begin at.
func TestGB18030Positions(t *testing.T) {
	d := dialect{delimiter: '|', quote: '"', wide: true}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("a王𬱖|\"\"\n\n亅丂")), 0, 60, -1).Draw(r, "text")
		file, _ := charset.AppendGB18030(nil, []byte(text))
		whole, _ := frames(bytes.NewReader(file), d, 1<<20, frameBuffer)
		for i, w := range whole {
			rest, _ := frames(iotest.HalfReader(bytes.NewReader(file[w.position:])), d, 1<<20, 8)
			if len(rest) != len(whole)-i || !bytes.Equal(rest[0].raw, w.raw) {
				r.Fatalf("from row %d on: %d rows of %d", i, len(rest), len(whole))
			}
		}
	})
}

// TestMarkInTheMiddle checks that a quote behind a byte order mark opens a cell, as where two
// files were joined.
func TestMarkInTheMiddle(t *testing.T) {
	got, _ := frames(strings.NewReader("a,b\n\ufeff\"1\n2\",3\n"), comma, 1<<10, 8)
	var raws []string
	for _, f := range got {
		raws = append(raws, string(f.raw))
	}
	if diff := cmp.Diff([]string{"a,b", "\ufeff\"1\n2\",3"}, raws); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
