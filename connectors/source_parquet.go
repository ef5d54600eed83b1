package connectors

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"jiku/schemas"
)

func init() {
	Register(SourceType{
		Name:  "parquet",
		Title: "Parquet 文件",
		Doc: `Reads Apache Parquet files. The position of a row is its number in the file, from 0. Values become text
that is the same everywhere: dates yyyy-mm-dd, timestamps RFC 3339 in the city's time zone, decimals
with all their digits, floating-point numbers in the shortest decimal form without an exponent,
booleans true and false, byte arrays as UTF-8. Null is no cell.

- A timestamp that is not adjusted to UTC is a wall clock in the city; INT96 is taken as UTC.
- A field of a group is the column ` + "`group.field`" + `. Lists, maps, intervals,
  BSON, variants and geometries cannot be columns.
- A byte array that is not UTF-8 makes the row bad (` + "`row.encoding`" + `).
- The raw form of a row is its cells as a CSV line, in the order of the contract.`,
		Example: `connector: parquet
settings:
  path: market/licence_*.parquet
`,
		Settings: func() any { return defaultParquet() },
		New:      newParquet,
	})
}

type parquetSettings struct {
	fileSettings `yaml:",inline"`
	SplitBytes   int64 `yaml:"split_bytes" doc:"Files are cut into ranges of rows of about this size, uncompressed; row groups are kept whole where they fit."`
}

func defaultParquet() *parquetSettings { return &parquetSettings{SplitBytes: 64 << 20} }

// Check says what does not fit together.
func (s *parquetSettings) Check() error {
	if s.Path == "" {
		return errors.New("setting path: want a glob")
	}
	if s.SplitBytes < 1 {
		return errors.New("setting split_bytes: want 1 or more")
	}
	return nil
}

// parquetSource reads Parquet files.
type parquetSource struct {
	*landing
	splitBytes int64
	zone       *time.Location
}

func newParquet(env Env, feed *schemas.Feed) (Source, error) {
	s := defaultParquet()
	if err := Decode(feed.Source.Settings, s); err != nil {
		return nil, &Error{Op: "open", Feed: feed.Name, Code: Permanent, Err: err, Hint: "correct the block source of the feed"}
	}
	files, err := newLanding(env, feed, s.Path)
	if err != nil {
		return nil, err
	}
	return &parquetSource{landing: files, splitBytes: s.SplitBytes, zone: env.withDefaults().Location}, nil
}

// Deliveries lists the files of the feed.
func (p *parquetSource) Deliveries(ctx context.Context) ([]schemas.Delivery, error) {
	return p.deliveries(ctx)
}

// Header lists the leaf columns, fields of groups with the group's name before a dot.
func (p *parquetSource) Header(ctx context.Context, d schemas.Delivery) ([]string, error) {
	if err := p.unchanged(d); err != nil {
		return nil, p.changed("read", d.Name, err)
	}
	f, err := p.openParquet(ctx, "read", d.Location)
	if err != nil {
		return nil, err
	}
	defer f.close()
	var names []string
	for _, l := range f.leaves {
		names = append(names, l.name)
	}
	return names, nil
}

// Splits cuts the file into ranges of rows.
func (p *parquetSource) Splits(ctx context.Context, d schemas.Delivery) ([]Split, error) {
	if err := p.unchanged(d); err != nil {
		return nil, p.changed("split", d.Name, err)
	}
	f, err := p.openParquet(ctx, "split", d.Location)
	if err != nil {
		return nil, err
	}
	defer f.close()
	borders := rowBorders(f.file, p.splitBytes)
	out := make([]Split, 0, len(borders))
	for i, start := range borders {
		s := Split{Feed: p.feed, Delivery: d.ID, Location: d.Location, Start: start, Index: i}
		if i+1 < len(borders) {
			s.End = borders[i+1]
		}
		out = append(out, s)
	}
	return out, nil
}

// rowBorders are the first rows of splits: row groups are put together up to size, larger
// ones are cut evenly.
func rowBorders(f *parquet.File, size int64) []uint64 {
	borders := []uint64{0}
	var row, held int64
	for _, g := range f.Metadata().RowGroups {
		if held > 0 && held+g.TotalByteSize > size {
			borders, held = append(borders, uint64(row)), 0
		}
		parts := min((g.TotalByteSize+size-1)/size, g.NumRows)
		for i := int64(1); i < parts; i++ {
			borders, held = append(borders, uint64(row+g.NumRows*i/parts)), 0
		}
		held += g.TotalByteSize / max(parts, 1)
		row += g.NumRows
	}
	return slices.DeleteFunc(borders, func(b uint64) bool { return b > 0 && b >= uint64(row) })
}

// Rows reads a split.
func (p *parquetSource) Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return func(yield func(*schemas.Row, error) bool) {
		f, err := p.openParquet(ctx, "read", s.Location)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.close()
		b, err := newParquetBatch(f.leaves, columns, p.zone)
		if err != nil {
			yield(nil, p.malformed("read", s.Location, faultParquetColumn, err))
			return
		}
		end := uint64(f.file.NumRows())
		if s.End > 0 {
			end = min(end, s.End)
		}
		if err := b.rows(ctx, f, s.Start, end, yield); err != nil {
			yield(nil, p.fault("read", s.Location, err))
		}
	}
}

// parquetFile is an open file with its leaf columns in order.
type parquetFile struct {
	file   *parquet.File
	leaves []parquetLeaf
	disk   *os.File
}

func (f *parquetFile) close() { _ = f.disk.Close() }

func (p *parquetSource) openParquet(ctx context.Context, op, location string) (*parquetFile, error) {
	disk, err := openRegular(p.path(location))
	if err != nil {
		return nil, p.fault(op, location, err)
	}
	f := &parquetFile{disk: disk}
	err = guard(func() error {
		info, err := disk.Stat()
		if err != nil {
			return err
		}
		if info.Size() == 0 {
			return errNoBytes
		}
		f.file, err = parquet.OpenFile(contextReaderAt{ctx, disk}, info.Size(), parquet.SkipBloomFilters(true))
		if err != nil {
			return &parquetError{err: err}
		}
		f.leaves = leavesOf(f.file)
		return nil
	})
	if err != nil {
		f.close()
		return nil, p.fault(op, location, err)
	}
	return f, nil
}

// parquetLeaf is a column that holds values, with what the file's schema says about it.
type parquetLeaf struct {
	name    string
	column  *parquet.Column
	element format.SchemaElement
}

// leavesOf lists the leaf columns in order. The schema of a file lists its elements depth
// first, so leaves and columns come in the same order.
func leavesOf(f *parquet.File) []parquetLeaf {
	var out []parquetLeaf
	var walk func(c *parquet.Column)
	walk = func(c *parquet.Column) {
		if c.Leaf() {
			out = append(out, parquetLeaf{name: strings.Join(c.Path(), "."), column: c})
		}
		for _, child := range c.Columns() {
			walk(child)
		}
	}
	walk(f.Root())
	i := 0
	for _, e := range f.Metadata().Schema {
		if e.Type.Valid && i < len(out) {
			out[i].element = e
			i++
		}
	}
	return out
}

// contextReaderAt ends with the context.
type contextReaderAt struct {
	ctx context.Context
	io.ReaderAt
}

// ReadAt reads unless the context ended.
func (r contextReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.ReaderAt.ReadAt(p, off)
}
