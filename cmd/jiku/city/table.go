package city

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// table is a Parquet file of optional texts, and of whole numbers where a column says so. Blocks encode their row groups
// alone and are committed in order, so that the file is the same however many work at once.
type table struct {
	columns []string
	whole   []bool // columns of whole numbers
	values  sync.Pool
	w       *parquet.Writer
	at      []int // of each column, its place in the file: Parquet sorts groups by name
}

// fast compresses little, since most cells are numbers and names that do not repeat.
var fast = &zstd.Codec{Level: zstd.SpeedFastest}

// distinct are columns of which nearly every row has another value: a dictionary would be as long as the column.
var distinct = map[string]bool{
	"key": true, "name": true, "hukou_addr": true, "residence_addr": true, "phone": true, "household_no": true, "residence_permit_no": true, "name_en": true,
	"fund_account": true, "disability_no": true, "address": true, "business_addr": true, "tax_no": true, "registration_no": true, "number": true, "holder_name": true,
	"holder_code": true, "estate_unit": true, "document_no": true, "subject_name": true, "subject_code": true, "true_value": true,
	"person_id": true, "person_name": true, "home_addr": true, "mobile": true, "student_id_no": true, "student_name": true, "guardian_phone": true,
	"bdcqzh": true, "qlr": true, "zjh": true, "bdcdyh": true, "zl": true,
}

// rowGroup is what one block adds to a table.
type rowGroup struct {
	*parquet.ConcurrentRowGroupWriter
	rows int64
}

func newTable(to io.Writer, columns []string, whole ...string) *table {
	t := &table{columns: columns}
	group := parquet.Group{}
	for _, name := range columns {
		t.whole = append(t.whole, slices.Contains(whole, name))
		switch {
		case slices.Contains(whole, name):
			group[name] = parquet.Leaf(parquet.Int64Type)
		case distinct[name]:
			group[name] = parquet.Optional(parquet.String())
		default:
			group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		}
	}
	schema := parquet.NewSchema("rows", group)
	for _, name := range columns {
		leaf, _ := schema.Lookup(name)
		t.at = append(t.at, leaf.ColumnIndex)
	}
	t.w = parquet.NewWriter(to, schema, parquet.Compression(fast), parquet.CreatedBy("jiku", "1", "gen"))
	return t
}

// group encodes cells, each behind its length, as a row group.
func (t *table) group(cells []byte, rows int) (*rowGroup, error) {
	if rows == 0 {
		return nil, nil
	}
	g := &rowGroup{ConcurrentRowGroupWriter: t.w.BeginRowGroup(), rows: int64(rows)}
	columns := t.columnValues()
	defer t.values.Put(columns)
	for at, i := 0, 0; at < len(cells); i = (i + 1) % len(*columns) {
		n := int(cells[at]) | int(cells[at+1])<<8
		cell := cells[at+2 : at+2+n]
		at += 2 + n
		(*columns)[i] = append((*columns)[i], t.value(i, cell))
	}
	writers := g.ColumnWriters()
	for i, values := range *columns {
		if _, err := writers[t.at[i]].WriteRowValues(values); err != nil {
			return nil, fmt.Errorf("write column %s: %w", t.columns[i], err)
		}
	}
	return g, g.Flush()
}

// columnValues is memory for the values of a row group, one slice a column.
func (t *table) columnValues() *[][]parquet.Value {
	columns, ok := t.values.Get().(*[][]parquet.Value)
	if !ok {
		all := make([][]parquet.Value, len(t.columns))
		columns = &all
	}
	for i := range *columns {
		(*columns)[i] = (*columns)[i][:0]
	}
	return columns
}

func (t *table) value(i int, cell []byte) parquet.Value {
	switch {
	case t.whole[i]:
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
