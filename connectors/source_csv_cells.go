package connectors

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"

	"jiku/schemas"
)

// csvCells cuts rows into cells. Cells share the memory of the row or of an arena that is
// reused, so a row costs no allocation.
type csvCells struct {
	splitter
	decoder decoder
	// dest says which cell each delivered column becomes.
	dest  []int
	cells [][]byte
	// header is the row with the names as delivered, nil if there is none.
	header []byte
}

func newCSVCells(d dialect, c decoder, dest []int, columns int) *csvCells {
	return &csvCells{splitter: splitter{dialect: d}, decoder: c, dest: dest, cells: make([][]byte, columns)}
}

// parse fills the cells of a row; a bad row has none. A good row has all columns, so that
// nothing is left of the row before.
func (c *csvCells) parse(f *frame, row *schemas.Row) {
	row.Cells = c.cells
	if len(f.bad) == 0 {
		c.cut(f, row)
	}
	if len(row.Bad) > 0 {
		clear(c.cells)
	}
}

func (c *csvCells) cut(f *frame, row *schemas.Row) {
	if i := bytes.IndexByte(f.raw, 0); i >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowNUL, Detail: fmt.Sprintf("byte %d of the row", i)})
		return
	}
	if c.repeatsHeader(f.raw) {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowHeader})
		return
	}
	text, bad := c.decoder.decode(f.raw)
	if bad >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowEncoding, Detail: fmt.Sprintf("byte %d of the row", bad)})
		return
	}
	text = bytes.TrimPrefix(text, utf8BOM) // Of a file that was joined: it is no text.
	n, fault := 0, 0
	if f.quoted {
		n, fault = c.quotedCells(text)
	} else {
		n = c.plainCells(text)
	}
	if fault > 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowQuote, Detail: fmt.Sprintf("column %d has text after its closing quote", fault)})
	}
	if n != len(c.dest) {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowColumns, Detail: fmt.Sprintf("%d, want %d", n, len(c.dest))})
	}
}

// repeatsHeader reports whether a row is the header again, perhaps with the byte order mark
// of the file that it was the head of.
func (c *csvCells) repeatsHeader(raw []byte) bool {
	n := len(raw) - len(c.header)
	return c.header != nil && (n == 0 || n == len(utf8BOM)) && bytes.Equal(bytes.TrimPrefix(raw, utf8BOM), c.header)
}

// plainCells cuts a row without quotes and counts its cells. It looks for delimiters in eight
// bytes at once: cells are short, and a call for each costs more than the look.
func (c *csvCells) plainCells(text []byte) int {
	n, start, at := 0, 0, 0
	for ; at+8 <= len(text); at += 8 {
		for found := c.delimiters(binary.LittleEndian.Uint64(text[at:])); found != 0; found &= found - 1 {
			end := at + bits.TrailingZeros64(found)/8
			c.put(n, text[start:end:end])
			n, start = n+1, end+1
		}
	}
	for ; at < len(text); at++ {
		if text[at] == c.delimiter {
			c.put(n, text[start:at:at])
			n, start = n+1, at+1
		}
	}
	c.put(n, text[start:])
	return n + 1
}

// delimiters has the top bit of every byte of a word set that is a delimiter.
func (c *csvCells) delimiters(word uint64) uint64 {
	const ones, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	word ^= ones * uint64(c.delimiter)
	return ^((word&low + low) | word | low)
}

// put makes a piece of the row the cell of delivered column n.
func (c *csvCells) put(n int, cell []byte) {
	if n < len(c.dest) && c.dest[n] >= 0 {
		c.cells[c.dest[n]] = cell
	}
}

// quotedCells cuts a row with quotes; fault is the first column, from 1, that has text
// after its closing quote, or 0.
func (c *csvCells) quotedCells(text []byte) (n, fault int) {
	c.begin(text)
	for more := true; more; n++ {
		var cell []byte
		cell, text, more = c.cell(text)
		if c.spoilt && fault == 0 {
			fault = n + 1
		}
		c.put(n, cell)
	}
	return n, fault
}

// splitter takes cells off the front of a decoded row, by the same rules by which the
// framer finds its end.
type splitter struct {
	dialect
	// arena holds cells with doubled quotes.
	arena []byte
	// spoilt is set when the last cell has text after its closing quote.
	spoilt bool
}

func (s *splitter) begin(text []byte) {
	if cap(s.arena) < len(text) {
		s.arena = make([]byte, 0, 2*len(text))
	}
	s.arena = s.arena[:0]
}

// cell takes the first cell; more is false when it was the last.
func (s *splitter) cell(text []byte) (cell, rest []byte, more bool) {
	s.spoilt = false
	if s.quote == 0 || len(text) == 0 || text[0] != s.quote {
		return s.bare(text)
	}
	start := len(s.arena)
	from, at := 1, 1
	for {
		i := bytes.IndexByte(text[at:], s.quote)
		if i < 0 {
			// Open at the end of the file; the framer marks the row.
			return text[from:], nil, false
		}
		at += i + 1
		if at == len(text) || text[at] != s.quote {
			break
		}
		s.arena = append(s.arena, text[from:at]...)
		at++
		from = at
	}
	cell = text[from : at-1 : at-1]
	if len(s.arena) > start {
		s.arena = append(s.arena, cell...)
		cell = s.arena[start:len(s.arena):len(s.arena)]
	}
	if at < len(text) && text[at] != s.delimiter {
		s.spoilt = true
		_, rest, more = s.bare(text[at:])
		return cell, rest, more
	}
	if at == len(text) {
		return cell, nil, false
	}
	return cell, text[at+1:], true
}

func (s *splitter) bare(text []byte) (cell, rest []byte, more bool) {
	i := bytes.IndexByte(text, s.delimiter)
	if i < 0 {
		return text, nil, false
	}
	return text[:i:i], text[i+1:], true
}

// all takes every cell, in memory of their own; it is for headers.
func (s *splitter) all(text []byte, into *[][]byte) (fault int) {
	s.begin(text)
	for more := true; more; {
		var cell []byte
		cell, text, more = s.cell(text)
		*into = append(*into, bytes.Clone(cell))
		if s.spoilt && fault == 0 {
			fault = len(*into)
		}
	}
	return fault
}
