package city

import (
	"fmt"
	"io"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// table is a Parquet file of optional texts, and of whole numbers where a column says so. Blocks encode their row groups
// alone and are committed in order, so that the file is the same however many work at once.
type table struct {
	columns []string
	whole   map[string]bool
	w       *parquet.Writer
	at      []int // of each column, its place in the file: Parquet sorts groups by name
}

// rowGroup is what one block adds to a table.
type rowGroup struct {
	*parquet.ConcurrentRowGroupWriter
	rows int64
}

func newTable(to io.Writer, columns []string, whole ...string) *table {
	t := &table{columns: columns, whole: map[string]bool{}}
	for _, name := range whole {
		t.whole[name] = true
	}
	group := parquet.Group{}
	for _, name := range columns {
		switch {
		case t.whole[name]:
			group[name] = parquet.Leaf(parquet.Int64Type)
		default:
			group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		}
	}
	schema := parquet.NewSchema("rows", group)
	for _, name := range columns {
		leaf, _ := schema.Lookup(name)
		t.at = append(t.at, leaf.ColumnIndex)
	}
	t.w = parquet.NewWriter(to, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("jiku", "1", "gen"))
	return t
}

// group encodes cells, each behind its length, as a row group.
func (t *table) group(cells []byte, rows int) (*rowGroup, error) {
	if rows == 0 {
		return nil, nil
	}
	g := &rowGroup{ConcurrentRowGroupWriter: t.w.BeginRowGroup(), rows: int64(rows)}
	columns := make([][]parquet.Value, len(t.columns))
	for i := range columns {
		columns[i] = make([]parquet.Value, 0, rows)
	}
	for at, i := 0, 0; at < len(cells); i = (i + 1) % len(columns) {
		n := int(cells[at]) | int(cells[at+1])<<8
		cell := cells[at+2 : at+2+n]
		at += 2 + n
		columns[i] = append(columns[i], t.value(i, cell))
	}
	writers := g.ColumnWriters()
	for i, values := range columns {
		if _, err := writers[t.at[i]].WriteRowValues(values); err != nil {
			return nil, fmt.Errorf("write column %s: %w", t.columns[i], err)
		}
	}
	return g, nil
}

func (t *table) value(i int, cell []byte) parquet.Value {
	switch {
	case t.whole[t.columns[i]]:
		n, _ := strconv.ParseInt(string(cell), 10, 64) // The program writes digits there.
		return parquet.Int64Value(n).Level(0, 0, t.at[i])
	case len(cell) == 0:
		return parquet.NullValue().Level(0, 0, t.at[i])
	}
	return parquet.ByteArrayValue(cell).Level(0, 1, t.at[i])
}

// commit adds a row group behind those before it.
func (t *table) commit(g *rowGroup) error {
	if g == nil {
		return nil
	}
	_, err := g.Commit()
	return err
}

func (t *table) close() error { return t.w.Close() }
