package schemas

import (
	"testing"
)

// No two texts make a comparator panic or contradict itself: relations are the same both ways,
// and a text is equal to itself and relates like its equal to anything.
func FuzzComparators(f *testing.F) {
	for _, c := range Comparators() {
		for _, e := range c.Examples {
			f.Add([]byte(e.A), []byte(e.B))
		}
	}
	f.Add([]byte("甲\xe7\x94"), []byte("甲\xe7\x94\xb2"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		for _, c := range Comparators() {
			if c.Text == nil {
				continue
			}
			r := c.Text(a, b)
			if back := c.Text(b, a); back != r {
				t.Fatalf("%s: %q, %q: %s one way and %s the other", c.Name, a, b, r, back)
			}
			if c.Text(a, a) != Equal || c.Text(b, b) != Equal {
				t.Fatalf("%s: %q or %q is not equal to itself", c.Name, a, b)
			}
			longer := append(append([]byte{}, a...), b...)
			if r == Equal && c.Text(a, longer) != c.Text(b, longer) {
				t.Fatalf("%s: %q and %q are equal and relate otherwise to %q", c.Name, a, b, longer)
			}
		}
	})
}
