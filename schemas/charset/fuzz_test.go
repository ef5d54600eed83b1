package charset_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"jiku/schemas/charset"
)

// FuzzDecode checks of every encoding: no panic; the text is UTF-8; the same twice; what was
// decoded before the first bad byte decodes alone; cut anywhere between characters, the
// pieces give the whole.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "a", "\xD5\xD4,1\n", "\x95\x34\xB2\x35", "\xAA\xA1\xFE\x51\xA8\xBC", "\x84\x31\x82\x36", "\x80\xFF", "\xE6\x9F\x90",
		"\xFF\xFEa\x00", "\xFE\xFF\xD8\x40\xDC\x4D", "\x88\x62", "12345678\xD5\xD412345678"} {
		f.Add([]byte(s), uint(3))
	}
	f.Fuzz(func(t *testing.T, raw []byte, at uint) {
		for _, name := range charset.Names() {
			d := charset.NewDecoder(name)
			text, bad := d.Append(nil, raw)
			if !utf8.Valid(text) || bad > 0 && bad >= len(raw) {
				t.Fatalf("%s: % x: text %q, bad %d", name, raw, text, bad)
			}
			again, badAgain := d.Append([]byte("x"), raw)
			if badAgain != bad || string(again) != "x"+string(text) {
				t.Fatalf("%s: % x: %q then %q", name, raw, text, again)
			}
			good := raw
			if bad >= 0 {
				good = raw[:bad]
			}
			if name != charset.UTF16 {
				checkPieces(t, name, good, text, int(at%uint(len(good)+1)))
			}
		}
	})
}

// checkPieces decodes up to a cut, and from the character on that the cut went through.
func checkPieces(t *testing.T, name string, good, text []byte, cut int) {
	d := charset.NewDecoder(name)
	head, bad := d.Append(nil, good[:cut])
	if bad < 0 {
		bad = cut
	}
	if cut-bad >= utf8.UTFMax {
		t.Fatalf("%s: % x: cut at %d, it stops at %d", name, good, cut, bad)
	}
	whole, rest := d.Append(head, good[bad:])
	if rest >= 0 || !bytes.Equal(whole, text) {
		t.Fatalf("%s: % x cut at %d: %q, at once %q", name, good, cut, whole, text)
	}
}

// FuzzEncode checks that every UTF-8 text comes back from GB 18030, the private-use characters
// that the standard gave away as what they stand for.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", "赵𬱖", "\uE78D\uE81E\uE816", "\uFFFD\x80", "ḿ\uE7C7", "é€"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw, bad := charset.AppendGB18030(nil, []byte(text))
		if (bad >= 0) == utf8.ValidString(text) {
			t.Fatalf("%q: bad %d", text, bad)
		}
		if bad >= 0 {
			text = text[:bad]
		}
		var want []byte
		for _, r := range text {
			if s, ok := charset.Standard(r); ok && s < 0x10000 {
				r = s
			}
			want = utf8.AppendRune(want, r)
		}
		if back, bad := charset.NewDecoder(charset.GB18030).Append(nil, raw); bad >= 0 || !bytes.Equal(back, want) {
			t.Fatalf("%q: % x: back %q, bad %d", text, raw, back, bad)
		}
	})
}

// FuzzReader reads UTF-16 whole, byte by byte and into small buffers, and compares the text
// and the offsets with decoding at once.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"", "a", "a\x00", "\x00\xD8", "\x00\xD8\x00\xDC", "\x00\xD8a\x00", "a\x00\xFE\xFFb\x00", "\x4D\xD8\x4D\xDC\x0A\x00a"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, big bool) {
		whole, err := io.ReadAll(charset.NewReader(bytes.NewReader(raw), big, 0))
		for _, src := range []io.Reader{iotest.OneByteReader(charset.NewReader(bytes.NewReader(raw), big, 0)),
			charset.NewReader(iotest.OneByteReader(bytes.NewReader(raw)), big, 0), charset.NewReader(iotest.DataErrReader(bytes.NewReader(raw)), big, 0)} {
			pieces, errPieces := io.ReadAll(src)
			if !bytes.Equal(pieces, whole) || (err == nil) != (errPieces == nil) || err != nil && err.Error() != errPieces.Error() {
				t.Fatalf("% x: %q, %v; at once %q, %v", raw, pieces, errPieces, whole, err)
			}
		}
		n := charset.UTF16Len(whole)
		switch {
		case err == nil && n != uint64(len(raw)), errors.Is(err, io.ErrUnexpectedEOF) && n != uint64(len(raw)-1):
			t.Fatalf("% x: %d bytes, want %d (%v)", raw, n, len(raw), err)
		case err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, charset.ErrOrder):
			t.Fatalf("% x: %v", raw, err)
		}
		name := charset.UTF16LE
		if big {
			name = charset.UTF16BE
		}
		if text, bad := charset.NewDecoder(name).Append(nil, raw); bad < 0 && err == nil && !bytes.Equal(text, whole) {
			t.Fatalf("% x: %q, at once %q", raw, whole, text)
		}
	})
}

// FuzzUndo checks that what is turned around leads back to exactly the text, and that a
// trace always can be turned around.
func FuzzUndo(f *testing.F) {
	for _, s := range []string{"鑻忓窞", "Ã¥", "ËÕÖÝ", "锟斤拷", "", "赵\xFF", "\uE81E\uE000é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		way := charset.Trace([]byte(text))
		if _, ok := charset.Undo(nil, []byte(text), way); way != "" && !ok {
			t.Fatalf("%q: %s, but it cannot be undone", text, way)
		}
		for _, way := range charset.Ways() {
			out, ok := charset.Undo([]byte("x"), []byte(text), way)
			if !ok && string(out) != "x" || ok && !utf8.Valid(out) {
				t.Fatalf("%q: %s: %q, %t", text, way, out, ok)
			}
			if !ok || way == charset.UTF8AsLatin1 || way == charset.GB18030AsLatin1 {
				continue
			}
			if back, bad := charset.NewDecoder(charset.GB18030).Append(nil, out[1:]); bad >= 0 || string(back) != text {
				t.Fatalf("%q: %s gives %q, and that gives %q", text, way, out, back)
			}
		}
		_, _ = charset.Sniff(bytes.NewReader([]byte(text)))
		_ = charset.Lost([]byte(text))
	})
}
