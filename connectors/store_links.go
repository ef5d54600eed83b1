package connectors

import (
	"context"
	"iter"

	"jiku/schemas"
)

// LinkReader finds what may be linked. It is not asked about a base without links.
type LinkReader interface {
	// Stated yields what claims say of numbers in use: the key hash of each claim that states
	// a number, with the number. It yields every pair that can matter, in any order and
	// possibly more often or others too. A block is valid until the next.
	Stated(ctx context.Context, q LinkSpec) iter.Seq2[*schemas.StatedBlock, error]
	// Among gives those of the key hashes that a scan touches, in any order.
	Among(ctx context.Context, q ScanSpec, hashes []uint64) ([]uint64, error)
}

// LinkTeller tells what is linked and what waits, in a base with links.
type LinkTeller interface {
	// Waiting yields the current rows of a base that have orphans. A block is valid until the
	// next.
	Waiting(ctx context.Context, base *schemas.Base) iter.Seq2[*schemas.GoldenBlock, error]
	// Linked counts the links and orphans of a base.
	Linked(ctx context.Context, base *schemas.Base) (LinkCounts, error)
}

// LinkSpec says which claims are asked for what they state.
type LinkSpec struct {
	Base *schemas.Base
	// Stating are the deliveries of feeds that state links, Keyed those whose keys may be of
	// another kind than the base's own: a number that nobody uses as a key is not asked for,
	// but for former keys of the own kind.
	Stating, Keyed []schemas.DeliveryID
	// Asked are further numbers, as they stand in keys, that are asked for as if they were used.
	Asked [][]byte
}

// LinkCounts count what is linked in a base.
type LinkCounts struct {
	// Orphans are claims that wait, one a feed and key.
	Orphans int64 `json:"orphans"`
	// Links are keys whose claims are in the row of another key.
	Links int64 `json:"links"`
}
