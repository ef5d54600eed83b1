package city

import (
	"math/rand/v2"
	"sort"
)

// chance is a source of chance that belongs to one thing: PCG, whose sequence is part of its definition, so that the
// same seed gives the same city with every version of Go.
type chance struct{ pcg rand.PCG }

// salt names a purpose; equal salts and things have equal chance.
type salt uint64

// salted makes the salt of a purpose for one seed (FNV-1a).
func salted(seed uint64, purpose string) salt {
	h := uint64(14695981039346656037)
	for i := range len(purpose) {
		h = (h ^ uint64(purpose[i])) * 1099511628211
	}
	return salt(h ^ seed*0x9E3779B97F4A7C15)
}

// of starts the chance of thing i.
func (s salt) of(i int) chance {
	var c chance
	x := uint64(i) + 1
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	c.pcg.Seed(uint64(s), x^x>>31)
	c.pcg.Uint64() // The first number of neighboring streams is alike.
	return c
}

// below draws 0 to n-1.
func (c *chance) below(n int) int { return int(c.pcg.Uint64() >> 1 % uint64(n)) }

// between draws low to high.
func (c *chance) between(low, high int) int { return low + c.below(high-low+1) }

// of reports true in so many of 10,000 draws.
func (c *chance) of(tenThousandths int) bool { return c.below(10_000) < tenThousandths }

// pick draws one of several.
func pick[T any](c *chance, of []T) T { return of[c.below(len(of))] }

// weighted draws indexes in proportion to their weights.
type weighted []int // running sums

func newWeighted(weights ...int) weighted {
	sums, total := make(weighted, len(weights)), 0
	for i, w := range weights {
		total += w
		sums[i] = total
	}
	return sums
}

func (w weighted) draw(c *chance) int { return sort.SearchInts(w, c.below(w[len(w)-1])+1) }
