package normalize

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// RowHash is the hash of the contracted cells by which the rows of snapshots are compared.
// Cells are hashed one by one and chained with their lengths, so that no two rows read
// alike, and an absent cell differs from an empty one.
func RowHash(cells [][]byte) uint64 {
	const prime = 0x9e3779b97f4a7c15
	h := uint64(len(cells))
	for _, cell := range cells {
		n := uint64(0)
		if cell != nil {
			n = uint64(len(cell)) + 1
		}
		h = bits.RotateLeft64(h^xxhash.Sum64(cell), 27)*prime + n
	}
	return h
}
