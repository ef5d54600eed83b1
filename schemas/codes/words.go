package codes

import (
	"encoding/binary"
	"math/bits"
)

// Match says how a cell names a code.
type Match uint8

// The matches.
const (
	NoCode       Match = iota // The table does not know the cell.
	SameCode                  // The cell is the code itself.
	Word                      // The cell is a label, a synonym or another spelling of the code.
	HistoricWord              // The cell is a label or a code that the standard has given up.
	SharedWord                // The cell is a label of several codes: it means none of them.
)

// Found reports whether the cell means one code.
func (m Match) Found() bool { return m == SameCode || m == Word || m == HistoricWord }

// Words is a set of words with the codes that they mean. It never changes.
type Words struct {
	slots []uint64 // the high half is a part of the hash, the low half the position in words plus one; 0 is free
	shift int
	words []word
}

// word is a spelling with its meaning.
type word struct {
	text, code string
	how        Match
}

// WithWords gives the words of the table with a feed's own on top: own maps what a department writes to a code, and
// wins over everything else, codes too (0=男, 1=女).
func (t *Table) WithWords(own map[string]string) *Words {
	all := make(map[string]word, len(t.words.words)+len(own))
	for _, w := range t.words.words {
		all[w.text] = w
	}
	for text, code := range own {
		how := Word
		if text == code {
			how = SameCode
		}
		all[text] = word{text, code, how}
	}
	return newWords(all)
}

func newWords(all map[string]word) *Words {
	size := bits.Len(uint(len(all))) + 1 // At most half full, so that a look ends soon.
	w := &Words{slots: make([]uint64, 1<<size), shift: 64 - size, words: make([]word, 0, len(all))}
	for _, x := range all {
		w.words = append(w.words, x)
		h := hashOf([]byte(x.text))
		at := int(h >> w.shift)
		for w.slots[at] != 0 {
			at = (at + 1) & (len(w.slots) - 1)
		}
		w.slots[at] = h<<32 | uint64(len(w.words))
	}
	return w
}

// Find gives the code that a cell means and how the cell names it. It does not allocate.
func (w *Words) Find(cell []byte) (code string, how Match) {
	h := hashOf(cell)
	for at := int(h >> w.shift); w.slots[at] != 0; at = (at + 1) & (len(w.slots) - 1) {
		if slot := w.slots[at]; slot>>32 == h&0xffffffff {
			if x := &w.words[uint32(slot)-1]; x.text == string(cell) {
				return x.code, x.how
			}
		}
	}
	return "", NoCode
}

// odd is 2^64 over the golden ratio (Fibonacci hashing).
const odd = 0x9e3779b97f4a7c15

// hashOf is the same in every process. Code tables are ours, so nobody can choose words that collide.
func hashOf(b []byte) uint64 {
	h := uint64(len(b)) * odd
	for len(b) > 8 {
		h = mix(h ^ binary.LittleEndian.Uint64(b))
		b = b[8:]
	}
	return mix(h ^ tail(b))
}

func mix(h uint64) uint64 {
	hi, lo := bits.Mul64(h, odd)
	return hi ^ lo
}

// tail is up to eight bytes as an integer.
func tail(b []byte) uint64 {
	switch n := len(b); {
	case n == 8:
		return binary.LittleEndian.Uint64(b)
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))<<32
	case n > 0:
		return uint64(b[0]) | uint64(b[n>>1])<<8 | uint64(b[n-1])<<16
	default:
		return 0
	}
}
