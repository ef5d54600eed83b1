package connectors

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"jiku/schemas"
)

// parquetBatchRows is how many rows are rendered at once: column by column, since that is
// how they are stored.
const parquetBatchRows = 1024

// parquetBatch renders rows of the wanted columns.
type parquetBatch struct {
	columns []parquetColumn
	// cells and raw are those of the current row.
	cells   [][]byte
	raw     []byte
	current schemas.Row
}

// parquetColumn is one wanted column; leaf is nil if the file does not have it.
type parquetColumn struct {
	name   string
	leaf   *parquet.Column
	render renderer
	reader parquet.ColumnChunkValueReader
	values []parquet.Value
	text   schemas.Texts
	null   []bool
}

func newParquetBatch(leaves []parquetLeaf, columns []string, zone *time.Location) (*parquetBatch, error) {
	b := &parquetBatch{columns: make([]parquetColumn, len(columns)), cells: make([][]byte, len(columns))}
	for i, name := range columns {
		c := &b.columns[i]
		c.name = name
		for _, l := range leaves {
			if l.name != name {
				continue
			}
			if c.leaf != nil {
				return nil, fmt.Errorf("column %s: named twice", name)
			}
			if l.column.MaxRepetitionLevel() > 0 {
				return nil, fmt.Errorf("column %s: is part of a list or map", name)
			}
			c.leaf, c.render = l.column, rendererOf(l, zone)
			if c.render == nil {
				return nil, fmt.Errorf("column %s: type %s has no text", name, l.column.Type())
			}
			c.values = make([]parquet.Value, parquetBatchRows)
			c.null = make([]bool, 0, parquetBatchRows)
		}
	}
	return b, nil
}

type rowYield = func(*schemas.Row, error) bool

// rows yields the rows from start to end; its error is not yielded yet.
func (b *parquetBatch) rows(ctx context.Context, f *parquetFile, start, end uint64, yield rowYield) error {
	first := uint64(0)
	for _, g := range f.file.RowGroups() {
		next := first + uint64(g.NumRows())
		if next > start && first < end {
			from, to := max(start, first), min(end, next)
			more, err := b.group(ctx, g, window{first, from, to}, yield)
			if err != nil || !more {
				return err
			}
		}
		first = next
	}
	return nil
}

// window is a range of rows in a row group that starts at row first.
type window struct{ first, from, to uint64 }

func (b *parquetBatch) group(ctx context.Context, g parquet.RowGroup, w window, yield rowYield) (more bool, err error) {
	defer b.close()
	if err := guard(func() error { return b.seek(g, w) }); err != nil {
		return false, err
	}
	for row := w.from; row < w.to; {
		n := int(min(w.to-row, parquetBatchRows))
		if err := guard(func() error { return b.load(n) }); err != nil {
			if at, ok := errors.AsType[*parquetError](err); ok {
				at.row, at.after = row, true
			}
			return false, err
		}
		for i := range n {
			if err := ctx.Err(); err != nil {
				return false, err
			}
			if !yield(b.row(row+uint64(i), i), nil) {
				return false, nil
			}
		}
		row += uint64(n)
	}
	return true, nil
}

func (b *parquetBatch) seek(g parquet.RowGroup, w window) error {
	chunks := g.ColumnChunks()
	for i := range b.columns {
		c := &b.columns[i]
		if c.leaf == nil {
			continue
		}
		c.reader = parquet.NewColumnChunkValueReader(chunks[c.leaf.Index()])
		if w.from > w.first {
			if err := c.reader.SeekToRow(int64(w.from - w.first)); err != nil {
				return &parquetError{err: err, column: c.name}
			}
		}
	}
	return nil
}

func (b *parquetBatch) close() {
	for i := range b.columns {
		if r := b.columns[i].reader; r != nil {
			_ = guard(r.Close)
			b.columns[i].reader = nil
		}
	}
}

// load renders the next n rows of every column.
func (b *parquetBatch) load(n int) error {
	for i := range b.columns {
		c := &b.columns[i]
		if c.leaf == nil {
			continue
		}
		c.text.Truncate(0)
		c.null = c.null[:0]
		for len(c.null) < n {
			got, err := c.reader.ReadValues(c.values[:n-len(c.null)])
			for j := range got {
				c.add(c.values[j])
			}
			if len(c.text.Bytes) > math.MaxInt32 {
				return fmt.Errorf("column %s: %d rows have more than 2 GiB", c.name, len(c.null))
			}
			if got == 0 && err != nil {
				if errors.Is(err, io.EOF) {
					err = io.ErrUnexpectedEOF
				}
				return &parquetError{err: err, column: c.name}
			}
		}
	}
	return nil
}

func (c *parquetColumn) add(v parquet.Value) {
	c.null = append(c.null, v.IsNull())
	if !v.IsNull() {
		c.text.Bytes = c.render(c.text.Bytes, v)
	}
	c.text.Ends = append(c.text.Ends, uint32(len(c.text.Bytes)))
}

// row puts row i of the batch together; it is valid until the next.
func (b *parquetBatch) row(position uint64, i int) *schemas.Row {
	row := &b.current
	*row = schemas.Row{Position: position, Cells: b.cells}
	b.raw = b.raw[:0]
	for j := range b.columns {
		c := &b.columns[j]
		b.cells[j] = nil
		if j > 0 {
			b.raw = append(b.raw, ',')
		}
		if c.leaf == nil || c.null[i] {
			continue
		}
		b.cells[j] = c.text.At(i)
		if b.cells[j] == nil {
			b.cells[j] = []byte{}
		}
		b.raw = appendCSVCell(b.raw, b.cells[j])
		if !utf8.Valid(b.cells[j]) {
			row.Bad = append(row.Bad, schemas.Reason{Code: RowEncoding, Detail: "column " + c.name})
		}
	}
	if len(row.Bad) > 0 {
		clear(b.cells)
	}
	row.Raw = b.raw
	return row
}

// appendCSVCell writes a cell by RFC 4180; an empty one is quoted, so that it differs from
// null.
func appendCSVCell(dst, cell []byte) []byte {
	if len(cell) > 0 && !bytes.ContainsAny(cell, "\",\r\n") {
		return append(dst, cell...)
	}
	dst = append(dst, '"')
	for _, c := range cell {
		if c == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}
