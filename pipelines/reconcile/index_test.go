package reconcile

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSortEntries(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, tc := range []struct {
		name string
		n    int
		hash func() uint64
	}{
		{"few", 20, rng.Uint64},
		{"many", 100_000, rng.Uint64},
		{"one bucket", 10_000, func() uint64 { return 0xff<<56 | rng.Uint64()>>8 }},
		{"two hashes", 1000, func() uint64 { return rng.Uint64N(2) << 63 }},
		{"one hash", 1000, func() uint64 { return 7 }},
		{"small hashes", 5000, func() uint64 { return rng.Uint64N(300) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := make([]entry, tc.n)
			for i := range got {
				got[i] = entry{hash: tc.hash(), at: uint32(i)}
			}
			want := slices.Clone(got)
			byHash := func(a, b entry) int {
				if a.hash != b.hash {
					if a.hash < b.hash {
						return -1
					}
					return 1
				}
				return int(a.at) - int(b.at)
			}
			slices.SortFunc(want, byHash)
			sortEntries(got, make([]entry, tc.n), 56, true)
			if !slices.IsSortedFunc(got, func(a, b entry) int { return byHash(entry{hash: a.hash}, entry{hash: b.hash}) }) {
				t.Fatal("not sorted by hash")
			}
			slices.SortFunc(got, byHash)
			if !slices.Equal(got, want) {
				t.Fatal("entries were lost")
			}
		})
	}
}
