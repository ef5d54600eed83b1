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
	proto.ColResult
}

// textColumn is a String column over Texts.
type textColumn struct{ t *schemas.Texts }

func (c textColumn) Type() proto.ColumnType      { return proto.ColumnTypeString }
func (c textColumn) Rows() int                   { return c.t.Len() }
func (c textColumn) Reset()                      { c.t.Truncate(0) }
func (c textColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c textColumn) EncodeColumn(b *proto.Buffer) {
	buf, start := slices.Grow(b.Buf, len(c.t.Bytes)+2*c.t.Len()), uint32(0)
	for _, end := range c.t.Ends {
		buf = binary.AppendUvarint(buf, uint64(end-start))
		buf = append(buf, c.t.Bytes[start:end]...)
		start = end
	}
	b.Buf = buf
}

func (c textColumn) DecodeColumn(r *proto.Reader, rows int) error {
	c.t.Truncate(0)
	for range rows {
		n, err := r.StrLen()
		if err != nil {
			return err
		}
		if c.t.Bytes, err = readInto(r, c.t.Bytes, n); err != nil {
			return err
		}
		c.t.Ends = append(c.t.Ends, uint32(len(c.t.Bytes)))
	}
	return nil
}

func readInto(r *proto.Reader, arena []byte, n int) ([]byte, error) {
	start := len(arena)
	if cap(arena)-start < n {
		arena = append(arena, make([]byte, max(n, cap(arena)))...)
	}
	arena = arena[:start+n]
	return arena, r.ReadFull(arena[start:])
}

// fixedTextColumn is a String column of n bytes a row over one flat slice.
type fixedTextColumn struct {
	b *[]byte
	n int
}

func (c fixedTextColumn) Type() proto.ColumnType      { return proto.ColumnTypeString }
func (c fixedTextColumn) Rows() int                   { return len(*c.b) / c.n }
func (c fixedTextColumn) Reset()                      { *c.b = (*c.b)[:0] }
func (c fixedTextColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c fixedTextColumn) EncodeColumn(b *proto.Buffer) {
	for i := 0; i < len(*c.b); i += c.n {
		b.Buf = append(binary.AppendUvarint(b.Buf, uint64(c.n)), (*c.b)[i:i+c.n]...)
	}
}

// DecodeColumn pads short values with Silent: rows that are older than an item of the base
// do not carry it.
func (c fixedTextColumn) DecodeColumn(r *proto.Reader, rows int) error {
	*c.b = (*c.b)[:0]
	for range rows {
		n, err := r.StrLen()
		if err != nil {
			return err
		}
		if n > c.n {
			return fmt.Errorf("decode states: %d bytes a row, want at most %d", n, c.n)
		}
		if *c.b, err = readInto(r, *c.b, n); err != nil {
			return err
		}
		for ; n < c.n; n++ {
			*c.b = append(*c.b, byte(schemas.Silent))
		}
	}
	return nil
}

// wordColumn is a column of 64-bit integers.
type wordColumn[T ~uint64 | ~int64] struct {
	v   *[]T
	typ proto.ColumnType
}

func (c wordColumn[T]) Type() proto.ColumnType      { return c.typ }
func (c wordColumn[T]) Rows() int                   { return len(*c.v) }
func (c wordColumn[T]) Reset()                      { *c.v = (*c.v)[:0] }
func (c wordColumn[T]) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c wordColumn[T]) EncodeColumn(b *proto.Buffer) {
	b.Buf = slices.Grow(b.Buf, 8*len(*c.v))
	for _, v := range *c.v {
		b.Buf = binary.LittleEndian.AppendUint64(b.Buf, uint64(v))
	}
}

func (c wordColumn[T]) DecodeColumn(r *proto.Reader, rows int) error {
	raw, err := r.ReadRaw(rows * 8)
	if err != nil {
		return err
	}
	*c.v = slices.Grow((*c.v)[:0], rows)
	for i := 0; i < len(raw); i += 8 {
		*c.v = append(*c.v, T(binary.LittleEndian.Uint64(raw[i:])))
	}
	return nil
}

// dayColumn is a UInt32 column over integers that fit.
type dayColumn[T ~uint32 | ~int64] struct{ v *[]T }

func (c dayColumn[T]) Type() proto.ColumnType      { return proto.ColumnTypeUInt32 }
func (c dayColumn[T]) Rows() int                   { return len(*c.v) }
func (c dayColumn[T]) Reset()                      { *c.v = (*c.v)[:0] }
func (c dayColumn[T]) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c dayColumn[T]) EncodeColumn(b *proto.Buffer) {
	b.Buf = slices.Grow(b.Buf, 4*len(*c.v))
	for _, v := range *c.v {
		b.Buf = binary.LittleEndian.AppendUint32(b.Buf, uint32(v))
	}
}

func (c dayColumn[T]) DecodeColumn(r *proto.Reader, rows int) error {
	raw, err := r.ReadRaw(rows * 4)
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
type flagColumn[T bool | schemas.State] struct{ v *[]T }

func (c flagColumn[T]) Type() proto.ColumnType      { return proto.ColumnTypeUInt8 }
func (c flagColumn[T]) Rows() int                   { return len(*c.v) }
func (c flagColumn[T]) Reset()                      { *c.v = (*c.v)[:0] }
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
		}
	}
}

func (c flagColumn[T]) DecodeColumn(r *proto.Reader, rows int) error {
	raw, err := r.ReadRaw(rows)
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
		}
		*c.v = append(*c.v, v)
	}
	return nil
}
