package judge

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"jiku/schemas"
)

// column is a column of a truth file, and how it is stored: as String, Int64 or Bool.
type column struct{ name, as, typ string }

// The columns of alias.parquet and labels.parquet.
var (
	aliasColumns = []column{{"base", "base", "String"}, {"number", "number", "String"}, {"key", "key", "String"}, {"linked", "linked", "Bool"}}
	labelColumns = []column{{"feed", "feed", "String"}, {"file", "file", "String"}, {"slot", "slot", "Int64"}, {"seq", "seq", "Int64"},
		{"position", "position", "Int64"}, {"item", "item", "String"}, {"kind", "kind", "String"}, {"true_value", "true_value", "String"}}
)

// truthColumns are the columns of the truth of a base: a row holds from a day until another.
func truthColumns(b *schemas.Base) []column {
	cols := []column{{"key", "key", "String"}, {"state_from", "since", "Int64"}, {"state_until", "until", "Int64"}}
	for _, it := range b.Items {
		cols = append(cols, column{it.Name, "i_" + it.Name, "String"})
	}
	return cols
}

// upload makes a table of the scratch database from a truth file and gives the file's other
// columns. Rows go out as they are read, a row group at a time.
func (j *judge) upload(ctx context.Context, name string, cols []column) (others []string, err error) {
	path := filepath.Join(j.Dir, "truth", name+".parquet")
	file, err := os.Open(path)
	if err != nil {
		return nil, lost(fmt.Errorf("read truth: %w", err))
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, lost(fmt.Errorf("read truth: %w", err))
	}
	p, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return nil, damaged("read truth/%s.parquet: %w", name, err)
	}
	leaves, others, err := match(p.Schema().Columns(), cols)
	if err != nil {
		return nil, damaged("read truth/%s.parquet: %w", name, err)
	}
	names, defs := make([]string, len(cols)), make([]string, len(cols))
	for i, c := range cols {
		names[i], defs[i] = c.as, c.as+" "+c.typ
	}
	order := "tuple()"
	if cols[0].name == "key" {
		order = "key"
	}
	if err := j.make(ctx, "truth_"+name, strings.Join(defs, ", "), "MergeTree ORDER BY "+order); err != nil {
		return nil, err
	}
	if p.NumRows() == 0 {
		return others, nil
	}
	pr, pw := io.Pipe()
	sent := make(chan error, 1)
	go func() {
		err := encode(pw, p, cols, leaves)
		_ = pw.CloseWithError(err)
		sent <- err
	}()
	err = j.w.Load(ctx, fmt.Sprintf("INSERT INTO %s.truth_%s (%s) FORMAT RowBinary", j.db, name, strings.Join(names, ", ")), pr)
	_ = pr.CloseWithError(errSent)
	if failed := <-sent; failed != nil && !errors.Is(failed, errSent) {
		return nil, damaged("read truth/%s.parquet: %w", name, failed)
	}
	if err != nil {
		return nil, fmt.Errorf("upload truth/%s.parquet: %w", name, err)
	}
	return others, nil
}

var errSent = errors.New("upload ended")

// match finds, for each leaf of a file, the place of its column among those wanted, -1 for none.
func match(leaves [][]string, cols []column) (places []int, others []string, err error) {
	found := make([]bool, len(cols))
	for _, leaf := range leaves {
		name := strings.Join(leaf, ".")
		at := slices.IndexFunc(cols, func(c column) bool { return c.name == name })
		places = append(places, at)
		if at < 0 {
			others = append(others, name)
		} else {
			found[at] = true
		}
	}
	for i, c := range cols {
		if !found[i] {
			return nil, nil, fmt.Errorf("it has no column %s", c.name)
		}
	}
	return places, others, nil
}

// encode writes the rows of a file as RowBinary.
func encode(out io.Writer, file *parquet.File, cols []column, places []int) error {
	w := bufio.NewWriterSize(out, 1<<18)
	for _, group := range file.RowGroups() {
		rows := group.Rows()
		err := encodeRows(w, rows, cols, places)
		if closed := rows.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

func encodeRows(w io.Writer, rows parquet.Rows, cols []column, places []int) error {
	var line []byte
	cells, buf := make([]parquet.Value, len(cols)), make([]parquet.Row, 128)
	for {
		n, end := rows.ReadRows(buf)
		line = line[:0]
		for _, row := range buf[:n] {
			for _, v := range row {
				if at := places[v.Column()]; at >= 0 {
					cells[at] = v
				}
			}
			for i, c := range cols {
				var err error
				if line, err = appendCell(line, c, cells[i]); err != nil {
					return err
				}
			}
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
		if errors.Is(end, io.EOF) {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// appendCell writes one value; null is the type's zero.
func appendCell(line []byte, c column, v parquet.Value) ([]byte, error) {
	kind := v.Kind()
	whole := kind == parquet.Int32 || kind == parquet.Int64
	switch {
	case c.typ == "String" && (v.IsNull() || kind == parquet.ByteArray):
		text := v.ByteArray()
		if v.IsNull() {
			text = nil
		}
		return append(binary.AppendUvarint(line, uint64(len(text))), text...), nil
	case c.typ == "Int64" && (v.IsNull() || whole):
		return binary.LittleEndian.AppendUint64(line, uint64(integer(v))), nil
	case c.typ == "Bool" && (v.IsNull() || kind == parquet.Boolean || kind == parquet.ByteArray):
		yes := !v.IsNull() && (kind == parquet.Boolean && v.Boolean() || kind == parquet.ByteArray && string(v.ByteArray()) == "1")
		return append(line, map[bool]byte{true: 1}[yes]), nil
	}
	return nil, fmt.Errorf("column %s is not of type %s", c.name, c.typ)
}

func integer(v parquet.Value) int64 {
	switch {
	case v.IsNull():
		return 0
	case v.Kind() == parquet.Int32:
		return int64(v.Int32())
	default:
		return v.Int64()
	}
}
