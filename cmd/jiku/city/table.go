package city

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// table is a Parquet file of optional texts, and of whole numbers where a column says so.
type table struct {
	columns []string
	whole   []bool // columns of whole numbers
	at      []int  // of each column, its place in the file: Parquet sorts groups by name
	w       *parquet.GenericWriter[any]
	group   *parquet.ConcurrentRowGroupWriter // nil between row groups
	rows    int                               // in it
	values  [][]parquet.Value                 // memory for the values of a block
}

// groupRows is how many rows a row group has at least: what the file keeps of each until its end counts at millions.
const groupRows = 4 * blockPersons

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

func newTable(to io.Writer, columns []string, whole ...string) *table {
	t := &table{columns: columns, values: make([][]parquet.Value, len(columns))}
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
	t.w = parquet.NewGenericWriter[any](to, append(bare(columns), schema, parquet.Compression(fast), parquet.CreatedBy("jiku", "1", "gen"))...)
	return t
}

// bare leaves bounds and statistics of pages out: nobody looks rows up by them, and they are kept until the end, for each
// row group and column.
func bare(columns []string) (options []parquet.WriterOption) {
	for _, name := range columns {
		options = append(options, parquet.SkipPageBounds(name), parquet.SkipPageStatistics(name))
	}
	return options
}

// add writes rows, given as cells each behind its length.
func (t *table) add(cells []byte, rows int) error {
	if rows == 0 {
		return nil
	}
	for i := range t.values {
		t.values[i] = t.values[i][:0]
	}
	for at, i := 0, 0; at < len(cells); i = (i + 1) % len(t.columns) {
		n := int(cells[at]) | int(cells[at+1])<<8
		cell := cells[at+2 : at+2+n]
		at += 2 + n
		t.values[i] = append(t.values[i], t.value(i, cell))
	}
	if t.group == nil {
		t.group = t.w.BeginRowGroup()
	}
	writers := t.group.ColumnWriters()
	for i, values := range t.values {
		if _, err := writers[t.at[i]].WriteRowValues(values); err != nil {
			return fmt.Errorf("write column %s: %w", t.columns[i], err)
		}
	}
	if t.rows += rows; t.rows < groupRows {
		return nil
	}
	return t.commit()
}

// commit ends the row group.
func (t *table) commit() error {
	if t.group == nil {
		return nil
	}
	_, err := t.group.Commit()
	t.group, t.rows = nil, 0
	return err
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

func (t *table) close() error {
	if err := t.commit(); err != nil {
		return err
	}
	return t.w.Close()
}
