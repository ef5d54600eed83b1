package main

import (
	"hash/fnv"
	"math/rand/v2"
	"sort"
)

// chance draws from PCG, whose sequence is part of its definition. It uses no helper of
// math/rand/v2 that a later version might compute in another way.
type chance struct{ pcg *rand.PCG }

func newChance(seed uint64, name string, i int) *chance {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	c := &chance{rand.NewPCG(seed^h.Sum64(), uint64(i)+1)}
	c.pcg.Uint64() // The first number of neighboring streams is alike.
	return c
}

// below draws 0 to n-1.
func (c *chance) below(n int) int { return int(c.pcg.Uint64() >> 1 % uint64(n)) }

// between draws low to high.
func (c *chance) between(low, high int) int { return low + c.below(high-low+1) }

// of reports true in so many of 10,000 draws.
func (c *chance) of(tenThousandths int) bool { return c.below(10_000) < tenThousandths }

// pick draws one of the words.
func (c *chance) pick(words []string) string { return words[c.below(len(words))] }

// other draws one of the words that is not this one.
func other(c *chance, word string, words ...string) string {
	for {
		if w := c.pick(words); w != word {
			return w
		}
	}
}

// weighted draws words in proportion to their weights.
type weighted struct {
	words []string
	sums  []int
}

func (w *weighted) add(word string, weight int) {
	total := 0
	if len(w.sums) > 0 {
		total = w.sums[len(w.sums)-1]
	}
	w.words, w.sums = append(w.words, word), append(w.sums, total+weight)
}

func (w *weighted) draw(c *chance) string {
	at := c.below(w.sums[len(w.sums)-1])
	return w.words[sort.SearchInts(w.sums, at+1)]
}
