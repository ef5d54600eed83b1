package normalize

import "testing"

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
	seen := map[uint64]int{}
	for i, row := range [][][]byte{cells(), cells("nil"), cells(""), cells("ab", ""), cells("a", "b"), cells("", "ab"), cells("ab"),
		cells("ab", "nil"), cells("nil", "ab"), cells("ab", "", "")} {
		h := RowHash(row)
		if other, ok := seen[h]; ok {
			t.Errorf("rows %d and %d have one hash", i, other)
		}
		seen[h] = i
	}
	// Hashes are stored with claims: they must not change between versions.
	if got := RowHash(cells("a", "nil", "")); got != 0xd19b608da77de04e {
		t.Errorf("hash %#x", got)
	}
}
