package clickhouse

import (
	"encoding/binary"

	"github.com/ClickHouse/ch-go/proto"
)

// listColumn is an Array(LowCardinality(String)) column over items and the ends of lists.
type listColumn struct {
	items *[]string
	ends  *[]uint32
	d     *dictionary
}

func (c listColumn) Type() proto.ColumnType      { return "Array(" + typeDict + ")" }
func (c listColumn) Rows() int                   { return len(*c.ends) }
func (c listColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }
func (c listColumn) EncodeState(b *proto.Buffer) { c.d.encodeState(b) }
func (c listColumn) decodeState(w *wire) error   { return decodeDictState(w) }

func (c listColumn) EncodeColumn(b *proto.Buffer) {
	encodeEnds(b, *c.ends)
	c.d.reset()
	for _, s := range *c.items {
		c.d.add([]byte(s))
	}
	c.d.encode(b)
}

func (c listColumn) decode(w *wire, rows int) error {
	total, err := decodeEnds(w, rows, c.ends)
	if err != nil {
		return err
	}
	if err := c.d.decode(w, total); err != nil {
		return err
	}
	*c.items = (*c.items)[:0]
	for _, k := range c.d.keys {
		*c.items = append(*c.items, c.d.values[k])
	}
	return nil
}

func encodeEnds(b *proto.Buffer, ends []uint32) {
	for _, e := range ends {
		b.Buf = binary.LittleEndian.AppendUint64(b.Buf, uint64(e))
	}
}

func decodeEnds(w *wire, rows int, ends *[]uint32) (int, error) {
	raw, err := w.raw(rows * 8)
	if err != nil {
		return 0, err
	}
	*ends = (*ends)[:0]
	last := uint32(0)
	for i := 0; i < len(raw); i += 8 {
		last = uint32(binary.LittleEndian.Uint64(raw[i:]))
		*ends = append(*ends, last)
	}
	return int(last), nil
}

// arrayColumn is an Array(T) column over an inner column and the ends of arrays.
type arrayColumn struct {
	inner column
	ends  *[]uint32
}

func (c arrayColumn) Type() proto.ColumnType      { return "Array(" + c.inner.Type() + ")" }
func (c arrayColumn) Rows() int                   { return len(*c.ends) }
func (c arrayColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }

func (c arrayColumn) EncodeColumn(b *proto.Buffer) {
	encodeEnds(b, *c.ends)
	c.inner.EncodeColumn(b)
}

func (c arrayColumn) decode(w *wire, rows int) error {
	total, err := decodeEnds(w, rows, c.ends)
	if err != nil {
		return err
	}
	return c.inner.decode(w, total)
}
