package clickhouse

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/schemas"
)

// dictionary is the wire form of LowCardinality(String): distinct values and, for each
// row, the number of its value.
type dictionary struct {
	index  map[string]uint32
	values []string
	keys   []uint32
	// starts are the first bytes of values that were read: most are no longer, and copied as
	// they stand here.
	starts []start
	// recent is a direct-mapped memory of short values, most of the values there are.
	recent [256]struct {
		word uint64
		key  uint32
	}
}

// start is how a value begins, and how long it is.
type start struct {
	bytes [8]byte
	size  uint32
}

func (d *dictionary) reset() {
	clear(d.index)
	clear(d.recent[:])
	d.values, d.keys = d.values[:0], d.keys[:0]
}

func (d *dictionary) add(v []byte) {
	if len(v) == 0 || len(v) > 7 {
		d.keys = append(d.keys, d.find(v))
		return
	}
	// The length stands in the top byte, so words of different length differ.
	word := uint64(len(v)) << 56
	for i, c := range v {
		word |= uint64(c) << (8 * i)
	}
	at := &d.recent[word*0x9e3779b97f4a7c15>>56]
	if at.word != word {
		at.word, at.key = word, d.find(v)
	}
	d.keys = append(d.keys, at.key)
}

// find is the number of a value, which is new if it was not seen.
func (d *dictionary) find(v []byte) uint32 {
	if n := len(d.keys); n > 0 && d.values[d.keys[n-1]] == string(v) {
		return d.keys[n-1]
	}
	k, ok := d.index[string(v)]
	if !ok {
		if d.index == nil {
			d.index = map[string]uint32{}
		}
		k = uint32(len(d.values))
		d.values = append(d.values, string(v))
		d.index[d.values[k]] = k
	}
	return k
}

// The flags of a dictionary in the Native format.
const (
	dictVersion    = 1
	dictHasKeys    = 1 << 9
	dictUpdateKeys = 1 << 10
)

func (d *dictionary) encodeState(b *proto.Buffer) { b.PutInt64(dictVersion) }

func (d *dictionary) encode(b *proto.Buffer) {
	if len(d.keys) == 0 {
		return
	}
	width := int64(2)
	switch {
	case len(d.values) <= 1<<8:
		width = 0
	case len(d.values) <= 1<<16:
		width = 1
	}
	b.PutInt64(dictHasKeys | dictUpdateKeys | width)
	b.PutInt64(int64(len(d.values)))
	for _, v := range d.values {
		b.PutString(v)
	}
	b.PutInt64(int64(len(d.keys)))
	for _, k := range d.keys {
		switch width {
		case 0:
			b.Buf = append(b.Buf, byte(k))
		case 1:
			b.Buf = binary.LittleEndian.AppendUint16(b.Buf, uint16(k))
		default:
			b.Buf = binary.LittleEndian.AppendUint32(b.Buf, k)
		}
	}
}

func decodeDictState(w *wire) error {
	v, err := w.word()
	if err == nil && v != dictVersion {
		return fmt.Errorf("decode dictionary: version %d, want %d", v, dictVersion)
	}
	return err
}

func (d *dictionary) decode(w *wire, rows int) error {
	d.values, d.keys, d.starts = d.values[:0], d.keys[:0], d.starts[:0]
	if rows == 0 {
		return nil
	}
	meta, err := w.word()
	if err != nil {
		return err
	}
	if meta&dictHasKeys == 0 {
		return fmt.Errorf("decode dictionary: flags %x without keys", meta)
	}
	n, err := w.word()
	if err != nil {
		return err
	}
	for range n {
		s, err := w.text(nil)
		if err != nil {
			return err
		}
		d.values = append(d.values, string(s))
		first := start{size: uint32(len(s))}
		copy(first.bytes[:], s)
		d.starts = append(d.starts, first)
	}
	count, err := w.word()
	if err != nil {
		return err
	}
	return d.decodeKeys(w, int(meta&0xff), int(count))
}

func (d *dictionary) decodeKeys(w *wire, width, count int) error {
	size := 1 << width
	raw, err := w.raw(count * size)
	if err != nil {
		return err
	}
	for i := 0; i < len(raw); i += size {
		var k uint32
		switch width {
		case 0:
			k = uint32(raw[i])
		case 1:
			k = uint32(binary.LittleEndian.Uint16(raw[i:]))
		case 2:
			k = binary.LittleEndian.Uint32(raw[i:])
		default:
			k = uint32(binary.LittleEndian.Uint64(raw[i:]))
		}
		if int(k) >= len(d.values) {
			return fmt.Errorf("decode dictionary: key %d of %d values", k, len(d.values))
		}
		d.keys = append(d.keys, k)
	}
	return nil
}

const typeDict = proto.ColumnType("LowCardinality(String)")

// codeColumn is a LowCardinality(String) column over Texts.
type codeColumn struct {
	t *schemas.Texts
	d *dictionary
}

func (c codeColumn) Type() proto.ColumnType      { return typeDict }
func (c codeColumn) Rows() int                   { return c.t.Len() }
func (c codeColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }
func (c codeColumn) EncodeState(b *proto.Buffer) { c.d.encodeState(b) }
func (c codeColumn) decodeState(w *wire) error   { return decodeDictState(w) }

func (c codeColumn) EncodeColumn(b *proto.Buffer) {
	c.d.reset()
	for i := range c.t.Ends {
		c.d.add(c.t.At(i))
	}
	c.d.encode(b)
}

func (c codeColumn) decode(w *wire, rows int) error {
	c.t.Truncate(0)
	if err := c.d.decode(w, rows); err != nil {
		return err
	}
	texts, ends := c.t.Bytes, slices.Grow(c.t.Ends, rows)
	for _, k := range c.d.keys {
		v, end := &c.d.starts[k], len(texts)
		if v.size <= uint32(len(v.bytes)) && cap(texts)-end >= len(v.bytes) {
			*(*[8]byte)(texts[end : end+8]) = v.bytes
			texts = texts[:end+int(v.size)]
		} else {
			texts = append(texts, c.d.values[k]...)
		}
		ends = append(ends, uint32(len(texts)))
	}
	c.t.Bytes, c.t.Ends = texts, ends
	return nil
}

// constColumn is a LowCardinality(String) column with one value in every row; it is only
// written.
type constColumn struct {
	value string
	rows  int
}

func (c constColumn) Type() proto.ColumnType      { return typeDict }
func (c constColumn) Rows() int                   { return c.rows }
func (c constColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }
func (c constColumn) EncodeState(b *proto.Buffer) { b.PutInt64(dictVersion) }

func (c constColumn) EncodeColumn(b *proto.Buffer) {
	b.PutInt64(dictHasKeys | dictUpdateKeys)
	b.PutInt64(1)
	b.PutString(c.value)
	b.PutInt64(int64(c.rows))
	b.Buf = append(b.Buf, make([]byte, c.rows)...)
}

// feedColumn is the feed of each row, which follows from its delivery; it is only written.
type feedColumn struct {
	deliveries *[]schemas.DeliveryID
	feeds      map[schemas.DeliveryID]string
	d          *dictionary
}

func (c feedColumn) Type() proto.ColumnType      { return typeDict }
func (c feedColumn) Rows() int                   { return len(*c.deliveries) }
func (c feedColumn) WriteColumn(w *proto.Writer) { w.ChainBuffer(c.EncodeColumn) }
func (c feedColumn) EncodeState(b *proto.Buffer) { c.d.encodeState(b) }

func (c feedColumn) EncodeColumn(b *proto.Buffer) {
	c.d.reset()
	list := *c.deliveries
	for i, id := range list {
		if i > 0 && id == list[i-1] { // Rows of one delivery stand together.
			c.d.keys = append(c.d.keys, c.d.keys[i-1])
		} else {
			c.d.add([]byte(c.feeds[id]))
		}
	}
	c.d.encode(b)
}
