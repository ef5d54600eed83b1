package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// sheet is a table of truth: rows with a cell a column. The ints are whole numbers.
type sheet struct {
	columns []string
	ints    []string
	rows    [][]string
}

// write makes the Parquet file that the generator would write: texts are optional, and none is null.
func (s sheet) write(t *testing.T, file string) {
	t.Helper()
	whole := map[string]bool{}
	for _, name := range s.ints {
		whole[name] = true
	}
	group := parquet.Group{}
	for _, name := range s.columns {
		if group[name] = parquet.Optional(parquet.String()); whole[name] {
			group[name] = parquet.Leaf(parquet.Int64Type)
		}
	}
	schema := parquet.NewSchema("rows", group)
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := parquet.NewGenericWriter[any](out, schema)
	for n, cells := range s.rows {
		row := make(parquet.Row, len(cells))
		for i, cell := range cells {
			leaf, _ := schema.Lookup(s.columns[i])
			at := leaf.ColumnIndex
			switch {
			case whole[s.columns[i]]:
				v, err := strconv.ParseInt(cell, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				row[at] = parquet.Int64Value(v).Level(0, 0, at)
			case cell == "":
				row[at] = parquet.NullValue().Level(0, 0, at)
			default:
				row[at] = parquet.ByteArrayValue([]byte(cell)).Level(0, 1, at)
			}
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			t.Fatal(err)
		}
		if n == 1 { // More than one row group.
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// truthCity writes city.json and truth/.
func truthCity(t *testing.T, dir string, city any, files map[string]sheet) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "truth"), 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(city)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "city.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, s := range files {
		s.write(t, filepath.Join(dir, "truth", name+".parquet"))
	}
}
