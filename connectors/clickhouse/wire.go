package clickhouse

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"jiku/schemas"
)

// wire reads an answer of the engine. Columns decode straight out of its buffer: a block has
// some 300,000 strings, and a call and a copy for the length and the bytes of each took a
// third of the time of a scan.
type wire struct {
	src      io.Reader
	buf      []byte
	from, to int
}

const wireBytes = 256 << 10

func newWire(src io.Reader) *wire { return &wire{src: src, buf: make([]byte, wireBytes)} }

// need has n bytes in the buffer, which grows if it must.
func (w *wire) need(n int) error {
	if w.to-w.from >= n {
		return nil
	}
	w.to = copy(w.buf, w.buf[w.from:w.to])
	w.from = 0
	if n > len(w.buf) {
		w.buf = append(w.buf, make([]byte, n-len(w.buf))...)
	}
	for w.to < n {
		m, err := w.src.Read(w.buf[w.to:])
		w.to += m
		if err != nil && w.to < n {
			if err == io.EOF && w.to > 0 {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
	}
	return nil
}

// raw is the next n bytes, which are valid until the next call.
func (w *wire) raw(n int) ([]byte, error) {
	if err := w.need(n); err != nil {
		return nil, err
	}
	w.from += n
	return w.buf[w.from-n : w.from], nil
}

// uvarint is the next number, of ten bytes at most.
func (w *wire) uvarint() (int, error) {
	for n := 1; ; n++ {
		if err := w.need(n); err != nil {
			return 0, err
		}
		if v, k := binary.Uvarint(w.buf[w.from:w.to]); k > 0 {
			w.from += k
			return int(v), nil
		} else if k < 0 || n >= binary.MaxVarintLen64 {
			return 0, fmt.Errorf("decode number: it has more than 64 bits")
		}
	}
}

func (w *wire) word() (uint64, error) {
	b, err := w.raw(8)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(b), nil
}

// text appends the next string to an arena, piece by piece where it is long.
func (w *wire) text(arena []byte) ([]byte, error) {
	n, err := w.uvarint()
	if err != nil {
		return arena, err
	}
	if n < 0 {
		return arena, fmt.Errorf("decode text: length %d", n)
	}
	for n > 0 {
		piece := min(n, len(w.buf))
		b, err := w.raw(piece)
		if err != nil {
			return arena, err
		}
		arena = append(arena, b...)
		n -= piece
	}
	return arena, nil
}

// texts appends strings to an arena, and the end of each to ends.
func (w *wire) texts(arena []byte, ends []uint32, rows int) ([]byte, []uint32, error) {
	ends = slices.Grow(ends, rows)
	for range rows {
		// Nearly all strings are shorter than 128 bytes and in the buffer already.
		if at := w.from; at < w.to && w.buf[at] < 0x80 && w.to-at > int(w.buf[at]) {
			size, end := int(w.buf[at]), len(arena)
			w.from = at + 1 + size
			if size <= schemas.Piece && cap(arena)-end >= schemas.Piece && len(w.buf)-at > schemas.Piece {
				schemas.CopyPiece(arena[end:end+schemas.Piece], w.buf[at+1:])
				arena = arena[:end+size]
			} else {
				arena = append(arena, w.buf[at+1:w.from]...)
			}
		} else {
			var err error
			if arena, err = w.text(arena); err != nil {
				return arena, ends, err
			}
		}
		ends = append(ends, uint32(len(arena)))
	}
	return arena, ends, nil
}

// named is a column of a block with its name.
type named struct {
	name string
	column
}

// decodeBlocks reads the blocks of an answer into columns and calls next after each.
func decodeBlocks(body io.Reader, cols []named, next func(rows int) error) error {
	tail := &tailReader{r: body}
	r := newWire(tail)
	for {
		err := r.need(1)
		if err == io.EOF {
			return nil // The blocks ended.
		}
		rows := 0
		if err == nil {
			rows, err = r.block(cols)
		}
		if err != nil {
			if e := tail.exception(); e != nil {
				return e
			}
			if severed(err) != nil {
				return redact(err)
			}
			return fmt.Errorf("decode block: %w", err)
		}
		if rows == 0 {
			continue
		}
		if err := next(rows); err != nil {
			return err
		}
	}
}

// block reads one block: columns and rows, and each column with its name and type.
func (w *wire) block(cols []named) (int, error) {
	n, err := w.uvarint()
	if err != nil {
		return 0, err
	}
	rows, err := w.uvarint()
	if err != nil {
		return 0, err
	}
	if n != len(cols) {
		return 0, fmt.Errorf("%d columns, want %d", n, len(cols))
	}
	for _, c := range cols {
		if err := w.column(c, rows); err != nil {
			return 0, fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	return rows, nil
}

func (w *wire) column(c named, rows int) error {
	for _, want := range []string{c.name, string(c.Type())} {
		got, err := w.text(nil)
		if err != nil {
			return err
		}
		if string(got) != want {
			return fmt.Errorf("its name or type is not %s", want)
		}
	}
	if rows == 0 {
		return nil
	}
	if s, ok := c.column.(interface{ decodeState(w *wire) error }); ok {
		if err := s.decodeState(w); err != nil {
			return err
		}
	}
	return c.decode(w, rows)
}
