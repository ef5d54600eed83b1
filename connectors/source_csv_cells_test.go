package connectors

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestPlainCells holds rows without quotes to bytes.Split: cells of all lengths, between bytes
// that differ from the delimiter by a bit.
func TestPlainCells(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, delimiter := range []byte{',', '\t', '|', 1} {
		near := []byte{delimiter, delimiter, delimiter ^ 1, delimiter ^ 2, delimiter ^ 0x80, delimiter + 1, delimiter - 1, 0, 'a', 0xE6}
		for range 20_000 {
			row := make([]byte, r.IntN(40))
			for i := range row {
				row[i] = near[r.IntN(len(near))]
			}
			want := bytes.Split(row, []byte{delimiter})
			dest := make([]int, r.IntN(8))
			for i := range dest {
				dest[i] = len(dest) - 1 - i // The last column is the first cell.
			}
			c := newCSVCells(dialect{delimiter: delimiter}, utf8Rows{}, dest, len(dest))
			if n := c.plainCells(row); n != len(want) {
				t.Fatalf("% x: %d cells, want %d", row, n, len(want))
			}
			for i, at := range dest {
				if i < len(want) && !bytes.Equal(c.cells[at], want[i]) || i >= len(want) && c.cells[at] != nil {
					t.Fatalf("% x: cell %d is % x", row, i, c.cells[at])
				}
			}
		}
	}
}
