package connectors_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"jiku/connectors"
	"jiku/schemas"
)

// TestSplitBorders cuts a file of short rows, of which a few are quoted over lines: a split
// begins with the first row at or after each multiple of the size that was asked for.
func TestSplitBorders(t *testing.T) {
	const size, columns = 4096, "a,b\n"
	var text bytes.Buffer
	text.WriteString(columns)
	starts := []int{}
	for i := range 40_000 {
		starts = append(starts, text.Len())
		cell := "value"
		if i%977 == 0 {
			cell = "\"two\nlines\""
		}
		fmt.Fprintf(&text, "%d,%s\n", i, cell)
	}
	wide := func(b []byte) []byte {
		var out []byte
		for _, u := range utf16.Encode([]rune(string(b))) {
			out = binary.LittleEndian.AppendUint16(out, u)
		}
		return out
	}
	for _, c := range []struct {
		encoding string
		bytes    []byte
		unit     int
	}{{"utf-8", text.Bytes(), 1}, {"utf-16le", wide(text.Bytes()), 2}} {
		t.Run(c.encoding, func(t *testing.T) {
			want, border := []uint64{uint64(starts[0] * c.unit)}, size
			for _, at := range starts {
				if at*c.unit >= border {
					want, border = append(want, uint64(at*c.unit)), at*c.unit/size*size+size
				}
			}
			dir := t.TempDir()
			check(t, os.WriteFile(filepath.Join(dir, "f_20261101.csv"), c.bytes, 0o600))
			src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("csv", schemas.Settings{"path": "*.csv", "encoding": c.encoding, "split_bytes": size}))
			check(t, err)
			ds, err := src.Deliveries(t.Context())
			check(t, err)
			splits, err := src.Splits(t.Context(), ds[0])
			check(t, err)
			if len(splits) != len(want) {
				t.Fatalf("%d splits, want %d", len(splits), len(want))
			}
			for i, s := range splits {
				line := uint64(bytes.Count(text.Bytes()[:want[i]/uint64(c.unit)], []byte("\n")) + 1)
				if s.Start != want[i] || s.Line != line || i > 0 && splits[i-1].End != s.Start {
					t.Fatalf("split %d is %+v, want its start at %d, line %d", i, s, want[i], line)
				}
			}
		})
	}
}
