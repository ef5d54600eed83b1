package normalize

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// RowHash is the hash of the contracted cells by which the rows of snapshots are compared.
// joined are the cells as schemas.AppendCells writes them, one text for each list of cells;
// cells that are absent are told from empty ones.
func RowHash(joined []byte, cells [][]byte) uint64 {
	const prime = 0x9e3779b97f4a7c15
	h := xxhash.Sum64(joined)
	for i, cell := range cells {
		if cell == nil {
			h = bits.RotateLeft64(h^uint64(i+1), 27) * prime
		}
	}
	return h
}
