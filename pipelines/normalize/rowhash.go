package normalize

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// RowHash is the hash of the contracted cells by which the rows of snapshots are compared.
// Each cell is hashed with its length, so that no two rows read alike, and an absent cell
// differs from an empty one.
func RowHash(cells [][]byte) uint64 {
	var d xxhash.Digest
	d.Reset()
	var length [4]byte
	for _, cell := range cells {
		n := uint32(0)
		if cell != nil {
			n = uint32(len(cell)) + 1
		}
		binary.LittleEndian.PutUint32(length[:], n)
		_, _ = d.Write(length[:])
		_, _ = d.Write(cell)
	}
	return d.Sum64()
}
