package codes

import (
	"strconv"
	"testing"
)

// A cell whose hash falls on that of a word is not taken for the word.
func TestCollision(t *testing.T) {
	type mark struct{ low, high uint64 }
	seen := map[mark]string{}
	for i := 1_000_000; i < 2_000_000; i++ {
		a := strconv.Itoa(i)
		h := hashOf([]byte(a))
		m := mark{h & 0xffffffff, h >> 62} // A set of one word has four slots.
		b, taken := seen[m]
		if !taken {
			seen[m] = a
			continue
		}
		words := newWords(map[string]word{a: {a, a, SameCode}})
		if code, how := words.Find([]byte(b)); how != NoCode {
			t.Fatalf("%s is taken for %s", b, code)
		}
		if _, how := words.Find([]byte(a)); how != SameCode {
			t.Fatalf("%s is not found", a)
		}
		return
	}
	t.Fatal("no two numbers collide")
}
