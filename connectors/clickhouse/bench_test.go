package clickhouse

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/schemas"
)

// benchShape is a shape of blocks: so many items of each type, texts of a length, so many
// codes, a share of rows with findings, conflicts a golden row.
type benchShape struct {
	name                      string
	items, text, codes, dirty int
	conflicts                 int
}

var benchShapes = []benchShape{
	{"narrow", 1, 9, 4, 0, 0},
	{"wide", 8, 9, 4, 0, 0},
	{"long", 2, 200, 4, 0, 0},
	{"codes", 2, 9, 5000, 0, 0},
	{"dirty", 2, 9, 4, 50, 0},
	{"conflicts", 2, 9, 4, 5, 6},
}

const benchBlock = 1 << 16

// base has so many items of each type.
func (s benchShape) base() *schemas.Base {
	base := testBase()
	one := base.Items
	base.Items = nil
	for n := range s.items {
		for _, it := range one {
			it.Name = fmt.Sprintf("%s%d", it.Name, n)
			base.Items = append(base.Items, it)
		}
	}
	return base
}

func (s benchShape) column(c *schemas.Column, t schemas.Type, row int) {
	switch t {
	case schemas.TypeText:
		c.Text.AppendString(strings.Repeat("某", s.text/3) + fmt.Sprint(row%1000))
	case schemas.TypeCode:
		c.Text.AppendString(fmt.Sprint(row * 7919 % s.codes))
	case schemas.TypeDate:
		c.Int = append(c.Int, int64(19500101+row%28))
	default:
		c.Int = append(c.Int, int64(row))
	}
}

func (s benchShape) claims(base *schemas.Base) *schemas.ClaimBlock {
	b := schemas.NewClaimBlock(base)
	for row := range benchBlock {
		b.Key.AppendString(fmt.Sprintf("39010119650430%04d", row%10_000))
		b.KeyHash, b.Delivery = append(b.KeyHash, uint64(row)*0x9E3779B97F4A7C15), append(b.Delivery, 7)
		b.Position, b.Event = append(b.Position, uint64(row)*110), append(b.Event, 20260301093000)
		b.RowHash, b.Gone = append(b.RowHash, uint64(row)), append(b.Gone, false)
		for k := range base.Items {
			b.States = append(b.States, byte(schemas.Valued))
			s.column(&b.Items[k], base.Items[k].Type, row)
		}
		if row%100 < s.dirty {
			b.Failed.Append("code.unknown:kind0:", "date.calendar:day0:")
		} else {
			b.Failed.Append()
		}
	}
	return b
}

func (s benchShape) golden(base *schemas.Base) *schemas.GoldenBlock {
	c, g := s.claims(base), schemas.NewGoldenBlock(base)
	g.Key, g.KeyHash, g.Gone, g.States, g.Items = c.Key, c.KeyHash, c.Gone, c.States, c.Items
	g.Reasons, g.Origins = bytes.Repeat([]byte{1}, len(c.States)), bytes.Repeat([]byte{1}, len(c.States))
	for row := range benchBlock {
		g.Version, g.Due = append(g.Version, schemas.MakeVersion(1, 5, 20000)), append(g.Due, 0)
		g.Winners = append(g.Winners, schemas.Winner{Feed: "f", Ref: schemas.Ref{Delivery: 7, Position: uint64(row)}})
		for n := range s.conflicts {
			g.Conflicts = append(g.Conflicts, schemas.Conflict{Item: n % len(base.Items), Feed: fmt.Sprint("f", n%5),
				Ref: schemas.Ref{Delivery: 8, Position: uint64(row)}, Event: 20260301093000, State: schemas.Valued, Value: []byte("另一个值")})
		}
		g.WinnerEnds, g.ConflictEnds = append(g.WinnerEnds, uint32(len(g.Winners))), append(g.ConflictEnds, uint32(len(g.Conflicts)))
		g.Findings.Append()
	}
	return g
}

// perRow reports what a block costs a row, and its size.
func perRow(b *testing.B, size int) {
	b.SetBytes(int64(size))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchBlock, "ns/row")
}

func encodeBlock(b *testing.B, buf *proto.Buffer, in []proto.InputColumn) {
	buf.Reset()
	if err := (proto.Block{Columns: len(in), Rows: benchBlock}).EncodeRawBlock(buf, 0, in); err != nil {
		b.Fatal(err)
	}
}

func decodeBlock(b *testing.B, text []byte, into []named) {
	if err := decodeBlocks(bytes.NewReader(text), into, func(int) error { return nil }); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkClaims encodes and decodes a block of 65,536 claims.
func BenchmarkClaims(b *testing.B) {
	for _, s := range benchShapes {
		base := s.base()
		block, cols := s.claims(base), newClaimColumns(base)
		var buf proto.Buffer
		in := func() []proto.InputColumn {
			all := cols.input(block, nil)
			return all[1 : len(all)-2] // A scan has neither the feed nor what concerns the row alone.
		}
		b.Run("encode/"+s.name, func(b *testing.B) {
			encodeBlock(b, &buf, in()) // Memory grows once.
			b.ReportAllocs()
			for b.Loop() {
				encodeBlock(b, &buf, in())
			}
			perRow(b, len(buf.Buf))
		})
		b.Run("decode/"+s.name, func(b *testing.B) {
			into, back := schemas.NewClaimBlock(base), newClaimColumns(base)
			encodeBlock(b, &buf, in())
			decodeBlock(b, buf.Buf, back.result(into, false))
			b.ReportAllocs()
			for b.Loop() {
				decodeBlock(b, buf.Buf, back.result(into, false))
			}
			perRow(b, len(buf.Buf))
		})
	}
}

// BenchmarkGolden encodes and decodes a block of 65,536 golden rows.
func BenchmarkGolden(b *testing.B) {
	for _, s := range benchShapes {
		base := s.base()
		block, cols := s.golden(base), newGoldenColumns(base)
		var buf proto.Buffer
		encode := func(b *testing.B) {
			cols.take(block)
			encodeBlock(b, &buf, cols.input(block, "r1"))
		}
		b.Run("encode/"+s.name, func(b *testing.B) {
			encode(b) // Memory grows once.
			b.ReportAllocs()
			for b.Loop() {
				encode(b)
			}
			perRow(b, len(buf.Buf))
		})
		b.Run("decode/"+s.name, func(b *testing.B) {
			into, back := schemas.NewGoldenBlock(base), newGoldenColumns(base)
			var run schemas.Texts
			encode(b)
			decodeBlock(b, buf.Buf, back.result(into, &run))
			back.give(into)
			b.ReportAllocs()
			for b.Loop() {
				decodeBlock(b, buf.Buf, back.result(into, &run))
				back.give(into)
			}
			perRow(b, len(buf.Buf))
		})
	}
}
