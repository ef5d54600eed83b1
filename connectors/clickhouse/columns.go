package clickhouse

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/schemas"
)

// column is what a Native block is made of and read into.
type column interface {
	proto.ColInput
	// decode replaces what the column has by the next rows.
	decode(w *wire, rows int) error
}

// textColumn is a String column over Texts.
type textColumn struct{ t *schemas.Texts }

func (c textColumn) Type() proto.ColumnType      { return proto.ColumnTypeString }
func (c textColumn) Rows() int                   { return c.t.Len() }
func (c textColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c textColumn) EncodeColumn(b *proto.Buffer) {
	text, at := c.t.Bytes, len(b.Buf)
	buf := room(b, len(text)+binary.MaxVarintLen32*c.t.Len()+schemas.Piece)
	start := 0
	for _, e := range c.t.Ends {
		end := int(e)
		if size := end - start; size < 0x80 {
			buf[at] = byte(size)
			at++
		} else {
			at += binary.PutUvarint(buf[at:], uint64(size))
		}
		if end-start <= schemas.Piece && start+schemas.Piece <= len(text) {
			schemas.CopyPiece(buf[at:], text[start:])
		} else {
			copy(buf[at:], text[start:end])
		}
		at, start = at+end-start, end
	}
	b.Buf = buf[:at]
}

// room is a buffer with n bytes more, which the caller writes.
func room(b *proto.Buffer, n int) []byte {
	return slices.Grow(b.Buf, n)[:len(b.Buf)+n]
}

func (c textColumn) decode(w *wire, rows int) (err error) {
	c.t.Bytes, c.t.Ends, err = w.texts(c.t.Bytes[:0], c.t.Ends[:0], rows)
	return err
}

// fixedTextColumn is a String column of n bytes a row over one flat slice.
type fixedTextColumn struct {
	b *[]byte
	n int
}

func (c fixedTextColumn) Type() proto.ColumnType      { return proto.ColumnTypeString }
func (c fixedTextColumn) Rows() int                   { return len(*c.b) / c.n }
func (c fixedTextColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c fixedTextColumn) EncodeColumn(b *proto.Buffer) {
	b.Buf = slices.Grow(b.Buf, len(*c.b)+binary.MaxVarintLen32*c.Rows())
	for i := 0; i < len(*c.b); i += c.n {
		b.Buf = append(binary.AppendUvarint(b.Buf, uint64(c.n)), (*c.b)[i:i+c.n]...)
	}
}

// decode pads short values with Silent: rows that are older than an item of the base do not
// carry it.
func (c fixedTextColumn) decode(w *wire, rows int) error {
	out := slices.Grow((*c.b)[:0], rows*c.n)
	for i := range rows {
		var err error
		if out, err = w.text(out); err != nil {
			return err
		}
		want := (i + 1) * c.n
		if len(out) > want {
			return fmt.Errorf("%d bytes a row, want at most %d", len(out)-want+c.n, c.n)
		}
		for len(out) < want {
			out = append(out, byte(schemas.Silent))
		}
	}
	*c.b = out
	return nil
}

// wordColumn is a column of 64-bit integers.
type wordColumn[T ~uint64 | ~int64] struct {
	v   *[]T
	typ proto.ColumnType
}

func (c wordColumn[T]) Type() proto.ColumnType      { return c.typ }
func (c wordColumn[T]) Rows() int                   { return len(*c.v) }
func (c wordColumn[T]) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c wordColumn[T]) EncodeColumn(b *proto.Buffer) {
	at := len(b.Buf)
	b.Buf = room(b, 8*len(*c.v))
	to := b.Buf[at:]
	for i, v := range *c.v {
		binary.LittleEndian.PutUint64(to[8*i:8*i+8], uint64(v))
	}
}

func (c wordColumn[T]) decode(w *wire, rows int) error {
	raw, err := w.raw(rows * 8)
	if err != nil {
		return err
	}
	v := slices.Grow((*c.v)[:0], rows)[:rows]
	for i := range v {
		v[i] = T(binary.LittleEndian.Uint64(raw[8*i : 8*i+8]))
	}
	*c.v = v
	return nil
}

// dayColumn is a UInt32 column over integers that fit.
type dayColumn[T ~uint32 | ~int64] struct{ v *[]T }

func (c dayColumn[T]) Type() proto.ColumnType      { return proto.ColumnTypeUInt32 }
func (c dayColumn[T]) Rows() int                   { return len(*c.v) }
func (c dayColumn[T]) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c dayColumn[T]) EncodeColumn(b *proto.Buffer) {
	b.Buf = slices.Grow(b.Buf, 4*len(*c.v))
	for _, v := range *c.v {
		b.Buf = binary.LittleEndian.AppendUint32(b.Buf, uint32(v))
	}
}

func (c dayColumn[T]) decode(w *wire, rows int) error {
	raw, err := w.raw(rows * 4)
	if err != nil {
		return err
	}
	*c.v = (*c.v)[:0]
	for i := 0; i < len(raw); i += 4 {
		*c.v = append(*c.v, T(binary.LittleEndian.Uint32(raw[i:])))
	}
	return nil
}

// flagColumn is a UInt8 column over booleans or bytes.
type flagColumn[T bool | schemas.State | schemas.LinkWhy] struct{ v *[]T }

func (c flagColumn[T]) Type() proto.ColumnType      { return proto.ColumnTypeUInt8 }
func (c flagColumn[T]) Rows() int                   { return len(*c.v) }
func (c flagColumn[T]) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c flagColumn[T]) EncodeColumn(b *proto.Buffer) {
	for _, v := range *c.v {
		switch v := any(v).(type) {
		case bool:
			if v {
				b.Buf = append(b.Buf, 1)
			} else {
				b.Buf = append(b.Buf, 0)
			}
		case schemas.State:
			b.Buf = append(b.Buf, byte(v))
		case schemas.LinkWhy:
			b.Buf = append(b.Buf, byte(v))
		}
	}
}

func (c flagColumn[T]) decode(w *wire, rows int) error {
	raw, err := w.raw(rows)
	if err != nil {
		return err
	}
	*c.v = (*c.v)[:0]
	for _, b := range raw {
		var v T
		switch p := any(&v).(type) {
		case *bool:
			*p = b != 0
		case *schemas.State:
			*p = schemas.State(b)
		case *schemas.LinkWhy:
			*p = schemas.LinkWhy(b)
		}
		*c.v = append(*c.v, v)
	}
	return nil
}
