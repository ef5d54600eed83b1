package connectors

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"jiku/schemas/charset"
)

// headBytes is how much of the start of a file is held against the declared encoding.
const headBytes = 64 << 10

var utf8BOM = []byte(charset.Mark(charset.UTF8))

// checkStart refuses a file whose start contradicts the declared encoding, skips the byte
// order mark, and sets up what UTF-16 needs. Nothing here chooses an encoding: what is
// found is compared and told.
func (l *lines) checkStart(t *text, op, location string, start []byte) error {
	mark := charset.FindMark(start)
	size := len(charset.Mark(mark))
	if isUTF16(l.encoding) {
		return l.startUTF16(t, op, location, start)
	}
	switch found := charset.FindUTF16(start); {
	case mark == l.encoding:
		t.r += size
	case mark == charset.UTF16LE, mark == charset.UTF16BE:
		return l.contradicts(op, location, contradiction{faultUTF16, mark, "the byte order mark of " + mark})
	case mark != "":
		return l.contradicts(op, location, contradiction{faultMark, mark, "the byte order mark of " + mark})
	case found != "":
		return l.contradicts(op, location, contradiction{faultUTF16, found, found + " without a byte order mark"})
	case wide(l.encoding) && l.encoding != charset.Big5:
		return l.notUTF8(op, location, start)
	}
	return nil
}

// contradiction is what a file begins with instead: an encoding, and how it shows.
type contradiction struct {
	fault     *Fault
	name, how string
}

// contradicts is the error of a file that is in another encoding than the declared one.
func (l *lines) contradicts(op, location string, c contradiction) *Error {
	e := l.malformed(op, location, c.fault, fmt.Errorf("declared as %s, found %s at byte 0 (line 1)", l.encoding, c.how))
	e.Hint = fmt.Sprintf("set encoding: %s, or ask the department for %s", c.name, l.encoding)
	return e.at("第 0 字节，第 1 行，声明的编码是 %s", l.encoding)
}

// notUTF8 refuses a file declared as a GB encoding whose start can only be UTF-8. Rows with an
// odd number of Chinese characters would be refused one by one, the others become mojibake.
func (l *lines) notUTF8(op, location string, start []byte) error {
	start = start[:bytes.LastIndexByte(start, '\n')+1]
	at := charset.UTF8Evidence(start)
	if at < 0 {
		return nil
	}
	line := bytes.Count(start[:at], []byte("\n")) + 1
	e := l.malformed(op, location, faultUTF8, fmt.Errorf("declared as %s, found utf-8 at byte %d (line %d)", l.encoding, at, line))
	e.Hint = fmt.Sprintf("set encoding: %s, or ask the department for %s", charset.UTF8, l.encoding)
	return e.at("第 %d 字节，第 %d 行，声明的编码是 %s", at, line, l.encoding)
}

// startUTF16 finds the byte order, by the mark or the declaration, and has the file read as
// UTF-8 from there on.
func (l *lines) startUTF16(t *text, op, location string, start []byte) error {
	mark, order := charset.FindMark(start), l.encoding
	marked := mark == charset.UTF16LE || mark == charset.UTF16BE
	zeros := charset.FindUTF16(start)
	switch {
	case mark != "" && !marked:
		return l.contradicts(op, location, contradiction{faultMark, mark, "the byte order mark of " + mark})
	case marked && order == charset.UTF16:
		order = mark
	case marked && order != mark:
		return l.contradicts(op, location, contradiction{faultOrder, mark, "the byte order mark of " + mark})
	case bytes.IndexByte(start, 0) < 0 && !marked:
		return l.contradicts(op, location, contradiction{faultNotUTF16, "utf-8 or gb18030", "text without a zero byte"})
	case order == charset.UTF16:
		e := l.malformed(op, location, faultNoMark, fmt.Errorf("declared as %s, found no byte order mark", order))
		if zeros != "" {
			e.Hint = "set encoding: " + zeros
		}
		return e
	case zeros != "" && zeros != order:
		return l.contradicts(op, location, contradiction{faultOrder, zeros, zeros})
	}
	t.bigEndian = order == charset.UTF16BE
	skip := uint64(0)
	if marked {
		skip = uint64(len(mark16))
	}
	raw := io.MultiReader(strings.NewReader(string(t.buf[t.r+int(skip):t.w])), t.stream)
	t.framer = newFramer(t.decoded(raw, skip), l.dialect, l.stream.MaxRowBytes)
	t.base = skip
	return nil
}

// mark16 is as long as a byte order mark of UTF-16.
const mark16 = "\xFF\xFE"

// decoded is a file, from the offset at on, as the framer reads it.
func (t *text) decoded(src io.Reader, at uint64) io.Reader {
	if !t.units {
		return src
	}
	return charset.NewReader(src, t.bigEndian, at)
}

// proposed is the hint for a file that contradicts its declaration: what the whole file is, if
// that can be told, otherwise the hint as it is. It reads the file to its end, for people.
func (l *lines) proposed(ctx context.Context, location, hint string) string {
	s, err := l.open(ctx, location, l.stream.compression(location), 0)
	if err != nil {
		return hint
	}
	defer s.Close()
	guess, err := charset.Sniff(s)
	if err != nil || guess.Name == "" || guess.Name == l.encoding {
		return hint
	}
	return fmt.Sprintf("set encoding: %s (%s), or ask the department for %s", guess.Name, guess.Reason, l.encoding)
}
