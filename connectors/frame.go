package connectors

import (
	"bytes"
	"io"

	"jiku/schemas"
	"jiku/schemas/charset"
)

const frameBuffer = 256 << 10

// dialect is what finding the ends of rows needs to know.
type dialect struct {
	delimiter byte
	// quote may enclose cells, so that they hold delimiters and line ends; 0 is none.
	quote byte
	// wide is set for GB18030 and the like, whose second bytes may look like a delimiter.
	wide bool
	// units is set for UTF-16, which is framed as UTF-8: positions are counted in units.
	units bool
}

// frame is one row as it stands in the file, valid until the next.
type frame struct {
	position uint64
	line     uint64
	// raw is the row without its line end; the first 64 KiB of a row that is too long.
	raw []byte
	// quoted is set when the row has a quote.
	quoted bool
	// open is set when the file ended before the row did.
	open bool
	bad  []schemas.Reason
}

// framer cuts a stream into rows. A row ends at a line feed outside quotes, with a carriage
// return before it or not; a lone carriage return is data. Lines without a byte are no rows.
// Memory is bounded by max, whatever the input.
type framer struct {
	dialect
	src io.Reader
	max int
	// buf[r:w] is read and not yet handed out; base is the offset of buf[0] in the stream.
	buf  []byte
	r, w int
	base uint64
	// skew is how much longer the bytes before r were as delivered: see take.
	skew int64
	// line counts the lines before r.
	line uint64
	// nextQuote is the index of the first quote at or after some index that was asked for,
	// or w if there was none up to w; it saves looking at every row.
	nextQuote int
	// err is why the stream ended; io.EOF is a regular end.
	err error
}

func newFramer(src io.Reader, d dialect, limit int) *framer {
	return &framer{dialect: d, src: src, max: limit, buf: make([]byte, frameBuffer), nextQuote: -1}
}

// offset is the offset of the next byte that next will look at.
func (f *framer) offset() uint64 { return f.base + uint64(f.r) + uint64(f.skew) }

// delivered is how many bytes a piece of the stream had in the file.
func (f *framer) delivered(b []byte) uint64 {
	if f.units {
		return charset.UTF16Len(b)
	}
	return uint64(len(b))
}

// take goes on to the byte at index to.
func (f *framer) take(to int) {
	if f.units {
		b := f.buf[f.r:to]
		f.skew += int64(f.delivered(b)) - int64(len(b))
	}
	f.r = to
}

// peek gives up to n bytes without taking them.
func (f *framer) peek(n int) []byte {
	for f.w-f.r < n && f.fill() {
	}
	return f.buf[f.r:min(f.w, f.r+n)]
}

// next makes fr the next row, in place, since a copy of it costs as much as finding it. It ends
// with err set.
func (f *framer) next(fr *frame) bool {
	for {
		var st scan
		n, open := 0, false
		end := f.find(&st, n)
		for end < 0 {
			n = f.w - f.r
			if n > f.max+len("\r") {
				return f.long(&st, fr)
			}
			if f.fill() {
				end = f.find(&st, n)
				continue
			}
			if f.err != io.EOF || n == 0 {
				return false
			}
			end, open = n, true
		}
		fr.position, fr.line, fr.quoted, fr.open, fr.bad = f.offset(), f.line+1, st.slow, open, nil
		fr.raw = bytes.TrimSuffix(f.buf[f.r:f.r+end:f.r+end], []byte("\r"))
		f.line++
		if st.slow {
			f.line += uint64(bytes.Count(fr.raw, []byte("\n")))
		}
		f.take(min(f.r+end+1, f.w))
		if len(fr.raw) == 0 {
			continue
		}
		if st.state == inQuotes {
			fr.bad = []schemas.Reason{unclosed}
		}
		if len(fr.raw) > f.max {
			d := digestOf(fr.raw)
			d.bytes = f.delivered(fr.raw)
			fr.raw, fr.bad = fr.raw[:min(longHead, len(fr.raw))], append(fr.bad, tooLong(fr.position, &d))
		}
		return true
	}
}

// pass goes past rows that end before offset to, without a look at each, as far as there is
// no quote and the bytes are at hand. Of UTF-16 it passes none: its bytes are as many as were
// delivered only when they are taken.
func (f *framer) pass(to uint64) {
	if f.units || to <= f.offset() {
		return
	}
	end := f.r + int(min(to-f.offset(), uint64(f.w-f.r)))
	if f.quoteIn(f.r, end) {
		end = f.nextQuote
	}
	lines := f.buf[f.r : f.r+bytes.LastIndexByte(f.buf[f.r:end], '\n')+1]
	f.line += uint64(bytes.Count(lines, []byte("\n")))
	f.take(f.r + len(lines))
}

// fill reads more behind w, after moving what is left to the front; it reports whether
// there is more.
func (f *framer) fill() bool {
	if f.err != nil {
		return false
	}
	if f.nextQuote >= f.w {
		f.nextQuote = -1
	}
	if f.r > 0 {
		copy(f.buf, f.buf[f.r:f.w])
		f.base += uint64(f.r)
		f.nextQuote = max(f.nextQuote-f.r, -1)
		f.w -= f.r
		f.r = 0
	}
	if f.w == len(f.buf) {
		grown := make([]byte, min(2*len(f.buf), max(f.max, frameBuffer)+frameBuffer))
		copy(grown, f.buf[:f.w])
		f.buf = grown
	}
	for range 100 {
		n, err := f.src.Read(f.buf[f.w:])
		f.w += n
		f.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	f.err = io.ErrNoProgress
	return false
}

// The states of a row with quotes.
const (
	atCell   = iota // Before the first byte of a cell.
	inCell          // In a cell without quotes.
	inWide          // After the first byte of a wide character in such a cell.
	inQuotes        // In a quoted cell.
	atQuote         // After a quote in a quoted cell: its end, or the first of two.
)

// scan is how far a row is scanned. Rows without quotes, nearly all, stay out of the slow
// states.
type scan struct {
	slow  bool
	state uint8
}

// find is the index, from r, of the line feed that ends the row, or -1. The first n bytes
// are scanned already.
func (f *framer) find(st *scan, n int) int {
	if !st.slow {
		from := f.r + n
		end := bytes.IndexByte(f.buf[from:f.w], '\n')
		to := f.w
		if end >= 0 {
			to = from + end
		}
		if !f.quoteIn(from, to) {
			if end < 0 {
				return -1
			}
			return n + end
		}
		st.slow, n = true, 0
	}
	return f.findSlow(st, n)
}

func (f *framer) quoteIn(from, to int) bool {
	if f.quote == 0 {
		return false
	}
	if f.nextQuote < from {
		f.nextQuote = f.w
		if i := bytes.IndexByte(f.buf[from:f.w], f.quote); i >= 0 {
			f.nextQuote = from + i
		}
	}
	return f.nextQuote < to
}

func (f *framer) findSlow(st *scan, n int) int {
	b := f.buf[f.r:f.w]
	state := st.state
	if n == 0 && !f.wide && bytes.HasPrefix(b, utf8BOM) {
		n = len(utf8BOM) // Of a file that was joined: the quote behind it opens a cell.
	}
	for i := n; i < len(b); i++ {
		c := b[i]
		switch {
		case state == inQuotes:
			j := bytes.IndexByte(b[i:], f.quote)
			if j < 0 {
				i = len(b)
				continue
			}
			i += j
			state = atQuote
		case c == '\n':
			st.state = state
			return i
		case state == inWide && c >= 0x40:
			state = inCell
		case c == f.delimiter:
			state = atCell
		case c == f.quote && (state == atCell || state == atQuote):
			state = inQuotes
		case f.wide && isLead(c):
			state = inWide
		default:
			state = inCell
		}
	}
	st.state = state
	return -1
}
