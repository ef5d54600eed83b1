package normalize

import (
	"testing"

	"jiku/schemas"
)

func TestRowHash(t *testing.T) {
	cells := func(c ...string) [][]byte {
		var out [][]byte
		for _, s := range c {
			if s == "nil" {
				out = append(out, nil)
			} else {
				out = append(out, []byte(s))
			}
		}
		return out
	}
	hash := func(cells [][]byte) uint64 { return RowHash(schemas.AppendCells(nil, cells), cells) }
	seen := map[uint64]int{}
	for i, row := range [][][]byte{cells("nil"), cells(""), cells("nil", "nil"), cells("nil", ""), cells("", "nil"), cells("ab", ""), cells("a", "b"), cells("", "ab"), cells("ab"),
		cells("ab", "nil"), cells("nil", "ab"), cells("ab", "", "")} {
		h := hash(row)
		if other, ok := seen[h]; ok {
			t.Errorf("rows %d and %d have one hash", i, other)
		}
		seen[h] = i
	}
	// Hashes are stored with claims: they must not change between versions.
	if got := hash(cells("a", "nil", "")); got != 0x369dbdd308670f3d {
		t.Errorf("hash %#x", got)
	}
}
