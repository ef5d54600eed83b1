package normalize

import (
	"encoding/binary"
	"math/bits"

	"jiku/schemas/codes"
)

// canonical is a set of codes of up to eight bytes that stand for themselves: most cells of
// most feeds hold one, and a look here costs a fifth of a look into a map of strings.
type canonical struct {
	slots []uint64
	shift int
}

// canonicalCodes are the short codes of a table that a feed's own words leave alone.
func canonicalCodes(own map[string]string, table *codes.Table) canonical {
	var words []uint64
	for e := range table.All() {
		if code, ok := table.Fold([]byte(e.Code)); !ok || code != e.Code || len(e.Code) > 8 {
			continue
		}
		if code, ok := own[e.Code]; ok && code != e.Code {
			continue
		}
		words = append(words, packed([]byte(e.Code)))
	}
	size := bits.Len(uint(len(words))) + 1
	c := canonical{slots: make([]uint64, 1<<size), shift: 64 - size}
	for _, w := range words {
		at := c.slot(w)
		for c.slots[at] != 0 && c.slots[at] != w {
			at = (at + 1) & (len(c.slots) - 1)
		}
		c.slots[at] = w
	}
	return c
}

// slot is where a word is looked for first (Fibonacci hashing).
func (c canonical) slot(w uint64) int { return int(w * 0x9e3779b97f4a7c15 >> c.shift) }

func (c canonical) has(cell []byte) bool {
	if len(cell) == 0 || len(cell) > 8 || len(c.slots) == 0 {
		return false
	}
	w := packed(cell)
	for at := c.slot(w); c.slots[at] != 0; at = (at + 1) & (len(c.slots) - 1) {
		if c.slots[at] == w {
			return true
		}
	}
	return false
}

// packed is a word of one to eight bytes as an integer. Codes hold no NUL, so words of
// different length differ.
func packed(b []byte) uint64 {
	if len(b) == 8 {
		return binary.LittleEndian.Uint64(b)
	}
	var w uint64
	for i := len(b) - 1; i >= 0; i-- {
		w = w<<8 | uint64(b[i])
	}
	return w
}
